"""A kill, a full disk, two people at once, code that never ends: nothing lost, nothing graded twice."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from course.errors import CourseError
from grading.lock import hold_course
from grading.records import load_records
from grading.workspace import open_course
from tests.grading.courses import RIGHT, answered, hand_in, standings
from tests.grading.handins import run

COMMAND = str(Path(sys.executable).parent / "grading")
# More than the writer commits at once: a kill that comes late still comes before the end.
MANY = [f"student-{number:02d}" for number in range(1, 49)]
HALF = RIGHT | {"test_double": 0.0}
LOOP = "import itertools\ndef double(x):\n    for _ in itertools.count(): pass\ndouble(1)"


def crowd(root: Path) -> dict[str, dict]:
    """Every second one of many gets the last point wrong; returns the points of each."""
    expected = {}
    for place, student in enumerate(MANY):
        wrong = {"double": "def double(x):\n    return x"} if place % 2 else {}
        hand_in(root, student, answered(root, **wrong))
        expected[student] = HALF if place % 2 else RIGHT
    return expected


def start(root: Path, *options: str, **how) -> subprocess.Popen:
    """The real command in a process group of its own."""
    return subprocess.Popen(
        [COMMAND, "autograde", "ps1", *options],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
        **how,
    )


def pages(root: Path) -> dict[str, int]:
    """Each graded page with the moment it was written."""
    return {path.parts[-3]: path.stat().st_mtime_ns for path in root.glob("autograded/*/ps1/p1.ipynb")}


def kill_when(root: Path, moment: Callable[[], bool]) -> None:
    """Start grading and kill -9 the command at that moment; no process of it may live on."""
    process = start(root)
    end = time.monotonic() + 60
    while not moment():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.001)
    family = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    _, alive = psutil.wait_procs(family, timeout=20)
    assert alive == []


def no_file_beyond(size: int) -> Callable[[], None]:
    """What a full disk does: no file grows past `size` bytes."""

    def before() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return before


@dataclass(frozen=True)
class Story:
    """One course through a full disk and two kills: what was seen on the way, and what came of it."""

    root: Path
    expected: dict[str, dict]
    full_disk: subprocess.CompletedProcess
    integrity: tuple[str, ...]
    before: dict[str, int]
    finished: subprocess.CompletedProcess


@pytest.fixture(scope="module")
def story(numbers, tmp_path_factory) -> Story:
    """Nothing goes right until the last run: the disk is full, then the command is killed twice."""
    root = shutil.copytree(numbers, tmp_path_factory.mktemp("story") / "course")
    expected = crowd(root)
    gradebook = root / "gradebook.db"
    full = start(root, preexec_fn=no_file_beyond(gradebook.stat().st_size))
    said = full.communicate(timeout=120)
    with sqlite3.connect(gradebook) as database:
        integrity = tuple(row[0] for row in database.execute("pragma integrity_check"))
    written = gradebook.stat().st_mtime_ns
    kill_when(root, lambda: gradebook.stat().st_mtime_ns != written)
    there = len(pages(root))
    kill_when(root, lambda: len(pages(root)) > there)
    before = pages(root)
    return Story(
        root,
        expected,
        subprocess.CompletedProcess(full.args, full.returncode, *said),
        integrity,
        before,
        run("grading", "autograde", "ps1", cwd=root),
    )


def test_a_full_disk_is_told_in_words(story):
    """Status 1, one sentence and no traceback; the gradebook is whole."""
    assert story.full_disk.returncode == 1
    assert "disk" in story.full_disk.stderr
    assert "Traceback" not in story.full_disk.stderr
    assert story.integrity == ("ok",)


def test_after_a_full_disk_and_two_kills_the_next_run_finishes(story):
    """Every page and every point is there, and every submission has its record."""
    assert story.finished.returncode == 0, story.finished.stderr
    told = standings(story.root)
    assert {student: told[student]["points"] for student in MANY} == story.expected
    assert load_records(story.root, "ps1").keys() == set(MANY)


def test_nothing_is_graded_twice(story):
    """What was done before the last kill was not touched by the run after it."""
    assert 0 < len(story.before) < len(MANY)
    after = pages(story.root)
    assert {student: moment for student, moment in after.items() if student in story.before} == story.before


def test_a_kill_leaves_nothing_behind(story):
    """No half page, no folder of the work, no note of who was at work."""
    left = [path.name for path in story.root.rglob(".*") if path.name != ".grading.lock"]
    assert left == []


def test_the_second_instructor_is_told_who_is_at_work(numbers, tmp_path):
    """The real command changes nothing while another one holds the folder."""
    root = shutil.copytree(numbers, tmp_path / "course")
    hand_in(root, "honest", answered(root))
    with hold_course(root, "feedback"):
        second = run("grading", "autograde", "ps1", cwd=root)
    assert second.returncode != 0
    assert f"`grading feedback` (process {os.getpid()} of " in second.stderr
    assert "is at work in this folder; nothing was changed." in second.stderr
    assert "Traceback" not in second.stderr
    assert not (root / "autograded").exists()


def test_the_folder_is_free_again_after_a_kill(tmp_path):
    """The system lets go of the lock with the process; nobody has to remove a file."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    assert holder.stdout.readline() == "held\n"
    with (
        pytest.raises(CourseError, match=rf"`grading collect` \(process {holder.pid} of "),
        hold_course(tmp_path, "autograde"),
    ):
        pass
    holder.kill()
    holder.communicate()
    with hold_course(tmp_path, "autograde"):
        pass


HOLD = """
import sys, time
from pathlib import Path
from grading.lock import hold_course
with hold_course(Path(sys.argv[1]), "collect"):
    print("held", flush=True)
    time.sleep(60)
"""


# What does not end, and what cannot begin --------------------------------------------------------


@pytest.fixture(scope="module")
def stopped(numbers, tmp_path_factory) -> dict[str, dict]:
    """A course with a time limit: an endless loop, a process that ends itself, one that crashes."""
    root = shutil.copytree(numbers, tmp_path_factory.mktemp("stopped") / "course")
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("c.Execute.timeout = 2\n")
    hand_in(root, "honest", answered(root))
    hand_in(root, "endless", answered(root, double=LOOP))
    hand_in(root, "leaves", answered(root, double="import os\nos._exit(0)"))
    hand_in(root, "crashes", answered(root, double="import ctypes\nctypes.string_at(0)"))
    graded = run("grading", "autograde", "ps1", cwd=root)
    assert "Traceback" not in graded.stderr
    made = run("grading", "feedback", "ps1", cwd=root)
    assert made.returncode == 0, made.stderr
    return standings(root) | {"root": root}


@pytest.mark.parametrize("student", ["endless", "leaves", "crashes"])
def test_what_was_graded_before_a_stop_keeps_its_points(stopped, student):
    """Stock nbgrader loses them; what did not end has no points, is flagged, and waits for a person."""
    row = stopped[student]
    assert row["state"] == "needs marking"
    assert row["points"]["test_square"] == 2.0
    assert row["points"]["test_double"] == 0.0


@pytest.mark.parametrize("student", ["leaves", "crashes"])
def test_a_stop_is_flagged_and_told_to_the_learner(stopped, student):
    """In the status by the cell, and beside that part in the page that comes back."""
    flags = [(flag["grade_id"], flag["code"]) for flag in stopped[student]["flags"]]
    assert ("test_double", "stopped") in flags
    page = (stopped["root"] / "feedback" / student / "ps1" / "p1.html").read_text(encoding="utf-8")
    assert "The parts before it keep their points." in page


def test_a_stop_costs_nobody_else_anything(stopped):
    """The neighbour's page is graded as ever."""
    assert (stopped["honest"]["points"], stopped["honest"]["flags"]) == (RIGHT, [])


def test_a_missing_kernel_is_not_graded_and_never_zero(numbers, tmp_path):
    """The instructor's computer lacks it: no grade is written, and the reason is told."""
    root = shutil.copytree(numbers, tmp_path / "course")
    hand_in(root, "honest", answered(root))
    with sqlite3.connect(root / "gradebook.db") as database:
        database.execute("update notebook set kernelspec = replace(kernelspec, 'python3', 'nowhere')")
    tried = run("grading", "autograde", "ps1", cwd=root)
    assert tried.returncode == 1
    row = standings(root)["honest"]
    assert (row["state"], row["points"], row["score"]) == ("not graded", {}, None)
    assert "nowhere" in row["reasons"][0]
    with open_course(root).open_gradebook() as gradebook:
        grades = gradebook.find_submission_notebook("p1", "ps1", "honest").grades
        assert {grade.auto_score for grade in grades} == {None}


def test_each_submission_has_a_log_that_tells_what_became_of_it(stopped):
    """One file each: the outcome first, then what the grading said, line by line."""
    logs = {
        path.stem: path.read_text(encoding="utf-8") for path in (stopped["root"] / "logs/ps1").glob("*.log")
    }
    assert logs.keys() == {"honest", "endless", "leaves", "crashes"}
    assert logs["honest"].startswith("honest, ps1: graded at ")
    assert stopped["leaves"]["flags"][0]["sentence"] in logs["leaves"]
