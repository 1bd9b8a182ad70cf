"""When to look at each item again: after 1, 3, 7, 21, 60 and 120 days, worked out from the responses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from course.work.mastery import KNOWN
from course.work.records import Response

INTERVALS = (1, 3, 7, 21, 60, 120)  # days


@dataclass(frozen=True)
class Review:
    """One item to see again on the day `due`; `quiz` is where it was answered last."""

    item: str
    quiz: str
    step: int
    due: date


def schedule(responses: Iterable[Response]) -> list[Review]:
    """The next review of every item that was answered and scored, the soonest first."""
    by_item: dict[str, list[Response]] = defaultdict(list)
    for response in responses:
        if response.score is not None:
            by_item[response.item].append(response)
    reviews = [_next_review(item, answered) for item, answered in by_item.items()]
    return sorted(reviews, key=lambda review: (review.due, review.item))


def _next_review(item: str, responses: list[Response]) -> Review:
    """A right answer on its day or later goes one step on, a wrong one back to the first.

    A right answer before its day changes nothing: it shows what is fresh, not what lasts.
    """
    step, due, quiz = 0, None, ""
    for response in sorted(responses, key=lambda one: (one.at, one.id)):
        day = datetime.fromisoformat(response.at).date()
        quiz = response.quiz
        if due is None or response.score < KNOWN:
            step, due = 0, day + timedelta(days=INTERVALS[0])
        elif day >= due:
            step = min(step + 1, len(INTERVALS) - 1)
            due = day + timedelta(days=INTERVALS[step])
    return Review(item, quiz, step, due)


def due_by(reviews: Iterable[Review], today: date) -> list[Review]:
    """The reviews whose day has come."""
    return [review for review in reviews if review.due <= today]
