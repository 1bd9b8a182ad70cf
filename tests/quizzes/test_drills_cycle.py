"""The drill of the cycle: over 500 seeds order and days are right, and nothing else is."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

import pytest

from course.facts import all_rules, bodies
from course.quizzes.drills.cycle import make_cycle_paper
from course.quizzes.score import score_response
from course.texts import LANGUAGES, section

SEEDS = range(1, 501)
# Which step must stand before which, said apart from the drill's own lists.
BEFORE = {
    "standard": "report<ngo-list<list<replies<ngo-session<dialogue<observations<follow-up<grade",
    "simplified": "ngo-questions<loipr<report-loipr<ngo-session<dialogue<observations<follow-up<grade",
}
MONTHS = {section("quiz", "en")[f"month-{number}"]: number for number in range(1, 13)}


@cache
def of_all_seeds():
    """Every paper, in English."""
    return [make_cycle_paper("LO-03.1", seed, "en") for seed in SEEDS]


def day_in(stem):
    """The day that a question names."""
    found = re.search(r"on \w+ (\d+) (\w+) (\d{4})", stem)
    return date(int(found[3]), MONTHS[found[2]], int(found[1]))


def rule_of(stem, name, pack):
    """The rule of the body that a question names."""
    (code,) = [
        row.code
        for row in bodies().values()
        if f"The {row.name('en')} " in stem or f"the {row.name('en')} " in stem
    ]
    (rule,) = [row for row in all_rules() if (row.body, row.rule, row.pack) == (code, name, pack)]
    assert rule.decides
    return rule


def test_the_steps_are_in_the_order_of_their_procedure():
    """By a list of its own; a step of the other procedure never stands among them."""
    for order, _, _ in of_all_seeds():
        procedure = "standard" if order.stem.startswith("Standard") else "simplified"
        steps = BEFORE[procedure].split("<")
        places = [steps.index(step) for step in order.key]
        assert places == sorted(places)
        assert set(order.choices) == set(order.key)
        assert score_response(order, list(order.key)) == 1.0


def test_the_follow_up_is_due_on_the_same_day_of_a_later_year():
    """The years of the rule are added to the year alone, and one choice alone is that day."""
    for _, follow_up, _ in of_all_seeds():
        rule = rule_of(follow_up.stem, "follow-up-delay", "treaty-bodies")
        adopted = day_in(follow_up.stem)
        due = adopted.replace(year=adopted.year + int(rule.value))
        assert [name for name, c in follow_up.choices.items() if c.value == due] == ["right"]
        assert score_response(follow_up, due.isoformat()) == 1.0


def test_a_complaint_is_in_time_up_to_the_same_day_of_a_later_month():
    """Six or twelve months by the calendar; what comes after it earns nothing."""
    for _, _, complaint in of_all_seeds():
        rule = rule_of(complaint.stem, "time-limit", "complaints")
        decided = day_in(complaint.stem)
        month = decided.month - 1 + int(rule.value)
        due = date(decided.year + month // 12, month % 12 + 1, decided.day)
        assert [name for name, c in complaint.choices.items() if c.value == due] == ["right"]
        assert {c.credit for c in complaint.choices.values() if c.value > due} <= {0.0}


def test_choices_are_distinct_and_a_near_miss_earns_half():
    """No day is explained twice."""
    for _, *days in of_all_seeds():
        for item in days:
            values = [choice.value for choice in item.choices.values()]
            assert len(set(values)) == len(values) >= 5
            assert {c.credit for name, c in item.choices.items() if name != "right"} <= {0.0, 0.5}


def test_there_are_hundreds_of_variants():
    """Two hundred at least of each question but the order, which has a hundred and more."""
    count = [len({paper[place].revision for paper in of_all_seeds()}) for place in range(3)]
    assert count[0] >= 150
    assert count[1] >= 200
    assert count[2] >= 200
    assert sum(count) >= 600


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_is_the_same_in_every_language(language):
    """Ids, revisions and keys are; no {place} stays open, and each item has three hints."""
    for seed in range(1, 31):
        here, english = (make_cycle_paper("LO-03.1", seed, lang) for lang in (language, "en"))
        for item, other in zip(here, english, strict=True):
            assert (item.id, item.revision, item.key) == (other.id, other.revision, other.key)
            assert not re.search(r"[{}]\w", " ".join([item.stem, *item.hints]))
            assert len(item.hints) == 3
