"""What the browser tests of quizzes share: pages on the disk, and answers typed by keyboard alone."""

from __future__ import annotations

from pathlib import Path

from course.content.reading import load_forms
from course.forms.payload import form_payload
from course.quizzes import drill_payload, quiz_payload
from course.quizzes.page import Page
from course.texts import direction

SAMPLE = Path(__file__).resolve().parents[1] / "quizzes" / "sample"
RIGHT = {
    "garden-one": "evening",
    "garden-many": ["mint", "thyme"],
    "garden-order": ["dig", "sow", "water", "pick"],
    "garden-match": {"spade": "turning", "shears": "cutting", "can": "pouring"},
    "garden-number": 336,
    "garden-day": "2027-09-13",
}


def every_kind(lang="en", name="every-kind"):
    """The quiz with one item of each kind, or another set of the sample module."""
    return Page(quiz_payload("01-garden", name, lang, SAMPLE))


def drill_page(lang="en"):
    """The drill of the sample module."""
    return Page(drill_payload("01-garden", "women", lang, SAMPLE))


def form_page(lang="en", **changes):
    """The form with a field of each kind; `changes` to its payload."""
    form = load_forms("01-garden", SAMPLE)["plan"]
    return Page({**form_payload("01-garden/plan", form, lang), **changes})


def write_page(folder, *pages, lang="en", name="page"):
    """One HTML file with these quizzes, as the book would hold them; its address."""
    body = "".join(page._repr_html_() for page in pages)
    path = folder / f"{name}.html"
    path.write_text(
        f'<!DOCTYPE html><html lang="{lang}" dir="{direction(lang)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><title>A lesson</title></head>'
        f"<body><main><h1>A lesson</h1>{body}</main></body></html>",
        encoding="utf-8",
    )
    return path.as_uri()


def open_page(tab, address):
    """Go there and wait until every quiz is drawn; whoever asserts on it knows that it is."""
    tab.goto(address)
    tab.wait_for_selector(".course-quiz[data-ready=true]")
    assert tab.locator(".course-quiz:not([data-ready])").count() == 0
    assert tab.locator(".cq-plain").count() == 0


def item(tab, identifier):
    """An item of a quiz or a field of a form."""
    return tab.locator(f'[data-item="{identifier}"], [data-field="{identifier}"]')


def press_until(tab, wanted, key="Tab"):
    """Press a key until the focus is on what the selector names: the mouse is never used."""
    for _ in range(120):
        if tab.evaluate("selector => document.activeElement.matches(selector)", wanted):
            return
        tab.keyboard.press(key)
    raise AssertionError(f"{wanted} is not reached by {key}")


def answer_by_keyboard(tab, identifier, response):
    """Give a response with Tab, arrows, space and letters, as somebody without a mouse does."""
    here = f'[data-item="{identifier}"]'
    kind = item(tab, identifier).get_attribute("data-kind")
    if kind == "single-choice":
        press_until(tab, f"{here} input")
        tab.keyboard.press("Space")
        press_until(tab, f'{here} input[value="{response}"]', "ArrowDown")
    elif kind == "multiple-choice":
        for choice in [
            row.get_attribute("data-choice") for row in item(tab, identifier).locator(".cq-row").all()
        ]:
            if choice in response:
                press_until(tab, f'{here} input[value="{choice}"]')
                tab.keyboard.press("Space")
    elif kind == "ordering":
        for place, choice in enumerate(response):
            up = f'{here} [data-choice="{choice}"] [data-action=up]'
            press_until(tab, up, "Shift+Tab" if place else "Tab")
            while place_of(tab, identifier, choice) > place:
                tab.keyboard.press("Enter")
                assert tab.evaluate("selector => document.activeElement.matches(selector)", up)
    elif kind == "matching":
        for row in item(tab, identifier).locator(".cq-match").all():
            choice = row.get_attribute("data-choice")
            if choice in response:
                press_until(tab, f'{here} [data-choice="{choice}"] select')
                text = row.locator(f'option[value="{response[choice]}"]').text_content()
                tab.keyboard.type(text[:6])
    elif kind == "numeric":
        press_until(tab, f"{here} input")
        tab.keyboard.type(str(response))
    else:
        press_until(tab, f"{here} input[type=text]")
        tab.keyboard.type(response)


def place_of(tab, identifier, choice):
    """Where a choice stands in an ordering, from 0."""
    rows = item(tab, identifier).locator("li[data-choice]").all()
    return [row.get_attribute("data-choice") for row in rows].index(choice)


def check_by_keyboard(tab, identifier):
    """Go to the button that checks, and press it."""
    press_until(tab, f'[data-item="{identifier}"] [data-action=check]')
    tab.keyboard.press("Enter")


def kept_in_browser(tab, key):
    """What the browser keeps under a key."""
    return tab.evaluate("key => JSON.parse(localStorage.getItem(key))", key)
