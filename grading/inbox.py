"""Looks into an inbox: every folder and zip in it that may be a hand-in, read without trusting it.

Nothing is unpacked to the disk, no link is followed, no name is used as a path, and sizes
are bounded before anything is read. The inbox is never changed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from grading.findings import Finding
from grading.packages import MAX_FILE, MAX_TOTAL, Package, is_junk, is_part, is_upload, is_zip, printable
from grading.zips import open_zip


def find_packages(inbox: Path) -> Iterator[Package]:
    """Every possible hand-in of the inbox, in the order of their names.

    Other files are packages too, with the fault `unknown-file`; only what systems leave
    behind (`.DS_Store`, `__MACOSX`) is passed over.
    """
    yield from _look_into(inbox, inbox, "")


def _look_into(folder: Path, inbox: Path, whole: str) -> Iterator[Package]:
    label = printable(folder.relative_to(inbox).as_posix())
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield Package(label, faults=[Finding("unreadable", label)], whole=whole)
        return
    entries = [entry for entry in entries if not is_junk(entry.name)]
    holds_work = any(is_part(e.name.lower()) for e in entries if not e.is_dir(follow_symlinks=False))
    if holds_work:
        yield _read_folder(label, entries, whole)
    for entry in entries:
        path = folder / entry.name
        place = printable(path.relative_to(inbox).as_posix())
        if entry.is_symlink():
            if not holds_work:
                yield Package(place, faults=[Finding("unsafe-link", place)], whole=whole)
        elif entry.is_dir():
            yield from _look_into(path, inbox, whole or (place if is_upload(entry.name) else ""))
        elif is_zip(entry.name):
            yield from _open_file(path, place, whole or place)
        elif not holds_work:
            yield Package(place, faults=[Finding("unknown-file")], whole=whole)


def _read_folder(label: str, entries: list[os.DirEntry], whole: str) -> Package:
    package = Package(label, whole=whole)
    for entry in entries:
        name = printable(entry.name)
        if entry.is_symlink():
            package.faults.append(Finding("unsafe-link", name))
            continue
        if is_zip(entry.name):
            continue
        try:
            status = entry.stat()
            if not stat.S_ISREG(status.st_mode):
                continue
            if status.st_size > MAX_FILE:
                package.faults.append(Finding("too-big", f"{name} has {status.st_size:,} bytes"))
                continue
            package.files[entry.name.lower()] = Path(entry.path).read_bytes()
            package.modified = max(package.modified, status.st_mtime)
        except OSError:
            package.faults.append(Finding("unreadable", name))
    return package


def _open_file(path: Path, label: str, whole: str) -> Iterator[Package]:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield Package(label, faults=[Finding("unknown-file")], whole=whole)
        elif status.st_size > MAX_TOTAL:
            yield Package(label, faults=[Finding("too-big", f"{status.st_size:,} bytes")], whole=whole)
        else:
            with path.open("rb") as file:
                yield from open_zip(file, Package(label, modified=status.st_mtime, whole=whole))
    except OSError:
        yield Package(label, faults=[Finding("unreadable", label)], whole=whole)
