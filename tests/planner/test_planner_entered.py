"""What is entered from a session's information note, and what is refused, in words."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from course.errors import CourseError
from course.facts import bodies, rule
from course.planner import PlanError, SessionNote
from course.texts import LANGUAGES
from tests.planner.shared import LINK, SESSION, TODAY, entered, plan_for


def refusal(**options):
    """The note of a refused plan."""
    with pytest.raises(PlanError) as caught:
        plan_for(**options)
    return caught.value.note


def test_what_was_entered_stands_before_the_pack():
    """Limit, channel and day of the note are taken, with its link and date."""
    note = entered(deadline=date(2027, 9, 1), limit=2_000, channel="the portal")
    plan = plan_for(entered=note)

    assert plan.last_day == date(2027, 9, 1)
    assert [basis.value() for basis in plan.basis] == [
        "Wednesday 1 September 2027",
        "words at most: 2000",
        "the portal",
    ]
    assert {(basis.confidence, basis.source, basis.dated) for basis in plan.basis} == {
        ("entered", LINK, date(2026, 11, 1))
    }


def test_what_was_not_entered_stays_with_the_pack():
    """A limit alone changes neither the last day nor the channel."""
    plan = plan_for(entered=entered(limit=9, limit_unit="pages"))

    assert plan.last_day == plan_for().last_day
    assert [basis.confidence for basis in plan.basis] == ["verified", "entered", "recalled"]


def test_a_day_that_the_pack_does_not_give_is_named():
    """The entered day decides, and the reader is asked to look once more."""
    differs = [
        note for note in plan_for(entered=entered(deadline=date(2027, 9, 20))).notes if note.id == "differs"
    ]

    assert len(differs) == 1
    assert "13 September 2027" in differs[0].said("en")
    same = plan_for(entered=entered(deadline=date(2027, 9, 13)))
    assert "differs" not in [note.id for note in same.notes]


def test_the_hour_of_the_note_is_geneva_time():
    """Six in the evening in Geneva, in summer, is 16:00 UTC."""
    plan = plan_for(entered=entered(deadline=date(2027, 9, 13), hour=time(18)))

    assert plan.deadline.isoformat() == "2027-09-13T18:00:00+02:00"


def test_an_entry_makes_a_plan_where_the_pack_knows_nothing():
    """A gap, a recalled rule and "see the note" are no obstacle once the day is entered."""
    for body, stage in (("CEDAW", "loi"), ("CESCR", "session"), ("HRCttee", "session"), ("CERD", "session")):
        plan = plan_for(body=body, stage=stage, entered=entered(deadline=date(2027, 9, 1)))
        assert plan.last_day == date(2027, 9, 1)


def test_what_is_not_known_reads_not_checked():
    """Several committees have no confirmed length: each plan before them says NOT CHECKED."""
    lengths = {code: rule(code, "session", "length") for code in bodies() if code != "SPT"}
    unknown = [code for code, found in lengths.items() if found is None or not found.decides]

    assert unknown
    for code in unknown:
        plan = plan_for(body=code, entered=entered(deadline=date(2027, 9, 1)))
        assert plan.basis_of("length").not_checked
        assert any("length: NOT CHECKED" in note.said("en") for note in plan.notes)


def test_an_old_information_note_is_called_old():
    """A note of more than 120 days may have been replaced."""
    plan = plan_for(entered=entered(deadline=date(2027, 9, 1), dated=TODAY - timedelta(121)))

    assert "entered-old" in [note.id for note in plan.notes]


def test_a_follow_up_is_planned_from_an_entered_day_after_the_session():
    """The observations may be of a past session; the State's own report date is named."""
    plan = plan_for(date(2025, 6, 16), stage="follow-up", entered=entered(deadline=date(2027, 6, 30)))

    assert plan.last_day == date(2027, 6, 30)
    assert "state-report" in [note.id for note in plan.notes]


@pytest.mark.parametrize(
    ("identifier", "options"),
    [
        ("refused-body", {"body": "CCPR"}),
        ("refused-no-reports", {"body": "SPT"}),
        ("refused-no-reports", {"body": "SPT", "stage": "periodic"}),
        ("refused-no-stage", {"body": "CED", "stage": "loipr"}),
        ("refused-stage-why", {"body": "CED", "stage": "periodic"}),
        ("refused-no-stage", {"body": "CRPD", "stage": "follow-up"}),
        ("refused-stage", {"stage": "upr-joint"}),
        ("refused-stage", {"body": "UPR", "stage": "session"}),
        ("refused-gap", {"stage": "loi"}),
        ("refused-recalled", {"body": "CESCR"}),
        ("refused-in-the-note", {"body": "HRCttee"}),
        ("refused-in-the-note", {"body": "UPR", "stage": "upr-individual"}),
        ("refused-follow-up", {"stage": "follow-up"}),
        ("refused-past", {"session": TODAY - timedelta(1)}),
        ("refused-year", {"session": date(2190, 1, 1)}),
        ("refused-year", {"today": date(1, 1, 1)}),
        ("refused-country", {"country": "MA"}),
        ("refused-country", {"country": "MOR"}),
        ("refused-amount", {"words": 0}),
        ("refused-amount", {"pages": -1}),
        ("refused-amount", {"pace_words_per_day": 0}),
        ("refused-words-and-pages", {"words": 10, "pages": 10}),
        ("refused-much", {"words": 10**9}),
        ("refused-much", {"words": 100_000, "pace_words_per_day": 1}),
        ("refused-dated", {"entered": entered(limit=5, dated=TODAY + timedelta(1))}),
        ("refused-after-session", {"entered": entered(deadline=SESSION + timedelta(1))}),
        (
            "refused-before-follow-up",
            {"stage": "follow-up", "entered": entered(deadline=SESSION - timedelta(1))},
        ),
        ("refused-gap", {"stage": "loi", "entered": entered(limit=500)}),
    ],
)
def test_what_cannot_be_planned_is_refused_by_name(identifier, options):
    """Each refusal is its own sentence, whole in the three languages."""
    refused = refusal(**options)

    assert refused.id == identifier
    for language in LANGUAGES:
        assert "{" not in refused.said(language)


def test_a_refusal_says_what_to_enter():
    """A gap and a recalled rule ask for the day, its link and its date; they are NOT CHECKED."""
    for options in ({"stage": "loi"}, {"body": "CESCR"}):
        sentence = refusal(**options).said("en")
        assert sentence.startswith("NOT CHECKED")
        assert "with its link and its date" in sentence


def test_a_refusal_keeps_the_reason_of_the_pack():
    """Why the CED has no periodic reports stands in the sentence, from the pack."""
    sentence = refusal(body="CED", stage="periodic").said("en")

    assert "art. 29" in sentence
    assert "session" in sentence


@pytest.mark.parametrize(
    ("identifier", "values"),
    [
        ("refused-note-empty", {}),
        ("refused-note-empty", {"channel": "   "}),
        ("refused-hour-alone", {"limit": 5, "hour": time(12)}),
        ("refused-link", {"limit": 5, "link": "the page of the session"}),
        ("refused-link", {"limit": 5, "link": "javascript:alert(1)"}),
        ("refused-link", {"limit": 5, "link": "http://[broken"}),
        ("refused-limit", {"limit": 0}),
        ("refused-limit-unit", {"limit": 5, "limit_unit": "lines"}),
    ],
)
def test_an_entry_without_source_or_sense_is_refused(identifier, values):
    """A limit without an address is hearsay; an entry without anything in it is a slip."""
    with pytest.raises(PlanError) as caught:
        SessionNote(**{"link": LINK, "dated": TODAY, **values})

    assert caught.value.note.id == identifier


def test_a_refusal_is_an_error_of_the_course():
    """So that the command prints one sentence and no traceback."""
    assert issubclass(PlanError, CourseError)
