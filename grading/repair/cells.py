"""Brings nbgrader's cells of a page back: each once, of its own type, with its data, in its place.

What the learner wrote is kept, always: a solution keeps its text, and every other cell stays.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.utils import compute_checksum, is_grade, is_locked, is_solution, is_task

from grading.hidden import squeezed
from grading.repair.naming import Names, merge_copies, read_names, recognise
from grading.repair.reading import PageError
from grading.repair.skeleton import FLAGS, SCHEMA_VERSION, Skeleton, SourceCell
from grading.repair.told import Restored


def restore_cells(notebook: NotebookNode, skeleton: Skeleton) -> Restored:
    """Change `notebook` in place until every nbgrader cell of it is as released, with the learner's text.

    Raises PageError where the page holds the parts of another assignment and none of this one.
    """
    restored = Restored()
    known = {cell.grade_id: cell for cell in skeleton.cells}
    names = read_names(notebook, known, restored)
    merge_copies(notebook, names, known, restored)
    found = {name: cell for cell, name in names if name}
    missing = [cell for cell in skeleton.cells if cell.grade_id not in found]
    if missing:
        recognise(names, missing, skeleton, restored)
        found = {name: cell for cell, name in names if name}
        missing = [cell for cell in missing if cell.grade_id not in found]
    if missing and not found and any(finding.code == "foreign" for finding in restored.findings):
        raise PageError("page-other", "The page")
    if not skeleton.cells and restored.findings:
        raise PageError("page-other", "The page")
    _restore_data(found, known, restored)
    _restore_order(notebook, names, skeleton, restored)
    _put_back(notebook, missing, skeleton, restored)
    return restored


# What is in each cell ----------------------------------------------------------------------------


def _restore_data(found: dict[str, NotebookNode], known: dict[str, SourceCell], restored: Restored) -> None:
    told: dict[str, list[str]] = {code: [] for code in ("schema", "retyped", "points", "flags", "locked")}
    for name, cell in found.items():
        source = known[name]
        about = cell.metadata["nbgrader"]
        wrong = _faults(cell, about, source)
        for code in wrong:
            told[code].append(name)
        if "retyped" in wrong:
            _retype(cell, source.cell_type)
        if wrong and wrong != ["locked"]:
            cell.metadata["nbgrader"] = nbformat.from_dict(source.metadata())
    for code, names in told.items():
        restored.tell(code, names)


def _faults(cell: NotebookNode, about: dict[str, Any], source: SourceCell) -> list[str]:
    wrong = []
    version = about.get("schema_version", 0)
    if version != SCHEMA_VERSION or isinstance(version, bool):
        wrong.append("schema")
    if cell.cell_type != source.cell_type:
        wrong.append("retyped")
    points = about.get("points")
    if source.graded and (isinstance(points, bool) or points != source.points):
        wrong.append("points")
    flags = (is_grade(cell), is_solution(cell), is_task(cell), is_locked(cell))
    whole = all(isinstance(about.get(flag, False), bool) for flag in FLAGS)
    if not whole or flags != (source.grade, source.solution, source.task, source.locked) or _is_odd(about):
        wrong.append("flags")
    if not wrong and source.locked and _is_edited(cell, about, source):
        wrong.append("locked")
    return wrong


def _is_edited(cell: NotebookNode, about: dict[str, Any], source: SourceCell) -> bool:
    """Neither the text of this release, nor that of another, which its own checksum knows."""
    unknown = about.get("checksum") not in (None, compute_checksum(cell))
    return unknown and squeezed(cell.source) != source.shown


def _is_odd(about: dict[str, Any]) -> bool:
    """Whether a value has a shape that nbgrader's own check refuses."""
    checksum, kind = about.get("checksum", "0" * 32), about.get("cell_type", "code")
    return (
        not (isinstance(checksum, str) and len(checksum) == 32)
        or kind not in ("code", "markdown", "raw")
        or not {"grade", "locked", "solution"} <= about.keys()
        or bool(about.keys() - {*FLAGS, "schema_version", "grade_id", "points", "checksum", "cell_type"})
    )


def _retype(cell: NotebookNode, kind: str) -> None:
    cell.cell_type = kind
    if kind == "code":
        cell.pop("attachments", None)
        cell.outputs, cell.execution_count = [], None
    else:
        cell.pop("outputs", None)
        cell.pop("execution_count", None)


# Where each cell stands --------------------------------------------------------------------------


def _restore_order(notebook: NotebookNode, names: Names, skeleton: Skeleton, restored: Restored) -> None:
    """Put nbgrader's cells in the order of the assignment; a plain cell stays behind its neighbour."""
    rank = {cell.grade_id: place for place, cell in enumerate(skeleton.cells)}
    order = [rank[name] for _, name in names if name]
    if order == sorted(order):
        return
    groups: list[tuple[int, list[NotebookNode]]] = [(-1, [])]
    for cell, name in names:
        if name:
            groups.append((rank[name], [cell]))
        else:
            groups[-1][1].append(cell)
    groups.sort(key=lambda group: group[0])
    notebook.cells = [cell for _, cells in groups for cell in cells]
    moved = sorted(set(order) - set(_longest_rise(order)))
    restored.tell("moved", [skeleton.cells[place].grade_id for place in moved])
    for place in moved:
        # The points of a moved test, or of the next test after a moved solution, may differ by it.
        near = next((cell for cell in skeleton.cells[place:] if cell.graded), None)
        if near is not None:
            restored.doubts.add(near.grade_id)


def _longest_rise(order: list[int]) -> list[int]:
    """The longest part of `order` that rises: what was not moved."""
    ends: list[int] = []
    chains: list[list[int]] = []
    for value in order:
        at = bisect_left(ends, value)
        chain = [*(chains[at - 1] if at else []), value]
        ends[at : at + 1] = [value]
        chains[at : at + 1] = [chain]
    return chains[-1] if chains else []


def _put_back(
    notebook: NotebookNode, missing: list[SourceCell], skeleton: Skeleton, restored: Restored
) -> None:
    """Insert what was deleted as it was handed out, right behind the cell that it followed.

    So a solution that the learner wrote anew in a plain cell still comes after the empty one.
    """
    if not missing:
        return
    order = [cell.grade_id for cell in skeleton.cells]
    for source in missing:
        before = set(order[: order.index(source.grade_id)])
        place = 0
        for number, cell in enumerate(notebook.cells):
            if cell.metadata.get("nbgrader", {}).get("grade_id") in before:
                place = number + 1
        notebook.cells.insert(place, _new_cell(notebook, source))
        if source.solution and source.graded:
            restored.doubts.add(source.grade_id)  # unanswered would be an automatic zero
    restored.missing = [source.grade_id for source in missing]
    if 2 * len(missing) > len(order):  # more a damaged file than a learner's choice
        restored.doubts.update(cell.grade_id for cell in skeleton.cells if cell.graded)
    restored.tell("deleted", restored.missing)


def _new_cell(notebook: NotebookNode, source: SourceCell) -> NotebookNode:
    make = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
        "raw": nbformat.v4.new_raw_cell,
    }[source.cell_type]
    cell = make(source.source, metadata={"nbgrader": source.metadata()})
    if notebook.nbformat_minor < 5:
        del cell["id"]
    else:
        taken = {other.get("id") for other in notebook.cells}
        cell["id"] = source.cell_id if source.cell_id and source.cell_id not in taken else cell["id"]
    return cell
