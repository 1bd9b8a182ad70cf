"""The page in Python: what it shows, what it takes in, what it keeps."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from pathlib import Path

import pytest

import course
from course.errors import WorkError
from course.quizzes import Page, quiz_payload
from course.texts import text
from course.work import open_work

SAMPLE = Path(__file__).parent / "sample"
AT = "2026-11-23T10:00:00.000Z"


def entry_for(response, revision=1, at=AT, score=1.0):
    """An entry as the browser sends it."""
    return {"response": response, "score": score, "attempt": 1, "at": at, "revision": revision, "lang": "en"}


def ask(page, message):
    """What the page answers to one message of the browser."""
    answers = []
    page.receive(message, answers.append)
    return answers


@pytest.fixture
def in_sample(monkeypatch, tmp_path):
    """Works in the sample course, with my work in a folder of its own; the file of my work."""
    monkeypatch.chdir(SAMPLE)
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "my-work.db"))
    return tmp_path / "my-work.db"


@pytest.fixture
def kept():
    """What a page handed over to be kept."""
    return []


@pytest.fixture
def page(kept):
    """A page that hands every entry over."""

    def keep(identifier, entry):
        kept.append((identifier, entry["response"]))
        return "2026-11-23T10:00:01.000Z"

    payload = quiz_payload("01-garden", "every-kind", "en", SAMPLE)
    return Page(
        {**payload, "actions": [{"name": "look", "label": "Look"}]}, {}, keep, lambda name: {"messages": []}
    )


def test_without_a_kernel_the_html_works():
    """Plain Python, without IPython loaded, gives text and HTML and opens no widget."""
    code = (
        "import course, json, sys; page = course.quiz('01-garden', 'check-01'); "
        "bundle = page._repr_mimebundle_(); "
        "seen = [sorted(bundle), 'ipywidgets' in sys.modules, 'course-quiz' in bundle['text/html']]; "
        "print(json.dumps(seen))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=SAMPLE)
    assert json.loads(run.stdout) == [["text/html", "text/plain"], False, True]


def test_showing_a_quiz_creates_nothing(in_sample):
    """Not even an empty file of my work: looking leaves no trace."""
    course.quiz("01-garden", "every-kind")._repr_mimebundle_()
    course.drill("01-garden", "women", lang="ar")._repr_mimebundle_()
    assert list(in_sample.parent.iterdir()) == []
    assert not (SAMPLE / "my-course").exists()


def test_an_answer_is_scored_again_and_kept_in_my_work(in_sample):
    """The score that the browser claims plays no part: here it claims full marks for a wrong answer."""
    page = course.quiz("01-garden", "every-kind")
    (said,) = ask(page, {"type": "response", "id": "garden-one", "entry": entry_for("noon", score=1.0)})
    (record,) = open_work().responses()
    assert (record.quiz, record.item, record.response, record.score) == (
        "01-garden/every-kind",
        "garden-one",
        "noon",
        0.0,
    )
    assert (record.objective, record.language) == ("LO-01.1", "en")
    assert said == {"type": "saved", "id": "garden-one", "sent": AT, "at": record.at}


def test_a_drill_is_kept_like_a_quiz(in_sample):
    """Its items are made from the rules, live with the learner's own dates, and kept under their own ids."""
    page = course.drill("01-garden", "women")
    item = page.live["items"][0]
    day = next(choice["value"] for choice in item["choices"] if choice["id"] == item["key"])
    (said,) = ask(
        page, {"type": "response", "id": item["id"], "entry": entry_for(day, revision=item["revision"])}
    )
    assert said["type"] == "saved"
    assert open_work().latest_responses("01-garden/drill-women")[item["id"]]["score"] == 1.0


def test_earlier_answers_come_back(in_sample):
    """The next page shows what my work holds, in the live view only."""
    ask(
        course.quiz("01-garden", "every-kind"),
        {"type": "response", "id": "garden-one", "entry": entry_for("evening")},
    )
    page = course.quiz("01-garden", "every-kind")
    assert page.responses["garden-one"]["response"] == "evening"
    assert page.responses["garden-one"]["attempt"] == 1
    assert page._repr_html_() == Page(page.payload)._repr_html_()


def test_an_answer_to_an_older_revision_is_not_saved(in_sample):
    """A page that stayed open while the item changed says so, and records nothing."""
    page = course.quiz("01-garden", "every-kind")
    (said,) = ask(page, {"type": "response", "id": "garden-many", "entry": entry_for(["mint"], revision=1)})
    assert said["type"] == "not-saved"
    assert (said["fault"]["kind"], said["fault"]["action"]) == ("item-changed", "reload")
    assert not in_sample.exists()


def test_damaged_work_does_not_hide_the_quiz(in_sample):
    """The page is shown with a card that says what is wrong; an answer is refused in the same words."""
    in_sample.write_bytes(b"this is no database" * 100)
    page = course.quiz("01-garden", "every-kind")
    assert "garden-one" in page._repr_html_()
    assert page.live["fault"]["kind"] == "work-foreign"
    (said,) = ask(page, {"type": "response", "id": "garden-one", "entry": entry_for("noon")})
    assert said["type"] == "not-saved"
    assert said["fault"]["title"] == "This is not a file of your work"


def test_an_entry_that_is_sent_twice_is_kept_once(page, kept):
    """A page that got no answer sends again; both times it hears that the entry is saved."""
    message = {"type": "response", "id": "garden-one", "entry": entry_for("noon")}
    assert ask(page, message) == ask(page, message)
    assert kept == [("garden-one", "noon")]


@pytest.mark.parametrize(
    "message",
    [
        "response",
        {},
        {"type": "response"},
        {"type": "response", "id": "nobody-wrote", "entry": entry_for("noon")},
        {"type": "response", "id": "garden-one", "entry": {"at": AT}},
        {"type": "response", "id": "garden-one", "entry": {"response": "noon", "at": 5}},
        {"type": "response", "id": ["garden-one"], "entry": entry_for("noon")},
        {"type": "action", "name": "erase"},
    ],
    ids=["text", "empty", "no-entry", "unknown-item", "no-response", "no-time", "wrong-id", "unknown-action"],
)
def test_a_message_of_the_wrong_shape_does_nothing(page, kept, message):
    """It is neither kept nor answered, and nothing breaks."""
    assert ask(page, message) == []
    assert kept == []


@pytest.mark.parametrize(
    "fault",
    [
        WorkError("/somewhere/my-work.db: the disk is full; make room.", "disk-full"),
        OSError(errno.ENOSPC, "No space left on device"),
    ],
)
def test_what_cannot_be_kept_is_said_in_words(fault):
    """The learner reads why, in words of the page's language and without any path."""

    def full(identifier, entry):
        raise fault

    page = Page(quiz_payload("01-garden", "every-kind", "en", SAMPLE), {}, full)
    (said,) = ask(page, {"type": "response", "id": "garden-one", "entry": entry_for("noon")})
    assert (said["type"], said["id"], said["sent"]) == ("not-saved", "garden-one", AT)
    assert (said["fault"]["kind"], said["fault"]["action"]) == ("disk-full", "again")
    assert said["text"].startswith("Nothing more can be saved.")
    assert "somewhere" not in str(said)


def test_an_action_gets_its_answer_also_when_it_fails(page):
    """Every press of a button is answered, in the words of the error where there is one."""

    def fail(name):
        raise WorkError("the folder cannot be read.")

    (said,) = ask(page, {"type": "action", "name": "look"})
    assert said == {"type": "action-result", "name": "look", "messages": []}
    (said,) = ask(Page(page.payload, {}, page.receive, fail), {"type": "action", "name": "look"})
    assert said["messages"] == [
        {"level": "error", "text": text("fault.work-unreachable-why", page.payload["lang"])}
    ]


def test_an_action_may_carry_a_value(page):
    """What a mode asks with reaches Python with the name, and all that Python answers reaches the mode."""
    asked = []

    def answer(*said):
        asked.append(said)
        return {"messages": [], "faults": 2}

    listening = Page(page.payload, {}, page.receive, answer)
    (said,) = ask(listening, {"type": "action", "name": "look", "value": {"text": "The State should act."}})
    assert said == {"type": "action-result", "name": "look", "messages": [], "faults": 2}
    ask(listening, {"type": "action", "name": "look"})
    assert asked == [("look", {"text": "The State should act."}), ("look",)]


def test_the_hints_that_were_read_are_kept_with_the_answer(in_sample):
    """With help or alone: my work can tell."""
    page = course.quiz("01-garden", "every-kind")
    for hints, item in ((3, "garden-one"), (0, "garden-word")):
        ask(page, {"type": "response", "id": item, "entry": {**entry_for("noon"), "hints": hints}})
    assert [record.hints for record in open_work().responses()] == [3, 0]


def test_the_texts_of_the_page_come_from_its_language():
    """Whoever makes a payload need not think of them."""
    payload = quiz_payload("01-garden", "every-kind", "ar", SAMPLE)
    assert Page({**payload, "ui": {}}).payload["ui"] == payload["ui"]
