"""Putting aside what cannot be read, so that the learner can go on. Nothing is deleted."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from course.errors import SubmissionError, WorkError
from course.work.answers import FILE_NAME, load_answers
from course.work.database import copied, told_in_words
from course.work.records import KINDS
from course.work.transfer import records

UNREADABLE = frozenset({"work-damaged", "work-foreign"})


def put_aside(work: Path, assignments: Path) -> list[Path]:
    """Rename the file of my work and the answers beside it where they are damaged; their new names.

    What can be read stays, and so does what a newer course wrote. Raises WorkError where the disk refuses.
    """
    found = [work] if _is_unreadable(work) else []
    found += [path for path in sorted(assignments.glob(f"*/{FILE_NAME}")) if not _has_answers(path)]
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    moved = []
    for path in found:
        with told_in_words(path):
            moved.append(path.rename(path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")))
            journal = path.with_name(f"{path.name}-journal")
            if journal.exists():  # it would be played into the new file
                journal.rename(f"{moved[-1]}-journal")
    return moved


def _is_unreadable(work: Path) -> bool:
    """Whether there is something that is no whole file of my work, and never will be."""
    if work.is_dir():
        return True
    if not work.exists():
        return False
    try:
        with closing(copied(work)) as copy:
            for kind in KINDS:
                records(kind, copy.execute(f"SELECT * FROM {kind.TABLE}"), work)
    except WorkError as error:
        return error.kind in UNREADABLE
    return False


def _has_answers(path: Path) -> bool:
    try:
        return load_answers(path) is not None
    except SubmissionError:
        return False
