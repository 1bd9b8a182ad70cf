"""One date changed: what moves, what breaks."""

from __future__ import annotations

from datetime import date

import pytest

from course.planner import PlanError, compare_plans
from course.planner.table import comparison_data, comparison_lines
from course.texts import LANGUAGES
from tests.planner.shared import entered, plan_for


def ids(comparison):
    """What breaks, by id."""
    return [note.id for note in comparison.breaks]


def test_the_same_plan_moves_nothing():
    """Two plans of the same input are unchanged."""
    comparison = compare_plans(plan_for(), plan_for())

    assert comparison.unchanged
    assert comparison_lines(comparison) == ["Nothing moves."]


def test_a_week_sooner_moves_every_step_and_costs_working_days():
    """Each step comes seven days sooner, and the lost days are counted."""
    comparison = compare_plans(plan_for(date(2027, 10, 18)), plan_for(date(2027, 10, 11)))

    assert [move.days for move in comparison.moves] == [-7] * 9
    assert ids(comparison) == ["break-sooner"]
    assert dict(comparison.breaks[0].values)["days"] == 5


def test_a_later_session_breaks_nothing():
    """More time is no loss."""
    comparison = compare_plans(plan_for(date(2027, 10, 11)), plan_for(date(2027, 10, 18)))

    assert all(move.days == 7 for move in comparison.moves)
    assert ids(comparison) == []
    assert comparison_lines(comparison)[-1] == "- Nothing: every step still has its time."


def test_steps_that_are_past_under_the_new_date_break():
    """On 1 July 2027 the first meeting was still possible for November, and is past for October."""
    today = date(2027, 7, 1)
    comparison = compare_plans(plan_for(date(2027, 11, 15), today), plan_for(date(2027, 10, 11), today))
    broken = [dict(note.values)["step"].id for note in comparison.breaks if note.id == "break-step"]

    assert broken == ["coalition"]


def test_a_new_deadline_that_is_past_breaks_first():
    """Nothing else matters then."""
    today = date(2027, 9, 1)
    new = plan_for(today=today, entered=entered(deadline=date(2027, 8, 30)))

    assert ids(compare_plans(plan_for(today=today), new))[0] == "break-deadline-past"


def test_a_step_that_now_falls_on_a_holiday_is_named():
    """A day sooner, the safety check falls on the feast of the Throne."""
    old = plan_for(entered=entered(deadline=date(2027, 8, 5)))
    new = plan_for(entered=entered(deadline=date(2027, 8, 6)))
    closed = [
        dict(note.values)["step"].id for note in compare_plans(old, new).breaks if note.id == "break-closed"
    ]

    assert "safety" in closed


def test_a_new_limit_breaks_the_text():
    """The days stay, but the text must be looked at again."""
    comparison = compare_plans(plan_for(), plan_for(entered=entered(limit=1_500)))

    assert comparison.moves == ()
    assert ids(comparison) == ["break-basis"]
    assert "words at most: 1500 instead of 3,300" in comparison.breaks[0].said("en")


def test_two_reviews_are_not_compared():
    """Another body is another plan, not a moved one."""
    with pytest.raises(PlanError, match="not two plans of one review"):
        compare_plans(plan_for(), plan_for(body="CRC"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comparison_is_said_in_every_language(language):
    """No place stays open, in lines and in data."""
    today = date(2027, 7, 1)
    comparison = compare_plans(plan_for(date(2027, 11, 15), today), plan_for(date(2027, 10, 11), today))

    assert "{" not in "\n".join(comparison_lines(comparison, language))
    assert len(comparison_data(comparison, language)["moves"]) == 9
