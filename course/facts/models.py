"""A fact and a rule: a value that never travels without its source, dates and confidence."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Confidence = Literal["verified", "recalled", "gap"]
Stage = Literal["loi", "loipr", "session", "follow-up", "upr-individual", "upr-joint", "any"]
RuleName = Literal[
    "length",
    "length-joint",
    "length-thematic",
    "languages",
    "deadline",
    "channel",
    "file-type",
    "publication",
    "oral",
    "ecosoc-status",
    "follow-up-delay",
]
Unit = Literal["words", "pages", "weeks-before-session", "month-days", "text", "years"]


class Dated(BaseModel):
    """What every fact carries.

    `as_of` is the date of what the source says, as the source gives it (a year, or
    "undated"); `checked` is the day when somebody last looked. For `recalled` and
    `gap`, `source` says where it was looked for.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    source: Annotated[str, Field(min_length=1)]
    as_of: Annotated[str, Field(min_length=1)]
    checked: date
    confidence: Confidence


class Rule(Dated):
    """One rule of one body at one stage, e.g. the word limit of CEDAW before a session."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    body: Annotated[str, Field(pattern=r"^[A-Za-z]+$")]
    stage: Stage
    rule: RuleName
    value: str
    unit: Unit
    note: str = ""

    @model_validator(mode="after")
    def _gap_has_no_value(self) -> Rule:
        if (self.confidence == "gap") != (self.value == ""):
            raise ValueError("a gap has no value, and what has no value is a gap")
        if self.value and self.unit in ("words", "pages", "weeks-before-session"):
            float(self.value)
        return self

    @property
    def decides(self) -> bool:
        """Whether this rule may fail a draft: only what was verified may."""
        return self.confidence == "verified"


class Body(Dated):
    """One of the ten treaty bodies."""

    code: Annotated[str, Field(pattern=r"^[A-Za-z]+$")]
    document_code: str
    name_en: str
    name_fr: str
    name_ar: str
    treaty: str
    members: int
    reads_state_reports: bool

    def name(self, language: str = "en") -> str:
        """The body's name in one of the course's languages."""
        return getattr(self, f"name_{language}")
