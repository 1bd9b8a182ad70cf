"""Looks at the folder of a hand-in before anything in it is opened or copied.

nbgrader copies the files beside a page and follows links: a link named data.csv would bring
any file of the computer into `autograded/`, where the page's code reads it.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from grading.findings import Finding
from grading.packages import printable

MAX_FILES = 1_000  # of one hand-in, folders counted too
MAX_BYTES = 500_000_000  # of all its files; a page alone is bounded far lower
MAX_NAME = 128  # letters of a student's id
FORMULA_STARTS = "=+-@＝＋－＠−"  # in spreadsheets, full width and mathematical minus included
FORBIDDEN = set(',;"\\/|<>*?[]{}$&!`')  # separators of tables, paths, patterns, command lines
COPY = re.compile(r"(?:\s*\(\d+\)|-Copy\d+|[ _-]copy(?:[ _-]?\d+)?)+", re.IGNORECASE)


def inspect_folder(folder: Path) -> Finding | None:
    """Why the hand-in at `folder` (`submitted/STUDENT/ASSIGNMENT`) must not be graded, or None.

    Links, devices and pipes are never opened; names that a terminal would obey, an odd
    student id, and far too many or too large files are refused. Reads no file.
    """
    return next(_faults(folder), None)


def _faults(folder: Path) -> Iterator[Finding]:
    student = folder.parent.name
    if not is_student(student):
        yield Finding("page-name", repr(printable(student)))
    if folder.is_symlink() or folder.parent.is_symlink():
        yield Finding("page-link", f"{printable(student)}/{printable(folder.name)}")
    files = size = 0
    try:
        for entry in _walk(folder):
            about = entry.stat(follow_symlinks=False)
            yield from _entry_faults(os.path.relpath(entry.path, folder), about.st_mode)
            files, size = files + 1, size + about.st_size
            if files > MAX_FILES:
                yield Finding("page-too-many", f"more than {MAX_FILES:,} files")
            if size > MAX_BYTES:
                yield Finding("page-too-many", f"more than {MAX_BYTES:,} bytes")
    except OSError as error:
        yield Finding("page-unreadable", f"The folder cannot be read ({error.strerror})")


def _entry_faults(path: str, mode: int) -> Iterator[Finding]:
    name = printable(path)
    if stat.S_ISLNK(mode):
        yield Finding("page-link", name)
    elif not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        yield Finding("page-name", f"{name}, a device or a pipe,")
    elif name != path:
        yield Finding("page-name", repr(name))


def is_student(name: str) -> bool:
    """Whether a folder's name can be a student's id: printable, no path, pattern, formula or option."""
    return (
        0 < len(name) <= MAX_NAME
        and name.isprintable()
        and name == name.strip()
        and name[0] not in FORMULA_STARTS + "."
        and not FORBIDDEN & set(name)
    )


def find_page(folder: Path, notebook: str, known: Collection[str]) -> Path | None:
    """The page `notebook` of a hand-in: under its name, else the only copy of it.

    Browsers save `p1.ipynb` as `p1 (1).ipynb`, JupyterLab as `p1-Copy1.ipynb`. `known` are the
    names of all pages of the assignment: one of those is never taken for another.
    """
    path = folder / f"{notebook}.ipynb"
    if path.is_file():
        return path
    copies = [
        other
        for other in sorted(folder.glob("*.ipynb"))
        if other.stem.startswith(notebook)
        and COPY.fullmatch(other.stem.removeprefix(notebook))
        and other.stem not in known
    ]
    return copies[0] if len(copies) == 1 else None


def _walk(folder: Path) -> Iterator[os.DirEntry]:
    with os.scandir(folder) as entries:
        for entry in entries:
            yield entry
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path))
