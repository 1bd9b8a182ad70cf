"""Forms: fields without a key; what is written in them is the learner's own work."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, model_validator

from course.content.models.base import Identifier, Model, Text, require_distinct, require_known
from course.content.models.items import Target


class FieldChoice(Model):
    """A choice of a form's field; the note is shown when it is chosen."""

    text: Text
    note: str | None = None


FieldKind = Literal[
    "short-text",
    "long-text",
    "single-choice",
    "multiple-choice",
    "ordering",
    "matching",
    "numeric",
    "date",
    "deadline",
    "paragraph",
]


class FormField(Model):
    """One field of a form.

    `deadline` computes the last day to send from two other fields: `body` (a
    single-choice whose choice ids are the codes of bodies in lower case) and `session`
    (a date), by the rule pack's deadline for `stage`. `paragraph` shows `template`
    filled with the other fields, for the learner to copy. Of a date with `remind`, my work
    reminds the learner, in these words, before and after it.
    """

    id: Identifier
    kind: FieldKind
    label: Text
    help: str = ""
    required: bool = True
    choices: dict[Identifier, FieldChoice] = Field(default_factory=dict)
    targets: dict[Identifier, Target] = Field(default_factory=dict)
    max_words: int | None = Field(default=None, ge=1)
    min_words: int | None = Field(default=None, ge=1)
    pattern: str | None = None
    pattern_help: str = ""
    unit: str = ""
    body: Identifier | None = None
    session: Identifier | None = None
    stage: str | None = None
    template: str | None = None
    remind: str = ""

    @model_validator(mode="after")
    def _fits_its_kind(self) -> FormField:
        with_choices = {"single-choice", "multiple-choice", "ordering", "matching"}
        if (self.kind in with_choices) != bool(self.choices):
            need = "needs choices" if self.kind in with_choices else "takes no choices"
            raise ValueError(f"a field of kind {self.kind} {need}")
        if (self.kind == "matching") != bool(self.targets):
            need = "needs targets" if self.kind == "matching" else "takes no targets"
            raise ValueError(f"a field of kind {self.kind} {need}")
        if self.kind == "deadline" and not (self.body and self.session and self.stage):
            raise ValueError("a field of kind deadline needs body, session and stage")
        if (self.kind == "paragraph") != (self.template is not None):
            raise ValueError("template belongs to a field of kind paragraph, and to no other")
        if self.remind and self.kind != "date":
            raise ValueError("only a field of kind date takes remind")
        if self.pattern is not None:
            re.compile(self.pattern)
        return self


class Form(Model):
    """A page that the learner fills in; each field is saved as soon as it is left.

    One that `needs_safety` asks for evidence, and stays closed until the safety check is passed whole.
    """

    id: Identifier
    title: Text
    intro: str = ""
    needs_safety: bool = False
    fields: tuple[FormField, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fields_refer_to_fields(self) -> Form:
        names = [field.id for field in self.fields]
        require_distinct(names)
        for field in self.fields:
            require_known([n for n in (field.body, field.session) if n], names, field.id)
        return self
