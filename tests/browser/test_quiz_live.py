"""The live page: each answer reaches Python, and what was not confirmed is never lost.

The real script, loaded as anywidget loads it, and the real `Page` talk through a wire that a
test can cut; only the notebook server between the two is left out (it has its own tests).
"""

from __future__ import annotations

import base64

import pytest

from course.content import load_items
from course.errors import WorkError
from course.quizzes import Page, score_response
from course.quizzes.assets import widget_script
from tests.browser.quiz_pages import (
    RIGHT,
    SAMPLE,
    answer_by_keyboard,
    check_by_keyboard,
    every_kind,
    form_page,
    item,
    open_page,
    write_page,
)

pytestmark = pytest.mark.browser
UNSENT = "course:unsent:quiz:01-garden/every-kind"
CONNECT = """async ([payload, responses, source]) => {
  const listeners = [];
  window.wire = { cut: false };
  window.answer = (message) => { if (!window.wire.cut) listeners.forEach((one) => one(message)); };
  const model = {
    get: (name) => ({ payload, responses })[name],
    send: (message) => { if (window.wire.cut) return; window.toPython(message); },
    on: (_, listener) => listeners.push(listener),
    off: () => {},
  };
  document.querySelector("main").replaceChildren();
  const widget = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  window.close_view = widget.default.render({ model, el: document.querySelector("main") });
}"""


class Kept:
    """What Python kept, in the order it came; `fault` is raised instead when it is set."""

    def __init__(self):
        self.entries = []
        self.fault = None

    def __call__(self, identifier, entry):
        """Keep one entry; when it was kept."""
        if self.fault:
            raise self.fault
        self.entries.append((identifier, entry["response"]))
        return "2999-01-01T00:00:00.000Z"


@pytest.fixture
def kept():
    """What Python keeps in this test."""
    return Kept()


@pytest.fixture
def live(offline_page, tmp_path, kept):
    """Opens a page live: `live(page)` draws it with Python at the other end of the wire."""
    answers = []
    offline_page.expose_function(
        "toPython", lambda message: offline_page.python.receive(message, answers.append)
    )
    open_page(offline_page, write_page(tmp_path, every_kind()))

    def connect(page):
        offline_page.python = Page(page.payload, page.responses, kept, page._on_action)
        offline_page.evaluate(CONNECT, [page.payload, page.responses, widget_script(page.payload["mode"])])
        deliver()
        return offline_page

    def deliver():
        offline_page.wait_for_timeout(50)
        while answers:
            offline_page.evaluate("message => window.answer(message)", answers.pop(0))

    offline_page.deliver = deliver
    yield connect
    assert offline_page.problems == []
    assert offline_page.outside_requests == []


def answer(tab, choice="noon"):
    """Choose and check."""
    item(tab, "garden-one").locator(f'input[value="{choice}"]').check()
    item(tab, "garden-one").locator("[data-action=check]").click()


def unsent(tab, key=UNSENT):
    """What the browser holds until Python confirms it; None where nothing waits."""
    return tab.evaluate("key => JSON.parse(localStorage.getItem(key))", key)


def test_saved_is_said_only_after_python_has_kept_it(live, kept):
    """Until then the answer is "answered", and the browser holds it."""
    tab = live(every_kind())
    answer(tab)
    assert item(tab, "garden-one").get_attribute("data-state") == "answered"
    assert unsent(tab)["garden-one"]["response"] == "noon"
    tab.deliver()
    assert item(tab, "garden-one").get_attribute("data-state") == "saved"
    assert item(tab, "garden-one").locator(".cq-status").inner_text().endswith("Saved in my work")
    assert kept.entries == [("garden-one", "noon")]
    assert unsent(tab) is None


WRONG = {
    "garden-one": "never",
    "garden-many": ["melon"],
    "garden-order": ["pick", "water", "sow", "dig"],
    "garden-match": {"spade": "cutting", "shears": "pouring"},
    "garden-number": 1,
    "garden-day": "2027-10-11",
    "garden-gaps": {"plant": "mint"},
    "garden-sort": {"fern": "sun"},
    "garden-word": "Garden",
    "garden-paragraphs": ["smell"],
    "garden-hunt": {"kind": "Letter"},
    "garden-chain": {"request": "angry"},
}
PARTLY = {
    "garden-many": ["thyme"],
    "garden-order": ["dig", "sow", "pick", "water"],
    "garden-match": {"spade": "turning", "can": "carrying"},
    "garden-number": 360,
    "garden-day": "2027-09-11",
    "garden-gaps": {"plant": "bean"},
    "garden-sort": {"melon": "sun"},
    "garden-word": "A/GARDEN/21",
    "garden-paragraphs": ["cover"],
    "garden-hunt": {"kind": "الملاحظات الختامية"},
    "garden-chain": {"basis": "rule"},
}


@pytest.mark.parametrize(
    ("answers", "low", "high"),
    [(RIGHT, 1, 1), (WRONG, 0, 0), (PARTLY, 0.01, 0.99)],
    ids=["right", "wrong", "partly"],
)
def test_every_kind_reaches_python_by_keyboard(live, kept, answers, low, high):
    """What Python receives is the response, in the shape of its kind, and its own score agrees."""
    tab = live(every_kind())
    for identifier, response in answers.items():
        answer_by_keyboard(tab, identifier, response)
        check_by_keyboard(tab, identifier)
    tab.deliver()
    received = dict(kept.entries)
    plain = {name: sorted(said) if name == "garden-many" else said for name, said in received.items()}
    assert plain == answers
    items = load_items("01-garden", SAMPLE)
    scores = {name: score_response(items[name], said) for name, said in received.items()}
    assert all(low <= score <= high for score in scores.values()), scores
    assert {item(tab, name).get_attribute("data-state") for name in answers} == {"saved"}


def test_an_answer_that_never_arrived_is_sent_when_the_page_is_opened_again(live, kept):
    """The kernel died: the answer was shown, kept here, and reaches Python with the next page."""
    tab = live(every_kind())
    tab.evaluate("window.wire.cut = true")
    answer(tab)
    tab.deliver()
    assert kept.entries == []
    live(every_kind())
    assert item(tab, "garden-one").locator(".cq-result").get_attribute("data-score") == "wrong"
    tab.deliver()
    assert kept.entries == [("garden-one", "noon")]
    assert item(tab, "garden-one").get_attribute("data-state") == "saved"
    assert unsent(tab) is None


def test_silence_is_said_and_the_answer_is_sent_again(live, kept, offline_page):
    """After some seconds without a word the learner reads that it is not saved yet; later it is."""
    offline_page.clock.install()
    tab = live(every_kind())
    tab.evaluate("window.wire.cut = true")
    answer(tab)
    tab.clock.run_for(9000)
    assert item(tab, "garden-one").get_attribute("data-state") == "not-saved"
    tab.evaluate("window.wire.cut = false")
    tab.clock.run_for(15000)
    tab.deliver()
    assert item(tab, "garden-one").get_attribute("data-state") == "saved"
    assert kept.entries == [("garden-one", "noon")]


def test_what_python_cannot_keep_is_said_in_its_words(live, kept):
    """A full disk: a card beside the question says it, the answer stays in the browser; once there is room
    again, its one button sends the answer, and the card goes.
    """
    tab = live(every_kind())
    kept.fault = WorkError("/somewhere/my-work.db: the disk is full; make room.", "disk-full")
    answer(tab)
    tab.deliver()
    card = item(tab, "garden-one").locator(".cq-fault[role=alert]")
    assert item(tab, "garden-one").get_attribute("data-state") == "not-saved"
    assert "The disk is full" in card.inner_text()
    assert "somewhere" not in tab.content()
    assert unsent(tab)["garden-one"]["response"] == "noon"
    kept.fault = None
    card.get_by_role("button", name="Try again").click()
    tab.deliver()
    assert item(tab, "garden-one").get_attribute("data-state") == "saved"
    assert tab.locator(".cq-fault").count() == 0


def test_my_work_is_shown_and_what_it_knows_better_wins(live):
    """Earlier responses come from my work; an older unsent one is dropped, not sent over it."""
    at = "2998-01-01T00:00:00.000Z"
    entry = {"response": "evening", "score": 1, "attempt": 3, "at": at, "revision": 1, "lang": "en"}
    page = every_kind()
    page.responses["garden-one"] = entry
    tab = live(every_kind())
    tab.evaluate("window.wire.cut = true")
    answer(tab, "noon")
    live(page)
    assert item(tab, "garden-one").locator(".cq-result").get_attribute("data-score") == "right"
    assert unsent(tab) is None
    assert tab.locator("[data-action=export]").count() == 0


def test_a_field_is_sent_when_it_is_left_or_rested(live, kept):
    """Typing alone does not flood Python, and nothing typed is lost."""
    tab = live(form_page())
    why = item(tab, "why").locator("textarea")
    why.press_sequentially("For shade")
    assert unsent(tab, "course:unsent:form:01-garden/plan")["why"]["response"] == "For shade"
    why.blur()
    tab.deliver()
    assert kept.entries == [("why", "For shade")]
    assert item(tab, "why").get_attribute("data-state") == "saved"


def test_what_was_typed_meanwhile_is_not_taken_for_saved(live, kept):
    """The confirmation of an earlier text does not confirm the later one."""
    tab = live(form_page())
    why = item(tab, "why").locator("textarea")
    why.fill("First")
    why.blur()
    tab.wait_for_timeout(50)
    why.press_sequentially(" and more")
    tab.deliver()
    assert item(tab, "why").get_attribute("data-state") == "answered"
    why.blur()
    tab.deliver()
    assert item(tab, "why").get_attribute("data-state") == "saved"
    assert kept.entries[-1] == ("why", "First and more")


def test_an_action_sees_what_was_just_typed_and_its_answer_is_shown(live, kept):
    """The button sends what is waiting first; messages keep their level, a file goes to the downloads."""
    sent = []

    def act(name):
        sent.append((name, list(kept.entries)))
        return {
            "messages": [{"level": "warning", "text": "Two fields are <empty>."}],
            "download": {"name": "hand-in.zip", "base64": base64.b64encode(b"\x00\xff zip").decode()},
        }

    page = form_page(actions=[{"name": "submit", "label": "Hand in"}])
    page._on_action = act
    tab = live(page)
    item(tab, "member_id").locator("input").press_sequentially("bed-07")
    with tab.expect_download() as download:
        tab.locator("[data-action=submit]").click()
        tab.deliver()
    assert sent == [("submit", [("member_id", "bed-07")])]
    assert download.value.suggested_filename == "hand-in.zip"
    assert download.value.path().read_bytes() == b"\x00\xff zip"
    assert tab.locator('.cq-messages [data-level="warning"]').inner_text().endswith("Two fields are <empty>.")
    assert "hand-in.zip" in tab.locator('.cq-messages [data-level="ok"]').inner_text()


def test_a_closed_view_stops_sending(live, kept, offline_page):
    """When the output is cleared its timers end."""
    offline_page.clock.install()
    tab = live(every_kind())
    tab.evaluate("window.wire.cut = true")
    answer(tab)
    tab.evaluate("window.close_view(); window.wire.cut = false")
    tab.clock.run_for(60000)
    tab.deliver()
    assert kept.entries == []
