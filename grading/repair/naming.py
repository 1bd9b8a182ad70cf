"""Tells which cell of a page is which of the assignment, also where copies or lost data hide it."""

from __future__ import annotations

from difflib import SequenceMatcher
from itertools import pairwise

import nbformat
from nbformat import NotebookNode

from grading.hidden import squeezed
from grading.packages import printable
from grading.repair.skeleton import FLAGS, Skeleton, SourceCell
from grading.repair.told import Restored

SIMILAR = 0.5  # share of a text that two cells have in common, to be taken for the same
COMPARED = 400  # characters; comparing is slow for texts that somebody made to be slow
MOST_PIECES = 20  # of one cell; nobody cuts more

Names = list[tuple[NotebookNode, str]]  # each cell with its grade_id, empty where it is nobody's


def read_names(notebook: NotebookNode, known: dict[str, SourceCell], restored: Restored) -> Names:
    """The grade_id of each cell; data that belong to no cell of this assignment are taken off."""
    names: Names = []
    foreign: list[str] = []
    for cell in notebook.cells:
        about = cell.metadata.get("nbgrader")
        name = about.get("grade_id") if isinstance(about, dict) else None
        if not isinstance(name, str) or name not in known:
            if isinstance(about, dict) and any(about.get(flag) for flag in FLAGS):
                foreign.append(printable(str(name))[:60])
            cell.metadata.pop("nbgrader", None)
            name = ""
        names.append((cell, name))
    restored.tell("foreign", foreign)
    return names


def merge_copies(
    notebook: NotebookNode, names: Names, known: dict[str, SourceCell], restored: Restored
) -> None:
    """Leave each of nbgrader's cells once: pieces are joined, of copies one stays what it was.

    It is the one in its place, of solutions one that the learner worked in. Other copies become
    plain cells, which still run; those that hold nothing of the learner's go.
    """
    places: dict[str, list[int]] = {}
    for place, (_, name) in enumerate(names):
        if name:
            places.setdefault(name, []).append(place)
    order = {name: rank for rank, name in enumerate(known)}
    split: list[str] = []
    duplicated: list[str] = []
    gone: set[int] = set()
    for name, mine in places.items():
        if len(mine) == 1:
            continue
        cells = [names[place][0] for place in mine]
        source = known[name]
        if source.solution and mine[-1] - mine[0] == len(mine) - 1 and _are_pieces(cells, source):
            split.append(name)
            cells[0].source = "\n".join(cell.source.rstrip("\n") for cell in cells)
            gone.update(mine[1:])
            continue
        duplicated.append(name)
        worked = [p for p in mine if source.solution and not _is_stub(names[p][0], source)] or mine
        kept = min(reversed(worked), key=lambda place: _disorder(names, place, order))
        for place in mine:
            if place != kept:
                cell = names[place][0]
                del cell.metadata["nbgrader"]
                names[place] = (cell, "")
                if squeezed(cell.source) in squeezed(source.source) and not source.solution:
                    gone.add(place)  # a copy of what is locked: nothing of the learner's
    notebook.cells = [cell for place, cell in enumerate(notebook.cells) if place not in gone]
    names[:] = [entry for place, entry in enumerate(names) if place not in gone]
    restored.tell("split", split)
    restored.tell("duplicated", duplicated)


def _disorder(names: Names, place: int, order: dict[str, int]) -> int:
    """How many other cells stand on the wrong side of this place."""
    own = order[names[place][1]]
    return sum(
        (other < place) != (order[name] < own)
        for other, (_, name) in enumerate(names)
        if name and order[name] != own
    )


def _are_pieces(cells: list[NotebookNode], source: SourceCell) -> bool:
    """Whether neighbours with one id are one text that was cut, rather than copies of each other."""
    texts = [squeezed(cell.source) for cell in cells]
    return (
        len(set(texts)) == len(texts) <= MOST_PIECES
        and not any(_is_stub(cell, source) for cell in cells)
        and not any(cell.source.lstrip().startswith("%%") for cell in cells[1:])
        and max(_likeness(a, b) for a, b in pairwise(texts)) < SIMILAR
    )


def _is_stub(cell: NotebookNode, source: SourceCell) -> bool:
    return squeezed(cell.source) in ("", source.shown)


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one[:COMPARED], other[:COMPARED], autojunk=False).ratio()


def recognise(names: Names, missing: list[SourceCell], skeleton: Skeleton, restored: Restored) -> None:
    """Find cells that lost nbgrader's data: by Jupyter's id, by their text, by their place."""
    recognised: list[str] = []

    def claim(place: int, source: SourceCell) -> None:
        cell = names[place][0]
        about = source.metadata()
        about.pop("checksum", None)  # the gradebook's holds the hidden tests too
        cell.metadata["nbgrader"] = nbformat.from_dict(about)
        names[place] = (cell, source.grade_id)
        recognised.append(source.grade_id)

    by_id = {cell.get("id"): place for place, (cell, name) in enumerate(names) if not name}
    by_text: dict[str, int] = {}
    for place, (cell, name) in enumerate(names):
        if not name:
            by_text.setdefault(squeezed(cell.source), place)
    for source in missing:
        place = by_id.get(source.cell_id) if source.cell_id else None
        if place is None and source.shown:
            place = by_text.get(source.shown)
        if place is not None and not names[place][1]:
            claim(place, source)
    for source in missing:
        if source.solution and source.grade_id not in recognised:
            place = _by_place(names, source, skeleton)
            if place is not None:
                claim(place, source)
    restored.tell("unnamed", recognised)


def _by_place(names: Names, source: SourceCell, skeleton: Skeleton) -> int | None:
    """The one cell between the neighbours of a solution that can be it."""
    order = [cell.grade_id for cell in skeleton.cells]
    at = order.index(source.grade_id)
    places = {name: place for place, (_, name) in enumerate(names) if name}
    if not places:
        return None
    before = max((places[name] for name in order[:at] if name in places), default=-1)
    after = min((places[name] for name in order[at + 1 :] if name in places), default=len(names))
    free = [
        place
        for place in range(before + 1, after)
        if not names[place][1]
        and names[place][0].cell_type == source.cell_type
        and squeezed(names[place][0].source) not in skeleton.plain | {""}
    ]
    if len(free) == 1:
        return free[0]
    alike = {p: _likeness(squeezed(names[p][0].source), source.shown) for p in free[:MOST_PIECES]}
    best = max(alike, key=alike.__getitem__, default=None)
    return best if best is not None and alike[best] >= SIMILAR else None
