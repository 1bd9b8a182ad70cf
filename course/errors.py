"""What goes wrong, in words: the file, the place, what is wrong, what to do instead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one place.

    `line` counts from 1; it is None where the whole file is meant. `item` is the
    id of the item, field, rule or lesson concerned, or an empty string.
    """

    file: str
    line: int | None
    item: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        subject = f"{self.item}: " if self.item else ""
        return f"{place}: {subject}{self.problem} {self.remedy}"

    def as_dict(self) -> dict[str, str | int | None]:
        """The problem as plain JSON data."""
        return {
            "file": self.file,
            "line": self.line,
            "item": self.item,
            "problem": self.problem,
            "remedy": self.remedy,
        }


class CourseError(Exception):
    """The input or the call was wrong; the message is one sentence for a person.

    `kind` names the words in which a learner's page says it (`fault` in the interface texts);
    it is empty where the message itself is for the learner.
    """

    kind = "unexpected"

    def __init__(self, message: str, kind: str = "") -> None:
        self.kind = kind or self.kind
        super().__init__(message)


class ContentError(CourseError):
    """One or more problems in the files of the course; all of them at once."""

    kind = "content"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class ItemChangedError(CourseError):
    """The item is no longer what the page shows that was answered."""

    kind = "item-changed"


class SubmissionError(CourseError):
    """A hand-in that cannot be accepted; the message says why and what to send instead."""

    kind = ""


class WorkError(CourseError):
    """The learner's own file cannot be opened, written or merged."""

    kind = "work-unreachable"


def shown(path: Path, root: Path) -> str:
    """The path as a person knows it: from the root of the course where it lies below it."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
