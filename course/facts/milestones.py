"""The course's planning advice: the steps before a last day, which drills and plans share."""

from __future__ import annotations

from functools import cache

from course.facts.models import Dated
from course.facts.reading import load
from course.files import DATA


class Milestone(Dated):
    """One step on the way to a report; `days` before the last day to send."""

    id: str
    days: int
    name_en: str
    name_fr: str
    name_ar: str
    reason_en: str
    reason_fr: str
    reason_ar: str

    def name(self, language: str) -> str:
        """What the step is called."""
        return getattr(self, f"name_{language}")

    def reason(self, language: str) -> str:
        """Why the step needs its place, in one sentence."""
        return getattr(self, f"reason_{language}")


@cache
def milestones() -> tuple[Milestone, ...]:
    """The steps of the course's planning advice, the one nearest to the last day first.

    Raises ContentError with every fault of the file.
    """
    return tuple(sorted(load(DATA / "milestones.csv", Milestone), key=lambda row: row.days))
