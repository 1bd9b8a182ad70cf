"""What the tests of forms share: a learner's folder of the invented assignment a91."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from course.content import load_assignment
from course.content.models import Assignment

PAPER = Path(__file__).resolve().parent / "paper"


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """A learner's own folder of a91, and the page is open in it."""
    folder = tmp_path / "a91"
    shutil.copytree(PAPER, folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture(scope="session")
def assignment() -> Assignment:
    """The invented assignment, with one field of each kind."""
    return load_assignment(PAPER / "assignment.yml", PAPER)


@pytest.fixture
def full() -> dict:
    """An answer of the right kind to every question that asks for one."""
    return {
        "student_id": "ori-01",
        "body": "crc",
        "belongs": ["context", "questions"],
        "steps": ["dialogue", "report", "list", "observations"],
        "stages": {"before": "short", "after": "full"},
        "words": 1200,
        "opens": "2027-10-11",
        "plan": "First this.\nThen that, <b>slowly</b>.",
    }


@pytest.fixture
def write(folder):
    """`write({"body": "crc"}, version=2)`: an `answers.json` with these answers and these changes."""

    def write_answers(answers=None, /, **changes) -> Path:
        answers = answers or {}
        document = {
            "format": "course-answers",
            "version": 1,
            "assignment": "a91",
            "student_id": answers.get("student_id", ""),
            "answers": answers,
            "saved_at": dict.fromkeys(answers, "2026-11-23T10:00:00.000000Z"),
        } | changes
        path = folder / "answers.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return write_answers
