"""Modules: objectives, lessons, tasks and the named sets of items."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from course.content.models.base import Bloom, Identifier, Model, ObjectiveId, Text, require_known


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
    """A practice set that a generator makes from the facts; the same seed gives the same paper.

    `backward` places milestones back from the day of a session and needs `body` and `stage`; with
    `session` its first paper is about that day. `deadline` asks for days before invented sessions,
    `symbol` for what the symbols of documents say, `length` which text is over the limit,
    `mechanism` which body is the right one, `cycle` for the order of steps and for what is due when,
    `hunt` finds sources in the extract of recommendations, `rates` counts rates and gaps of invented groups.
    """

    generator: Literal["backward", "deadline", "symbol", "length", "mechanism", "cycle", "hunt", "rates"]
    objective: ObjectiveId
    body: str = ""
    stage: str = ""
    session: date | None = None
    seed: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _fits_its_generator(self) -> Drill:
        given = self.model_fields_set
        if self.generator == "backward":
            if not {"body", "stage"} <= given:
                raise ValueError("a drill `backward` needs body and stage")
        elif unused := {"body", "stage", "session"} & given:
            raise ValueError(f"a drill `{self.generator}` takes no {', '.join(sorted(unused))}")
        return self


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
    drills: dict[Identifier, Drill] = Field(default_factory=dict)
    whole: tuple[Identifier, ...] = ()
    cards: tuple[Identifier, ...] = ()

    @model_validator(mode="after")
    def _whole_names_sets(self) -> Module:
        require_known(self.whole, self.quizzes, "whole")
        return self

    @property
    def minutes(self) -> int:
        """The whole time of the module: its lessons and its tasks."""
        return sum(part.minutes for part in (*self.lessons, *self.tasks))
