"""Annotated guides: a real public report, what each part of it does, and what to take from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from course.content.models.base import Identifier, Model, Text

MOST_QUOTED = 14  # words: the wording itself may be taught, a report is never copied
QUOTED = re.compile(r"“([^”]*)”|«([^»]*)»|\"([^\"]*)\"")

Address = Annotated[str, Field(pattern=r"^https?://[a-z0-9-]+(\.[a-z0-9-]+)+/\S+$")]


class GuidePart(Model):
    """One part of the report in its own order: what it does, why that works, what it lacks."""

    title: Text
    does: Text
    works: str = ""
    lacks: str = ""

    @model_validator(mode="after")
    def _is_judged(self) -> GuidePart:
        if not self.works and not self.lacks:
            raise ValueError("nothing is said of what works or of what it lacks; write one of the two")
        return self


class GuideRule(Model):
    """A rule of today, by its id, and whether the report would meet it.

    `open` where the rule was not verified, or where what we read of the report does not show it.
    """

    rule: Identifier
    verdict: Literal["meets", "breaks", "open"]
    why: Text


class Guide(Model):
    """A report that associations made public, described in our own words.

    `about` is the State by its three letters; `seen` says which part of the text was read and
    `looked` when. Organizations are named, never a person whose story is in the report.
    """

    id: Identifier
    title: Text
    document: Text
    authors: tuple[Text, ...] = Field(min_length=1)
    about: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    body: Annotated[str, Field(pattern=r"^[A-Za-z]+$")]
    occasion: Text
    year: Annotated[int, Field(ge=1990, le=2100)]
    language: Annotated[str, Field(pattern=r"^(ar|en|es|fr)$")]
    size: Text
    address: Address
    also: tuple[Address, ...] = ()
    seen: Text
    looked: date
    parts: tuple[GuidePart, ...] = Field(min_length=3)
    rules: tuple[GuideRule, ...] = Field(min_length=1)
    question: Text
    answer: Text
    take: tuple[Text, ...] = Field(min_length=2)
    otherwise: tuple[Text, ...] = Field(min_length=2)

    def texts(self) -> Iterator[str]:
        """Everything that is said of the report, text by text."""
        yield from (self.title, self.occasion, self.size, self.seen, self.question, self.answer)
        yield from (*self.take, *self.otherwise)
        for part in self.parts:
            yield from (part.title, part.does, part.works, part.lacks)
        yield from (rule.why for rule in self.rules)

    @model_validator(mode="after")
    def _copies_nothing(self) -> Guide:
        for said in self.texts():
            for groups in QUOTED.findall(said):
                words = len("".join(groups).split())
                if words > MOST_QUOTED:
                    raise ValueError(f"{words} words are quoted in a row; {MOST_QUOTED} at most may be")
        return self
