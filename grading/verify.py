"""Grades the same hand-ins with both engines in copies of a course, and compares all that came of it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, nullcontext
from dataclasses import dataclass
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from course.errors import CourseError
from grading.compare import compare_courses
from grading.engine.finding import is_form
from grading.environment import path_with_commands, quiet_kernels

CONFIG = "nbgrader_config.py"
SQLITE = "sqlite:///"


@dataclass(frozen=True)
class Verification:
    """How many submissions both engines graded, and each difference in a sentence."""

    submissions: int
    differences: tuple[str, ...]


def verify_assignment(
    root: Path, assignment: str, *, students: int | None = None, trust_submissions: bool = False
) -> Verification:
    """Grade `assignment` of the course at `root` with both engines, each in a copy, and compare.

    `students` bounds how many are taken, in the order of their ids. The course itself is only
    read. Stock kernels run submissions with your own rights: what is no form needs
    `trust_submissions`. Raises CourseError where the course or its hand-ins are not there.
    """
    root = root.absolute()
    course = _open_course(root)
    form = is_form(course.format_path(course.source_directory, ".", assignment))
    if not form and not trust_submissions:
        raise CourseError(
            f"{assignment}: the stock engine runs the learners' own code on this computer with your rights; "
            "say --trust-submissions if you have read it."
        )
    there = sorted((root / "submitted").glob(f"*/{assignment}"))[:students]
    if not there:
        raise CourseError(f"{root.name}: nothing was handed in for {assignment}.")
    with tempfile.TemporaryDirectory(prefix="grading-verify-") as folder:
        ours, stock = Path(folder) / "fast" / "course", Path(folder) / "stock" / "course"
        for copy in (ours, stock):
            _copy_course(root, course.db_url, copy, assignment, there)
        for copy, command in (
            (ours, ["grading.cli", "autograde", "--engine=fast"]),
            (stock, ["nbgrader", "autograde"]),
        ):
            _run(copy, [*command, assignment], quiet=form)
        return Verification(len(there), tuple(compare_courses(ours, stock, assignment)))


def _open_course(root: Path) -> CourseDirectory:
    if not (root / "submitted").is_dir():
        raise CourseError(f"{root}: this is no course folder of nbgrader (submitted/ is missing).")
    config = Config()
    if (root / CONFIG).is_file():
        config = PyFileConfigLoader(CONFIG, path=str(root)).load_config()
    config.CourseDirectory.root = str(root)
    course = CourseDirectory(config=config)
    if not course.db_url.startswith(SQLITE):
        raise CourseError(f"{root.name}: its gradebook is no SQLite file, which is what can be copied.")
    return course


def _copy_course(root: Path, db_url: str, copy: Path, assignment: str, submissions: list[Path]) -> None:
    copy.mkdir(parents=True)
    for name in (CONFIG, "students.csv"):
        if (root / name).is_file():
            shutil.copy(root / name, copy / name)
    for kind in ("source", "release"):
        if (root / kind / assignment).is_dir():
            shutil.copytree(root / kind / assignment, copy / kind / assignment)
    for path in submissions:
        shutil.copytree(path, copy / path.relative_to(root), symlinks=True)
    with (
        closing(sqlite3.connect(f"file:{db_url.removeprefix(SQLITE)}?mode=ro", uri=True)) as theirs,
        closing(sqlite3.connect(copy / "gradebook.db")) as ours,
    ):
        theirs.backup(ours)


def _run(copy: Path, command: list[str], *, quiet: bool) -> None:
    """Both engines get their folder and their gradebook by argument, whatever the course's settings name."""
    places = [f"--course-dir={copy}", f"--db={SQLITE}{copy / 'gradebook.db'}", "--force"]
    with quiet_kernels(silence_warnings=True) if quiet else nullcontext():
        done = subprocess.run(
            [sys.executable, "-m", *command, *places],
            cwd=copy,
            env={**os.environ, "PATH": path_with_commands()},
            capture_output=True,
            text=True,
            check=False,
        )
    if not any(copy.glob("autograded/*/*")) and done.returncode:
        raise CourseError(f"{command[0]} graded nothing: {done.stderr.strip().splitlines()[-1:]}")
