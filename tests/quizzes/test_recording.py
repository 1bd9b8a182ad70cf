"""A live page's answers of every kind reach my work whole, scored again by Python."""

from __future__ import annotations

from pathlib import Path

import pytest

import course
from course.content import load_items
from course.work import open_work

SAMPLE = Path(__file__).parent / "sample"
AT = "2026-11-23T10:00:00.000Z"
# A response to each kind, partly right where the kind knows that, and what it is worth.
ANSWERS = {
    "garden-one": ("evening", 1.0),
    "garden-many": (["mint"], 0.5),
    "garden-order": (["sow", "dig", "water", "pick"], 2 / 3),
    "garden-match": ({"spade": "turning", "shears": "carrying", "can": "pouring"}, 2 / 3),
    "garden-number": (360, 0.5),
    "garden-day": ("2027-09-11", 0.5),
    "garden-gaps": ({"season": "spring", "plant": "mint", "season-again": "daily"}, 2 / 3),
    "garden-sort": ({"melon": "sun", "mint": "sun", "fern": "shade"}, 0.375),
    "garden-word": ("a / garden / 21", 0.5),
    "garden-paragraphs": (["cover"], 0.5),
    "garden-hunt": ({"symbol": "CRC/C/MAR/3-4", "kind": "الملاحظات الختامية"}, 0.625),
    "garden-chain": ({"fact": "dry", "finding": "tap", "basis": "rule", "request": "angry"}, 2 / 3),
}


@pytest.fixture
def page(tmp_path, monkeypatch):
    """The sample's quiz of every kind as a live page, with a file of my work of its own."""
    monkeypatch.chdir(SAMPLE)
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "my-work.db"))
    return course.quiz("01-garden", "every-kind")


def test_every_kind_is_scored_again_and_kept(page):
    """What the page claims as its score plays no part; the response comes back as it was given."""
    items, said = load_items("01-garden", SAMPLE), []
    for name, (response, _) in ANSWERS.items():
        revision = items[name].revision
        entry = {
            "response": response,
            "score": 0.01,
            "attempt": 1,
            "at": AT,
            "revision": revision,
            "lang": "en",
        }
        page.receive({"type": "response", "id": name, "entry": entry}, said.append)

    assert [answer["type"] for answer in said] == ["saved"] * 12
    kept = open_work().latest_responses("01-garden/every-kind")
    assert {name: kept[name]["response"] for name in kept} == {
        name: given for name, (given, _) in ANSWERS.items()
    }
    assert {name: kept[name]["score"] for name in kept} == pytest.approx(
        {name: credit for name, (_, credit) in ANSWERS.items()}
    )
