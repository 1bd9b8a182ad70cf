"""An assignment's form, rubric and page agree, and no key can get out."""

from __future__ import annotations

import json
import shutil

import pytest

from course.content.assignments import check_assignment


@pytest.fixture
def folder(root, tmp_path):
    """A copy of the exemplary assignment, for one fault."""
    shutil.copytree(root / "assignments/a03-treaty-bodies", tmp_path / "assignments/a03-treaty-bodies")
    return tmp_path / "assignments/a03-treaty-bodies"


def problems_of(folder):
    """What the check says, as text."""
    return [str(problem) for problem in check_assignment(folder, folder.parents[1])]


def change_page(folder, edit):
    """Edit the assignment's page as data."""
    path = folder / "a03.ipynb"
    page = json.loads(path.read_text(encoding="utf-8"))
    edit(page["cells"])
    path.write_text(json.dumps(page), encoding="utf-8")


def graded(cells):
    """The first autograded part of the page."""
    return next(
        c for c in cells if c["metadata"].get("nbgrader", {}).get("grade") and c["cell_type"] == "code"
    )


def task(cells):
    """The first criterion that a person marks."""
    return next(c for c in cells if c["metadata"].get("nbgrader", {}).get("task"))


def source_of(cell):
    """The source as one text, however the file keeps it."""
    return "".join(cell["source"])


def test_the_exemplary_assignment_is_clean(folder):
    """Without a fault there is no problem: what follows is due to the planted fault alone."""
    assert problems_of(folder) == []


def test_answers_in_the_source_are_refused(folder):
    """answers.json beside the source would replace the answers of every learner at grading."""
    (folder / "answers.json").write_text("{}")

    assert [problem for problem in problems_of(folder) if "would overwrite the answers" in problem]


def test_other_points_in_the_page_are_found(folder):
    """The page and assignment.yml must give the same points."""
    change_page(folder, lambda cells: graded(cells)["metadata"]["nbgrader"].update(points=99))

    assert [problem for problem in problems_of(folder) if "the page gives 99 points" in problem]


def test_a_field_that_nothing_grades_is_found(folder):
    """Every field with points has its graded part."""
    change_page(folder, lambda cells: cells.remove(graded(cells)))

    assert [problem for problem in problems_of(folder) if "this graded field is graded nowhere" in problem]


def test_a_criterion_that_nobody_marks_is_found(folder):
    """Every criterion of the rubric has its place in the page."""
    change_page(folder, lambda cells: cells.remove(task(cells)))

    assert [problem for problem in problems_of(folder) if "this criterion is graded nowhere" in problem]


def test_a_rubric_that_learners_do_not_see_is_found(folder):
    """What rubric.yml says of each level stands in the page, word for word."""
    change_page(folder, lambda cells: task(cells).update(source="Marked by your instructor."))

    assert [problem for problem in problems_of(folder) if "does not show the level" in problem]


def test_a_graded_part_without_hidden_tests_is_found(folder):
    """Without hidden tests nbgrader gives everybody all the points."""
    change_page(folder, lambda cells: graded(cells).update(source='course.answer("a03", "x")'))

    assert [problem for problem in problems_of(folder) if "has no hidden tests" in problem]


def test_a_key_outside_the_hidden_tests_is_found(folder):
    """What stands outside is released with the page."""
    change_page(
        folder,
        lambda cells: graded(cells).update(source="import grading.marking\n" + source_of(graded(cells))),
    )

    assert [problem for problem in problems_of(folder) if "grades outside its hidden tests" in problem]


@pytest.mark.parametrize("name", ["assignment.yml", "rubric.yml"])
def test_a_missing_file_is_named(folder, name):
    """The file that is missing is named."""
    (folder / name).unlink()

    assert [problem for problem in problems_of(folder) if f"{name}: the file is missing" in problem]


def test_a_rubric_whose_levels_do_not_rise_is_refused(folder):
    """Four levels, from nothing upwards: two with the same points could not be told apart."""
    path = folder / "rubric.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("points: 2", "points: 4", 1), encoding="utf-8")

    assert path.read_text(encoding="utf-8") != text
    assert [problem for problem in problems_of(folder) if "rise from one to the next" in problem]


def test_a_rubric_of_another_assignment_is_refused(folder):
    """A rubric names the assignment that it marks."""
    path = folder / "rubric.yml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("assignment: a03", "assignment: a04"), encoding="utf-8"
    )

    assert [problem for problem in problems_of(folder) if "the rubric is of another assignment" in problem]
