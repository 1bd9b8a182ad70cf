"""A file of any age is brought up to this version; one from the future is not touched."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from course.errors import WorkError
from course.work import open_work
from course.work.database import VERSION

HERE = Path(__file__).resolve().parent
QUIZ = "03-treaty-bodies/check-01"


def version_of(path) -> int:
    """The format of a file of work."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def test_a_file_of_the_first_format_keeps_every_answer(version_1):
    """Opened today, a file of version 1 has this version, its answers, and room for what came later."""
    work = open_work(version_1)
    entry = work.latest_responses(QUIZ)["tb-order-01"]
    assert (entry["response"], entry["attempt"], entry["lang"]) == (["list", "report"], 2, "ar")
    assert work.fields("00-start/first-success")["problem"]["response"] == "Two wells are dry."
    assert version_of(version_1) == VERSION
    work.note_draft(draft="cedaw-2027", place="report.docx")
    assert work.drafts() == {"cedaw-2027": "report.docx"}


def test_a_file_of_the_second_format_gets_room_for_hints(tmp_path, respond):
    """Its answers stand with no hints seen; from then on hints are kept with each answer."""
    path = tmp_path / "version-2.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((HERE / "version-2.sql").read_text(encoding="utf-8"))
    work = open_work(path)
    assert [(answer.item, answer.hints) for answer in work.answers()] == [
        ("tb-order-01", 0),
        ("tb-order-01", 0),
    ]
    assert work.drafts() == {"cedaw-2027": "report.docx"}
    respond(work, "tb-02", hints=3)
    assert (work.answers()[-1].hints, version_of(path)) == (3, VERSION)


def test_ids_of_the_first_format_are_still_the_same(version_1, contents):
    """The id of a record is made from what it says: another id for old rows would double them at a merge."""
    stored = {row[0] for row in contents(version_1)["responses"]}
    assert {record.id for record in open_work(version_1).responses()} == stored


def test_an_export_of_the_first_format_can_be_merged_and_stays_as_it_is(version_1, work):
    """An old export is taken in without being changed."""
    before = version_1.read_bytes()
    assert work.merge(version_1) == 3
    assert len(work.responses()) == 2
    assert version_1.read_bytes() == before


def test_a_file_of_a_newer_course_is_refused_and_left_alone(work, respond):
    """One sentence says to bring the course up to date; reading, writing and merging change nothing."""
    respond(work, "tb-01")
    with closing(sqlite3.connect(work.path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = work.path.read_bytes()
    elsewhere = open_work(work.path.with_name("mine.db"))
    for call in (
        work.responses,
        lambda: respond(work, "tb-02"),
        lambda: elsewhere.merge(work.path),
    ):
        with pytest.raises(WorkError, match=r"a newer course wrote this file .* bring the course up to date"):
            call()
    assert work.path.read_bytes() == before
    assert not elsewhere.path.exists()


def test_a_migration_that_fails_leaves_the_old_file(version_1, contents):
    """A step that cannot be done is undone whole: the file is still of version 1."""
    before = contents(version_1)
    with closing(sqlite3.connect(version_1)) as connection:
        connection.execute("CREATE TABLE answers_copies (in_the_way)")
    with pytest.raises(WorkError):
        open_work(version_1).responses()
    assert version_of(version_1) == 1
    after = contents(version_1)
    assert "drafts" not in after
    assert {table: after[table] for table in before} == before
