"""A small course that is not ours: learners' code, hidden tests, an answer that a person marks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from grading.status import read_standings
from grading.workspace import open_course
from tests.grading.handins import part, run

SQUARE = """\
def square(x):
    ### BEGIN SOLUTION
    return x * x
    ### END SOLUTION
"""
TEST_SQUARE = """\
assert square(2) == 4
### BEGIN HIDDEN TESTS
secret_square_of_three = 9
assert square(3) == secret_square_of_three, "the square of three"
### END HIDDEN TESTS"""
DOUBLE = """\
def double(x):
    ### BEGIN SOLUTION
    return x + x
    ### END SOLUTION
"""
OWN = {
    "square": "def square(x):\n    product = x * x\n    return product",
    "double": "def double(x):\n    return 2 * x",
    "why": "Because a square has two equal sides.",
}
RIGHT = {"test_square": 2.0, "test_double": 1.0, "why": None}


def make_course(root: Path, **settings: object) -> Path:
    """A course folder as nbgrader makes it, with ps1 released; `settings` go into its configuration."""
    page = new_notebook(
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        cells=[
            new_markdown_cell("# Squares and doubles", id="title"),
            part("code", "setup", "import math"),
            part("code", "square", SQUARE, solution=True, locked=False),
            part("code", "test_square", TEST_SQUARE, grade=True, points=2),
            part("code", "double", DOUBLE, solution=True, locked=False),
            part("code", "test_double", "assert double(4) == 8", grade=True, points=1),
            part("markdown", "why", "YOUR ANSWER HERE", grade=True, solution=True, locked=False, points=3),
            new_markdown_cell("The end.", id="end"),
        ],
    )
    (root / "source" / "ps1").mkdir(parents=True)
    nbformat.write(page, root / "source" / "ps1" / "p1.ipynb")
    lines = ["c = get_config()", 'c.CourseDirectory.course_id = "numbers"']
    lines += [f"c.{name} = {value!r}" for name, value in settings.items()]
    (root / "nbgrader_config.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
    made = run("nbgrader", "generate_assignment", "ps1", cwd=root)
    assert made.returncode == 0, made.stderr
    return root


def answered(root: Path, change: Callable[[NotebookNode], None] | None = None, **own: str) -> NotebookNode:
    """The released page with right answers, or those in `own`; `change` works on the result."""
    page = nbformat.read(root / "release" / "ps1" / "p1.ipynb", as_version=4)
    for cell in page.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = (OWN | own).get(name, cell.source)
    if change is not None:
        change(page)
    return page


def hand_in(root: Path, student: str, content: bytes | NotebookNode, name: str = "p1.ipynb") -> Path:
    """Put a page where nbgrader expects it; returns the file."""
    folder = root / "submitted" / student / "ps1"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return path


def cell_of(page: NotebookNode, name: str) -> NotebookNode:
    """The cell with this grade_id."""
    return next(c for c in page.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


def standings(root: Path) -> dict[str, dict]:
    """Where each student stands, as `grading status --format json` prints it."""
    rows = [row.as_dict() for row in read_standings(open_course(root), "ps1")]
    return {row["student_id"]: row for row in json.loads(json.dumps(rows))}


def extra(source: str) -> NotebookNode:
    """A cell that a learner adds."""
    return new_code_cell(source)
