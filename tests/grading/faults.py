"""Damaged pages, each named for its fault: what it becomes, and what must be told of it."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from tests.grading.courses import OWN, RIGHT, answered, cell_of, extra, hand_in

Points = dict[str, float | None]


@dataclass(frozen=True)
class Fault:
    """One kind of damage. `put` lays it into the course for a student.

    `code` is the finding it must cause, `points` what the page must get: None where it must
    not be graded at all. `doubts` are the graded cells that a person must be shown.
    """

    put: Callable[[Path, str], object]
    code: str
    points: Points | None = field(default_factory=lambda: dict(RIGHT))
    doubts: frozenset[str] = frozenset()


def page(change: Callable[[NotebookNode], object], **own: str) -> Callable[[Path, str], object]:
    """Damage done to the cells of a right page."""

    def put(root: Path, student: str) -> None:
        whole = answered(root, **own)
        change(whole)
        hand_in(root, student, whole)

    return put


def text(change: Callable[[str], str | bytes]) -> Callable[[Path, str], object]:
    """Damage done to the text of the file."""

    def put(root: Path, student: str) -> None:
        changed = change(json.dumps(answered(root), indent=1, ensure_ascii=False))
        hand_in(root, student, changed if isinstance(changed, bytes) else changed.encode())

    return put


def place_of(whole: NotebookNode, name: str) -> int:
    """Where the cell with this grade_id stands."""
    return whole.cells.index(cell_of(whole, name))


def copied(whole: NotebookNode, name: str, to: int | None = None, source: str | None = None) -> None:
    """Copy a cell with nbgrader's data, as duplicating in Jupyter does."""
    twin = copy.deepcopy(cell_of(whole, name))
    twin.id = f"twin-of-{name}".replace("_", "-")
    if source is not None:
        twin.source = source
    whole.cells.insert(len(whole.cells) if to is None else to, twin)


def split(whole: NotebookNode, name: str) -> None:
    """Cut a cell at its last line, as splitting in Jupyter does."""
    first, _, last = cell_of(whole, name).source.rpartition("\n")
    copied(whole, name, to=place_of(whole, name) + 1, source=last)
    cell_of(whole, name).source = first


def about(whole: NotebookNode, name: str) -> NotebookNode:
    """nbgrader's data of a cell."""
    return cell_of(whole, name).metadata["nbgrader"]


def retype(whole: NotebookNode, name: str, kind: str) -> None:
    """Turn a cell into another type, as a key does in Jupyter."""
    cell = cell_of(whole, name)
    cell.cell_type = kind
    for gone in ("outputs", "execution_count") if kind != "code" else ():
        cell.pop(gone, None)
    if kind == "code":
        cell.update(outputs=[], execution_count=None)


def without_data(whole: NotebookNode, ids: bool = True) -> None:
    """What some programs save: cells without nbgrader's data, without Jupyter's ids too."""
    for number, cell in enumerate(whole.cells):
        cell.metadata.pop("nbgrader", None)
        if not ids:
            cell.id = f"new-{number}"


def with_version(version: object) -> Callable[[NotebookNode], None]:
    """nbgrader's data as another version of it writes them."""

    def change(whole: NotebookNode) -> None:
        for cell in whole.cells:
            if "nbgrader" in cell.metadata:
                cell.metadata.nbgrader["schema_version"] = version

    return change


def merged(whole: str, second: str = "Since its sides are equal.") -> str:
    """What git leaves in a file when two versions of a line meet."""
    line = next(line for line in whole.splitlines() if OWN["why"] in line)
    other = line.replace(OWN["why"], second)
    return whole.replace(line, f"<<<<<<< HEAD\n{line}\n=======\n{other}\n>>>>>>> branch")


def huge(root: Path, student: str) -> None:
    """More bytes than any page has; a hole in the file, so that the disk is spared."""
    with hand_in(root, student, b"{").open("ab") as file:
        file.truncate(33_000_000)


def linked(root: Path, student: str) -> None:
    """The page of somebody else, by a link."""
    other = hand_in(root, "nobody", answered(root))
    target = root / "elsewhere.ipynb"
    other.replace(target)
    other.parent.rmdir()
    other.parent.parent.rmdir()
    path = hand_in(root, student, b"")
    path.unlink()
    path.symlink_to(target)


def with_link(root: Path, student: str) -> None:
    """A right page, and beside it a link that brings a file of the computer into the course."""
    hand_in(root, student, answered(root)).with_name("data.csv").symlink_to("/etc/passwd")


def with_odd_name(root: Path, student: str) -> None:
    """A right page, and beside it a name that a terminal obeys."""
    hand_in(root, student, answered(root)).with_name("data\x1b[2J.csv").write_text("1")


def other_assignment(whole: NotebookNode) -> None:
    """The page of another assignment under this one's name."""
    for cell in whole.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["grade_id"] += "_of_ps2"
            cell.source = f"# of ps2\n{cell.source}\n"
        cell.id = f"{cell.id}-2"


def many_cells(whole: NotebookNode) -> None:
    """Twenty thousand cells."""
    whole.cells.extend(extra("1") for _ in range(20_000))


def wrong_shapes(whole: NotebookNode) -> None:
    """Cells without metadata, type or text, and one that is none."""
    del cell_of(whole, "square")["execution_count"]
    whole.cells[0]["source"] = None
    whole.cells[-1].pop("cell_type")
    whole.cells[-1].pop("metadata")
    whole.cells.append("no cell")


FAULTS: dict[str, Fault] = {
    "duplicated-test": Fault(page(lambda w: copied(w, "test_square")), "duplicated"),
    "duplicated-answer": Fault(
        page(lambda w: copied(w, "square", source="# tried here first")), "duplicated"
    ),
    "two-cells-one-id": Fault(
        page(lambda w: about(w, "test_double").update(grade_id="test_square")), "duplicated"
    ),
    "split-answer": Fault(page(lambda w: split(w, "square")), "split"),
    "split-words": Fault(
        page(lambda w: split(w, "why"), why="Two equal sides.\nAnd a right angle."), "split"
    ),
    "deleted-test": Fault(page(lambda w: w.cells.remove(cell_of(w, "test_square"))), "deleted"),
    "deleted-setup": Fault(page(lambda w: w.cells.remove(cell_of(w, "setup"))), "deleted"),
    "deleted-words": Fault(
        page(lambda w: w.cells.remove(cell_of(w, "why"))),
        "deleted",
        points=RIGHT | {"why": 0.0},
        doubts=frozenset({"why"}),
    ),
    "answer-written-anew": Fault(page(lambda w: cell_of(w, "double").metadata.pop("nbgrader")), "unnamed"),
    "moved-test": Fault(
        page(lambda w: w.cells.insert(0, w.cells.pop(place_of(w, "test_square")))),
        "moved",
        doubts=frozenset({"test_square"}),
    ),
    "retyped-answer": Fault(page(lambda w: retype(w, "square", "markdown")), "retyped"),
    "retyped-test": Fault(page(lambda w: retype(w, "test_square", "raw")), "retyped"),
    "retyped-words": Fault(page(lambda w: retype(w, "why", "code")), "retyped"),
    "thousand-points": Fault(page(lambda w: about(w, "test_square").update(points=1000)), "points"),
    "points-not-a-number": Fault(
        page(lambda w: about(w, "test_square").update(points=float("nan"))), "points"
    ),
    "points-in-words": Fault(page(lambda w: about(w, "test_double").update(points="ten")), "points"),
    "flipped-flags": Fault(
        page(lambda w: about(w, "test_square").update(grade=False, solution=True, locked=False)), "flags"
    ),
    "lost-flags": Fault(page(lambda w: about(w, "square").pop("solution")), "flags"),
    "edited-test": Fault(page(lambda w: cell_of(w, "test_square").update(source="pass")), "locked"),
    "old-schema": Fault(page(with_version(1)), "schema"),
    "no-schema": Fault(page(lambda w: about(w, "square").pop("schema_version")), "schema"),
    "future-schema": Fault(page(with_version(99)), "schema"),
    "schema-in-words": Fault(page(with_version("three")), "schema"),
    "lost-metadata": Fault(page(without_data), "unnamed"),
    "lost-metadata-and-ids": Fault(page(lambda w: without_data(w, ids=False)), "unnamed"),
    "forged-cell": Fault(
        page(lambda w: copied(w, "test_square") or about_last(w).update(grade_id="bonus", points=1000)),
        "foreign",
    ),
    "merge-conflict": Fault(text(merged), "conflict", doubts=frozenset({"test_square", "test_double"})),
    "merge-conflict-alike": Fault(text(lambda t: merged(t, OWN["why"])), "conflict"),
    "truncated": Fault(
        text(lambda t: t[: t.index(OWN["why"])]),
        "truncated",
        points=RIGHT | {"why": 0.0},
        doubts=frozenset({"test_double", "why"}),
    ),
    "text-behind-the-end": Fault(text(lambda t: t + "\n}}\n"), "format"),
    "byte-order-mark": Fault(text(lambda t: t.encode("utf-8-sig")), "encoding"),
    "utf-16": Fault(text(lambda t: t.encode("utf-16")), "encoding"),
    "not-utf-8": Fault(text(lambda t: t.replace("Because", "Voil\xe0:").encode("cp1252")), "encoding"),
    "wrong-kernel": Fault(
        page(lambda w: w.metadata.update(kernelspec={"name": "ir", "language": "R", "display_name": "R"})),
        "kernel",
    ),
    "future-format": Fault(page(lambda w: w.update(nbformat=7)), "format"),
    "format-in-words": Fault(page(lambda w: w.update(nbformat="4")), "format"),
    "no-format": Fault(page(lambda w: w.pop("nbformat") and w.pop("nbformat_minor")), "format"),
    "wrong-shapes": Fault(page(wrong_shapes), "structure"),
    "wrong-outputs": Fault(
        page(lambda w: cell_of(w, "square").update(outputs=[{"output_type": "gift"}, 7])), "structure"
    ),
    "renamed": Fault(lambda root, s: hand_in(root, s, answered(root), "p1 (1).ipynb"), "renamed"),
    # Not graded: never a zero
    "huge": Fault(huge, "page-too-big", points=None),
    "hundred-thousand-deep": Fault(
        lambda root, s: hand_in(root, s, b'{"cells": ' + b"[" * 100_000), "page-too-deep", points=None
    ),
    "twenty-thousand-cells": Fault(page(many_cells), "page-too-long", points=None),
    "empty-file": Fault(lambda root, s: hand_in(root, s, b""), "page-unreadable", points=None),
    "not-json": Fault(
        lambda root, s: hand_in(root, s, b"<html>Log in</html>"), "page-unreadable", points=None
    ),
    "a-list": Fault(lambda root, s: hand_in(root, s, b"[1, 2]"), "page-unreadable", points=None),
    "other-assignment": Fault(page(other_assignment), "page-other", points=None),
    "linked-page": Fault(linked, "page-link", points=None),
    "link-beside": Fault(with_link, "page-link", points=None),
    "odd-name-beside": Fault(with_odd_name, "page-name", points=None),
    "=cmd|calc": Fault(lambda root, s: hand_in(root, s, answered(root)), "page-name", points=None),
}


def about_last(whole: NotebookNode) -> NotebookNode:
    """nbgrader's data of the last cell."""
    return whole.cells[-1].metadata["nbgrader"]
