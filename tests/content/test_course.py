"""The course that is published keeps its promises: every item teaches, every file agrees."""

from __future__ import annotations

import re

import pytest

from course.content import load_bank, load_module, module_folders
from course.content.checks import check_course
from course.content.models import ITEM_KINDS
from course.files import find_root
from course.quizzes.score import score_response

ROOT = find_root()
BANK = load_bank(ROOT)
ITEMS = [pytest.param(item, id=identifier) for identifier, (_, item) in BANK.items()]
MODULES = [pytest.param(load_module(folder.name, ROOT), id=folder.name) for folder in module_folders(ROOT)]
SOURCE = re.compile(
    r"[A-Z]+/\S+|\bart(?:icle|s)?\.? ?\d|https?://[^/\s]+/\S+"
    r"|of this module|invented dates|each value with its own source",
    re.IGNORECASE,
)
LATER_KINDS = ITEM_KINDS[6:]


def choices_of(item):
    """Every choice of an item with its id, those of gaps and of parts too."""
    places = [item, *getattr(item, "gaps", {}).values(), *getattr(item, "parts", {}).values()]
    return [pair for place in places for pair in getattr(place, "choices", {}).items()]


def key_response(item):
    """What a learner answers who has everything right."""
    if item.kind == "short-text":
        return item.choices[item.key].values[-1]
    if item.kind == "document-hunt":
        return {name: part.choices[part.key].values[-1] for name, part in item.parts.items()}
    if item.kind == "numeric":
        return item.choices[item.key].value
    if item.kind == "date":
        return item.choices[item.key].value.isoformat()
    return list(item.key) if isinstance(item.key, tuple) else item.key


def test_the_course_is_clean():
    """`course check` finds nothing in what is published."""
    assert [str(problem) for problem in check_course(ROOT)] == []


@pytest.mark.parametrize("item", ITEMS)
def test_the_key_earns_everything(item):
    """Who answers as the key says has the whole score."""
    assert score_response(item, key_response(item)) == 1.0


@pytest.mark.parametrize("item", ITEMS)
def test_an_empty_answer_earns_nothing(item):
    """No answer is no credit, whatever form the nothing has."""
    assert [score_response(item, empty) for empty in (None, "", [], {})] == [0.0] * 4


@pytest.mark.parametrize("item", ITEMS)
def test_every_choice_is_explained(item):
    """Right or wrong, the feedback says why: more than a verdict, and not the choice again."""
    for name, choice in choices_of(item):
        assert len(choice.feedback.split()) >= 4, name
        assert choice.feedback != getattr(choice, "text", ""), name


def test_most_items_have_a_hint_ladder():
    """At least half of all items help in three steps; the others say all in their reasons."""
    helped = [item for _, item in BANK.values() if item.hints]

    assert len(helped) >= len(BANK) / 2


@pytest.mark.parametrize("kind", LATER_KINDS)
def test_each_of_the_later_kinds_is_used(kind):
    """At least two items of every kind in which one fills, sorts, writes, marks, searches or builds."""
    assert sum(item.kind == kind for _, item in BANK.values()) >= 2


@pytest.mark.parametrize("item", ITEMS)
def test_the_source_can_be_looked_up(item):
    """A source is a document symbol, an article, an address below a home page, or a part of this course."""
    assert SOURCE.search(item.source), item.source


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_items_of_several_kinds(module):
    """A module practises in at least eight of the twelve kinds."""
    kinds = {item.kind for name, item in BANK.values() if name == module.id}

    assert kinds <= set(ITEM_KINDS)
    assert len(kinds) >= 8


def test_without_a_root_the_course_of_now_is_read(monkeypatch):
    """What was read of one course is never the answer about another."""
    before = set(load_bank())
    monkeypatch.setenv("COURSE_ROOT", str(ROOT / "tests/content/mini"))

    assert set(load_bank()) == {"q-01", "q-02", "q-03", "q-04", "q-05", "q-06"}
    monkeypatch.undo()
    assert set(load_bank()) == before


def test_the_key_has_no_favourite_place():
    """The first choice that an author writes is not always the right one."""
    single = [item for _, item in BANK.values() if item.kind == "single-choice"]
    first = sum(next(iter(item.choices)) == item.key for item in single)

    assert len(single) >= 10
    assert first <= len(single) / 2


def test_the_exemplary_modules_are_large_enough():
    """M0 has at least 12 items and M3 at least 30, over all objectives."""
    counts = {}
    for name, item in BANK.values():
        counts.setdefault(name, {}).setdefault(item.objective, 0)
        counts[name][item.objective] += 1

    assert sum(counts["00-start"].values()) >= 12
    assert sum(counts["03-treaty-bodies"].values()) >= 30
    for name, by_objective in counts.items():
        assert set(by_objective) == {o.id for o in load_module(name, ROOT).objectives}


@pytest.mark.parametrize("module", MODULES)
def test_a_module_has_at_least_three_lessons(module):
    """Three short lessons or more, none longer than twelve minutes."""
    assert len(module.lessons) >= 3
    assert max(lesson.minutes for lesson in module.lessons) <= 12
