"""What the course is made of: modules, objectives, items, forms, rubrics. Frozen, no reading here."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$")]
ObjectiveId = Annotated[str, Field(pattern=r"^LO-\d\d\.\d+$")]
Text = Annotated[str, Field(min_length=1)]
Bloom = Literal["remember", "understand", "apply", "analyse", "evaluate", "create"]


class Model(BaseModel):
    """Frozen; a field that is not known is an error, since it is nearly always a typing slip."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


# Items ---------------------------------------------------------------------------------


class Choice(Model):
    """One choice of an item, right or wrong, with the reason why it is."""

    text: Text
    feedback: Text
    source: str | None = None


class Target(Model):
    """What a choice of a matching item can be matched with."""

    text: Text


class NumberChoice(Model):
    """A number that learners write, with what to say about it; `credit` from 0 to 1."""

    value: float
    feedback: Text
    credit: float = Field(default=0.0, ge=0, le=1)


class DateChoice(Model):
    """A date that learners write, with what to say about it; `credit` from 0 to 1."""

    value: date
    feedback: Text
    credit: float = Field(default=0.0, ge=0, le=1)


class BaseItem(Model):
    """What every kind of item has."""

    id: Identifier
    revision: int = Field(ge=1)
    objective: ObjectiveId
    bloom: Bloom
    stem: Text
    source: Text
    hints: tuple[Text, ...] = Field(default=(), max_length=3)


class SingleChoice(BaseItem):
    """Exactly one choice is right."""

    kind: Literal["single-choice"]
    choices: dict[Identifier, Choice] = Field(min_length=2)
    key: Identifier

    @model_validator(mode="after")
    def _key_is_a_choice(self) -> SingleChoice:
        _require_known([self.key], self.choices, "key")
        return self


class MultipleChoice(BaseItem):
    """One or more choices are right."""

    kind: Literal["multiple-choice"]
    choices: dict[Identifier, Choice] = Field(min_length=3)
    key: tuple[Identifier, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _key_is_choices(self) -> MultipleChoice:
        _require_known(self.key, self.choices, "key")
        _require_distinct(self.key)
        return self


class Ordering(BaseItem):
    """The choices stand in one right order; the key lists all of them in it."""

    kind: Literal["ordering"]
    choices: dict[Identifier, Choice] = Field(min_length=3)
    key: tuple[Identifier, ...]

    @model_validator(mode="after")
    def _key_orders_all(self) -> Ordering:
        _require_known(self.key, self.choices, "key")
        _require_distinct(self.key)
        missing = [name for name in self.choices if name not in self.key]
        if missing:
            raise ValueError(f"the key leaves out {', '.join(missing)}; it must order every choice")
        return self


class Matching(BaseItem):
    """Each choice belongs to one target; several choices may share a target."""

    kind: Literal["matching"]
    choices: dict[Identifier, Choice] = Field(min_length=2)
    targets: dict[Identifier, Target] = Field(min_length=2)
    key: dict[Identifier, Identifier]

    @model_validator(mode="after")
    def _key_matches_all(self) -> Matching:
        _require_known(self.key, self.choices, "key")
        _require_known(self.key.values(), self.targets, "key")
        missing = [name for name in self.choices if name not in self.key]
        if missing:
            raise ValueError(f"the key leaves out {', '.join(missing)}; it must match every choice")
        return self


class Numeric(BaseItem):
    """A number. `choices` are the numbers that learners write; the key names the right one."""

    kind: Literal["numeric"]
    choices: dict[Identifier, NumberChoice] = Field(min_length=1)
    key: Identifier
    tolerance: float = Field(default=0.0, ge=0)
    unit: Text
    otherwise: Text

    @model_validator(mode="after")
    def _key_is_a_choice(self) -> Numeric:
        _require_known([self.key], self.choices, "key")
        return self


class DateItem(BaseItem):
    """A day. `choices` are the days that learners write; the key names the right one."""

    kind: Literal["date"]
    choices: dict[Identifier, DateChoice] = Field(min_length=1)
    key: Identifier
    otherwise: Text

    @model_validator(mode="after")
    def _key_is_a_choice(self) -> DateItem:
        _require_known([self.key], self.choices, "key")
        return self


Item = Annotated[
    SingleChoice | MultipleChoice | Ordering | Matching | Numeric | DateItem,
    Field(discriminator="kind"),
]
ITEM_KINDS = ("single-choice", "multiple-choice", "ordering", "matching", "numeric", "date")


def _require_known(names, known, field: str) -> None:
    unknown = [name for name in names if name not in known]
    if unknown:
        raise ValueError(f"{field} {', '.join(map(repr, unknown))} is not among {', '.join(sorted(known))}")


def _require_distinct(names) -> None:
    if len(set(names)) != len(names):
        raise ValueError("the key names a choice twice; name each once")


# Translations: text only. A key here would be a second place where the truth stands. ------


class ChoiceText(Model):
    """The text of a choice in another language; numbers and dates have only feedback."""

    text: Text | None = None
    feedback: Text


class ItemText(Model):
    """The text of one item in another language, of the revision that it names."""

    revision: int = Field(ge=1)
    stem: Text
    choices: dict[Identifier, ChoiceText]
    targets: dict[Identifier, Target] = {}
    hints: tuple[Text, ...] = ()
    unit: Text | None = None
    otherwise: Text | None = None


# Forms: fields have no key; what is written in them is the learner's own work ----------------


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
    filled with the other fields, for the learner to copy.
    """

    id: Identifier
    kind: FieldKind
    label: Text
    help: str = ""
    required: bool = True
    choices: dict[Identifier, FieldChoice] = {}
    targets: dict[Identifier, Target] = {}
    max_words: int | None = Field(default=None, ge=1)
    min_words: int | None = Field(default=None, ge=1)
    pattern: str | None = None
    pattern_help: str = ""
    unit: str = ""
    body: Identifier | None = None
    session: Identifier | None = None
    stage: str | None = None
    template: str | None = None

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
        if self.pattern is not None:
            re.compile(self.pattern)
        return self


class Form(Model):
    """A page that the learner fills in; each field is saved as soon as it is left."""

    id: Identifier
    title: Text
    intro: str = ""
    fields: tuple[FormField, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fields_refer_to_fields(self) -> Form:
        names = [field.id for field in self.fields]
        _require_distinct(names)
        for field in self.fields:
            _require_known([n for n in (field.body, field.session) if n], names, field.id)
        return self


# Modules -----------------------------------------------------------------------------------


class Objective(Model):
    """What a learner can do afterwards, in one sentence that begins with a verb."""

    id: ObjectiveId
    bloom: Bloom
    text: Text


class Lesson(Model):
    """One notebook of at most 12 minutes and one idea."""

    file: Annotated[str, Field(pattern=r"^\d\d-[a-z0-9-]+$")]
    title: Text
    minutes: int = Field(ge=1, le=12)
    objectives: tuple[ObjectiveId, ...] = Field(min_length=1)
    languages: tuple[str, ...] = ("en",)


class Task(Model):
    """Work beside the lessons: a form, a drill or an assignment, with its minutes."""

    id: Identifier
    title: Text
    minutes: int = Field(ge=1)


class Drill(Model):
    """A practice set made from the rules: place milestones backward from a session date."""

    generator: Literal["backward"]
    objective: ObjectiveId
    body: str
    stage: str
    session: date


class Module(Model):
    """One module: its objectives, lessons, tasks and the named sets of its items.

    `quizzes` maps a set's name to item ids: `start`, `exit`, `recall-NN` and `check-NN`
    for lesson NN, and any practice set. Recall sets may name items of earlier modules.
    A set named in `whole` is passed only with every answer right.
    """

    id: Annotated[str, Field(pattern=r"^\d\d-[a-z0-9-]+$")]
    code: Annotated[str, Field(pattern=r"^M\d+$")]
    title: Text
    summary: Text
    objectives: tuple[Objective, ...] = Field(min_length=1)
    lessons: tuple[Lesson, ...] = Field(min_length=1)
    tasks: tuple[Task, ...] = ()
    quizzes: dict[Identifier, tuple[Identifier, ...]]
    drills: dict[Identifier, Drill] = {}
    whole: tuple[Identifier, ...] = ()
    cards: tuple[Identifier, ...] = ()

    @model_validator(mode="after")
    def _whole_names_sets(self) -> Module:
        _require_known(self.whole, self.quizzes, "whole")
        return self

    @property
    def minutes(self) -> int:
        """The whole time of the module: its lessons and its tasks."""
        return sum(part.minutes for part in (*self.lessons, *self.tasks))


# Assignments ---------------------------------------------------------------------------------


class Level(Model):
    """One level of a criterion: its points and a sentence that describes such work."""

    points: float = Field(ge=0)
    descriptor: Text


class Criterion(Model):
    """One dimension that a person marks, on four levels in parallel sentences."""

    id: Identifier
    title: Text
    levels: tuple[Level, ...] = Field(min_length=4, max_length=4)

    @model_validator(mode="after")
    def _levels_rise(self) -> Criterion:
        points = [level.points for level in self.levels]
        if points != sorted(set(points)) or points[0] != 0:
            raise ValueError("levels must start at 0 points and rise from one to the next")
        return self

    @property
    def max_points(self) -> float:
        """The points of the highest level."""
        return self.levels[-1].points


class Rubric(Model):
    """How the free text of an assignment is marked. Never released: it holds a model answer."""

    assignment: Identifier
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    model_answer: Text


class Assignment(Model):
    """What a learner hands in: a form whose answers are graded. `points` by graded field id."""

    id: Annotated[str, Field(pattern=r"^a\d\d$")]
    module: str
    title: Text
    minutes: int = Field(ge=1)
    form: Form
    points: dict[Identifier, float]

    @model_validator(mode="after")
    def _points_name_fields(self) -> Assignment:
        _require_known(self.points, [field.id for field in self.form.fields], "points")
        return self
