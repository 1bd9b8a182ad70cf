"""Releasing: nbgrader's own version for learners, in which nothing hidden can be read."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from course.errors import CourseError
from grading.release import release_assignment
from grading.workspace import STUDENTS
from tests.grading.handins import Q1, RUBRIC, write_assignment


def content_of(folder):
    """The files of a folder by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_is_released_holds_no_hidden_test_and_no_rubric(workspace, assignments, tmp_path):
    """Neither the release nor the handout holds a hidden line, a rubric or a model answer."""
    release_assignment(workspace, "a90", handout=tmp_path / "handouts", assignments=assignments)
    for folder in (workspace.release("a90"), tmp_path / "handouts" / "a90"):
        assert sorted(content_of(folder)) == ["a90.ipynb", "assignment.yml"]
        everything = b"".join(content_of(folder).values())
        assert b"secret_number_of_weeks" not in everything
        assert b"HIDDEN" not in everything
        assert b"perfect plan" not in everything


def test_releasing_twice_changes_nothing(workspace, assignments):
    """The second release has the same bytes and the same graded parts."""
    before = content_of(workspace.release("a90"))
    release_assignment(workspace, "a90", assignments=assignments)
    assert content_of(workspace.release("a90")) == before


def leak_in_words(place):
    """The model answer stands in the page's text."""
    page = json.loads((place / "a90.ipynb").read_text())
    page["cells"][0]["source"] = "The perfect plan names the committee\nand counts seven weeks back."
    (place / "a90.ipynb").write_text(json.dumps(page))


def leak_in_a_file(place):
    """A second file of the assignment repeats a hidden test."""
    (place / "notes.md").write_text("secret_number_of_weeks = 42")


def leak_by_another_name(place):
    """The rubric was saved under a name that nothing keeps back."""
    (place / "marking.yaml").write_text(RUBRIC)


def leak_in_metadata(place):
    """An editor kept the model answer in the page's metadata."""
    page = json.loads((place / "a90.ipynb").read_text())
    page["metadata"]["draft"] = "The perfect plan names the committee and counts seven weeks back."
    (place / "a90.ipynb").write_text(json.dumps(page))


@pytest.mark.parametrize(
    "leak", [leak_in_words, leak_in_a_file, leak_by_another_name, leak_in_metadata], ids=lambda f: f.__name__
)
def test_a_leak_stops_the_release_and_the_earlier_one_stays(workspace, tmp_path, leak):
    """What learners could read of the hidden part is named, and nothing new is released."""
    before = content_of(workspace.release("a90"))
    leak(write_assignment(tmp_path / "leaky"))
    with pytest.raises(CourseError, match="learners could read what is hidden"):
        release_assignment(workspace, "a90", handout=tmp_path / "out", assignments=tmp_path / "leaky")
    assert content_of(workspace.release("a90")) == before
    assert not (tmp_path / "out").exists()


def test_a_hidden_part_without_an_end_is_told(workspace, tmp_path):
    """nbgrader refuses it; the reason is its own, in one sentence."""
    write_assignment(tmp_path / "open", q1=Q1.replace("### END HIDDEN TESTS", ""))
    with pytest.raises(CourseError, match="No end hidden tests statement found"):
        release_assignment(workspace, "a90", assignments=tmp_path / "open")


def test_answers_in_the_source_are_refused(workspace, tmp_path):
    """They would overwrite every learner's answers at grading."""
    (write_assignment(tmp_path / "with-answers") / "answers.json").write_text("{}")
    with pytest.raises(CourseError, match="would replace the learners' answers"):
        release_assignment(workspace, "a90", assignments=tmp_path / "with-answers")


@pytest.mark.parametrize("name", ["a91", "../a90", "a90/..", "*"])
def test_an_assignment_that_does_not_exist_is_told(workspace, assignments, name):
    """An id is looked up, and never used as a path or a pattern."""
    with pytest.raises(CourseError):
        release_assignment(workspace, name, assignments=assignments)


def test_the_due_date_stands_in_the_gradebook_and_new_students_get_a_row(workspace, assignments):
    """The due date is kept in UTC as nbgrader keeps it; releasing again reads students.csv again."""
    with (workspace.root / STUDENTS).open("a", encoding="utf-8") as file:
        file.write("rsk-01,Rabat,New\n")
    due = datetime(2026, 3, 1, 23, 59, tzinfo=UTC)
    release_assignment(workspace, "a90", due=due, assignments=assignments)
    with workspace.open_gradebook() as gradebook:
        assert gradebook.find_assignment("a90").duedate == datetime(2026, 3, 1, 23, 59)
        assert gradebook.find_student("rsk-01").last_name == "Rabat"
