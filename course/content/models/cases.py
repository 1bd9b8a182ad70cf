"""Cases: invented situations, set in real regions, each with a question and one good answer."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from course.content.models.base import Identifier, Model, ObjectiveId, Text

LEAST_WORDS, MOST_WORDS = 60, 140
LEAST_ANSWER, MOST_ANSWER = 40, 120


class Case(Model):
    """What happens to a group of people, and what an association is asked to decide.

    `region` is the id of a region of the country's file; `theme` one word by which cases are
    grouped. Groups and offices only: no case names a person.
    """

    id: Identifier
    region: Annotated[str, Field(pattern=r"^[A-Z]{2}-\d\d$")]
    theme: Identifier
    title: Text
    text: Text
    question: Text
    answer: Text
    objectives: tuple[ObjectiveId, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_as_long_as_a_case(self) -> Case:
        for name, words, least, most in (
            ("text", len(self.text.split()), LEAST_WORDS, MOST_WORDS),
            ("answer", len(self.answer.split()), LEAST_ANSWER, MOST_ANSWER),
        ):
            if not least <= words <= most:
                raise ValueError(f"the {name} has {words} words; write {least} to {most}")
        return self
