"""The three tests: of equal form, always the same, and kept in my work like every quiz."""

from __future__ import annotations

from collections import Counter

import pytest

from course.content import load_bank
from course.content.models.measuring import TESTS
from course.content.papers import BLOOM, assemble, load_blueprint, load_slots, paper_items
from course.content.reading import load_items, load_module, module_folders
from course.errors import CourseError
from course.practice.papers import paper, paper_payload
from course.texts import LANGUAGES
from course.work import open_work

NEAR = 2  # items by which two tests may differ in a level


@pytest.fixture
def course(monkeypatch, root, tmp_path):
    """The course as it stands, and my work of nobody yet."""
    monkeypatch.setenv("COURSE_ROOT", str(root))
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "my-work.db"))
    return root


def test_the_three_tests_are_equal(course):
    """The same objectives in the same order, as many items, each worth one point, the same mix of levels."""
    forms = [[item for _, item in paper_items(name, course)] for name in TESTS]
    first = [item.objective for item in forms[0]]
    levels = [Counter(item.bloom for item in form) for form in forms]

    assert all([item.objective for item in form] == first for form in forms)
    assert 0 < len(first) <= load_blueprint(course).most
    assert set(Counter(first).values()) == {load_blueprint(course).per_objective}
    for level in set().union(*levels):
        counts = [found[level] for found in levels]
        assert max(counts) - min(counts) <= NEAR, (level, counts)


def test_the_items_of_one_place_are_of_about_one_level(course):
    """A test that recalls what another one evaluates would measure the difference of the questions."""
    for slot in load_slots(course):
        levels = [BLOOM[item.bloom] for item in slot.items]
        assert max(levels) - min(levels) <= 1, slot.objective


def test_no_item_is_asked_twice(course):
    """The bank has enough of every objective that is measured, so nobody meets a question again."""
    asked = [item.id for name in TESTS for _, item in paper_items(name, course)]

    assert [slot.objective for slot in load_slots(course) if slot.shared] == []
    assert len(asked) == len(set(asked))


def test_every_module_is_measured_about_equally(course):
    """Modules take turns: none has two places more than another that could have them."""
    places = Counter(slot.module for slot in load_slots(course))

    assert set(places) == {folder.name for folder in module_folders(course)}
    assert max(places.values()) - min(places.values()) <= 1


def test_only_kinds_of_the_blueprint_are_asked(course):
    """What needs a table or a long text has no place in a test on a phone."""
    kinds = {item.kind for name in TESTS for _, item in paper_items(name, course)}
    assert kinds <= set(load_blueprint(course).kinds)


def test_a_poor_bank_is_said_to_share(course):
    """With two items for an objective, the first and the last test ask the same, and it is said."""
    module = load_module("00-start", course)
    objective = module.objectives[0].id
    two = [item for item in load_items(module.id, course).values() if item.objective == objective][:2]
    blueprint = load_blueprint(course).model_copy(update={"kinds": tuple({item.kind for item in two})})

    [slot] = assemble(blueprint, [module], {module.id: {item.id: item for item in two}})

    assert slot.shared
    assert [item.id for item in slot.items] == [two[0].id, two[1].id, two[0].id]


def test_a_test_helps_with_no_hint(course):
    """Help would be measured with the knowledge; the bank has hints for some of these items."""
    bank = load_bank(course)
    assert any(item.hints for name in TESTS for _, item in paper_items(name, course))
    for name in TESTS:
        payload = paper_payload(name, "en", course)
        assert all(item["hints"] == [] for item in payload["items"])
        assert {bank[item["id"]][1].objective for item in payload["items"]} == {
            slot.objective for slot in load_slots(course)
        }


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_test_says_what_it_is_in_each_language(course, lang):
    """Title and introduction, with the numbers filled in."""
    for name in TESTS:
        payload = paper_payload(name, lang, course)
        assert payload["title"] and str(len(payload["items"])) in payload["intro"]
        assert "{" not in payload["intro"]


def test_an_answer_is_kept_in_my_work(course):
    """Live, under the test's own name and with the objective of the item."""
    page = paper("before")
    _, item = paper_items("before", course)[0]
    said = []
    entry = {"response": None, "at": "2026-01-01T00:00:00Z", "revision": item.revision, "lang": "en"}

    page.receive({"type": "response", "id": item.id, "entry": entry}, said.append)

    [kept] = open_work().responses()
    assert (kept.quiz, kept.item, kept.objective) == ("tests/before", item.id, item.objective)
    assert [message["type"] for message in said] == ["saved"]
    assert list(paper("before").responses) == [item.id]


def test_another_name_is_refused_in_words(course):
    """The sentence names the tests that there are."""
    with pytest.raises(CourseError, match="before, after, 90-days"):
        paper("later")
