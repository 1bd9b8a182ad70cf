"""What proves an outcome, and what serves a clause of the programme's announcement."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from course.content.models.base import Identifier, Model, ObjectiveId, Text

EXIT_QUIZ = "exit"


class Proof(Model):
    """The graded task of one outcome: parts of an assignment, or `exit` for the module's exit quiz.

    `parts` are fields with points and criteria of the rubric.
    """

    objective: ObjectiveId
    task: Annotated[str, Field(pattern=rf"^(a\d\d|{EXIT_QUIZ})$")]
    parts: tuple[Identifier, ...] = ()

    @model_validator(mode="after")
    def _an_assignment_has_parts(self) -> Proof:
        if (self.task == EXIT_QUIZ) == bool(self.parts):
            raise ValueError("an assignment is named with its parts, an exit quiz without any")
        return self


class Clause(Model):
    """One promise of the announcement, in our words, and what of the course keeps it.

    `modules` are ids of modules, `pages` pages of the book, `commands` first words of commands.
    """

    id: Identifier
    promise: Text
    state: Literal["served", "partly", "not-yet"]
    modules: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    missing: str = ""

    @model_validator(mode="after")
    def _says_what_it_claims(self) -> Clause:
        serving = bool(self.modules or self.pages or self.commands)
        if serving == (self.state == "not-yet"):
            raise ValueError("what is served names what serves it; what is not yet names nothing")
        if bool(self.missing) == (self.state == "served"):
            raise ValueError("write under `missing` what is missing, and nothing where all is there")
        return self
