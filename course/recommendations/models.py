"""What an examination says: one finding a criterion, with what was seen, and its texts by id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from course.texts import direction, section

# `look` is the honest answer where words alone cannot settle it: a person must look.
State = Literal["passed", "failed", "look"]
CRITERIA = ("form", "addressee", "action", "measure", "deadline", "basis", "single")
# Before a list of issues an association asks questions: no verb and no day to be demanded yet.
OF_QUESTIONS = ("form", "measure", "basis")
QUESTION_STAGES = ("loi", "loipr")


@dataclass(frozen=True)
class Said:
    """A finding in words: what was seen, why it matters, what to write instead."""

    seen: str
    why: str
    instead: str


@dataclass(frozen=True)
class Finding:
    """The answer to one criterion.

    `id` is the criterion, `case` says which of its cases was met. `start` and `end` are places in
    the text (characters, from 0), both 0 where nothing was seen. `values` fill the texts.
    """

    id: str
    state: State
    case: str
    start: int = 0
    end: int = 0
    values: Mapping[str, str] = field(default_factory=dict)

    def said(self, language: str = "en") -> Said:
        """The finding in one of the course's languages (section `examine` of the interface texts)."""
        texts = section("examine", language)
        values = dict(self.values)
        if direction(language) == "rtl" and "seen" in values:
            values["seen"] = f"\u2068{values['seen']}\u2069"  # set apart, or its words change places
        return Said(
            seen=texts[f"{self.id}-{self.case}"].format(**values),
            why=texts[f"{self.id}-why"],
            instead=texts[f"{self.id}-instead"],
        )


@dataclass(frozen=True)
class Examination:
    """All findings on one text, in the order of CRITERIA; only those that its stage asks for."""

    text: str
    language: str
    body: str | None
    stage: str | None
    findings: tuple[Finding, ...]

    def __getitem__(self, criterion: str) -> Finding:
        return next(found for found in self.findings if found.id == criterion)

    @property
    def failed(self) -> tuple[str, ...]:
        """The criteria that are surely not met."""
        return tuple(found.id for found in self.findings if found.state == "failed")

    @property
    def open(self) -> tuple[str, ...]:
        """The criteria that are not met or that a person must look at."""
        return tuple(found.id for found in self.findings if found.state != "passed")
