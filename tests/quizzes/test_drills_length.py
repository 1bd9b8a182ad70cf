"""The drill of lengths: over 500 seeds the texts called too long are, and no others."""

from __future__ import annotations

import re
from functools import cache

import pytest

from course.facts import all_rules
from course.quizzes.drills.length import COUNTED, limits, make_length_paper
from course.quizzes.score import score_response
from course.texts import LANGUAGES

SEEDS = range(1, 501)


@cache
def of_all_seeds():
    """Every paper, in English."""
    return [make_length_paper("LO-03.4", seed, "en") for seed in SEEDS]


def rule_said(text):
    """The rule that a choice is about, found by its own words."""
    named = {
        "cedaw-session-length": "against Women, report of one association",
        "cedaw-session-length-joint": "against Women, report of a coalition",
        "hrcttee-any-length": "Human Rights Committee, report",
        "crc-loipr-length": "Child, report on everything",
        "crc-loipr-length-thematic": "Child, report on one theme",
        "hrc-any-written-length-general": "general status",
        "hrc-any-written-length-roster": "on the roster",
    }
    (found,) = [name for name, words in named.items() if words in text]
    return next(row for row in all_rules() if row.id == found)


def too_many(text):
    """By how many words a text is over its limit, read from what the learner reads."""
    rule = rule_said(text)
    body = int(re.search(r"(\d+) words", text)[1])
    notes = re.search(r"and (\d+) in footnotes", text)
    return body + (int(notes[1]) if notes else 0) - int(rule.value)


def test_every_text_over_its_limit_is_in_the_key_and_no_other():
    """Computed from the shown words and the rules; one at least is over, one at least is not."""
    for which, _, _ in of_all_seeds():
        over = {name for name, choice in which.choices.items() if too_many(choice.text) > 0}
        assert set(which.key) == over, which.id
        assert 0 < len(over) < len(which.choices)
        assert score_response(which, sorted(over)) == 1.0


def test_the_words_that_must_go_are_those_above_the_limit():
    """The key is right, no other number is, and only it earns anything."""
    for _, cut, _ in of_all_seeds():
        over = too_many(cut.stem)
        assert over > 0
        assert [name for name, choice in cut.choices.items() if choice.value == over] == ["right"]
        assert {choice.credit for name, choice in cut.choices.items() if name != "right"} <= {0.0}


def test_only_one_of_the_limits_offered_is_long_enough():
    """And it is the key."""
    for _, _, where in of_all_seeds():
        words = int(re.search(r"has (\d+) words", where.stem)[1])
        fits = [name for name, choice in where.choices.items() if int(rule_said(choice.text).value) >= words]
        assert fits == [where.key]


def test_there_are_hundreds_of_variants():
    """Two hundred at least of each question, and a text exactly at its limit occurs."""
    for place in range(3):
        assert len({paper[place].revision for paper in of_all_seeds()}) >= 200
    shown = [choice.text for which, _, _ in of_all_seeds() for choice in which.choices.values()]
    assert any(too_many(text) == 0 for text in shown)


def test_what_counts_is_what_the_notes_of_the_rules_say():
    """Only limits that decide are asked about; where a note changes, this must be looked at again."""
    assert [rule.id for rule in limits()] == list(COUNTED)
    for rule in limits():
        assert rule.decides
        note = rule.note.lower()
        assert ("footnotes are counted" in note) == (COUNTED[rule.id] == "notes-count"), rule.id
        assert ("annexes not counted" in note) == (COUNTED[rule.id] == "annex-free"), rule.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paper_is_the_same_in_every_language(language):
    """Ids, revisions and keys are; no {place} stays open, and each item has three hints."""
    for seed in range(1, 31):
        here, english = (make_length_paper("LO-03.4", seed, lang) for lang in (language, "en"))
        for item, other in zip(here, english, strict=True):
            assert (item.id, item.revision, item.key) == (other.id, other.revision, other.key)
            assert not re.search(r"[{}]\w", " ".join([item.stem, *item.hints]))
            assert len(item.hints) == 3
