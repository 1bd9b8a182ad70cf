"""What every item has, and the kinds in which a learner chooses, orders, matches and counts."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from course.content.models.base import (
    Bloom,
    Identifier,
    Model,
    ObjectiveId,
    Text,
    require_distinct,
    require_known,
)


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
    """What every kind of item has.

    `hints` is empty or a ladder of three: where to look, which rule, a worked twin, which is
    another case solved. The place of a hint says what it is.
    """

    id: Identifier
    revision: int = Field(ge=1)
    objective: ObjectiveId
    bloom: Bloom
    stem: Text
    source: Text
    hints: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _hints_are_a_ladder(self) -> BaseItem:
        if len(self.hints) not in (0, 3):
            raise ValueError(
                f"there are {len(self.hints)} hints; write none or three: "
                "where to look, which rule, and a worked twin"
            )
        return self


class SingleChoice(BaseItem):
    """Exactly one choice is right."""

    kind: Literal["single-choice"]
    choices: dict[Identifier, Choice] = Field(min_length=2)
    key: Identifier

    @model_validator(mode="after")
    def _key_is_a_choice(self) -> SingleChoice:
        require_known([self.key], self.choices, "key")
        return self


class MultipleChoice(BaseItem):
    """One or more choices are right."""

    kind: Literal["multiple-choice"]
    choices: dict[Identifier, Choice] = Field(min_length=3)
    key: tuple[Identifier, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _key_is_choices(self) -> MultipleChoice:
        require_known(self.key, self.choices, "key")
        require_distinct(self.key)
        return self


class Ordering(BaseItem):
    """The choices stand in one right order; the key lists all of them in it."""

    kind: Literal["ordering"]
    choices: dict[Identifier, Choice] = Field(min_length=3)
    key: tuple[Identifier, ...]

    @model_validator(mode="after")
    def _key_orders_all(self) -> Ordering:
        require_known(self.key, self.choices, "key")
        require_distinct(self.key)
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
        require_known(self.key, self.choices, "key")
        require_known(self.key.values(), self.targets, "key")
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
        require_known([self.key], self.choices, "key")
        return self


class DateItem(BaseItem):
    """A day. `choices` are the days that learners write; the key names the right one."""

    kind: Literal["date"]
    choices: dict[Identifier, DateChoice] = Field(min_length=1)
    key: Identifier
    otherwise: Text

    @model_validator(mode="after")
    def _key_is_a_choice(self) -> DateItem:
        require_known([self.key], self.choices, "key")
        return self
