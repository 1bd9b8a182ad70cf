"""The structured report: what is wrong in it is said with its line, and nothing private leaves it."""

from __future__ import annotations

import pytest

from course.errors import ContentError, CourseError
from course.report import load_report, save_report, start_report
from course.report.compose.budget import word_budget
from course.report.compose.unfinished import evidence_counts, orphan_claims
from tests.report.reports import REPORT, write


@pytest.fixture
def report(tmp_path):
    """The sample report."""
    return load_report(write(tmp_path))


def test_a_report_comes_back_as_it_was_saved(report, tmp_path):
    """Every text, every id, every date."""
    save_report(tmp_path / "again.yml", report)
    assert load_report(tmp_path / "again.yml") == report


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("evidence: [count, talk]", "evidence: [count, tlak]", "names the evidence tlak, which is not there"),
        ("member: valley, name", "membre: valley, name", "membre"),
        ("method: own-count", "method: counting", "method"),
        ("stage: session", "stage: pre-session", "stage"),
        ("member: valley\n", "member: hills\n", "held by hills, who is no author"),
        ("id: without, text", "id: left, text", "two parts of the kind claim are called left"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path, right, wrong, said):
    """The file, the line and what is wrong, in one sentence."""
    assert right in REPORT
    path = write(tmp_path, REPORT.replace(right, wrong, 1))
    with pytest.raises(ContentError, match=said) as refused:
        load_report(path)
    assert all(problem.file == "report.yml" for problem in refused.value.problems)


def test_a_new_report_can_be_read_again(tmp_path):
    """Empty, but in its place: body, State, stage, language and a title."""
    made = start_report("CRC", "MAR", "session", language="ar")
    save_report(tmp_path / "new.yml", made)
    assert load_report(tmp_path / "new.yml") == made
    assert "المغرب" in made.title


@pytest.mark.parametrize(("body", "state"), [("XYZ", "MAR"), ("CRC", "XYZ")])
def test_a_new_report_needs_a_body_and_a_state_that_exist(body, state):
    """A slip is refused before anything is made."""
    with pytest.raises(CourseError):
        start_report(body, state, "session")


def test_claims_without_evidence_that_may_be_cited_are_orphans(report):
    """One has none, the other only what was told without consent."""
    assert [claim.id for _, claim in orphan_claims(report)] == ["without", "secret"]


def test_the_budget_gives_each_open_section_its_part(report):
    """One section asked for 500 words; the other shares what is left under the limit."""
    budget = word_budget(report, 3_300)
    front, bus, home = budget.shares
    assert (bus.given, home.given) == (500, 3_300 - front.words - budget.frame - budget.repeated - 500)
    assert budget.left == 3_300 - budget.words
    assert home.over == 0


def test_a_section_over_its_share_is_known(report):
    """By how many words."""
    small = report.model_copy(update={"sections": (report.sections[0].model_copy(update={"words": 3}),)})
    share = word_budget(small, None).shares[1]
    assert share.over == share.words - 3 > 0


def test_evidence_is_counted_by_method(report):
    """For the section on method."""
    assert evidence_counts(report) == {"interview": 1, "own-count": 1}
