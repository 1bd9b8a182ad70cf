"""Looks at what the course needs on this computer, in plain sentences with a remedy each."""

from __future__ import annotations

import contextlib
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

from course.content import load_assignment, load_items, load_module, module_folders
from course.errors import CourseError
from course.files import PACKAGE_ROOT
from course.forms import read_answers
from course.learn.copying import WORK
from course.work import open_work

OLDEST, NEWEST = (3, 11), (3, 13)
ENOUGH_MEGABYTES = 200
PINNED = re.compile(r"^([A-Za-z0-9._-]+==[^\s\\]+(?:\s*;[^\\]+)?)", re.MULTILINE)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `remedy` says what to do where it is not `well`."""

    well: bool
    subject: str
    said: str
    remedy: str = ""

    def __str__(self) -> str:
        return f"{self.subject}: {self.said}{f' {self.remedy}' if self.remedy else ''}"

    def as_dict(self) -> dict[str, str | bool]:
        """The finding as plain JSON data."""
        return asdict(self)


def examine(root: Path, folder: Path) -> list[Finding]:
    """Look at Python, the packages, the course at `root` and the learner's `folder`."""
    return [
        _python(),
        _packages(),
        _content(root),
        _writing(folder),
        _space(folder),
        _work(folder / WORK),
        *_assignments(folder),
    ]


def _python() -> Finding:
    found = sys.version_info[:2]
    said = f"this is {found[0]}.{found[1]}."
    if OLDEST <= found <= NEWEST:
        return Finding(True, "Python", said)
    return Finding(False, "Python", said, "Install 3.11, 3.12 or 3.13, then call start.py with it.")


def _packages() -> Finding:
    """What is installed against the lock, where the lock is at hand."""
    lock = PACKAGE_ROOT / "requirements.txt"
    pins = [Requirement(pin) for pin in PINNED.findall(lock.read_text())] if lock.is_file() else []
    needed = [pin for pin in pins if pin.marker is None or pin.marker.evaluate()]
    wrong = []
    for pin in needed:
        try:
            right = Version(version(pin.name)) in pin.specifier
        except PackageNotFoundError:
            right = False
        if not right:
            wrong.append(pin.name)
    if not wrong:
        return Finding(True, "Packages", f"all {len(needed)} are there in the right version.")
    shown = ", ".join(wrong[:5]) + (", ..." if len(wrong) > 5 else "")
    return Finding(
        False,
        "Packages",
        f"{len(wrong)} of {len(needed)} are missing or of another version ({shown}).",
        "Delete the folder .venv and call start.py again.",
    )


def _content(root: Path) -> Finding:
    try:
        modules = [load_module(found.name, root) for found in module_folders(root)]
        items = sum(len(load_items(module.id, root)) for module in modules)
    except CourseError as error:
        return Finding(False, "Course", f"{error}", "Copy the course again from where you have it.")
    return Finding(True, "Course", f"{len(modules)} modules with {items} questions can be read.")


def _writing(folder: Path) -> Finding:
    place = folder if folder.exists() else folder.parent
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        return Finding(
            False,
            "Your folder",
            f"nothing can be written in {place} ({error.strerror}).",
            "Name another folder with --dir.",
        )
    return Finding(True, "Your folder", f"{folder} can be written.")


def _space(folder: Path) -> Finding:
    place = next(path for path in (folder, *folder.parents) if path.exists())
    free = shutil.disk_usage(place).free // 2**20
    if free >= ENOUGH_MEGABYTES:
        return Finding(True, "Space", f"{free} MB are free.")
    return Finding(False, "Space", f"only {free} MB are free.", "Delete what you do not need.")


def _work(path: Path) -> Finding:
    if not path.exists():
        return Finding(True, "My work", "nothing is saved yet; the first answer makes the file.")
    try:
        summary = open_work(path).summary()
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            whole = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    except CourseError as error:
        return Finding(False, "My work", str(error))
    except sqlite3.Error:
        whole = False
    if not whole:
        return Finding(
            False,
            "My work",
            f"{path} is damaged.",
            "Rename it, then take in your last copy: course work import.",
        )
    return Finding(True, "My work", f"{path} is whole, with {summary.responses} answers.")


def _assignments(folder: Path) -> Iterator[Finding]:
    for file in sorted((folder / "assignments").glob("*/assignment.yml")):
        try:
            assignment = load_assignment(file)
            answers = file.with_name("answers.json")
            written = len(read_answers(answers, assignment).answers) if answers.exists() else 0
        except CourseError as error:
            yield Finding(False, f"Form {file.parent.name}", str(error))
        else:
            yield Finding(True, f"Form {file.parent.name}", f"{written} fields are written.")
