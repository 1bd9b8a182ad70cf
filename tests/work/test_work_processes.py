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

WRITER = Path(__file__).resolve().parent / "writer.py"
QUIZ = "03-treaty-bodies/check-01"
FORM = "00-start/first-success"


def start(path, name, count) -> subprocess.Popen:
    """A page that writes `count` times as fast as it can."""
    command = [sys.executable, WRITER, path, name, str(count)]
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
