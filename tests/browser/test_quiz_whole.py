"""A check that must be passed whole says so, and only when every answer is right."""

from __future__ import annotations

import pytest

from course.quizzes import quiz_payload
from course.quizzes.page import Page
from tests.browser.quiz_pages import item, open_page, write_page

pytestmark = pytest.mark.browser
SAFETY = quiz_payload("00-start", "safety")


@pytest.fixture
def tab(offline_page, tmp_path):
    """The safety check of the first module, reduced to its single choices to keep this quick."""
    items = [one for one in SAFETY["items"] if one["kind"] == "single-choice"]
    assert len(items) >= 2
    open_page(offline_page, write_page(tmp_path, Page({**SAFETY, "items": items})))
    offline_page.items = items
    return offline_page


def answer(tab, one, choice):
    """Choose, then check."""
    item(tab, one["id"]).locator(f'input[value="{choice}"]').check()
    item(tab, one["id"]).locator("[data-action=check]").click()


def test_with_every_answer_right_it_is_passed(tab):
    """The last right answer passes it."""
    for one in tab.items:
        assert tab.locator(".cq-progress").get_attribute("data-passed") is None
        answer(tab, one, one["key"])

    assert tab.locator(".cq-progress").get_attribute("data-passed") == "true"
    assert SAFETY["ui"]["whole-passed"] in tab.locator(".cq-progress").inner_text()


def test_with_one_wrong_answer_it_is_not_passed_yet(tab):
    """One wrong answer is enough not to pass; trying again mends it."""
    first, *others = tab.items
    answer(tab, first, next(choice["id"] for choice in first["choices"] if choice["id"] != first["key"]))
    for one in others:
        answer(tab, one, one["key"])

    assert tab.locator(".cq-progress").get_attribute("data-passed") == "false"
    assert SAFETY["ui"]["whole-not-yet"] in tab.locator(".cq-progress").inner_text()

    item(tab, first["id"]).locator("[data-action=retry]").click()
    answer(tab, first, first["key"])

    assert tab.locator(".cq-progress").get_attribute("data-passed") == "true"
