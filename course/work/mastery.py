"""How far a learner has come with each objective, worked out from the responses alone, in four words.

The same rules stand in `assets/review.js` for pages without Python; a test compares both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean
from types import MappingProxyType
from typing import NamedTuple

from course.work.records import Answered
from course.work.schedule import INTERVALS, KNOWN, Review, schedule

ENOUGH_ITEMS = 2  # one right answer may be luck
LASTING_STEP = INTERVALS.index(21) + 1  # reached by a right answer without a hint after 21 days or more


class ExitSet(NamedTuple):
    """The quiz at the end of a module, and its items."""

    quiz: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Mastery:
    """One objective: how many items were answered, the mean of their last scores, from 0 to 1.

    `alone` counts the items whose last answer was right without a hint, `lasting` those that were
    still right, without a hint, at a review of 21 days or more and were not missed since then.
    """

    objective: str
    items: int = 0
    score: float = 0.0
    alone: int = 0
    lasting: int = 0
    exit_passed: bool = False

    @property
    def reached(self) -> bool:
        """Whether the objective counts as reached, with help or without."""
        return self.items >= ENOUGH_ITEMS and self.score >= KNOWN

    @property
    def word(self) -> str:
        """`not-yet`, `with-help`, `alone` or `can-teach`.

        With help: two items or more were answered, and the mean of their last scores is 0.8 or more.
        Alone: besides, the last answer to two items or more was right without any hint. Can teach:
        besides, two items or more were still right at a review of 21 days or more, and the exit
        set of the module is passed: each of its items answered there, their mean 0.8 or more.
        """
        if not self.reached:
            return "not-yet"
        if self.alone < ENOUGH_ITEMS:
            return "with-help"
        return "can-teach" if self.lasting >= ENOUGH_ITEMS and self.exit_passed else "alone"


def mastery(
    answers: Iterable[Answered],
    bank: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    exits: Mapping[str, ExitSet] = MappingProxyType({}),
) -> dict[str, Mastery]:
    """The mastery of each objective that has a scored response, by objective, in their order.

    Only the last response to each item counts: whoever learned from a mistake is not held to it.
    An item is for the objective that `bank` gives it today; one that is not there (a drill's) for
    the one it was answered for. `exits` is the exit set by objective.
    """
    scored = sorted(answer for answer in answers if answer.score is not None)
    last: dict[str, dict[str, Answered]] = defaultdict(dict)
    in_quiz: dict[tuple[str, str], float] = {}
    for answer in scored:
        in_quiz[answer.quiz, answer.item] = answer.score
        objective = bank[answer.item][1] if answer.item in bank else answer.objective
        if objective:
            last[objective][answer.item] = answer
    reviews = {review.item: review for review in schedule(scored)}
    return {
        objective: _mastery(objective, given, reviews, _is_passed(exits.get(objective), in_quiz))
        for objective, given in sorted(last.items())
    }


def _mastery(
    objective: str, last: Mapping[str, Answered], reviews: Mapping[str, Review], passed: bool
) -> Mastery:
    return Mastery(
        objective,
        len(last),
        _mean(answer.score for answer in last.values()),
        sum(answer.score >= KNOWN and not answer.hints for answer in last.values()),
        sum(reviews[item].step >= LASTING_STEP for item in last),
        passed,
    )


def _is_passed(exit_set: ExitSet | None, scores: Mapping[tuple[str, str], float]) -> bool:
    if exit_set is None:
        return False
    given = [scores.get((exit_set.quiz, item)) for item in exit_set.items]
    return None not in given and _mean(given) >= KNOWN


def _mean(scores: Iterable[float]) -> float:
    """Rounded, so that a browser that adds in another way comes to the same side of the mark."""
    return round(fmean(scores), 6)
