"""How far a learner has come with each objective, worked out from the responses alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from course.work.records import Response

KNOWN = 0.8  # the score from which a response, or the mean of an objective, counts as known
ENOUGH_ITEMS = 2  # one right answer may be luck


@dataclass(frozen=True)
class Mastery:
    """One objective: how many items were answered, the mean of their last scores, from 0 to 1."""

    objective: str
    items: int
    score: float

    @property
    def reached(self) -> bool:
        """Whether the objective counts as reached."""
        return self.items >= ENOUGH_ITEMS and self.score >= KNOWN


def mastery(responses: Iterable[Response]) -> dict[str, Mastery]:
    """The mastery of each objective that has a scored response, by objective, in their order.

    Only the last response to each item counts: whoever learned from a mistake is not held to it.
    """
    last: dict[str, dict[str, float]] = defaultdict(dict)
    for response in sorted(responses, key=lambda one: (one.at, one.id)):
        if response.score is not None and response.objective:
            last[response.objective][response.item] = response.score
    return {
        objective: Mastery(objective, len(scores), fmean(scores.values()))
        for objective, scores in sorted(last.items())
    }
