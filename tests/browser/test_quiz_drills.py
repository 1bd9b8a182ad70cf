"""Drills with several papers in a real browser: one paper at a time, the next by a button."""

from __future__ import annotations

import pytest

from course.files import PACKAGE_ROOT
from course.quizzes import Page, drill_payload
from tests.browser.quiz_pages import (
    answer_by_keyboard,
    check_by_keyboard,
    every_kind,
    item,
    kept_in_browser,
    open_page,
    press_until,
    write_page,
)

pytestmark = pytest.mark.browser
MODULE = "03-treaty-bodies"
ANOTHER = "[data-action=another]"


def days(lang="en"):
    """The drill of last days, with its papers."""
    return Page(drill_payload(MODULE, "deadlines", lang, PACKAGE_ROOT))


def visible(tab):
    """The ids of the items that are shown."""
    return [one.get_attribute("data-item") for one in tab.locator("[data-item]").all() if one.is_visible()]


def right_day(page, identifier):
    """The key's day of an item."""
    found = next(one for one in page.payload["items"] if one["id"] == identifier)
    return next(choice["value"] for choice in found["choices"] if choice["id"] == found["key"])


def test_the_button_turns_from_paper_to_paper_and_round(offline_page, tmp_path):
    """By keyboard: the focus goes to the first new question, and questions are numbered from one."""
    page = days()
    open_page(offline_page, write_page(tmp_path, page))
    for paper in [*page.payload["papers"], page.payload["papers"][0]]:
        assert visible(offline_page) == paper
        assert item(offline_page, paper[0]).locator(".cq-number").text_content().strip().endswith("1")
        press_until(offline_page, ANOTHER)
        offline_page.keyboard.press("Enter")
        focused = offline_page.evaluate("document.activeElement.dataset.item")
        assert focused == visible(offline_page)[0]
    assert offline_page.problems == []


def test_progress_counts_the_paper_that_is_shown(offline_page, tmp_path):
    """And an answer stays when the reader turns away and comes back."""
    page = days()
    address = write_page(tmp_path, page)
    open_page(offline_page, address)
    progress = offline_page.locator(".cq-progress")
    first = page.payload["papers"][0]
    for identifier in first:
        answer_by_keyboard(offline_page, identifier, right_day(page, identifier))
        check_by_keyboard(offline_page, identifier)
    assert (progress.get_attribute("data-done"), progress.get_attribute("data-all")) == ("3", "3")
    press_until(offline_page, ANOTHER)
    offline_page.keyboard.press("Enter")
    assert (progress.get_attribute("data-done"), progress.get_attribute("data-all")) == ("0", "3")
    kept = kept_in_browser(offline_page, f"course:quiz:{MODULE}/drill-deadlines")
    assert {name: entry["score"] for name, entry in kept.items()} == dict.fromkeys(first, 1)
    open_page(offline_page, address)
    assert visible(offline_page) == page.payload["papers"][1]


def test_without_papers_there_is_no_such_button(offline_page, tmp_path):
    """A quiz shows all its items."""
    page = every_kind()
    open_page(offline_page, write_page(tmp_path, page))
    assert visible(offline_page) == [one["id"] for one in page.payload["items"]]
    assert offline_page.locator(ANOTHER).count() == 0
