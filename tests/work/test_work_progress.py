"""Mastery and reviews are worked out from the responses alone, on the day that is given."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.texts import LANGUAGES, text
from course.work import summary_lines
from course.work.mastery import QuizSet, mastery
from course.work.moments import stamp, today
from course.work.records import Answered
from course.work.schedule import INTERVALS, plan_reviews, schedule

DAY_0 = date(2026, 1, 1)


def answered(
    day: int,
    score: float = 1.0,
    item: str = "tb-01",
    *,
    objective: str = "LO-03.1",
    hints: int = 0,
    quiz: str = "03-treaty-bodies/check-01",
) -> Answered:
    """An answer so many days after the first day."""
    at = stamp(datetime(2026, 1, 1, 9, tzinfo=UTC) + timedelta(days=day))
    return Answered(at, quiz, item, score, hints, objective)


def due_day(*responses) -> int:
    """How many days after the first day the one item is to be seen again."""
    (review,) = schedule(responses)
    return (review.due - DAY_0).days


@pytest.mark.parametrize(
    ("days", "next_day"),
    [([0], 1), ([0, 1], 4), ([0, 1, 4], 11), ([0, 1, 4, 11], 32), ([0, 1, 4, 11, 32], 92)],
)
def test_each_right_answer_on_its_day_goes_one_interval_on(days, next_day):
    """The intervals are 1, 3, 7, 21, 60 days."""
    assert due_day(*(answered(day) for day in days)) == next_day


def test_the_last_interval_repeats():
    """From 120 days on it stays 120 days."""
    days = [0, 1, 4, 11, 32, 92, 212]
    assert due_day(*(answered(day) for day in days)) == 212 + 120


def test_a_wrong_answer_begins_again():
    """What was forgotten is asked again tomorrow."""
    assert due_day(answered(0), answered(1), answered(4, score=0)) == 5


def test_a_right_answer_before_its_day_changes_nothing():
    """Answering ten times in one evening is not knowing it next month."""
    assert due_day(*[answered(0)] * 10, answered(1), answered(2)) == 4


def test_what_is_late_counts_from_the_day_of_the_answer():
    """A right answer two weeks late goes on from that day."""
    assert due_day(answered(0), answered(15)) == 18


def test_partly_right_below_the_mark_is_not_known():
    """Half of the credit begins again; nine tenths do not."""
    assert due_day(answered(0), answered(1, score=0.5)) == 2
    assert due_day(answered(0), answered(1, score=0.9)) == 4


def test_a_right_answer_with_a_hint_waits_as_long_as_before():
    """Who needed a hint is asked again after the same time, neither sooner nor later."""
    assert due_day(answered(0), answered(1), answered(4, hints=1)) == 4 + 3
    assert due_day(answered(0), answered(1), answered(4, hints=1), answered(7)) == 7 + 7


def test_an_answer_without_a_score_is_not_scheduled(work, respond):
    """What nobody scores is not reviewed, and is in no mastery."""
    respond(work, "tb-01", score=None)
    assert work.answers() == []
    assert work.summary().objectives == []


def test_a_test_teaches_nothing(work, respond):
    """What was answered in a test comes back to nobody, and no outcome is reached or missed by it."""
    respond(work, "tb-01", quiz="tests/before", score=0.0)
    assert work.answers() == []
    assert work.summary().objectives == []
    respond(work, "tb-01", score=0.0)
    assert [one.quiz for one in work.answers()] == ["03-treaty-bodies/check-01"]
    assert len(work.summary().objectives) == 1


def test_what_is_due_is_due_from_its_day_on():
    """The day before it is not yet due."""

    def asked(day):
        return [review.item for review in plan_reviews([answered(0)], DAY_0 + timedelta(days=day)).today]

    assert [asked(0), asked(1), asked(60)] == [[], ["tb-01"], ["tb-01"]]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from([0.0, 0.5, 1.0])), min_size=1), st.randoms())
def test_the_order_in_which_responses_were_merged_does_not_matter(history, random):
    """The same responses in any order give the same review, one of the intervals after some answer."""
    responses = [answered(day, score) for day, score in history]
    shuffled = random.sample(responses, len(responses))
    assert schedule(shuffled) == schedule(responses)
    assert mastery(shuffled) == mastery(responses)
    assert any(due_day(*responses) - day in INTERVALS for day, _ in history)


def test_the_last_answer_to_an_item_counts_for_mastery():
    """Who was wrong first and right at last has reached it."""
    found = mastery([answered(0, 0), answered(1, 1), answered(0, 1, item="tb-02")])
    assert found["LO-03.1"].score == 1.0
    assert found["LO-03.1"].word == "alone"


def test_one_item_is_not_enough_to_reach_an_objective():
    """One right answer may be luck."""
    assert mastery([answered(0)])["LO-03.1"].word == "not-yet"


def test_objectives_are_counted_apart():
    """A weak objective does not pull a strong one down."""
    found = mastery(
        [
            answered(0, item="tb-01"),
            answered(0, item="tb-02"),
            answered(0, 0, item="tb-03", objective="LO-03.2"),
            answered(0, 1, item="tb-04", objective="LO-03.2"),
        ]
    )
    assert [(one.objective, one.items, one.score, one.word) for one in found.values()] == [
        ("LO-03.1", 2, 1.0, "alone"),
        ("LO-03.2", 2, 0.5, "not-yet"),
    ]


# The four words ---------------------------------------------------------------------------------

EXIT = QuizSet("03-treaty-bodies/exit", ("tb-11", "tb-12"))
KEPT_UP = [0, 1, 4, 11, 32]  # the last right answer comes after 21 days


def word(*answers: Answered) -> str:
    """The word for the one objective."""
    return mastery(answers, exits={"LO-03.1": EXIT})["LO-03.1"].word


def kept_up(item: str, **more) -> list[Answered]:
    """An item that was answered right on each of its days, for a month."""
    return [answered(day, item=item, **more) for day in KEPT_UP]


def passed_exit(score: float = 1.0) -> list[Answered]:
    """The exit set, answered whole; its items are of another objective."""
    return [answered(5, score, item=item, objective="LO-03.2", quiz=EXIT.quiz) for item in EXIT.items]


def test_right_after_a_hint_is_with_help():
    """One of two items alone is not enough for "alone"."""
    assert word(answered(0), answered(0, item="tb-02", hints=1)) == "with-help"


def test_right_without_a_hint_is_alone():
    """Two items without a hint, and a hint on a third does no harm."""
    assert word(answered(0), answered(0, item="tb-02"), answered(0, item="tb-03", hints=3)) == "alone"


def test_who_kept_it_for_three_weeks_and_passed_the_exit_set_can_teach():
    """Each of the conditions is needed: two items, 21 days, no hint, the exit set."""
    long = [*kept_up("tb-01"), *kept_up("tb-02")]
    assert word(*long, *passed_exit()) == "can-teach"
    assert word(*long) == "alone"
    assert word(*long, *passed_exit(0.5)) == "alone"
    assert word(*long, *passed_exit()[:1]) == "alone"
    assert word(*kept_up("tb-01"), answered(0, item="tb-02"), *passed_exit()) == "alone"
    assert word(*kept_up("tb-01"), *kept_up("tb-02")[:-1], *passed_exit()) == "alone"


def test_who_misses_it_later_no_longer_can_teach_it():
    """The words say what is, not what once was."""
    long = [*kept_up("tb-01"), *kept_up("tb-02"), *kept_up("tb-03"), *passed_exit()]
    assert word(*long) == "can-teach"
    assert word(*long, answered(92, 0, item="tb-01"), answered(92, 0, item="tb-02")) == "not-yet"


def test_an_objective_with_a_check_is_not_reached_before_the_check_is_passed_whole():
    """Whoever has answered most of the safety check right cannot yet say that it is passed."""
    check = {"LO-03.1": QuizSet("00-start/safety", ("tb-01", "tb-02", "tb-03"))}

    def found(last):
        given = (("tb-01", 1), ("tb-02", 1), ("tb-03", last))
        answers = [answered(0, score, item=item, quiz="00-start/safety") for item, score in given]
        return mastery([*answers, answered(1, item="tb-04")], checks=check)["LO-03.1"].word

    assert (found(0.9), found(1.0)) == ("not-yet", "alone")


def test_an_item_counts_for_the_objective_it_has_today():
    """An item that was moved to another objective takes its answers along."""
    found = mastery([answered(0), answered(0, item="tb-02")], {"tb-01": ("03-x", "LO-03.4")})
    assert {name: one.items for name, one in found.items()} == {"LO-03.1": 1, "LO-03.4": 1}


# The summary -----------------------------------------------------------------------------------


@pytest.fixture
def begun(work, respond):
    """A work with two answers, a form and a draft."""
    respond(work, "tb-bodies-01", objective="LO-03.2")
    respond(work, "tb-bodies-02", objective="LO-03.2", score=0)
    work.save_field(form="00-start/first-success", field="problem", value="Two wells.")
    work.note_draft(draft="cedaw-2027", place="report.docx")
    return work


def test_the_summary_says_what_is_there(begun):
    """Answers by quiz, the objective, what was written, and what is due the day after."""
    summary = begun.summary(today() + timedelta(days=2)).as_dict()
    assert summary["quizzes"] == {"03-treaty-bodies/check-01": {"answered": 2, "known": 1}}
    (objective,) = summary["objectives"]
    assert (objective["objective"], objective["items"], objective["word"]) == ("LO-03.2", 2, "not-yet")
    assert [review["item"] for review in summary["due"]] == ["tb-bodies-01", "tb-bodies-02"]
    assert summary["forms"] == {"00-start/first-success": 1}
    assert summary["drafts"] == {"cedaw-2027": "report.docx"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_summary_is_said_in_plain_lines_in_every_language(begun, language):
    """Each thing has its line, with its figures in it."""
    lines = summary_lines(begun.summary(today() + timedelta(days=2)), language)
    assert len(lines) == 5
    assert "03-treaty-bodies/check-01" in lines[0]
    assert text("progress.not-yet", language) in lines[1]
    assert "2" in lines[-1]


def test_the_next_day_of_review_is_said_when_nothing_is_due(begun):
    """Who is up to date reads when to come back."""
    day = date.fromisoformat(begun.responses()[-1].at[:10])
    assert str(day + timedelta(days=1)) in summary_lines(begun.summary(day))[-1]


def test_an_empty_work_is_said_in_one_line(work):
    """Who has not begun reads one plain sentence."""
    assert summary_lines(work.summary(DAY_0)) == [
        "Nothing is saved yet. Your first answer is saved by itself."
    ]
