"""The kinds of item in which a learner fills, sorts, writes, marks, searches and builds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, model_validator

from course.content.models.base import Identifier, Model, Text, require_distinct, require_known
from course.content.models.items import (
    BaseItem,
    Choice,
    DateItem,
    Matching,
    MultipleChoice,
    Numeric,
    Ordering,
    SingleChoice,
    Target,
)
from course.content.written import normalise

PLACE = re.compile(r"\{([^{}]*)\}")
# The columns by which an extract may be narrowed, by its table.
EXTRACT_FILTERS = {"recommendations": ("symbol", "body", "year", "theme"), "documents": ("body", "year")}
EXTRACT_NAME = re.compile(rf"[A-Z]{{3}}-(?:{'|'.join(EXTRACT_FILTERS)})")


class Gap(Model):
    """One gap of a cloze text: a list to choose from, and which of it is right."""

    choices: dict[Identifier, Choice] = Field(min_length=2)
    key: Identifier

    @model_validator(mode="after")
    def _key_is_a_choice(self) -> Gap:
        require_known([self.key], self.choices, "key")
        return self


class Cloze(BaseItem):
    """A text with gaps; each `{gap}` in it is one of `gaps`, and stands there once."""

    kind: Literal["cloze"]
    text: Text
    gaps: dict[Identifier, Gap] = Field(min_length=1)

    @model_validator(mode="after")
    def _text_has_each_gap_once(self) -> Cloze:
        require_places(self.text, self.gaps)
        return self

    @property
    def key(self) -> dict[str, str]:
        """The right choice of each gap."""
        return {name: gap.key for name, gap in self.gaps.items()}


class Classification(BaseItem):
    """Each choice belongs to one category (`targets`); a category may hold several or none."""

    kind: Literal["classification"]
    choices: dict[Identifier, Choice] = Field(min_length=2)
    targets: dict[Identifier, Target] = Field(min_length=2)
    key: dict[Identifier, Identifier]

    @model_validator(mode="after")
    def _key_sorts_all(self) -> Classification:
        require_known(self.key, self.choices, "key")
        require_known(self.key.values(), self.targets, "key")
        missing = [name for name in self.choices if name not in self.key]
        if missing:
            raise ValueError(f"the key leaves out {', '.join(missing)}; it must sort every choice")
        return self


class WrittenChoice(Model):
    """A short text that learners write, in each form that counts as the same; `credit` from 0 to 1.

    `values` hold the forms of every language: who writes the Arabic word on an English page is
    right too, and a translation holds nothing that decides. The first is the one that is shown.
    """

    values: tuple[Text, ...] = Field(min_length=1)
    feedback: Text
    credit: float = Field(default=0.0, ge=0, le=1)


class Written(Model):
    """What is written in one field: the known answers, the right one, and what to say to any other."""

    choices: dict[Identifier, WrittenChoice] = Field(min_length=1)
    key: Identifier
    otherwise: Text

    @model_validator(mode="after")
    def _answers_differ(self) -> Written:
        require_known([self.key], self.choices, "key")
        require_apart(self.choices)
        return self


class ShortText(Written, BaseItem):
    """A word or a symbol. `choices` are the texts that learners write; the key names the right one."""

    kind: Literal["short-text"]


class Paragraph(Choice):
    """One paragraph of an extract; `number` is the one it has there."""

    number: Text


class MarkParagraph(BaseItem):
    """The paragraphs of an extract, in its own order: mark those that the stem asks for."""

    kind: Literal["mark-paragraph"]
    passage: Text
    choices: dict[Identifier, Paragraph] = Field(min_length=3)
    key: tuple[Identifier, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _key_is_paragraphs(self) -> MarkParagraph:
        require_known(self.key, self.choices, "key")
        require_distinct(self.key)
        numbers = [paragraph.number for paragraph in self.choices.values()]
        if len(set(numbers)) != len(numbers):
            raise ValueError("two paragraphs have the same number; give each its own")
        return self


class Part(Written):
    """One thing to find in an extract, with the label of its field."""

    label: Text


class DocumentHunt(BaseItem):
    """A search in an extract of the course's own data; each part is a short text that stands there.

    `only` keeps the rows whose column has one of the values, e.g. `{body: [CRC], year: ["2014"]}`.
    """

    kind: Literal["document-hunt"]
    extract: Text
    only: dict[Identifier, tuple[Text, ...]] = Field(default_factory=dict)
    parts: dict[Identifier, Part] = Field(min_length=1)

    @model_validator(mode="after")
    def _extract_is_known(self) -> DocumentHunt:
        if not EXTRACT_NAME.fullmatch(self.extract):
            tables = " or ".join(f"-{table}" for table in EXTRACT_FILTERS)
            raise ValueError(
                f"there is no extract {self.extract!r}; write three letters of a State and {tables}"
            )
        require_known(self.only, EXTRACT_FILTERS[self.extract.split("-")[1]], "only")
        return self

    @property
    def key(self) -> dict[str, str]:
        """The right answer of each part."""
        return {name: part.key for name, part in self.parts.items()}


class BuildParts(BaseItem):
    """A paragraph built from a pool of parts: each slot (`targets`, in order) takes one of them.

    `given` slots are filled already: all but one for a beginner, none for who builds alone.
    Parts that fit no slot are the distractors.
    """

    kind: Literal["build-parts"]
    choices: dict[Identifier, Choice] = Field(min_length=3)
    targets: dict[Identifier, Target] = Field(min_length=2)
    key: dict[Identifier, Identifier]
    given: tuple[Identifier, ...] = ()

    @model_validator(mode="after")
    def _key_fills_all(self) -> BuildParts:
        require_known(self.key, self.targets, "key")
        require_known(self.key.values(), self.choices, "key")
        require_distinct(tuple(self.key.values()))
        require_known(self.given, self.targets, "given")
        require_distinct(self.given)
        missing = [name for name in self.targets if name not in self.key]
        if missing:
            raise ValueError(f"the key leaves out {', '.join(missing)}; it must fill every slot")
        if len(self.given) == len(self.targets):
            raise ValueError("every slot is given; leave one for the learner")
        return self


Item = Annotated[
    SingleChoice
    | MultipleChoice
    | Ordering
    | Matching
    | Numeric
    | DateItem
    | Cloze
    | Classification
    | ShortText
    | MarkParagraph
    | DocumentHunt
    | BuildParts,
    Field(discriminator="kind"),
]
ITEM_KINDS = (
    *("single-choice", "multiple-choice", "ordering", "matching", "numeric", "date"),
    *("cloze", "classification", "short-text", "mark-paragraph", "document-hunt", "build-parts"),
)


def require_places(text: str, gaps: Mapping[str, object]) -> None:
    """Raise ValueError unless each gap stands in the text exactly once, and nothing else in braces."""
    places = PLACE.findall(text)
    require_known(places, gaps, "text")
    for name in gaps:
        if places.count(name) != 1:
            times = places.count(name)
            raise ValueError(f"gap {name} stands {times} times in the text; write {{{name}}} once")


def require_apart(choices: Mapping[str, WrittenChoice]) -> None:
    """Raise ValueError where two answers are the same once written, or one is nothing at all."""
    owners: dict[str, str] = {}
    for name, choice in choices.items():
        for value in choice.values:
            plain = normalise(value)
            if not plain:
                raise ValueError(f"the value {value!r} of {name} has no letter and no digit")
            if owners.setdefault(plain, name) != name:
                raise ValueError(f"{value!r} is an answer of both {owners[plain]} and {name}")
