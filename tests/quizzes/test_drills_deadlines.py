"""The drill of last days: over 500 seeds each key is right, alone, and told from known mistakes."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

import pytest

from course.facts import rules
from course.facts.deadlines import last_day_before
from course.facts.milestones import milestones
from course.planner import plan_backward
from course.quizzes.drills.deadlines import (
    ASKS,
    ITEMS,
    draw_cases,
    make_deadline_paper,
    usable_rules,
)
from course.quizzes.score import score_response
from course.texts import LANGUAGES

SEEDS = range(1, 501)
RESERVE = {step.id: step.days for step in milestones()}["translation"]


@cache
def of_all_seeds():
    """Every case with its item, in English."""
    papers = ((draw_cases(seed), make_deadline_paper("LO-03.3", seed, "en")) for seed in SEEDS)
    return [pair for cases, items in papers for pair in zip(cases, items, strict=True)]


@cache
def last_day_of(unit, value, opening):
    """The last day of a rule, found by going back one day at a time."""
    days = (opening - timedelta(n) for n in range(1, 400))
    if unit == "weeks-before-session":
        return [d for d in days if d.weekday() == opening.weekday()][int(value) - 1]
    return next(d for d in days if f"{d:%m-%d}" in value.split(";"))


def is_right(case, day):
    """Whether a day is the one asked for, by another way of counting."""
    last = last_day_of(case.rule.unit, case.rule.value, case.opening)
    if case.ask == "last":
        return day == last
    if case.ask == "early":
        after = [day + timedelta(n) for n in range(1, 10)]
        return day < last and day.weekday() < 5 and all(d.weekday() > 4 for d in after if d < last)
    needed = case.amount + (RESERVE if case.ask == "translation" else 0)
    return (last - day).days == needed


def test_the_key_is_right_and_the_only_right_choice():
    """Over 500 seeds, by another way of counting than the drill's own."""
    for case, item in of_all_seeds():
        right = [name for name, choice in item.choices.items() if is_right(case, choice.value)]
        assert right == [item.key], item.id
        assert score_response(item, item.choices[item.key].value.isoformat()) == 1.0


def test_choices_are_distinct_and_only_the_key_earns_all():
    """No day is explained twice, and a near miss earns half at most, and only where it is in time."""
    for case, item in of_all_seeds():
        values = [choice.value for choice in item.choices.values()]
        assert len(set(values)) == len(values) >= 5
        in_time = case.last_day if case.ask == "early" else case.answer
        for name, choice in item.choices.items():
            if name != item.key:
                assert choice.credit in (0.0, 0.5)
                assert choice.credit == 0.0 or choice.value < in_time, (item.id, name)


def test_there_are_hundreds_of_variants():
    """Two hundred at least by body, stage, session and what is asked; every ask and rule occurs."""
    cases = {case for case, _ in of_all_seeds()}
    assert len({(c.rule.id, c.opening, c.ask) for c in cases}) >= 200
    assert len({(c.rule.body, c.rule.stage, c.opening) for c in cases}) >= 200
    assert {c.ask for c in cases} == set(ASKS)
    assert {c.rule for c in cases} == set(usable_rules())


def test_only_rules_that_decide_are_counted_with():
    """CESCR's weeks are second-hand: whoever learned them here would send too late or too early."""
    assert all(found.decides for found in usable_rules())
    assert {found.id for found in usable_rules()} >= {"cedaw-session-deadline", "crc-loipr-deadline"}
    recalled = [found for found in rules("CESCR") if found.rule == "deadline" and not found.decides]
    assert not set(recalled) & set(usable_rules())


def test_fixed_days_belong_to_the_committee_whose_pre_sessions_the_drill_describes():
    """Another body with days of the year would need words of its own."""
    assert {found.body for found in usable_rules() if found.unit == "month-days"} == {"CRC"}


def test_a_fixed_day_lies_two_months_before_its_pre_session():
    """December for February, April for June, August for October, as the Committee says."""
    months = {
        (case.last_day.month, case.opening.month)
        for case, _ in of_all_seeds()
        if case.rule.unit == "month-days"
    }
    assert months == {(12, 2), (4, 6), (8, 10)}


def test_sessions_open_on_a_monday_and_dialogues_fall_on_a_working_day():
    """As they do in Geneva; no drawn session is the one of the worked example."""
    for case, item in of_all_seeds():
        assert case.opening.weekday() == 0
        assert case.opening.year != 2028
        assert "2028" in item.hints[-1]
        if case.dialogue:
            assert case.dialogue > case.opening
            assert case.dialogue.weekday() < 5


def test_the_mistakes_that_matter_are_told_apart():
    """The month, the dialogue, an older number of weeks, the opening, one day off, the weekend."""
    seen = {name for _, item in of_all_seeds() for name in item.choices}
    assert seen >= {"month", "dialogue", "fewer-1", "opening", "day-before", "day-after", "weekend"}
    for case, item in of_all_seeds():
        found = item.choices.get("dialogue")
        if found and case.ask == "last":
            before = [case.dialogue - timedelta(n) for n in range(1, 400)]
            fixed = [day for day in before if f"{day:%m-%d}" in case.rule.value.split(";")]
            assert found.value == (fixed[0] if fixed else case.dialogue - timedelta(28))


def test_plan_and_drill_give_the_same_last_day():
    """Also for a dialogue: 1 April is for the pre-session of June, not for a dialogue in May."""
    for case in draw_cases(1) + draw_cases(2) + draw_cases(3):
        plan = plan_backward(case.rule.body, case.rule.stage, case.opening, date(2026, 11, 23))
        assert plan.last_day == case.last_day
    (child,) = [found for found in usable_rules() if found.id == "crc-session-deadline"]
    for opening in (date(2031, 2, 3), date(2031, 5, 6), date(2031, 9, 1), date(2032, 1, 19)):
        plan = plan_backward("CRC", "session", opening, date(2026, 11, 23))
        assert plan.last_day == last_day_before(child, opening)
    assert last_day_before(child, date(2031, 5, 6)) == date(2030, 12, 1)


def test_a_paper_asks_three_different_things():
    """So that nobody answers by habit."""
    for seed in SEEDS:
        assert len({case.ask for case in draw_cases(seed)}) == ITEMS


def test_another_question_has_another_revision():
    """An answer to a rule that has changed never counts for the new one."""
    revisions = {}
    for case, item in of_all_seeds():
        revisions.setdefault(item.revision, set()).add((case.rule.id, case.opening, case.ask, case.answer))
    assert all(len(asked) == 1 for asked in revisions.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_is_the_same_in_every_language(language):
    """Ids, revisions and days are; no {place} stays open in any text."""
    for seed in range(1, 41):
        here, english = (make_deadline_paper("LO-03.3", seed, lang) for lang in (language, "en"))
        for item, other in zip(here, english, strict=True):
            assert (item.id, item.revision) == (other.id, other.revision)
            assert [c.value for c in item.choices.values()] == [c.value for c in other.choices.values()]
            said = [item.stem, item.otherwise, item.source, *item.hints]
            said += [choice.feedback for choice in item.choices.values()]
            assert not [one for one in said if re.search(r"[{}]|\bNone\b", one)]
