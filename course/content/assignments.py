"""Checks one assignment: the form, the rubric and the page agree, and no key can get out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat

from course.content.models import Assignment, Rubric
from course.content.modules import collect
from course.content.reading import load_assignment, load_rubric
from course.errors import Problem, shown

HIDDEN_BEGIN, HIDDEN_END = "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"


def check_assignment(folder: Path, root: Path) -> list[Problem]:
    """Every problem of one folder of `assignments/`; an empty list where all of it agrees."""
    problems: list[Problem] = []
    assignment = collect(lambda: load_assignment(folder / "assignment.yml", root), problems)
    rubric = collect(lambda: load_rubric(folder / "rubric.yml", root), problems)
    if (folder / "answers.json").exists():
        # nbgrader copies source files over the submitted ones: this would replace every answer.
        problem = "would overwrite the answers of every learner at grading."
        name = shown(folder / "answers.json", root)
        problems.append(Problem(name, None, "", problem, "Remove it from here."))
    if assignment is None or rubric is None:
        return problems
    path = folder / f"{assignment.id}.ipynb"
    name = shown(path, root)
    if not path.is_file():
        problem = "the assignment's page is missing."
        return [*problems, Problem(name, None, assignment.id, problem, "Write it.")]
    cells = nbformat.read(path, as_version=4).cells
    faults = [*_identity_faults(folder, assignment, rubric), *_page_faults(cells, assignment, rubric)]
    return problems + [Problem(name, None, *fault) for fault in faults]


Fault = tuple[str, str, str]


def _identity_faults(folder: Path, assignment: Assignment, rubric: Rubric) -> Iterator[Fault]:
    if not folder.name.startswith(f"{assignment.id}-"):
        yield assignment.id, f"is not the assignment of {folder.name}.", "Correct `id`."
    if rubric.assignment != assignment.id:
        yield rubric.assignment, "the rubric is of another assignment.", "Correct `assignment`."


def _page_faults(cells: list[Any], assignment: Assignment, rubric: Rubric) -> Iterator[Fault]:
    graded = {}
    tasks = {}
    for cell in cells:
        settings = cell.metadata.get("nbgrader", {})
        if settings.get("task"):
            tasks[settings["grade_id"]] = cell
        elif settings.get("grade"):
            graded[settings["grade_id"]] = cell
            yield from _hidden_faults(settings["grade_id"], cell.source)
        elif HIDDEN_BEGIN in cell.source:
            yield cell.id, "has hidden tests but is not graded.", "Make it an autograded cell."
    yield from _points_faults("graded field", assignment.points, graded)
    yield from _points_faults("criterion", {c.id: c.max_points for c in rubric.criteria}, tasks)
    for criterion in rubric.criteria:
        shown_text = " ".join(tasks[criterion.id].source.split()) if criterion.id in tasks else ""
        for level in criterion.levels:
            if shown_text and " ".join(level.descriptor.split()) not in shown_text:
                remedy = "Write in the page what rubric.yml says."
                yield criterion.id, f"the page does not show the level of {level.points:g} points.", remedy


def _points_faults(kind: str, wanted: dict[str, float], found: dict[str, Any]) -> Iterator[Fault]:
    for name, points in wanted.items():
        if name not in found:
            yield name, f"this {kind} is graded nowhere.", f"Add a cell with the grade_id {name}."
        elif found[name].metadata.nbgrader.points != points:
            given = found[name].metadata.nbgrader.points
            yield name, f"the page gives {given:g} points, the file {points:g}.", "Make them equal."
    for name in found.keys() - wanted.keys():
        yield name, f"is graded in the page but is no {kind}.", "Correct its grade_id or remove it."


def _hidden_faults(name: str, source: str) -> Iterator[Fault]:
    before, begin, rest = source.partition(HIDDEN_BEGIN)
    _, end, after = rest.partition(HIDDEN_END)
    if not begin or not end:
        yield name, "has no hidden tests: everybody would get all its points.", "Add them."
    elif "grading" in before or "grading" in after:
        yield name, "grades outside its hidden tests: the key is shown.", "Move it inside."
