"""Reads a zip that somebody sent: its table of contents is judged before anything is unpacked."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO

from grading.findings import Finding
from grading.packages import (
    ANSWERS,
    MANIFEST,
    MAX_ENTRIES,
    MAX_FILE,
    MAX_NESTING,
    MAX_RATIO,
    MAX_TOTAL,
    Package,
    is_junk,
    is_part,
    is_upload,
    is_zip,
    printable,
)

BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)


def open_zip(file: IO[bytes], outer: Package, depth: int = 1) -> Iterator[Package]:
    """The packages of one zip, read from memory or disk; what is wrong with it is their fault.

    `outer` carries the label, the date and the whole of the zip itself.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            faults = list(_faults(archive.infolist()))
            if faults:
                yield _like(outer, faults=faults[:1])
                return
            yield from _read(archive, outer, depth)
    except BROKEN as error:
        reason = printable(str(error)).rstrip(".") or type(error).__name__
        yield _like(outer, faults=[Finding("damaged-zip", reason)])


def _like(outer: Package, **changes: object) -> Package:
    return replace(outer, **{"files": {}, "faults": [], **changes})


def _faults(members: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    """What forbids to read a zip, seen from its table of contents alone."""
    if len(members) > MAX_ENTRIES:
        yield Finding("too-big", f"{len(members):,} files")
    total = sum(member.file_size for member in members)
    if total > MAX_TOTAL:
        yield Finding("too-big", f"{total:,} bytes when unpacked")
    for member in members:
        shown = repr(printable(member.orig_filename))
        path = PurePosixPath(member.orig_filename.replace("\\", "/"))
        drive = path.parts[0].endswith(":") if path.parts else False
        if path.is_absolute() or ".." in path.parts or drive or "\0" in member.orig_filename:
            yield Finding("unsafe-zip", f"the path {shown}")
        if stat.S_ISLNK(member.external_attr >> 16):
            yield Finding("unsafe-zip", f"the link {shown}")
        if member.file_size > max(1_000_000, MAX_RATIO * member.compress_size):
            yield Finding("too-big", f"{shown} unpacks to {member.file_size:,} bytes")
        if member.flag_bits & 1:
            yield Finding("locked-zip")


def _read(archive: zipfile.ZipFile, outer: Package, depth: int) -> Iterator[Package]:
    folders: dict[PurePosixPath, list[zipfile.ZipInfo]] = defaultdict(list)
    zips: list[zipfile.ZipInfo] = []
    for member in archive.infolist():
        path = _path(member)
        if member.is_dir() or any(is_junk(part) for part in path.parts):
            continue
        if is_zip(path.name):
            zips.append(member)
        else:
            folders[path.parent].append(member)
    holding = {f: inside for f, inside in folders.items() if any(is_part(_name(m)) for m in inside)}
    for folder, inside in sorted(holding.items()):
        upload = next((part for part in folder.parts if is_upload(part)), None)
        package = _like(
            outer,
            label=outer.label if len(holding) == 1 else f"{outer.label}/{printable(str(folder))}",
            whole=f"{outer.whole}/{upload}" if upload else outer.whole,
        )
        yield from _read_folder(archive, inside, package)
    for member in zips:
        label = f"{outer.label}/{printable(member.filename)}"
        inner = _like(outer, label=label, whole=label)
        if depth == MAX_NESTING:
            yield replace(inner, faults=[Finding("too-big", "there are zips within its zips")])
        else:
            yield from open_zip(io.BytesIO(_content(archive, member, MAX_TOTAL)), inner, depth + 1)
    if not holding and not zips:
        yield _like(outer)


def _read_folder(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], like: Package
) -> Iterator[Package]:
    """The files of one folder of a zip; a name that stands twice makes a second package."""
    packages: list[Package] = []
    for member in members:
        name = _name(member)
        package = next((package for package in packages if name not in package.files), None)
        if package is None:
            package = _like(like)
            packages.append(package)
        if member.file_size > MAX_FILE:
            package.faults.append(Finding("too-big", f"{printable(name)} has {member.file_size:,} bytes"))
            continue
        try:
            package.files[name] = _content(archive, member, MAX_FILE)
        except BROKEN:
            if name in (ANSWERS, MANIFEST):
                raise
            package.files[name] = b""  # a damaged page is never used, so it need not stop the rest
    yield from packages


def _content(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes:
    with archive.open(member) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise zipfile.BadZipFile(f"{member.filename} is larger than it says")
    return content


def _path(member: zipfile.ZipInfo) -> PurePosixPath:
    return PurePosixPath(member.filename.replace("\\", "/"))


def _name(member: zipfile.ZipInfo) -> str:
    return _path(member).name.lower()
