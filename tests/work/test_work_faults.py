"""Whatever the disk does, my work says it in one sentence and keeps what it had."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from course.errors import WorkError
from course.work import database, open_work

QUIZ = "03-treaty-bodies/check-01"

FILL = """
import resource, sys
from pathlib import Path
from course.errors import WorkError
from course.work import open_work

if len(sys.argv) > 2:
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
work = open_work(Path(sys.argv[1]))
kept = 0
try:
    for number in range(2000):
        work.save_field(form="f", field=f"field-{number}", value="x" * 2000)
        kept += 1
except WorkError as error:
    print(kept, error)
"""


def refused(call) -> str:
    """The sentence with which `call` is refused."""
    with pytest.raises(WorkError) as error:
        call()
    assert "\n" not in str(error.value)
    return str(error.value)


def check_whole(path: Path, kept: int) -> None:
    """The file is undamaged, and what was confirmed is in it, no more and no less."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert list(open_work(path).fields("f")) == [f"field-{number}" for number in range(kept)]
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


@pytest.mark.skipif(os.name != "posix", reason="the limit of a file's size is POSIX's")
def test_a_disk_that_takes_no_more_is_said_and_loses_nothing(tmp_path):
    """When the file cannot grow, what was confirmed is all there and the file is whole."""
    path = tmp_path / "my-work.db"
    done = subprocess.run(
        [sys.executable, "-c", FILL, path, "200000"], capture_output=True, text=True, check=True
    )
    kept, _, sentence = done.stdout.strip().partition(" ")
    assert int(kept) > 10
    assert sentence.startswith(f"{path}: the disk took no more, so nothing was saved;")
    check_whole(path, int(kept))


def test_a_full_disk_is_said_and_loses_nothing(tmp_path):
    """On a real disk of 256 KiB that is full, what was confirmed is all there and the file is whole."""
    if shutil.which("unshare") is None:
        pytest.skip("a small disk of one's own needs Linux's unshare")
    disk, copy = tmp_path / "disk", tmp_path / "copy"
    disk.mkdir()
    copy.mkdir()
    script = 'mount -t tmpfs -o size=256k none "$1" && "$2" -c "$3" "$1/my-work.db" && cp "$1"/* "$4"'
    arguments = ["sh", disk, sys.executable, FILL, copy]
    done = subprocess.run(
        ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if "mount" in done.stderr or "unshare" in done.stderr:
        pytest.skip("this system lets nobody mount a small disk of one's own")
    kept, _, sentence = done.stdout.strip().partition(" ")
    assert int(kept) > 10
    assert sentence.startswith(f"{disk}/my-work.db: the disk is full, so nothing was saved;")
    check_whole(copy / "my-work.db", int(kept))


def test_a_read_only_folder_is_said(sealable, respond):
    """A first answer in a folder that may only be read is refused, and reading goes on."""
    work = open_work(sealable.path / "my-work.db")
    sealable.seal()
    assert "may only be read, so nothing was saved" in refused(lambda: respond(work, "tb-01"))
    assert work.responses() == []
    assert list(sealable.path.iterdir()) == []


def test_a_work_on_a_read_only_disk_can_still_be_read(sealable, respond):
    """What was answered before is shown; a new answer is refused in words."""
    work = open_work(sealable.path / "my-work.db")
    respond(work, "tb-01")
    work.path.chmod(0o444)
    sealable.seal()
    assert list(work.latest_responses(QUIZ)) == ["tb-01"]
    assert "may only be read, so nothing was saved" in refused(lambda: respond(work, "tb-02"))
    assert list(work.latest_responses(QUIZ)) == ["tb-01"]


def test_a_file_that_is_no_work_is_said_and_left_alone(tmp_path, respond):
    """A letter by the name of my work is neither read nor overwritten."""
    path = tmp_path / "my-work.db"
    path.write_text("Dear colleague, " * 200)
    work = open_work(path)
    assert "not a file of my work" in refused(lambda: respond(work, "tb-01"))
    assert "not a file of my work" in refused(work.responses)
    assert path.read_text() == "Dear colleague, " * 200


def test_another_programs_database_is_said_and_left_alone(tmp_path, respond):
    """A database of another program gets no table of ours."""
    path = tmp_path / "my-work.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (address)")
        connection.commit()
    before = path.read_bytes()
    assert "belongs to another program" in refused(lambda: respond(open_work(path), "tb-01"))
    assert path.read_bytes() == before


def test_a_folder_in_place_of_the_file_is_said(tmp_path, respond):
    """A folder by the name of my work is named as such, for reading, writing and exporting."""
    path = tmp_path / "my-work.db"
    path.mkdir()
    assert "this is a folder" in refused(open_work(path).responses)
    assert "this is a folder" in refused(lambda: respond(open_work(path), "tb-01"))
    assert "this is a folder" in refused(lambda: open_work(tmp_path / "w.db").export_to(path))
    assert list(path.iterdir()) == []


def test_a_folder_that_is_missing_is_said_and_not_made(tmp_path, respond):
    """A memory stick that is not plugged in is not replaced by a folder of its name."""
    work = open_work(tmp_path / "media" / "stick" / "my-work.db")
    assert "see whether its folder exists" in refused(lambda: respond(work, "tb-01"))
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_file_is_said(work, respond):
    """Pages that were overwritten in the middle of the file are found, and exporting is refused."""
    for number in range(20):
        respond(work, f"tb-{number}", response="x" * 5000)
    data = bytearray(work.path.read_bytes())
    data[4096 * 5 : 4096 * 9] = b"\xff" * 4096 * 4
    work.path.write_bytes(data)
    assert "damaged" in refused(lambda: work.export_to(work.path.with_name("export.db")))
    assert [path.name for path in work.path.parent.iterdir()] == ["my-work.db"]


def test_a_damaged_record_is_said(work, respond):
    """A row that no course ever wrote is not passed over in silence."""
    respond(work, "tb-01")
    with closing(sqlite3.connect(work.path)) as connection:
        connection.execute("UPDATE responses SET response = 'no json'")
        connection.commit()
    assert "a record in this file is damaged" in refused(work.responses)


def test_a_page_that_keeps_the_file_too_long_is_said(work, respond, monkeypatch):
    """A writer that never ends lets the others say so, and their answer is not half-written."""
    respond(work, "tb-01")
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    with closing(sqlite3.connect(work.path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        assert "another page has kept this file" in refused(lambda: respond(work, "tb-02"))
    assert list(work.latest_responses(QUIZ)) == ["tb-01"]
