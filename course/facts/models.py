"""A fact and a rule: a value that never travels without its source, dates and confidence."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Confidence = Literal["verified", "recalled", "gap"]
Stage = Literal["loi", "loipr", "session", "follow-up", "upr-individual", "upr-joint", "any"]
Unit = Literal[
    *("words", "pages", "weeks-before-session", "month-days", "text", "years"),
    *("months", "days", "minutes", "count", "date"),
]
# One file of `data/rules/` each. The first is the reporting to the nine committees and the visits.
Pack = Literal["treaty-bodies", "complaints", "upr", "special-procedures", "council", "ecosoc"]
# A day, or no more of it than the source says: `2011-10-31`, `2014-03`, `2014`.
PartOfDate = Annotated[str, Field(pattern=r"^(\d{4}(-\d\d(-\d\d)?)?)?$")]
NUMBERS = {"words", "pages", "weeks-before-session", "years", "months", "days", "minutes", "count"}


class Dated(BaseModel):
    """What every fact carries.

    `as_of` is the date of what the source says, as the source gives it (a year, or
    "undated"); `checked` is the day when somebody last looked. For `recalled` and
    `gap`, `source` says where it was looked for.
    """

    # Built when the first row is read: most programs need two or three of the kinds of fact.
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)

    source: Annotated[str, Field(min_length=1)]
    as_of: Annotated[str, Field(min_length=1)]
    checked: date
    confidence: Confidence

    @property
    def decides(self) -> bool:
        """Whether this may fail a draft or settle a question: only what was verified may."""
        return self.confidence == "verified"

    def days_unseen(self, on: date) -> int:
        """The days from the last look to `on`."""
        return (on - self.checked).days


class Rule(Dated):
    """One rule of one body at one stage, e.g. the word limit of CEDAW before a session.

    `value` is a number in `unit`, days of the year (`12-01;04-01`), or codes joined by `;`
    that a page puts in words. Two versions of a rule stand side by side: `valid_from` and
    `valid_until` are the first and the last day, as exactly as the source gives them; empty
    where there is none. `pack` is the file that the rule stands in.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    body: Annotated[str, Field(pattern=r"^[A-Za-z]+$")]
    stage: Stage
    rule: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    value: str
    unit: Unit
    note: str = ""
    valid_from: PartOfDate = ""
    valid_until: PartOfDate = ""
    pack: Pack = "treaty-bodies"

    @model_validator(mode="after")
    def _value_fits(self) -> Rule:
        require_value_or_gap(self)
        if self.valid_until and self.valid_until < self.valid_from:
            raise ValueError("it ends before it begins")
        if self.value and self.unit in NUMBERS:
            float(self.value)
        return self

    def holds(self, on: date | None) -> bool:
        """Whether this version holds on a day; without a day, whether it has no end."""
        if on is None:
            return not self.valid_until
        day = on.isoformat()
        return self.valid_from <= day and (
            not self.valid_until or day[: len(self.valid_until)] <= self.valid_until
        )


class Value(Dated):
    """One value of a treaty or a country, e.g. the last article of the CRC.

    `str()` gives the value itself; an empty one was looked for and not found (a gap).
    """

    subject: Annotated[str, Field(min_length=1)]
    field: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    value: str
    note: str = ""

    @model_validator(mode="after")
    def _value_fits(self) -> Value:
        require_value_or_gap(self)
        return self

    def __str__(self) -> str:
        return self.value

    @property
    def number(self) -> int | None:
        """The value as a whole number; None where it is none."""
        return int(self.value) if self.value.isdigit() else None


def require_value_or_gap(fact: Rule | Value) -> None:
    """Raises ValueError where a gap has a value, or a value is missing without being a gap."""
    if (fact.confidence == "gap") != (fact.value == ""):
        raise ValueError("a gap has no value, and what has no value is a gap")


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


class Term(Dated):
    """One term of the glossary in the course's three languages, with what it means in our words."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
    term_en: Annotated[str, Field(min_length=1)]
    term_fr: Annotated[str, Field(min_length=1)]
    term_ar: Annotated[str, Field(min_length=1)]
    definition_en: Annotated[str, Field(min_length=1)]
    definition_fr: Annotated[str, Field(min_length=1)]
    definition_ar: Annotated[str, Field(min_length=1)]

    def term(self, language: str = "en") -> str:
        """The term in one of the course's languages."""
        return getattr(self, f"term_{language}")

    def definition(self, language: str = "en") -> str:
        """What the term means, in one of the course's languages."""
        return getattr(self, f"definition_{language}")
