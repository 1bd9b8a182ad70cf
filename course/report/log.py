"""What was sent, when, by which way, with which receipt: one line a submission, never changed, only added.

The log stands beside the learner's own work and is sent nowhere.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from course.errors import CourseError
from course.files import write_whole

GENEVA = ZoneInfo("Europe/Zurich")  # Geneva keeps the time of its country
Channel = Literal["submission-system", "email", "paper", "other"]


class Submission(BaseModel):
    """One submission, or a later line about it.

    `at` is the moment in Geneva; `sha256` that of the file as it was sent, so that nobody
    wonders later which version it was. `corrects` names the line that this one corrects.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    number: int = Field(ge=1)
    report: str = Field(min_length=1)
    body: str = Field(min_length=1)
    stage: str = Field(min_length=1)
    at: datetime
    channel: Channel
    file: str = ""
    sha256: str = ""
    receipt: str = ""
    publication: Literal["public", "confidential", "undecided"] = "undecided"
    link: str = ""
    note: str = ""
    corrects: int | None = None


def read_log(path: Path) -> tuple[Submission, ...]:
    """All lines of the log, none where there is no file. Raises CourseError for a line that is no entry."""
    if not path.exists():
        return ()
    entries = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            entries.append(Submission.model_validate_json(line))
        except ValidationError:
            raise CourseError(
                f"{path.name}:{number}: this line is no submission; restore the file from a copy."
            ) from None
    return tuple(entries)


def add_submission(path: Path, *, at: datetime, sent: Path | None = None, **values: object) -> Submission:
    """One more line at the end of the log; `at` may be in any zone and is kept in Geneva's.

    Raises CourseError for a moment without a zone, a file that is not there, or values that do
    not fit; then nothing is written.
    """
    if at.tzinfo is None:
        raise CourseError("the moment has no time zone; say which clock it was read from.")
    entries = read_log(path)
    if sent is not None and not sent.is_file():
        raise CourseError(f"{sent.name}: there is no such file; name the file as it was sent.")
    corrects = values.get("corrects")
    if corrects is not None and corrects not in {entry.number for entry in entries}:
        raise CourseError(f"the log has no line {corrects} that could be corrected.")
    try:
        entry = Submission(
            number=len(entries) + 1,
            at=at.astimezone(GENEVA),
            file=sent.name if sent else "",
            sha256=hashlib.sha256(sent.read_bytes()).hexdigest() if sent else "",
            **values,
        )
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        raise CourseError(f"the submission was not noted: {fault['loc'][0]}: {fault['msg']}.") from None
    lines = [one.model_dump_json(exclude_defaults=True) for one in (*entries, entry)]
    write_whole(path, "\n".join(lines) + "\n")
    return entry


def moment_in_geneva(text: str | None) -> datetime:
    """A moment as people type it (`2027-09-13T22:05`), Geneva's unless it names its zone; None is now.

    Raises CourseError for what is no moment.
    """
    if text is None:
        return datetime.now(GENEVA)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise CourseError(f"{text!r} is no moment; write it as 2027-09-13T22:05.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=GENEVA)
