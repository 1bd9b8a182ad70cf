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
MANY = [f"student-{number:02d}" for number in range(1, 33)]
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


def test_a_kill_at_any_moment_is_finished_by_the_next_run(numbers, tmp_path):
    """Before the first page, between pages, while the gradebook is written: all points come, each once."""
    root = shutil.copytree(numbers, tmp_path / "course")
    expected = crowd(root)
    gradebook = root / "gradebook.db"
    untouched = gradebook.stat().st_mtime_ns
    kill_when(root, lambda: gradebook.stat().st_mtime_ns != untouched)
    kill_when(root, lambda: len(pages(root)) > 0)
    before = pages(root)
    kill_when(root, lambda: len(pages(root)) > len(before))
    before = pages(root)
    assert 0 < len(before) < len(MANY)
    finished = run("grading", "autograde", "ps1", cwd=root)
    assert finished.returncode == 0, finished.stderr
    after = pages(root)
    assert after.keys() == set(MANY)
    assert {student: moment for student, moment in after.items() if student in before} == before
    told = standings(root)
    assert {student: told[student]["points"] for student in MANY} == expected
    assert load_records(root, "ps1").keys() == set(MANY)
    left = [path.name for path in root.rglob(".*") if path.name not in (".grading.lock",)]
    assert left == []


def no_file_beyond(size: int) -> Callable[[], None]:
    """What a full disk does: no file grows past `size` bytes."""

    def before() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return before


def test_a_full_disk_is_told_in_words_and_the_next_run_finishes(numbers, tmp_path):
    """The gradebook cannot grow: no traceback, no half of anything, and afterwards every point."""
    root = shutil.copytree(numbers, tmp_path / "course")
    expected = crowd(root)
    process = start(root, preexec_fn=no_file_beyond((root / "gradebook.db").stat().st_size))
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 1, errors
    assert "disk" in errors
    assert "Traceback" not in errors
    with sqlite3.connect(root / "gradebook.db") as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    finished = run("grading", "autograde", "ps1", cwd=root)
    assert finished.returncode == 0, finished.stderr
    told = standings(root)
    assert {student: told[student]["points"] for student in MANY} == expected


def test_two_instructors_at_once_are_safe(numbers, tmp_path):
    """One grades, the other reads who is at work; nothing is lost, and a third run has nothing to do."""
    root = shutil.copytree(numbers, tmp_path / "course")
    expected = crowd(root)
    both = [start(root), start(root)]
    said = [process.communicate(timeout=120)[1] for process in both]
    codes = [process.returncode for process in both]
    assert sorted(codes) in ([0, 1], [0, 2]), said
    refused = said[codes.index(max(codes))]
    assert "is at work in this folder" in refused
    assert f"process {both[codes.index(0)].pid}" in refused
    assert "Traceback" not in refused
    told = standings(root)
    assert {student: told[student]["points"] for student in MANY} == expected


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
    """A course with a time limit: an endless loop, a process that ends itself, one that is killed."""
    root = shutil.copytree(numbers, tmp_path_factory.mktemp("stopped") / "course")
    with (root / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write("c.Execute.timeout = 2\n")
    hand_in(root, "honest", answered(root))
    hand_in(root, "endless", answered(root, double=LOOP))
    hand_in(root, "leaves", answered(root, double="import os\nos._exit(0)"))
    hand_in(root, "killed", answered(root, double="import os\nos.kill(os.getpid(), 9)"))
    graded = run("grading", "autograde", "ps1", cwd=root)
    assert "Traceback" not in graded.stderr
    made = run("grading", "feedback", "ps1", cwd=root)
    assert made.returncode == 0, made.stderr
    return standings(root) | {"root": root}


@pytest.mark.parametrize("student", ["endless", "leaves", "killed"])
def test_what_was_graded_before_a_stop_keeps_its_points(stopped, student):
    """Stock nbgrader loses them; what did not end has no points, is flagged, and waits for a person."""
    row = stopped[student]
    assert row["state"] == "needs marking"
    assert row["points"]["test_square"] == 2.0
    assert row["points"]["test_double"] == 0.0


@pytest.mark.parametrize("student", ["leaves", "killed"])
def test_a_stop_is_flagged_and_told_to_the_learner(stopped, student):
    """In the status by the cell, and beside that part in the page that comes back."""
    flags = [(flag["grade_id"], flag["code"]) for flag in stopped[student]["flags"]]
    assert flags == [("test_double", "stopped")]
    page = (stopped["root"] / "feedback" / student / "ps1" / "p1.html").read_text(encoding="utf-8")
    assert "The parts before it keep their points." in page


def test_a_stop_costs_nobody_else_anything(stopped):
    """The neighbour's page is graded as ever."""
    assert (stopped["honest"]["points"], stopped["honest"]["flags"]) == (RIGHT, [])


def test_a_missing_kernel_is_not_graded_and_never_zero(numbers, tmp_path):
    """The instructor's computer lacks it: no grade is written, the reason is told, a later run grades."""
    root = shutil.copytree(numbers, tmp_path / "course")
    hand_in(root, "honest", answered(root))
    with sqlite3.connect(root / "gradebook.db") as database:
        (whole,) = database.execute("select kernelspec from notebook").fetchone()
        database.execute("update notebook set kernelspec = replace(kernelspec, 'python3', 'nowhere')")
    tried = run("grading", "autograde", "ps1", cwd=root)
    assert tried.returncode == 1
    row = standings(root)["honest"]
    assert (row["state"], row["points"], row["score"]) == ("not graded", {}, None)
    assert "nowhere" in row["reasons"][0]
    with open_course(root).open_gradebook() as gradebook:
        grades = gradebook.find_submission_notebook("p1", "ps1", "honest").grades
        assert {grade.auto_score for grade in grades} == {None}
    with sqlite3.connect(root / "gradebook.db") as database:
        database.execute("update notebook set kernelspec = ?", (whole,))
    assert run("grading", "autograde", "ps1", cwd=root).returncode == 0
    assert standings(root)["honest"]["points"] == RIGHT


def test_each_submission_has_a_log_that_tells_what_became_of_it(stopped):
    """One file each: the outcome first, then what the grading said, line by line."""
    logs = {
        path.stem: path.read_text(encoding="utf-8") for path in (stopped["root"] / "logs/ps1").glob("*.log")
    }
    assert logs.keys() == {"honest", "endless", "leaves", "killed"}
    assert logs["honest"].startswith("honest, ps1: graded at ")
    assert stopped["killed"]["flags"][0]["sentence"] in logs["killed"]
    assert os.sep not in next(iter(logs))
