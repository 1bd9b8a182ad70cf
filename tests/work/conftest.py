"""What the tests of my work share: an empty work in a folder of its own, and short ways to fill it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from course.work import Work, open_work

HERE = Path(__file__).resolve().parent
QUIZ = "03-treaty-bodies/check-01"


@pytest.fixture
def work(tmp_path) -> Work:
    """A work to which nothing was written yet."""
    return open_work(tmp_path / "my-work.db")


@pytest.fixture
def other(tmp_path) -> Work:
    """The work of the same learner on another computer."""
    (tmp_path / "elsewhere").mkdir()
    return open_work(tmp_path / "elsewhere" / "my-work.db")


@pytest.fixture
def respond():
    """`respond(work, "item-1", response="a", score=1.0)`: record one response."""

    def record(work, item, *, response="a", score=1.0, objective="LO-03.1", quiz=QUIZ, hints=0):
        return work.record_response(
            quiz=quiz,
            item=item,
            revision=1,
            objective=objective,
            language="en",
            response=response,
            score=score,
            hints=hints,
        )

    return record


@pytest.fixture
def version_1(tmp_path) -> Path:
    """A file that the first format wrote."""
    path = tmp_path / "version-1.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((HERE / "version-1.sql").read_text(encoding="utf-8"))
    return path


@pytest.fixture
def contents():
    """Everything a file of work holds, by table, so that two can be compared."""

    def read(path):
        with closing(sqlite3.connect(path)) as connection:
            tables = [
                name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            ]
            return {table: sorted(connection.execute(f"SELECT * FROM {table}")) for table in tables}

    return read
