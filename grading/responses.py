"""The answers to quizzes that a cohort sent: exports of browsers and copies of my work.

A file is one learner's. Two files that hold the same answer, given at the same moment, are the
same learner's; so are one export of a browser and one copy of my work that lie alone in a folder
or a zip. Nothing is unpacked, no link is followed, and no file is changed.
"""

from __future__ import annotations

import json
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from course.errors import WorkError
from course.work.browser import FORMAT, read_browser_document
from course.work.database import copied
from course.work.records import Response
from course.work.transfer import records
from grading.packages import MAX_ENTRIES, MAX_FILE, MAX_TOTAL, is_junk, is_zip, printable
from grading.zips import BROKEN

SUFFIXES = (".json", ".db")


@dataclass
class Gathered:
    """The responses of each learner, in the order of time, and what could not be read.

    `faults` are sentences that name a file; nothing else here names anybody.
    """

    learners: list[list[Response]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    passed_over: int = 0  # files that hold no answers to quizzes


@dataclass(frozen=True)
class _Found:
    """One file with answers; `place` is the folder or zip that it lies in, when that is not shared."""

    place: str
    suffix: str
    responses: list[Response]


def read_responses(paths: Iterable[Path]) -> Gathered:
    """Everything that files, zips and folders hold of answers to quizzes; faults are gathered."""
    gathered = Gathered()
    found: list[_Found] = []
    for path in paths:
        for name, place, content in _contents(path, gathered):
            suffix = PurePosixPath(name.lower()).suffix
            try:
                responses = _read(content, suffix, name)
            except (WorkError, ValueError, RecursionError) as error:
                reason = str(error).removeprefix(f"{name}: ")
                gathered.faults.append(f"{name}: {reason}")
                continue
            if responses is None:
                gathered.passed_over += 1
            elif responses:
                found.append(_Found(place, suffix, responses))
    gathered.learners = _by_learner(found)
    return gathered


# Files, zips, folders ---------------------------------------------------------------------------


def _contents(path: Path, gathered: Gathered) -> Iterator[tuple[str, str, bytes]]:
    """Name, place and bytes of every file that may hold answers, below `path` or in it."""
    if path.is_dir():
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.is_symlink())
    else:
        inside = [path]
    for file in inside:
        name = printable(file.relative_to(path).as_posix() if file != path else path.name)
        place = printable(file.parent.as_posix()) if path not in (file.parent, file) else ""
        if is_junk(file.name):
            continue
        try:
            if is_zip(file.name):
                yield from _zipped(file, name, gathered)
            elif file.suffix.lower() not in SUFFIXES:
                gathered.passed_over += 1
            elif file.stat().st_size > MAX_FILE:
                gathered.faults.append(f"{name}: too big to be a learner's answers; ask for it again.")
            else:
                yield name, place, file.read_bytes()
        except OSError as error:
            gathered.faults.append(f"{name}: cannot be read ({error.strerror}); look at its rights.")


def _zipped(file: Path, label: str, gathered: Gathered) -> Iterator[tuple[str, str, bytes]]:
    try:
        with zipfile.ZipFile(file) as archive:
            members = [m for m in archive.infolist() if not m.is_dir()]
            if len(members) > MAX_ENTRIES or sum(m.file_size for m in members) > MAX_TOTAL:
                gathered.faults.append(f"{label}: too big when unpacked; ask for it again.")
                return
            for member in members:
                path = PurePosixPath(member.filename.replace("\\", "/"))
                name = f"{label}/{printable(member.filename)}"
                if any(is_junk(part) for part in path.parts):
                    continue
                if path.suffix.lower() not in SUFFIXES or member.file_size > MAX_FILE:
                    gathered.passed_over += 1
                    continue
                with archive.open(member) as inner:
                    content = inner.read(MAX_FILE + 1)
                yield name, f"{label}/{path.parent}", content
    except BROKEN as error:
        gathered.faults.append(f"{label}: the zip is damaged ({printable(str(error))}); ask for it again.")


def _read(content: bytes, suffix: str, name: str) -> list[Response] | None:
    """The responses in one file; None where it is another kind of file, such as a form's answers."""
    if suffix == ".db":
        return _read_work(content, name)
    document = json.loads(content.decode("utf-8-sig"))
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        return None
    responses, _ = read_browser_document(document)
    return [r for r in responses if (r.quiz, r.item) not in _begun_elsewhere(document)]


def _begun_elsewhere(document: dict) -> set[tuple[str, str]]:
    """What was answered more often than the file shows: its earliest answer is not the first one."""
    found = set()
    for quiz, items in document["quizzes"].items():
        for item, entry in items.items():
            attempt = entry.get("attempt", 1)
            if isinstance(attempt, int) and attempt > 1 + len(entry.get("earlier") or ()):
                found.add((quiz, item))
    return found


def _read_work(content: bytes, name: str) -> list[Response]:
    """The responses in a copy of my work, which SQLite reads from a file of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.db"
        path.write_bytes(content)
        try:
            with closing(copied(path)) as memory:
                return records(Response, memory.execute("SELECT * FROM responses ORDER BY at, id"), path)
        except WorkError as error:
            raise WorkError(str(error).replace(str(path), name)) from None


# Who is who -------------------------------------------------------------------------------------


def _by_learner(found: list[_Found]) -> list[list[Response]]:
    """The responses of each learner, once each, the earliest first."""
    owner = list(range(len(found)))

    def root(index: int) -> int:
        while owner[index] != index:
            index = owner[index]
        return index

    first_with: dict[str, int] = {}
    places: dict[str, list[int]] = defaultdict(list)
    for index, file in enumerate(found):
        if file.place:
            places[file.place].append(index)
        for response in file.responses:
            owner[root(index)] = root(first_with.setdefault(response.id, index))
    for together in places.values():
        if sorted(found[index].suffix for index in together) == sorted(SUFFIXES):
            owner[root(together[0])] = root(together[1])
    learners: dict[int, dict[str, Response]] = defaultdict(dict)
    for index, file in enumerate(found):
        learners[root(index)].update((response.id, response) for response in file.responses)
    return [sorted(own.values(), key=lambda r: (r.at, r.id)) for own in learners.values()]
