"""What is measured and in which order one may learn: the blueprint of the tests, and the paths."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from course.content.models.base import Identifier, Model, Text, require_distinct, require_known

Code = Annotated[str, Field(pattern=r"^M\d+$")]
TestName = Literal["before", "after", "90-days"]
TESTS: tuple[TestName, ...] = ("before", "after", "90-days")
ItemKind = Literal[
    "single-choice",
    "multiple-choice",
    "ordering",
    "matching",
    "numeric",
    "date",
    "cloze",
    "classification",
    "short-text",
]


class Blueprint(Model):
    """How each of the three tests is put together from the items of the modules.

    Each has `per_objective` items for each objective that it measures, and `most` items in all. `kinds`
    are those that a test may ask. The last test is due `due_days` after the second one, and what is kept
    is counted when at least `least_days` have passed.
    """

    per_objective: int = Field(ge=1, le=3)
    most: int = Field(ge=3, le=40)
    kinds: tuple[ItemKind, ...] = Field(min_length=1)
    due_days: int = Field(ge=1)
    least_days: int = Field(ge=1)

    @model_validator(mode="after")
    def _fits_together(self) -> Blueprint:
        require_distinct(self.kinds)
        if self.least_days > self.due_days:
            raise ValueError("least_days is more than due_days, so that nobody's answers would count")
        return self


class PlannedModule(Model):
    """A module that is not written yet: what it will be called, and its hours in the curriculum."""

    code: Code
    title: Text
    hours: float = Field(gt=0)


class Route(Model):
    """One path through the course: the codes of its modules in their order."""

    id: Identifier
    modules: tuple[Code, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_each_once(self) -> Route:
        require_distinct(self.modules)
        return self


class Paths(Model):
    """Every path, and the modules that do not stand yet; once one stands, its own file counts.

    `always` are modules that no test leaves out of a learner's own path: those that protect people.
    """

    planned: tuple[PlannedModule, ...] = ()
    always: tuple[Code, ...] = ()
    paths: tuple[Route, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_what_is_asked_for(self) -> Paths:
        require_distinct([module.code for module in self.planned])
        require_distinct([route.id for route in self.paths])
        require_known(["short", "whole"], {route.id for route in self.paths}, "paths")
        whole = next(route.modules for route in self.paths if route.id == "whole")
        require_known(self.always, whole, "always")
        return self
