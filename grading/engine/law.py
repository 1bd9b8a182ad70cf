"""What the gradebook says about a page of an assignment, without the gradebook.

Read once for each assignment. nbgrader's preprocessors ask it the questions that they would
ask the gradebook, and write their grades into it, from where the one writer takes them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

from nbgrader.api import Gradebook, MissingEntry

from grading.repair import Skeleton


@dataclass(frozen=True)
class CellLaw:
    """A row of the gradebook about one cell; the names are nbgrader's."""

    name: str
    cell_type: str
    max_score: float = 0.0
    locked: bool = False
    source: str = ""
    checksum: str | None = None


@dataclass(frozen=True)
class PageLaw:
    """A notebook of an assignment as the gradebook knows it; the names are nbgrader's."""

    name: str
    kernelspec: str | None
    source_cells: tuple[CellLaw, ...]
    grade_cells: tuple[CellLaw, ...]
    solution_cells: tuple[CellLaw, ...]
    task_cells: tuple[CellLaw, ...]
    skeleton: Skeleton


def read_page_law(gradebook: Gradebook, assignment: str, skeleton: Skeleton) -> PageLaw:
    """The law of one page. Raises nbgrader's MissingEntry where the gradebook does not know it."""
    page = gradebook.find_notebook(skeleton.notebook, assignment)
    return PageLaw(
        name=page.name,
        kernelspec=page.kernelspec,
        source_cells=tuple(
            CellLaw(c.name, c.cell_type, locked=c.locked, source=c.source, checksum=c.checksum)
            for c in page.source_cells
        ),
        grade_cells=tuple(CellLaw(c.name, c.cell_type, c.max_score) for c in page.grade_cells),
        solution_cells=tuple(CellLaw(c.name, "") for c in page.solution_cells),
        task_cells=tuple(CellLaw(c.name, c.cell_type, c.max_score) for c in page.task_cells),
        skeleton=skeleton,
    )


@dataclass
class LawBook:
    """Answers for one page as nbgrader's Gradebook does, and keeps what a grader writes down."""

    law: PageLaw
    grades: dict[str, SimpleNamespace] = field(default_factory=dict)
    comments: dict[str, SimpleNamespace] = field(default_factory=dict)
    db: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(commit=lambda: None))

    def __enter__(self) -> LawBook:
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing is open."""

    def find_notebook(self, _name: str, _assignment: str) -> PageLaw:
        """The page itself."""
        return self.law

    def find_source_cell(self, name: str, _notebook: str, _assignment: str) -> CellLaw:
        """The cell as it was released. Raises MissingEntry."""
        return self._find(name, self.law.source_cells)

    def find_graded_cell(self, name: str, _notebook: str, _assignment: str) -> CellLaw:
        """The cell that has points. Raises MissingEntry."""
        return self._find(name, (*self.law.grade_cells, *self.law.task_cells))

    def find_grade(self, name: str, *_page: str) -> SimpleNamespace:
        """The grade of a cell, to be written into. Raises MissingEntry."""
        self._find(name, (*self.law.grade_cells, *self.law.task_cells))
        return self.grades.setdefault(name, SimpleNamespace(auto_score=None, manual_score=None))

    def find_comment(self, name: str, *_page: str) -> SimpleNamespace:
        """The comment on a cell, to be written into. Raises MissingEntry."""
        self._find(name, (*self.law.solution_cells, *self.law.task_cells))
        return self.comments.setdefault(name, SimpleNamespace(auto_comment=None))

    def _find(self, name: str, cells: tuple[CellLaw, ...]) -> CellLaw:
        for cell in cells:
            if cell.name == name:
                return cell
        raise MissingEntry(f"No such cell: {self.law.name}/{name}")
