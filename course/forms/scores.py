"""What a check of a real report may say of it to somebody else: points and codes, never its words."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, ValidationError

from course.content.models import FormField
from course.content.models.base import Model
from course.errors import SubmissionError

SCORES_FILE = "report.json"
MAX_BYTES = 100_000

Contents = Literal["scores", "text"]
Severity = Literal["error", "not-checked", "warning", "info"]
Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", max_length=40)]
Code = Annotated[str, Field(pattern=r"^[A-Z]{2,5}[0-9]{3}$")]


class CheckedFor(Model):
    """What a report was checked for: `on` is the day whose rules were used."""

    model_config = ConfigDict(strict=True)

    body: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z]{1,11}$")]
    stage: Name
    joint: bool
    on: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class ReportScores(Model):
    """The points of a report by criterion, how often each rule was broken, how long it is.

    `findings`: how often, by code; `severities`: the gravest of each code.

    Nothing in it is free text: whatever fits this shape can be sent without showing the report.
    """

    model_config = ConfigDict(strict=True, allow_inf_nan=False)

    format: Literal["course-report-scores"]
    version: Literal[1]
    setting: CheckedFor | None = None
    scores: dict[Name, Annotated[float, Field(ge=0)]] = Field(default_factory=dict, max_length=50)
    findings: dict[Code, Annotated[int, Field(ge=1)]] = Field(default_factory=dict, max_length=200)
    severities: dict[Code, Severity] = Field(default_factory=dict, max_length=200)
    words: int | None = Field(default=None, ge=0)
    words_with_notes: int | None = Field(default=None, ge=0)

    def as_text(self) -> str:
        """What is written into the file: the same numbers give the same bytes."""
        return self.model_dump_json(indent=1, exclude_none=True, exclude_defaults=True) + "\n"


def parse_scores(content: bytes, name: str = SCORES_FILE) -> ReportScores:
    """The scores in the bytes of a file; raises SubmissionError, which repeats nothing of them."""
    if len(content) > MAX_BYTES:
        raise SubmissionError(f"{name}: this file is too large; check the report again to make it anew.")
    try:
        return ReportScores.model_validate_json(content)
    except ValidationError as error:
        raise SubmissionError(
            f"{name}: it holds more than points and codes ({error.error_count()} places); "
            "check the report again to make it anew."
        ) from None


def read_scores(folder: Path) -> ReportScores | None:
    """The scores beside the page, None where the report was not checked; raises SubmissionError."""
    path = folder / SCORES_FILE
    return parse_scores(path.read_bytes()) if path.is_file() else None


def is_free_text(field: FormField) -> bool:
    """Whether a learner writes words of their own into it; a short text with a pattern is a number."""
    return field.kind == "long-text" or (field.kind == "short-text" and field.pattern is None)
