"""Assignments: what a learner hands in, and the rubric by which a person marks."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from course.content.models.base import Identifier, Model, Text, require_known
from course.content.models.forms import Form


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
    """What a learner hands in: a form whose answers are graded. `points` by graded field id.

    `report`: it is about the learner's own report, of which points and codes are handed in, and
    nothing in words unless the learner chooses.
    """

    id: Annotated[str, Field(pattern=r"^a\d\d$")]
    module: str
    title: Text
    minutes: int = Field(ge=1)
    form: Form
    points: dict[Identifier, float]
    report: bool = False

    @model_validator(mode="after")
    def _points_name_fields(self) -> Assignment:
        require_known(self.points, [field.id for field in self.form.fields], "points")
        return self
