"""The review of the day on a live page: it asks what my work says is due, and keeps each answer there."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from course.practice.progress import progress_payload
from course.practice.review import bank_payload, plan_lines, review
from course.texts import LANGUAGES
from course.work import open_work
from course.work.database import written
from course.work.moments import stamp, today
from course.work.records import Response
from course.work.transfer import insert

DUE = ("m0-mechanism-02", "tb-bodies-02")


@pytest.fixture
def mine(tmp_path, monkeypatch, root):
    """My work with two questions that were answered three days ago, and one of today."""
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "my-work.db"))
    monkeypatch.setenv("COURSE_ROOT", str(root))
    work, now = open_work(), datetime.now(UTC)
    with written(work.path) as connection:
        for item, days in ((DUE[0], 3), (DUE[1], 3), ("m0-save-01", 0)):
            response = Response(
                quiz="00-start/check-01",
                item=item,
                revision=1,
                objective="",
                language="en",
                response="x",
                score=1,
                at=stamp(now - timedelta(days=days)),
            )
            insert(connection, response)
    return work


def answer(page, item, response, **entry):
    """What the page sends when an answer is checked, and what it gets back."""
    (asked,) = [one for one in page.live["items"] if one["id"] == item]
    said = []
    sent = {"response": response, "at": "2026-01-01T00:00:00Z", "revision": asked["revision"], "lang": "en"}
    page.receive({"type": "response", "id": item, "entry": {**sent, **entry}}, said.append)
    return said


def test_a_live_page_asks_what_is_due(mine):
    """The two questions of three days ago, whole, and not that of today."""
    live = review().live
    assert [item["id"] for item in live["items"]] == live["plan"]["today"] == list(DUE)
    assert all(item["stem"] and item["source"] for item in live["items"])


def test_an_answer_is_scored_again_and_kept_with_its_hints(mine):
    """Python's own score counts, not the page's; the question leaves today's list."""
    page = review()
    (said,) = answer(page, DUE[0], "nonsense", score=1, hints=2)
    kept = mine.latest_responses("review")[DUE[0]]
    assert (said["type"], kept["score"], kept["hints"]) == ("saved", 0.0, 2)
    assert [one.item for one in mine.plan().today] == [DUE[1]]
    assert mine.plan().reviews[DUE[0]].due == today() + timedelta(days=1)


def test_hints_that_no_page_sends_are_refused(mine):
    """An entry that was tampered with is not kept, and the page is told so."""
    (said,) = answer(review(), DUE[0], "x", hints=99)
    assert said["type"] == "not-saved"
    assert mine.latest_responses("review") == {}


def test_the_page_for_the_book_holds_nothing_of_the_learner(mine):
    """What is published is the same for everybody: no question that is due, no day, no answer."""
    published = review()._repr_html_()
    open_work().erase()
    assert review()._repr_html_() == published


def test_a_damaged_work_is_said_on_the_page(mine):
    """No question, one sentence; the file is left as it is."""
    mine.path.write_bytes(b"not a file of my work" * 100)
    live = review().live
    assert (live["items"], live["fault"]["kind"]) == ([], "work-foreign")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_due_is_said_at_the_terminal(mine, root, language):
    """A line for each question with its id, in every language."""
    lines = plan_lines(mine.plan(), language, root)
    assert [item in line for item, line in zip(DUE, lines, strict=True)] == [True, True]


def test_questions_come_translated_where_they_are(root):
    """The Arabic page has the Arabic words; the key stays the same."""
    english, arabic = (bank_payload(["tb-steps-06"], language, root)["items"][0] for language in ("en", "ar"))
    assert (arabic["lang"], arabic["key"]) == ("ar", english["key"])
    assert arabic["stem"] != english["stem"]


def test_my_work_knows_the_course_and_nothing_of_a_learner(mine, root):
    """Every objective, lesson and exit set; where the review and the plan are; no answer."""
    payload = progress_payload("ar", root)
    assert set(payload["exits"]) == {
        one["id"] for module in payload["modules"] for one in module["objectives"]
    }
    assert payload["review"] == "pages/review.ar"
    assert payload["safety"]["page"] == "modules/00-start/03-safe-before-you-write"
    assert payload["study"]["page"] == "modules/00-start/04-your-study-plan"
    assert "talk" in [one["field"] for one in payload["reminders"]]
    open_work().erase()
    assert json.dumps(progress_payload("ar", root)) == json.dumps(payload)
