"""The learner's own copy: complete, brought up to date, and never at the price of what is there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from course.errors import CourseError
from course.learn.copying import RECORD, copy_course
from tests.learn.garden import make_garden, write_lesson

SOWING = "modules/01-garden/01-sowing.ipynb"


@pytest.fixture
def root(tmp_path):
    """The invented course."""
    return make_garden(tmp_path / "course")


@pytest.fixture
def folder(tmp_path):
    """Where the learner's copy comes; it is not there yet."""
    return tmp_path / "mine"


def test_the_copy_holds_every_page_and_form_and_nothing_that_answers(root, folder):
    """Lessons of every language, the form with its page; no items, no keys, no module files."""
    copy_course(root, folder)
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert found == {
        RECORD.as_posix(),
        SOWING,
        "modules/01-garden/01-sowing.ar.ipynb",
        "modules/01-garden/02-watering.ipynb",
        "modules/01-garden/03-frost.ipynb",
        "assignments/a91/a91.ipynb",
        "assignments/a91/assignment.yml",
    }
    assert (folder / SOWING).read_bytes() == (root / SOWING).read_bytes()


def test_a_second_copying_writes_nothing(root, folder):
    """Not even the record: the times of all files stay."""
    copy_course(root, folder)
    times = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    copied = copy_course(root, folder)
    assert (copied.added, copied.refreshed, copied.kept) == ((), (), ())
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == times


def test_a_page_that_the_learner_changed_stays(root, folder):
    """Also when the course has a newer one: then it is named."""
    copy_course(root, folder)
    (folder / SOWING).write_text("my own notes")
    assert copy_course(root, folder).kept == ()
    write_lesson(root / SOWING, "# Sowing, newer")
    assert copy_course(root, folder).kept == (SOWING,)
    assert (folder / SOWING).read_text() == "my own notes"


def test_a_page_that_was_there_before_the_first_copying_stays(root, folder):
    """Without a record every page counts as the learner's."""
    (folder / SOWING).parent.mkdir(parents=True)
    (folder / SOWING).write_text("my own notes")
    assert copy_course(root, folder).kept == (SOWING,)
    assert (folder / SOWING).read_text() == "my own notes"


def test_an_untouched_older_page_is_refreshed(root, folder):
    """And again when the course changes again."""
    copy_course(root, folder)
    for title in ("# Newer", "# Newest"):
        write_lesson(root / SOWING, title)
        assert copy_course(root, folder).refreshed == (SOWING,)
        assert (folder / SOWING).read_bytes() == (root / SOWING).read_bytes()


def test_a_new_lesson_is_added(root, folder):
    """Beside what is there."""
    copy_course(root, folder)
    write_lesson(root / "modules/01-garden/04-harvest.ipynb", "# Harvest")
    assert copy_course(root, folder).added == ("modules/01-garden/04-harvest.ipynb",)


def test_answers_and_my_work_are_never_touched(root, folder):
    """Even where the handout by mistake holds answers of its own."""
    copy_course(root, folder)
    kept = {
        folder / "my-work.db": b"my work",
        folder / "assignments/a91/answers.json": b"my answers",
        folder / "assignments/a91/notes.txt": b"my notes",
    }
    for path, content in kept.items():
        path.write_bytes(content)
    (root / "_build/handouts/a91/answers.json").write_text("somebody's")
    (root / "_build/handouts/a91/notes.txt").write_text("somebody's")
    copy_course(root, folder)
    assert {path: path.read_bytes() for path in kept} == kept


def test_a_damaged_record_costs_no_page(root, folder):
    """What can no longer be told apart is left as it is."""
    copy_course(root, folder)
    (folder / RECORD).write_text("{half")
    write_lesson(root / SOWING, "# Newer")
    old = (folder / SOWING).read_bytes()
    assert copy_course(root, folder).kept == (SOWING,)
    assert (folder / SOWING).read_bytes() == old


def test_the_course_itself_is_no_place_for_a_copy(root):
    """One sentence that says what to name instead."""
    with pytest.raises(CourseError, match=r"this is the course itself.*--dir"):
        copy_course(root, root)


def test_a_read_only_folder_is_one_sentence(root, sealable):
    """And nothing is left behind in it."""
    shutil.copytree(root, sealable.path / "course")
    mine = sealable.path / "mine"
    sealable.seal()
    with pytest.raises(
        CourseError, match=r"mine: your pages cannot be written here \(Permission denied\).*--dir"
    ):
        copy_course(sealable.path / "course", mine)
    assert not mine.exists()


def test_a_file_in_the_way_is_one_sentence(root, tmp_path):
    """Where the folder should be, there is a file."""
    (tmp_path / "mine").write_text("a file")
    with pytest.raises(CourseError, match="your pages cannot be written here"):
        copy_course(root, tmp_path / "mine")


def test_a_copying_that_is_killed_leaves_whole_pages_and_is_completed(root, folder):
    """Each page is there whole or not at all; the next copying adds the rest."""
    for number in range(10, 99):
        write_lesson(root / f"modules/01-garden/{number}-more.ipynb", "# More", "text " * 20_000)
    call = (
        "import sys; from pathlib import Path; from course.learn.copying import copy_course;"
        "copy_course(Path(sys.argv[1]), Path(sys.argv[2]))"
    )
    process = subprocess.Popen([sys.executable, "-c", call, root, folder])
    begun = time.monotonic()
    while len(list(folder.glob("modules/01-garden/*.ipynb"))) < 3:
        assert time.monotonic() - begun < 30
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    pages = list(folder.glob("modules/01-garden/*.ipynb"))
    assert len(pages) < len(list(root.glob("modules/01-garden/*.ipynb"))), "it was too quick to be killed"
    for page in pages:
        json.loads(page.read_text())
    copied = copy_course(root, folder)
    assert copied.kept == ()
    for page in root.glob("modules/01-garden/*.ipynb"):
        assert (folder / page.relative_to(root)).read_bytes() == page.read_bytes()
