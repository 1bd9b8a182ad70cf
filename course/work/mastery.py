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
from course.work.schedule import INTERVALS, KNOWN, schedule

ENOUGH_ITEMS = 2  # one right answer may be luck
LASTING_STEP = INTERVALS.index(21) + 1  # reached by a right answer without a hint after 21 days or more


class QuizSet(NamedTuple):
    """A quiz that decides with, and its items: the end of a module, or a check to be passed whole."""

    quiz: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Mastery:
    """One objective: how many items were answered, the mean of their last scores, from 0 to 1.

    `alone` counts the items whose last answer was right without a hint, `lasting` those that were
    still right, without a hint, at a review of 21 days or more and were not missed since then.
    `check_passed` is False while a check that belongs to the objective is not passed whole.
    """

    objective: str
    items: int = 0
    score: float = 0.0
    alone: int = 0
    lasting: int = 0
    exit_passed: bool = False
    check_passed: bool = True

    @property
    def reached(self) -> bool:
        """Whether the objective counts as reached, with help or without."""
        return self.check_passed and self.items >= ENOUGH_ITEMS and self.score >= KNOWN

    @property
    def word(self) -> str:
        """`not-yet`, `with-help`, `alone` or `can-teach`.

        With help: two items or more were answered, the mean of their last scores is 0.8 or more, and
        where a check to be passed whole (the safety check) belongs to the objective, it is passed.
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
    exits: Mapping[str, QuizSet] = MappingProxyType({}),
    checks: Mapping[str, QuizSet] = MappingProxyType({}),
) -> dict[str, Mastery]:
    """The mastery of each objective that has a scored response, by objective, in their order.

    Only the last response to each item counts: whoever learned from a mistake is not held to it.
    An item is for the objective that `bank` gives it today; one that is not there (a drill's) for
    the one it was answered for. `exits` are the exit sets by objective, `checks` those to be passed whole.
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
        objective: Mastery(
            objective,
            len(given),
            _mean(answer.score for answer in given.values()),
            sum(answer.score >= KNOWN and not answer.hints for answer in given.values()),
            sum(reviews[item].step >= LASTING_STEP for item in given),
            objective in exits and _is_passed(exits[objective], in_quiz, KNOWN),
            objective not in checks or _is_passed(checks[objective], in_quiz, 1.0),
        )
        for objective, given in sorted(last.items())
    }


def _is_passed(quiz_set: QuizSet, scores: Mapping[tuple[str, str], float], mark: float) -> bool:
    given = [scores.get((quiz_set.quiz, item)) for item in quiz_set.items]
    return None not in given and _mean(given) >= mark


def _mean(scores: Iterable[float]) -> float:
    """Rounded, so that a browser that adds in another way comes to the same side of the mark."""
    return round(fmean(scores), 6)
