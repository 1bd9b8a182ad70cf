"""What a page of an assignment was when it was released: the measure by which damage is found.

nbgrader's gradebook is the law: its source cells hold every graded, locked and solution cell
with hidden tests and without solutions. The instructor's file adds what the gradebook does
not keep: the order, the ids of the cells, and the text of the cells that are not nbgrader's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook

from grading.hidden import split_hidden, squeezed

SCHEMA_VERSION = 3  # of nbgrader 0.9.6
FLAGS = ("grade", "solution", "locked", "task")


@dataclass(frozen=True)
class SourceCell:
    """One cell of nbgrader's in an assignment; `points` is None where it gives none.

    `shown` is its text as learners got it, squeezed; `cell_id` is Jupyter's, empty where unknown.
    """

    grade_id: str
    cell_type: str
    source: str
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float | None = None
    checksum: str | None = None
    shown: str = ""
    cell_id: str = ""

    @property
    def graded(self) -> bool:
        """Whether it carries points, given by a test or by a person."""
        return self.grade or self.task

    def metadata(self) -> dict[str, Any]:
        """nbgrader's data of the cell as it was released."""
        about = {
            "cell_type": self.cell_type,
            "grade": self.grade,
            "grade_id": self.grade_id,
            "locked": self.locked,
            "schema_version": SCHEMA_VERSION,
            "solution": self.solution,
            "task": self.task,
        }
        if self.graded:
            about["points"] = self.points
        if self.checksum:
            about["checksum"] = self.checksum
        return about


@dataclass(frozen=True)
class Skeleton:
    """One page of an assignment: its nbgrader cells in order, and the language it runs in.

    `plain` holds the squeezed texts of its other cells. Picklable, so that it can be handed to
    any process that prepares hand-ins.
    """

    notebook: str
    cells: tuple[SourceCell, ...]
    language: str = ""
    plain: frozenset[str] = frozenset()


def read_skeleton(
    gradebook: Gradebook, assignment: str, notebook: str, source: Path | None = None
) -> Skeleton:
    """The skeleton of one page from the gradebook, in the order of the file `source` where it can be read.

    Raises nbgrader's MissingEntry where the gradebook does not know the page.
    """
    row = gradebook.find_notebook(notebook, assignment)
    points = {cell.name: cell.max_score for cell in (*row.grade_cells, *row.task_cells)}
    grades = {cell.name for cell in row.grade_cells}
    tasks = {cell.name for cell in row.task_cells}
    solutions = {cell.name for cell in row.solution_cells}
    file_cells = _cells_of(source)
    order = {_grade_id(cell): place for place, cell in enumerate(file_cells)}
    ids = {_grade_id(cell): str(cell.get("id", "")) for cell in file_cells}
    cells = [
        SourceCell(
            grade_id=cell.name,
            cell_type=cell.cell_type,
            source=cell.source,
            locked=cell.locked,
            grade=cell.name in grades,
            solution=cell.name in solutions,
            task=cell.name in tasks,
            points=points.get(cell.name),
            checksum=cell.checksum,
            shown=squeezed(split_hidden(cell.source)[0]),
            cell_id=ids.get(cell.name, ""),
        )
        for cell in row.source_cells
    ]
    cells.sort(key=lambda cell: order.get(cell.grade_id, len(order)))
    plain = frozenset(squeezed(_text(cell)) for cell in file_cells if not _grade_id(cell))
    kernel = json.loads(row.kernelspec or "{}") or {}
    return Skeleton(notebook, tuple(cells), str(kernel.get("language", "")), plain - {""})


def _cells_of(source: Path | None) -> list[dict]:
    """The cells of the instructor's file; none where there is no such file, or it is damaged."""
    try:
        cells = json.loads(source.read_bytes())["cells"] if source is not None else []
    except (OSError, ValueError, KeyError, TypeError):
        return []
    return [cell for cell in cells if isinstance(cell, dict)]


def _grade_id(cell: dict) -> str:
    about = cell.get("metadata", {}).get("nbgrader", {})
    return about.get("grade_id", "") if isinstance(about, dict) else ""


def _text(cell: dict) -> str:
    return "".join(cell.get("source", ""))
