"""The assignment a03: five skills, and keys that follow from verified rules."""

from __future__ import annotations

import ast
from datetime import date, timedelta

import nbformat
import pytest

from course.content import load_assignment, load_rubric
from course.facts import rule


@pytest.fixture(scope="module")
def folder(root):
    """The instructor's folder of a03."""
    return root / "assignments" / "a03-treaty-bodies"


@pytest.fixture(scope="module")
def assignment(folder, root):
    """The form, read and validated."""
    return load_assignment(folder / "assignment.yml", root)


@pytest.fixture(scope="module")
def schemes(folder):
    """How each question is marked: the arguments of the one call in its hidden part."""
    found = {}
    for cell in nbformat.read(folder / "a03.ipynb", as_version=4).cells:
        if "### BEGIN HIDDEN TESTS" in cell.source:
            hidden = cell.source.split("### BEGIN HIDDEN TESTS")[1].split("### END HIDDEN TESTS")[0]
            call = ast.parse(hidden.strip()).body[-1].value
            found[ast.literal_eval(call.args[1])] = {
                keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords
            }
    return found


def test_the_graded_questions_are_of_five_kinds(assignment):
    """Ordering, matching, choice, number and date: not one skill asked seven times."""
    kinds = {field.kind for field in assignment.form.fields if field.id in assignment.points}
    assert kinds == {"ordering", "matching", "multiple-choice", "numeric", "date"}


def test_the_model_answer_keeps_the_limits_it_teaches(assignment, folder, root):
    """The model is as long as the form allows."""
    [plan] = [field for field in assignment.form.fields if field.kind == "long-text"]
    words = len(load_rubric(folder / "rubric.yml", root).model_answer.split())
    assert (plan.min_words, plan.max_words) == (150, 250)
    assert plan.min_words <= words <= plan.max_words


def test_the_right_days_stand_in_no_question(folder):
    """What is to be counted is not written into what learners receive."""
    text = (folder / "assignment.yml").read_text(encoding="utf-8")
    assert not [day for day in ("2027-05-10", "2027-08-01", "10 May 2027", "1 August") if day in text]


def test_the_words_to_cut_follow_from_the_verified_limit(schemes):
    """6,250 words and 480 in footnotes against the limit of a coalition in the rule pack."""
    limit = rule("CEDAW", "session", "length-joint")
    scheme = schemes["words_to_cut"]
    assert limit.decides
    assert scheme["choices"][scheme["key"]]["value"] == 6250 + 480 - int(limit.value)


def test_the_last_day_for_cedaw_follows_from_the_verified_rule(schemes):
    """The weeks of the rule pack, counted back from the invented opening day."""
    deadline = rule("CEDAW", "session", "deadline")
    scheme = schemes["cedaw_last_day"]
    last = date(2027, 6, 7) - timedelta(weeks=int(deadline.value))
    assert (deadline.unit, deadline.decides) == ("weeks-before-session", True)
    assert scheme["choices"][scheme["key"]]["value"] == last.isoformat()


def test_the_last_day_for_the_rights_of_the_child_follows_from_the_verified_rule(schemes):
    """The fixed day of the rule pack that belongs to the group of October."""
    deadline = rule("CRC", "loipr", "deadline")
    scheme = schemes["crc_last_day"]
    february, june, october = deadline.value.split(";")
    assert deadline.decides
    assert scheme["choices"][scheme["key"]]["value"] == f"2027-{october}"
    assert scheme["choices"]["june_group"]["value"] == f"2027-{june}"
    assert scheme["choices"]["february_group"]["value"] == f"2027-{february}"
