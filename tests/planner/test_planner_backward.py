"""A plan backward from a session: order, days, sources."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from course.facts import bodies, rule
from course.facts.milestones import milestones
from course.planner import PlanError, plan_backward
from course.planner.days import working_days
from tests.planner.shared import SESSION, TODAY, entered, plan_for

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


def said(plan):
    """The ids of a plan's notes."""
    return [note.id for note in plan.notes]


def step_of(plan, name):
    """One step of a plan."""
    return next(step for step in plan.steps if step.id == name)


@given(
    session=DAYS,
    ahead=st.integers(0, 900),
    words=st.none() | st.integers(1, 40_000),
    pace=st.integers(400, 5_000),
    country=st.sampled_from(["MAR", "TUN", "EGY", "FRA"]),
)
@settings(max_examples=60, deadline=None)
def test_a_plan_is_in_order_on_working_days_and_before_the_deadline(session, ahead, words, pace, country):
    """Whatever the session, the pace and the country: strictly in order, each day a working day."""
    plan = plan_for(
        session, session - timedelta(ahead), words=words, pace_words_per_day=pace, country=country
    )
    days = [step.day for step in plan.steps]

    assert days == sorted(set(days))
    assert days[-1] < plan.last_day
    assert all(working_days(country).is_working(day) for day in days)
    assert all(step.day <= step.intended for step in plan.steps)
    assert [step.id for step in plan.steps] == [row.id for row in reversed(milestones())]


@given(session=DAYS, words=st.none() | st.integers(1, 40_000))
@settings(max_examples=25, deadline=None)
def test_the_same_input_gives_the_same_plan(session, words):
    """Two calls agree in every field, so that nothing depends on the clock."""
    today = session - timedelta(300)

    assert plan_for(session, today, words=words) == plan_for(session, today, words=words)


@given(session=DAYS, later=st.integers(1, 60))
@settings(max_examples=25, deadline=None)
def test_a_later_session_never_brings_a_step_forward(session, later):
    """Moving the session back gives time, never takes it."""
    today = session - timedelta(400)
    sooner, after = plan_for(session, today), plan_for(session + timedelta(later), today)

    assert all(a.day <= b.day for a, b in zip(sooner.steps, after.steps, strict=True))


def test_the_deadline_is_the_rule_of_the_pack_in_geneva_time():
    """The last moment is the end of the day in Geneva, in summer two hours ahead of UTC."""
    plan = plan_for()
    weeks = float(rule("CEDAW", "session", "deadline").value)

    assert plan.last_day == SESSION - timedelta(weeks * 7)
    assert plan.deadline == datetime.combine(
        plan.last_day, datetime.max.time().replace(microsecond=0), ZoneInfo("Europe/Zurich")
    )
    assert plan.deadline.utcoffset() == timedelta(hours=2)
    assert plan_for(date(2027, 2, 8)).deadline.utcoffset() == timedelta(hours=1)


def test_the_nine_milestones_are_there():
    """From the first meeting to the sending, each step once."""
    assert [step.id for step in plan_for().steps] == [
        *("coalition", "evidence", "outline", "draft", "peer-reading"),
        *("translation", "safety", "sign-off", "send"),
    ]


def test_the_text_is_sent_at_least_a_day_early():
    """A deadline on a Monday means that the text leaves on the Friday before."""
    plan = plan_for()

    assert (plan.last_day.isoweekday(), step_of(plan, "send").day) == (1, plan.last_day - timedelta(3))
    assert [remark.id for remark in step_of(plan, "send").remarks] == ["moved-weekend"]


def test_a_step_on_a_holiday_moves_to_the_working_day_before():
    """30 July is the feast of the Throne: what fell on it takes place on the 29th, and says why."""
    plan = plan_for(entered=entered(deadline=date(2027, 8, 6)))  # safety: a week before
    safety = step_of(plan, "safety")

    assert (safety.intended, safety.day) == (date(2027, 7, 30), date(2027, 7, 29))
    assert safety.on_closed_day
    assert safety.moved
    assert not safety.estimated
    assert "Throne Day" in safety.remarks[0].said("en")


def test_an_islamic_holiday_is_marked_as_estimated():
    """Eid al-Fitr of 2027 is computed, not seen: the step moves, and says that it may be a day off."""
    plan = plan_for(date(2027, 6, 14), entered=entered(deadline=date(2027, 3, 30)))
    peers = step_of(plan, "peer-reading")

    assert peers.intended == date(2027, 3, 9)
    assert peers.day == date(2027, 3, 8)
    assert peers.estimated
    assert "estimated" in peers.remarks[0].said("en")
    assert "estimated" in said(plan)


def test_a_holiday_of_two_days_is_named_once():
    """Both days of Eid al-Adha and the weekend before: two causes, two sentences."""
    plan = plan_for(date(2027, 9, 13), entered=entered(deadline=date(2027, 8, 9)))
    coalition = step_of(plan, "coalition")

    assert (coalition.intended, coalition.day) == (date(2027, 5, 17), date(2027, 5, 14))
    assert [remark.id for remark in coalition.remarks] == ["moved-estimated", "moved-weekend"]


def test_a_day_beside_an_estimated_holiday_says_so():
    """The moon may be seen a day sooner: the working day before Eid is not certain either."""
    plan = plan_for(date(2027, 6, 14), entered=entered(deadline=date(2027, 3, 29)))
    peers = step_of(plan, "peer-reading")

    assert (peers.day, peers.moved, peers.estimated) == (date(2027, 3, 8), False, True)
    assert [remark.id for remark in peers.remarks] == ["beside-estimated"]


def test_a_plan_without_islamic_holidays_estimates_nothing():
    """Where no such day is near, no word is lost on it."""
    plan = plan_for(date(2027, 12, 13))

    assert not any(step.estimated for step in plan.steps)
    assert "estimated" not in said(plan)


def test_another_country_has_other_holidays():
    """Nothing is tied to Morocco: Bastille Day moves a step in France and in Morocco none."""
    given_ = {"session": SESSION, "entered": entered(deadline=date(2027, 7, 21))}  # safety: 14 July

    assert step_of(plan_for(**given_, country="FRA"), "safety").day == date(2027, 7, 13)
    assert step_of(plan_for(**given_, country="MAR"), "safety").day == date(2027, 7, 14)


def test_a_country_that_rests_on_friday_works_on_sunday():
    """Egypt's week ends on Thursday; a step may take place on a Sunday there."""
    egypt = working_days("EGY")

    assert not egypt.is_working(date(2027, 9, 10))
    assert egypt.is_working(date(2027, 9, 12))


def test_the_learners_own_pace_makes_room_for_the_translation():
    """12,000 words at 500 a day are 24 working days: all that comes before moves as far."""
    usual, slow = plan_for(), plan_for(words=12_000, pace_words_per_day=500)
    made = slow.translation

    assert made.days == 24
    assert working_days("MAR").count(made.begins, step_of(slow, "translation").day + timedelta(1)) == 24
    assert step_of(slow, "peer-reading").day < made.begins
    assert slow.latest_safe_start < usual.latest_safe_start
    assert step_of(slow, "translation").day == step_of(usual, "translation").day


def test_a_short_text_needs_no_more_than_the_usual_week():
    """What fits into the week of the advice moves nothing."""
    assert plan_for(words=2_000).steps == plan_for().steps


def test_pages_are_counted_in_words_and_say_so():
    """Ten pages become words by the advice of the course, named in a note."""
    plan = plan_for(pages=10)

    assert plan.translation.words == 3_300
    assert "pages" in said(plan)


def test_the_latest_safe_start_is_the_first_step():
    """It is the first meeting, on its working day."""
    plan = plan_for()

    assert plan.latest_safe_start == step_of(plan, "coalition").day
    assert said(plan) == ["not-checked"]


def test_a_late_start_names_what_is_past_and_what_comes_next():
    """On 20 July 2027 three steps are past, and the draft is the next one."""
    plan = plan_for(today=date(2027, 7, 20))
    late = plan.notes[0]

    assert late.id == "late-start"
    assert dict(late.values)["count"] == 3
    assert dict(late.values)["following"].id == "draft"


def test_a_deadline_that_has_passed_is_answered_with_a_note():
    """The session is still to come: the note says to ask the secretariat."""
    plan = plan_for(today=date(2027, 9, 20))

    assert plan.notes[0].id == "late-deadline"
    assert dict(plan.notes[0].values)["days"] == 7
    assert plan.working_days_left == 0


def test_when_every_step_is_past_but_the_last_day_is_not():
    """On the last day itself nothing of the plan is left."""
    assert plan_for(today=date(2027, 9, 13)).notes[0].id == "late-all"


def test_a_session_on_a_weekend_or_a_holiday_is_answered_with_a_note():
    """A Saturday, the feast of the Green March, and the Jeûne genevois each have their sentence."""
    assert "session-weekend" in said(plan_for(date(2027, 10, 9)))
    march = plan_for(date(2028, 11, 6))
    assert "session-holiday" in said(march)
    assert any("Green March" in note.said("en") for note in march.notes)
    assert "session-geneva" in said(plan_for(date(2027, 9, 9)))


def test_a_deadline_on_a_sunday_stays_and_is_named():
    """The rule's day does not move, the sending does."""
    plan = plan_for(date(2027, 10, 10))

    assert plan.last_day == date(2027, 9, 12)
    assert "deadline-weekend" in said(plan)


def test_working_days_left_count_no_holiday():
    """From Monday 16 November to Monday 23 November 2026 there are four: 18 November is a feast."""
    plan = plan_for(date(2026, 12, 21), date(2026, 11, 16))

    assert plan.last_day == date(2026, 11, 23)
    assert plan.working_days_left == 4


def test_a_stale_rule_is_a_note_and_no_refusal():
    """121 days after the last look the plan says that nobody has looked since."""
    checked = rule("CEDAW", "session", "deadline").checked

    assert "stale" not in said(plan_for(today=checked + timedelta(120)))
    assert "stale" in said(plan_for(today=checked + timedelta(121)))


@pytest.mark.parametrize(
    ("session", "last_day"),
    [
        (date(2028, 2, 7), date(2027, 12, 1)),
        (date(2027, 6, 7), date(2027, 4, 1)),
        (date(2027, 10, 4), date(2027, 8, 1)),
        (date(2027, 9, 27), date(2027, 8, 1)),
    ],
)
def test_fixed_days_of_the_year_belong_to_their_pre_session(session, last_day):
    """The Committee on the Rights of the Child: 1 December for February, 1 April for June, 1 August."""
    assert plan_for(session, body="CRC", stage="loipr").last_day == last_day


@pytest.mark.parametrize(
    ("dialogue", "last_day"),
    [(date(2027, 5, 10), date(2026, 12, 1)), (date(2027, 9, 6), date(2027, 4, 1))],
)
def test_a_fixed_day_too_near_to_the_dialogue_is_not_taken(dialogue, last_day):
    """Nothing is received between pre-session and dialogue: the day before it, and a note says why."""
    plan = plan_for(dialogue, body="CRC")

    assert plan.last_day == last_day
    assert "fixed-day-earlier" in said(plan)


def test_two_versions_of_a_rule_are_chosen_by_the_day():
    """The length of a joint text for the UPR is in words today; the pages ended in 2011."""
    plan = plan_for(body="UPR", stage="upr-joint", entered=entered(deadline=date(2027, 3, 31)))

    assert plan.basis_of("length").rule.unit == "words"


def test_the_hour_of_the_pack_is_kept_because_it_is_sooner():
    """Noon for the UPR is not confirmed, but whoever sends before noon is never late."""
    plan = plan_for(body="UPR", stage="upr-joint", entered=entered(deadline=date(2027, 3, 31)))

    assert f"{plan.deadline:%H:%M}" == "12:00"
    assert "hour" in said(plan)


def test_only_a_confirmed_deadline_makes_a_plan():
    """Every body and stage: without an entry there is a plan only where the deadline is verified."""
    planned = set()
    for code in bodies():
        for stage in ("loi", "loipr", "session", "follow-up"):
            try:
                plan = plan_backward(code, stage, SESSION, TODAY)
            except PlanError:
                continue
            assert plan.basis_of("deadline").confidence == "verified"
            planned.add((code, stage))

    assert {("CEDAW", "session"), ("CRC", "loipr"), ("CRC", "session")} <= planned
