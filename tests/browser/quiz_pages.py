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
    "garden-gaps": {"season": "spring", "plant": "bean", "season-again": "daily"},
    "garden-sort": {"melon": "sun", "mint": "half", "fern": "shade", "bean": "sun"},
    "garden-word": "a/garden/12",
    "garden-paragraphs": ["fence", "cover"],
    "garden-hunt": {"symbol": "CRC/C/MAR/CO/3-4", "kind": "concluding observations"},
    "garden-chain": {"finding": "tap", "basis": "rule", "request": "open"},
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
    ANSWERING.get(kind, write)(tab, here, response)


def choose(tab, here, response):
    """One radio button: reached by Tab, moved by arrows."""
    press_until(tab, f"{here} input")
    tab.keyboard.press("Space")
    press_until(tab, f'{here} input[value="{response}"]', "ArrowDown")


def tick(tab, here, response):
    """Several boxes, in the order of the page."""
    for choice in rows_of(tab, here):
        if choice in response:
            press_until(tab, f'{here} input[value="{choice}"]')
            tab.keyboard.press("Space")


def order(tab, here, response):
    """Each step moved up to its place; the focus stays on its button."""
    for place, choice in enumerate(response):
        up = f'{here} [data-choice="{choice}"] [data-action=up]'
        press_until(tab, up, "Shift+Tab" if place else "Tab")
        while rows_of(tab, here).index(choice) > place:
            tab.keyboard.press("Enter")
            assert tab.evaluate("selector => document.activeElement.matches(selector)", up)


def pick_from_lists(tab, here, response):
    """Each list by the first letters of what is chosen."""
    for choice in rows_of(tab, here):
        if choice in response:
            row = f'{here} [data-choice="{choice}"]'
            press_until(tab, f"{row} select")
            tab.keyboard.type(tab.locator(f'{row} option[value="{response[choice]}"]').text_content()[:6])


def sort(tab, here, response):
    """One group of radio buttons after another."""
    for choice in rows_of(tab, here):
        if choice in response:
            choose(tab, f'{here} [data-choice="{choice}"]', response[choice])


def hunt(tab, here, response):
    """Search, then write what was found."""
    press_until(tab, f"{here} input[type=search]")
    tab.keyboard.type("concluding")
    for part, text in response.items():
        press_until(tab, f'{here} [data-choice="{part}"] input')
        tab.keyboard.type(text)


def build(tab, here, response):
    """Press the button of a place on each sentence."""
    for slot, choice in response.items():
        press_until(tab, f'{here} [data-choice="{choice}"] [data-slot="{slot}"]')
        tab.keyboard.press("Space")


def write(tab, here, response):
    """A number, a day or a text."""
    press_until(tab, f"{here} input[type=text]")
    tab.keyboard.type(str(response))


ANSWERING = {
    "single-choice": choose,
    "multiple-choice": tick,
    "mark-paragraph": tick,
    "ordering": order,
    "matching": pick_from_lists,
    "cloze": pick_from_lists,
    "classification": sort,
    "document-hunt": hunt,
    "build-parts": build,
}


def rows_of(tab, here):
    """The choices, gaps or parts of an item as they stand on the page."""
    return tab.locator(f"{here} [data-choice]").evaluate_all("rows => rows.map((row) => row.dataset.choice)")


def check_by_keyboard(tab, identifier):
    """Go to the button that checks, and press it."""
    press_until(tab, f'[data-item="{identifier}"] [data-action=check]')
    tab.keyboard.press("Enter")


def wait_until_kept(tab, name):
    """Wait until an answer is called kept: it is on the disk a moment after it was given."""
    tab.locator(f':is([data-item="{name}"], [data-field="{name}"])[data-state=saved]').wait_for()


def kept_in_browser(tab, key):
    """What the browser keeps under a key."""
    return tab.evaluate("key => JSON.parse(localStorage.getItem(key))", key)
