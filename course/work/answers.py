"""`answers.json`: what a learner wrote for one assignment, beside that assignment's page.

Here is the file itself: its shape, its bounds, saving it safely, joining two of them. What
each field may hold is known to `course.forms`, which reads the assignment.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from course.errors import SubmissionError
from course.files import write_whole
from course.work.database import PATIENCE, told_in_words
from course.work.moments import EARLIEST
from course.work.records import AssignmentId, FieldName, Stamp, Value, as_json

FILE_NAME = "answers.json"
MAX_BYTES = 1_048_576
STUDENT_ID = re.compile(r"[a-z]{3}-[0-9]{2}")
STUDENT_FIELD = "student_id"
DAMAGED = "answers-damaged"


class Answers(BaseModel):
    """One learner's answers to one assignment. `saved_at` says when each was saved."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    format: Literal["course-answers"] = "course-answers"
    version: Literal[1] = 1
    assignment: AssignmentId
    student_id: str = ""
    answers: dict[FieldName, Value] = Field(default={}, max_length=200)
    saved_at: dict[FieldName, Stamp] = Field(default={}, max_length=200)

    @field_validator("student_id")
    @classmethod
    def _is_a_course_number(cls, value: str) -> str:
        if value and not STUDENT_ID.fullmatch(value):
            raise ValueError("a course number is three small letters, a hyphen, two digits")
        return value

    def as_text(self) -> str:
        """The file's text: sorted, readable, the same for the same answers."""
        document = {**self.model_dump(), "answers": dict(sorted(self.answers.items()))}
        document["saved_at"] = dict(sorted(self.saved_at.items()))
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def with_answers(
    assignment: str, answers: Mapping[str, Any], saved_at: Mapping[str, str], student_id: str = ""
) -> Answers:
    """Answers whose `student_id` is what the learner wrote in the field of that name, where it is one."""
    written = answers.get(STUDENT_FIELD, student_id)
    known = isinstance(written, str) and STUDENT_ID.fullmatch(written)
    return Answers(
        assignment=assignment,
        student_id=written if known else "",
        answers=dict(answers),
        saved_at=dict(saved_at),
    )


def joined(one: Answers, other: Answers) -> Answers:
    """Field by field the one that was saved last; the order of the two does not matter."""
    answers: dict[str, Any] = {}
    saved_at: dict[str, str] = {}
    for field in sorted({*one.answers, *other.answers}):
        held = [side for side in (one, other) if field in side.answers]
        last = max(held, key=lambda side: (side.saved_at.get(field, EARLIEST), as_json(side.answers[field])))
        answers[field] = last.answers[field]
        if field in last.saved_at:
            saved_at[field] = last.saved_at[field]
    return with_answers(one.assignment, answers, saved_at, max(one.student_id, other.student_id))


def load_answers(path: Path) -> Answers | None:
    """The file at `path`, or None where there is none.

    Size is bounded before anything is parsed. Raises SubmissionError, one sentence, for a
    file that is too long, no JSON, or of another shape.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SubmissionError(
            f"{path.name}: this file cannot be read ({error.strerror}).", "work-unreachable"
        ) from error
    if len(data) > MAX_BYTES:
        raise SubmissionError(
            f"{path.name}: this file is longer than 1 MiB, so no form of the course wrote it; "
            "hand in the file that the form made.",
            DAMAGED,
        )
    try:
        return parse_answers(data, path.name)
    except SubmissionError as error:
        error.kind = DAMAGED  # here it is the learner's own file, not what somebody handed in
        raise


@lru_cache(maxsize=1)
def parse_answers(data: bytes, name: str = FILE_NAME) -> Answers:
    """The text of an `answers.json`; raises SubmissionError, one sentence that begins with `name`."""
    try:
        document = json.loads(
            data.decode("utf-8"), object_pairs_hook=_each_name_once, parse_constant=_no_constant
        )
    except RecursionError:
        raise SubmissionError(f"{name}: lists stand too deep in each other; no form writes this.") from None
    except ValueError as error:
        raise SubmissionError(f"{name}: this is not the JSON that the form writes ({error}).") from None
    if not isinstance(document, dict) or document.get("format") != "course-answers":
        raise SubmissionError(
            f"{name}: this is not a file of answers of the course; take the one beside the form."
        )
    if document.get("version") != 1:
        raise SubmissionError(
            f"{name}: this course reads version 1 of this file; bring the course up to date."
        )
    try:
        return Answers.model_validate(document)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(str(part)[:80] for part in fault["loc"])
        message = fault["msg"].removeprefix("Value error, ")
        raise SubmissionError(f"{name}: {place}: {message[:1].lower()}{message[1:]}.") from None


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise ValueError("a name stands twice")
    return document


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is no number")


def change_answers(path: Path, change: Callable[[Answers | None], Answers]) -> Answers:
    """Read, change and write the file at `path` while every other page waits its turn.

    Raises WorkError where it cannot be written and SubmissionError where what stands
    there cannot be read; the file is then as it was.
    """
    with told_in_words(path), turn(path.parent):
        before = load_answers(path)
        after = change(before)
        text = after.as_text()
        if len(text.encode("utf-8")) > MAX_BYTES:
            raise SubmissionError(f"{path.name}: this would be longer than 1 MiB; write less.")
        if after != before:
            write_whole(path, text)
    return after


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Hold the folder's lock: SQLite's own, on an empty file, since it is the same on every system.

    The system frees it when a page is killed, so there is never a stale one.
    """
    with closing(sqlite3.connect(folder / ".answers.lock", timeout=PATIENCE, isolation_level=None)) as lock:
        lock.execute("PRAGMA journal_mode = MEMORY")
        lock.execute("BEGIN IMMEDIATE")
        yield
        lock.execute("ROLLBACK")
