"""When to look at each item again, and which items are asked for today.

An item comes again after 1, 3, 7, 21, 60 and 120 days. Everything is worked out from the
answers alone, so that two computers with the same answers ask the same. The rules of the day
stand in `assets/review.js` a second time, for pages without Python; a test compares both.

Why no library: `fsrs` (6.3, the kept one on PyPI; tried) has fixed learning steps, but a right answer
a minute later also goes a step on (seven in one evening make 120 days), after the last step its own
intervals follow (526 days, then 1,415), it knows no daily measure, and the offline page would need
the same sums in its JavaScript. What is left without it are the few lines of `_learn`.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import NamedTuple

from course.work.records import Answered

KNOWN = 0.8  # the score from which a response, or the mean of an objective, counts as known
INTERVALS = (1, 3, 7, 21, 60, 120)  # days
NEW_A_DAY = 5
MOST_WAITING = 15

# A step and the number of the day on which the item is due; plain, since there are 10,000 of them.
_Memory = tuple[int, int]


class Review(NamedTuple):
    """One item to see again on the day `due`; `quiz` is where it was answered last."""

    item: str
    quiz: str
    step: int
    due: date


@dataclass(frozen=True)
class Plan:
    """The reviews of one day.

    `today` are the items to see again now, at most 15, in the order in which they are asked;
    `moved` counts those whose day has come as well, but which the coming days will ask;
    `next_day` is the next day on which something is asked, where nothing is left for today.
    """

    reviews: Mapping[str, Review]
    today: tuple[Review, ...]
    moved: int
    next_day: date | None


def schedule(answers: Iterable[Answered]) -> list[Review]:
    """The next review of every item that was answered and scored, the soonest first."""
    memory: dict[str, _Memory] = {}
    quizzes: dict[str, str] = {}
    for day, given in _days(answers):
        for answer in given:
            memory[answer.item] = _learn(memory.get(answer.item), answer, day)
            quizzes[answer.item] = answer.quiz
    reviews = _reviews(memory, quizzes).values()
    return sorted(reviews, key=lambda review: (review.due, review.item))


def plan_reviews(answers: Iterable[Answered], today: date, known: Container[str] | None = None) -> Plan:
    """What to see again `today` (a day of UTC) of the items that are `known`; without it, of all.

    Each day asks for five more items at most: those whose day came first; of one day, those that
    are known the least (by their step, then by id). What is not answered stays on the pile. The
    pile never has more than 15: while it is full, nothing is added, so a missed month weighs no
    more than three missed days. What finds no place waits in the same order and comes on the next
    days, five a day: nothing is lost, and nothing is overtaken for ever.
    """
    by_day = dict(_days(answers))
    last = today.toordinal()
    memory: dict[str, _Memory] = {}
    quizzes: dict[str, str] = {}
    ripening: dict[int, set[str]] = defaultdict(set)
    ripe: deque[tuple[str, _Memory]] = deque()
    pile: dict[str, None] = {}
    # An answer from the future (a clock that was wrong) still counts, but no day is planned for it.
    for day in (*range(min(by_day, default=last), last + 1), *(day for day in by_day if day > last)):
        if day <= last:
            if day in ripening:
                ripe += _ripe(ripening.pop(day), memory, day)
            _fill(pile, ripe, memory, known)
        for answer in by_day.get(day, ()):
            item = answer.item
            before = memory.get(item)
            quizzes[item] = answer.quiz
            after = memory[item] = _learn(before, answer, day)
            if before is None or after[1] != before[1]:
                pile.pop(item, None)
                ripening[after[1]].add(item)
    return _plan(_reviews(memory, quizzes), pile, today, known)


def _days(answers: Iterable[Answered]) -> Iterator[tuple[int, list[Answered]]]:
    """The scored answers of each day in the order of time, by the day's number.

    A day is one of UTC, so that every machine counts the same. Raises ValueError for a moment that is none.
    """
    scored = sorted(answer for answer in answers if answer.score is not None)
    for text, given in groupby(scored, key=lambda answer: answer.at[:10]):
        yield date.fromisoformat(text).toordinal(), list(given)


def _learn(before: _Memory | None, answer: Answered, day: int) -> _Memory:
    """A right answer on its day or later goes one step on, a wrong one back to the first.

    A right answer with a hint waits as long as before. A right answer before its day changes
    nothing: it shows what is fresh, not what lasts.
    """
    step = 0
    if before is not None and answer.score >= KNOWN:
        step, due = before
        if day < due:
            return before
        if not answer.hints:
            step = min(step + 1, len(INTERVALS) - 1)
    return step, day + INTERVALS[step]


def _ripe(items: Iterable[str], memory: Mapping[str, _Memory], day: int) -> list[tuple[str, _Memory]]:
    """What comes up on one day, the least known first; what was answered since then has another day."""
    found = [(item, memory[item]) for item in items if memory[item][1] == day]
    return sorted(found, key=lambda one: (one[1], one[0]))


def _fill(
    pile: dict[str, None],
    ripe: deque[tuple[str, _Memory]],
    memory: Mapping[str, _Memory],
    known: Container[str] | None,
) -> None:
    """Put the five of a day on the pile, as far as there is room; what was answered meanwhile falls out."""
    new = 0
    while ripe and new < NEW_A_DAY and len(pile) < MOST_WAITING:
        item, then = ripe.popleft()
        if memory[item] == then and (known is None or item in known):
            pile[item] = None
            new += 1


def _reviews(memory: Mapping[str, _Memory], quizzes: Mapping[str, str]) -> dict[str, Review]:
    return {
        item: Review(item, quizzes[item], step, date.fromordinal(due)) for item, (step, due) in memory.items()
    }


def _plan(
    reviews: Mapping[str, Review], pile: Iterable[str], today: date, known: Container[str] | None
) -> Plan:
    asked = tuple(reviews[item] for item in pile)
    others = [
        review.due
        for review in reviews.values()
        if review.item not in pile and (known is None or review.item in known)
    ]
    soonest = min(others, default=None)
    tomorrow = date.fromordinal(today.toordinal() + 1)
    return Plan(
        reviews,
        asked,
        sum(due <= today for due in others),
        None if asked or soonest is None else max(soonest, tomorrow),
    )
