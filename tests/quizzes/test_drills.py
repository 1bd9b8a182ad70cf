"""Drills: days counted back from a session by the rule of the body, in every language."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from course.content.models import Drill
from course.errors import CourseError
from course.facts import rule
from course.facts.milestones import milestones
from course.quizzes.drills import drill_intro, find_deadline, make_backward_items
from course.quizzes.drills.backward import draw_session
from course.quizzes.score import score_response
from course.texts import LANGUAGES, say_day, text

WOMEN = Drill(
    generator="backward", objective="LO-03.3", body="CEDAW", stage="session", session=date(2027, 10, 11)
)


def items_of(drill=WOMEN, language="en"):
    """The items of a drill by the last word of their id."""
    return {item.id.split("-")[-1]: item for item in make_backward_items(drill, language)}


def test_the_last_day_is_counted_from_the_rule():
    """The key is the session minus the weeks of the rule pack, whatever they are today."""
    weeks = float(rule("CEDAW", "session", "deadline").value)
    deadline = items_of()["deadline"]
    assert deadline.id == "drill-cedaw-session-deadline"
    assert deadline.choices[deadline.key].value == WOMEN.session - timedelta(weeks * 7)


def test_each_milestone_lies_its_days_before_the_last_day():
    """The matching items cover all milestones, and each key is the last day minus the days."""
    items = items_of()
    last_day = items["deadline"].choices["right"].value
    key = {**items["near"].key, **items["far"].key}
    assert key == {step.id: f"d{last_day - timedelta(step.days)}" for step in milestones()}


def test_the_latest_start_is_the_furthest_milestone():
    """The first meeting is placed by the longest of the plan's steps."""
    items = items_of()
    furthest = max(step.days for step in milestones())
    last_day = items["deadline"].choices["right"].value
    assert items["start"].choices["right"].value == last_day - timedelta(furthest)


def test_a_date_is_offered_that_belongs_to_no_step():
    """So that the last step cannot be found by leaving it over."""
    near = items_of()["near"]
    assert len(near.targets) == len(near.choices) + 1


def test_two_mistakes_that_lead_to_one_day_have_one_feedback():
    """A day is explained once; the right day is never explained as a mistake."""
    for session in (date(2027, 10, 11), date(2027, 3, 1), date(2028, 2, 29)):
        for kind in ("deadline", "start"):
            item = items_of(WOMEN.model_copy(update={"session": session}))[kind]
            values = [choice.value for choice in item.choices.values()]
            assert len(values) == len(set(values))
            assert score_response(item, item.choices["right"].value.isoformat()) == 1.0


def test_counting_by_the_month_is_half_right():
    """A calendar month for four weeks is a near miss with its own reason."""
    item = items_of()["deadline"]
    assert item.choices["month"].value == date(2027, 9, 11)
    assert score_response(item, "2027-09-11") == 0.5


def test_another_session_is_another_revision():
    """Answers for one session's day never count for another."""
    later = WOMEN.model_copy(update={"session": date(2028, 2, 7)})
    assert {item.revision for item in make_backward_items(later, "en")} == {20280207}


def test_over_500_seeds_each_day_is_right_and_no_question_says_the_answer_of_another():
    """Counted one day at a time; the last day, asked in question 1, stands in no later question."""
    sessions = set()
    for seed in range(1, 501):
        items = {item.id.split("-")[-1]: item for item in make_backward_items(WOMEN, "en", seed)}
        session = draw_session(WOMEN, seed)
        before = [session - timedelta(n) for n in range(1, 200)]
        last_day = [day for day in before if day.weekday() == session.weekday()][3]
        sessions.add(session)
        right = [name for name, choice in items["deadline"].choices.items() if choice.value == last_day]
        assert right == ["right"]
        placed = {**items["near"].key, **items["far"].key}
        for step in milestones():
            assert placed[step.id] == f"d{before[before.index(last_day) + step.days]}"
        start = before[before.index(last_day) + max(step.days for step in milestones())]
        assert [name for name, c in items["start"].choices.items() if c.value == start] == ["right"]
        said = say_day(last_day, "en")
        assert not [name for name in ("near", "far", "start") if said in items[name].stem]
    assert len(sessions) >= 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_drill_is_made_in_every_language(language):
    """No {place} stays open in any text, and the ids are the same everywhere."""
    items = make_backward_items(WOMEN, language)
    assert [item.id for item in items] == [item.id for item in make_backward_items(WOMEN, "en")]
    for item in items:
        assert "{" not in item.model_dump_json().replace('{"', "").replace(":{", "")
        assert all(choice.feedback for choice in item.choices.values())


def test_advice_of_the_course_is_not_passed_off_as_a_rule():
    """The source of the steps says that they are planning advice."""
    assert "not a rule of the United Nations" in items_of()["near"].source


def test_a_rule_that_nobody_confirmed_is_called_so():
    """CESCR's deadline is second-hand; the page says that it is not confirmed."""
    social = WOMEN.model_copy(update={"body": "CESCR"})
    assert find_deadline(social).confidence == "recalled"
    assert text("drill.unconfirmed", "en") in drill_intro(social, "en")
    assert text("drill.unconfirmed", "en") not in drill_intro(WOMEN, "en")


@pytest.mark.parametrize(("body", "stage"), [("CED", "session"), ("CEDAW", "loi"), ("CRC", "loipr")])
def test_a_body_without_weeks_before_the_session_has_no_drill(body, stage):
    """A date per session, a gap and fixed days of the year give nothing to count back."""
    with pytest.raises(CourseError, match="choose another body or stage"):
        find_deadline(WOMEN.model_copy(update={"body": body, "stage": stage}))


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Friday 1 October 2027"), ("fr", "vendredi 1er octobre 2027"), ("ar", "الجمعة 1 أكتوبر 2027")],
)
def test_a_day_is_said_in_words(language, said):
    """With the day of the week, which is how people check a date."""
    assert say_day(date(2027, 10, 1), language) == said
