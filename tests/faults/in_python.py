"""Faults behind a page, each named for what was done: real damage to real files, and the call that meets it.

A case is `name: (kind of the card, what breaks it, the call or the answer)`; `break_it(place)` works on a
learner's folder in which all was well.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.work import open_work

TESTS = Path(__file__).resolve().parents[1]
CANARY = "canary-who-wrote-this"
QUIZ = 'course.quiz("01-garden", "every-kind", lang="{lang}")'
FORM = 'course.form("01-garden/plan", lang="{lang}")'
PAPER = 'course.form("a91", lang="{lang}")'
AT = "2026-11-23T10:00:00.000Z"


@dataclass(frozen=True)
class Place:
    """A learner's folder: the course at `root`, the file of my work, the folder of a form to hand in."""

    root: Path
    work: Path
    paper: Path

    @property
    def module(self) -> Path:
        """The folder of the module that is asked for."""
        return self.root / "modules" / "01-garden"


@dataclass(frozen=True)
class Case:
    """One fault: what it does, the call of the page that meets it, and the card that must come."""

    kind: str
    break_it: Callable[[Place], Any]
    call: str = QUIZ
    beside: str = ""  # the folder in which the page lies
    answer: dict[str, Any] | None = None
    more: dict[str, Any] = field(default_factory=dict)


def make_place(folder: Path) -> Place:
    """All is well in it: two answers in my work, a form that is begun."""
    place = Place(folder / "course", folder / "mine" / "my-work.db", folder / "mine" / "assignments" / "a91")
    shutil.copytree(TESTS / "quizzes" / "sample", place.root)
    shutil.copytree(TESTS / "forms" / "paper", place.paper)
    open_work(place.work).save_field(form="01-garden/plan", field="name", value=CANARY)
    return place


def answer(response: Any, item: str = "garden-one", revision: int = 1, hints: int = 0) -> dict[str, Any]:
    """A message of the page: one checked answer."""
    entry = {"response": response, "score": 1, "attempt": 1, "at": AT, "revision": revision, "lang": "en"}
    return {"type": "response", "id": item, "entry": {**entry, "hints": hints}}


def cut(path: Path) -> None:
    """As after a copy that broke off: the first part of the file, ending inside a word."""
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2] + b'\n  - {id: "')


def scratch(path: Path) -> None:
    """As on a bad stick: a stretch inside the file is other bytes."""
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x5a" * (len(content) - 4096)
    path.write_bytes(content)


def change(path: Path, statement: str) -> None:
    """Change the database behind the course's back."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(statement)
        connection.commit()


def seal(path: Path) -> None:
    """The file and its folder may be read by everybody, and written by nobody."""
    path.chmod(0o444)
    path.parent.chmod(0o555)


def put_folder(path: Path) -> None:
    """A folder by the name of the file."""
    path.unlink()
    path.mkdir()


NOTHING = lambda place: None  # noqa: E731 - the fault lies in the call
IN_A_PAGE: dict[str, Case] = {
    "questions-cut-off": Case("content", lambda at: cut(at.module / "items.yml")),
    "questions-gone": Case("content", lambda at: (at.module / "items.yml").unlink()),
    "questions-no-text": Case("content", lambda at: (at.module / "items.yml").write_bytes(b"\xff\xfe\x00i")),
    "module-cut-off": Case("content", lambda at: cut(at.module / "module.yml")),
    "forms-cut-off": Case("content", lambda at: cut(at.module / "forms.yml"), FORM),
    "course-gone": Case("unexpected", lambda at: (at.root / "_toc.yml").unlink()),
    "no-such-set": Case("unexpected", NOTHING, 'course.quiz("01-garden", "nobody-wrote-this")'),
    "page-misspelt": Case("unexpected", NOTHING, 'course.quizz("01-garden")'),
    "page-cut-off": Case("unexpected", NOTHING, 'course.quiz("01-garden", "eve'),
    "no-memory": Case("memory", NOTHING, 'course.quiz("01-garden" * 10**16)'),
    "takes-too-long": Case("slow", NOTHING, "import time; time.sleep(20)", more={"interrupt": True}),
    "work-scratched": Case("work-damaged", lambda at: scratch(at.work), FORM),
    "work-another-file": Case("work-foreign", lambda at: at.work.write_text("Dear colleague, " * 99), FORM),
    "work-of-a-newer-course": Case(
        "work-newer", lambda at: change(at.work, "PRAGMA user_version = 99"), FORM
    ),
    "work-is-a-folder": Case("work-foreign", lambda at: put_folder(at.work), FORM),
    "work-record-damaged": Case(
        "work-damaged", lambda at: change(at.work, "UPDATE fields SET value = '{'"), FORM
    ),
    "work-in-use": Case("work-busy", NOTHING, FORM),  # the test itself holds it
    "form-answers-cut-off": Case(
        "answers-damaged",
        lambda at: (at.paper / "answers.json").write_text('{"format": "cou'),
        PAPER,
        "paper",
    ),
    "form-cut-off": Case("content", lambda at: cut(at.paper / "assignment.yml"), PAPER, "paper"),
    "disk-full": Case("disk-full", NOTHING, answer=answer("noon"), more={"bytes": 4096}),
    "folder-read-only": Case(
        "read-only", lambda at: seal(at.work), answer=answer("noon"), more={"nobody": True}
    ),
    "question-changed-meanwhile": Case("item-changed", NOTHING, answer=answer(["mint"], "garden-many", 1)),
    "answer-no-page-sends": Case("unexpected", NOTHING, answer=answer("noon", hints=99)),
}


def of_the_program(copy: Path) -> dict[str, Case]:
    """Faults in the program's own files, of which `copy` is one: all are done at once."""
    data = copy / "course" / "data"
    return {
        "rules-gone": Case(
            "content", lambda _: shutil.rmtree(data / "rules"), 'course.rules_table("session", "{lang}")'
        ),
        "chains-cut-off": Case("content", lambda _: cut(data / "practice" / "chains.yml"), "course.chains()"),
        "part-of-the-program-gone": Case(
            "install", lambda _: (copy / "course" / "planner" / "form_data.py").unlink(), "course.plan()"
        ),
    }
