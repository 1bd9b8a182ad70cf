"""Items in another language: text only. A key here would be a second place where the truth stands."""

from __future__ import annotations

from pydantic import Field

from course.content.models.base import Identifier, Model, Text
from course.content.models.items import Target


class ChoiceText(Model):
    """The text of a choice in another language; numbers, days and written answers need only feedback.

    The `text` of a written answer is the one of its `values` that is shown in this language.
    """

    text: Text | None = None
    feedback: Text


class GapText(Model):
    """The choices of one gap in another language."""

    choices: dict[Identifier, ChoiceText]


class PartText(Model):
    """One part of a document hunt in another language."""

    label: Text
    choices: dict[Identifier, ChoiceText]
    otherwise: Text


class ItemText(Model):
    """The text of one item in another language, of the revision that it names."""

    revision: int = Field(ge=1)
    stem: Text
    choices: dict[Identifier, ChoiceText] = Field(default_factory=dict)
    targets: dict[Identifier, Target] = Field(default_factory=dict)
    gaps: dict[Identifier, GapText] = Field(default_factory=dict)
    parts: dict[Identifier, PartText] = Field(default_factory=dict)
    hints: tuple[Text, ...] = ()
    text: Text | None = None
    passage: Text | None = None
    unit: Text | None = None
    otherwise: Text | None = None
