"""What generators share: a question before it has an id, and the paper that is made of questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from course.content.models import BaseItem


@dataclass(frozen=True)
class Question:
    """A question before it has an id. `asked` is what is asked and right, the same in every language."""

    model: type[BaseItem]
    asked: tuple[object, ...]
    fields: dict[str, Any]


def make_items(name: str, seed: int, objective: str, questions: Sequence[Question]) -> list[BaseItem]:
    """The items of one paper. The revision follows from what is asked: an answer never counts for another."""
    return [
        question.model(
            id=f"drill-{name}-{seed}-{number}",
            revision=revision_of(*question.asked),
            objective=objective,
            bloom="apply",
            **question.fields,
        )
        for number, question in enumerate(questions, start=1)
    ]


def revision_of(*asked: object) -> int:
    """A number that is another one as soon as something else is asked, or something else is right."""
    return 1 + int(sha256(" ".join(map(str, asked)).encode()).hexdigest()[:7], 16)
