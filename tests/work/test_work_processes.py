"""Every page is a process of its own: several write at once, and each may be killed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from course.work import open_work

HERE = Path(__file__).resolve().parent
WRITER = HERE / "writer.py"
QUIZ = "03-treaty-bodies/check-01"
FORM = "00-start/first-success"


def start(path, name, count, how="write") -> subprocess.Popen:
    """A page that writes `count` times as fast as it can, or merges the file `name`."""
    command = [sys.executable, WRITER, path, name, str(count), how]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def check_integrity(path) -> None:
    """SQLite finds nothing wrong in the file."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_three_pages_write_at_once_and_nothing_is_lost(work):
    """Three processes begin with no file at all and write 40 responses and fields each."""
    pages = [start(work.path, name, 40) for name in ("one", "two", "three")]
    outcomes = [page.communicate(timeout=120) for page in pages]
    assert [errors for _, errors in outcomes] == ["", "", ""]
    assert set(work.latest_responses(QUIZ)) == {
        f"{name}-{number}" for name in ("one", "two", "three") for number in range(40)
    }
    fields = work.fields(FORM)
    last = {name: (entry["response"], entry["attempt"]) for name, entry in fields.items()}
    assert last == dict.fromkeys(("one", "two", "three"), (39, 40))
    check_integrity(work.path)


@pytest.mark.parametrize("after", [1, 7, 40])
def test_a_page_killed_at_any_moment_loses_nothing_that_was_confirmed(work, after):
    """After a kill that no program can catch, every confirmed answer is there and the file is whole."""
    with start(work.path, "one", 100_000) as page:
        lines = [page.stdout.readline().split() for _ in range(after)]
        time.sleep(0.003 * after)
        page.kill()
        lines += [
            line.split() for line in page.stdout.read().splitlines(keepends=True) if line.endswith("\n")
        ]
        page.stderr.close()
    kept = open_work(work.path)
    responses = kept.latest_responses(QUIZ)
    confirmed = [line[1] for line in lines if line[0] == "response"]
    assert confirmed
    assert [item for item in confirmed if item not in responses] == []
    numbers = [int(line[2]) for line in lines if line[0] == "field"]
    if numbers:
        assert kept.fields(FORM)["one"]["response"] >= numbers[-1]
    check_integrity(work.path)
    kept.save_field(form=FORM, field="afterwards", value="goes on")
    assert kept.fields(FORM)["afterwards"]["response"] == "goes on"


def test_a_page_killed_while_it_brings_an_old_file_up_loses_nothing(tmp_path):
    """Whatever the moment of the kill, the file is of the old format or of this one, with every answer."""
    path = tmp_path / "version-2.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((HERE / "version-2.sql").read_text(encoding="utf-8"))
        columns = "quiz, 'item-' || value, revision, objective, language, response, score, at"
        connection.execute(
            "WITH RECURSIVE numbers(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM numbers LIMIT 20000) "
            f"INSERT INTO responses SELECT 'id-' || value, {columns} "
            "FROM numbers, (SELECT * FROM responses LIMIT 1)"
        )
        connection.commit()
    for pause in (0.01, 0.05, 0.2):
        with start(path, "one", 100_000, "ready") as page:
            page.stdout.readline()
            time.sleep(pause)
            page.kill()
            page.stdout.read()
            page.stderr.close()
        with closing(sqlite3.connect(path)) as connection:
            (count,) = connection.execute("SELECT count(*) FROM responses WHERE id LIKE 'id-%'").fetchone()
        assert count == 20_000
        check_integrity(path)
    assert len(open_work(path).answers()) >= 20_002


def test_a_merge_that_is_killed_took_all_or_nothing(work, other, tmp_path):
    """Between nothing and everything there is no state in which half of a copy was brought in."""
    entry = {"response": "a", "score": 1, "at": "2026-01-01T09:00:00Z", "revision": 1}
    quizzes = {QUIZ: {f"item-{number}": entry for number in range(60)}}
    other.import_browser({"format": "course-browser-answers", "version": 1, "quizzes": quizzes})
    copy = other.export_to(tmp_path / "copy.db")
    for pause in (0.0, 0.02, 0.08):
        with start(work.path, copy, 0, "merge") as page:
            page.stdout.readline()
            time.sleep(pause)
            page.kill()
            page.stdout.read()
            page.stderr.close()
        assert len(work.responses()) in (0, 60)
    assert (work.merge(copy), len(work.responses())) in ((60, 60), (0, 60))
    check_integrity(work.path)


def test_an_export_in_the_midst_of_writing_is_whole(work, tmp_path):
    """An export made while a page writes holds everything that was confirmed before it began."""
    with start(work.path, "one", 100_000) as page:
        confirmed = [page.stdout.readline().split() for _ in range(20)]
        export = work.export_to(tmp_path / "export.db")
        page.kill()
        page.stdout.read()
        page.stderr.close()
    check_integrity(export)
    held = open_work(export).latest_responses(QUIZ)
    assert {line[1] for line in confirmed if line[0] == "response"} <= set(held)
