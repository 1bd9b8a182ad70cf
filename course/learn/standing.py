"""Where a learner stands: what is due, what is past, the safety check, the study plan, each objective."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from course.errors import WorkError
from course.practice.progress import reminders, study_plan
from course.work import Work
from course.work.mastery import Mastery, mastery
from course.work.moments import today
from course.work.outline import Outline
from course.work.schedule import Plan, plan_reviews


@dataclass(frozen=True)
class SafetyCard:
    """The safety check: how many of its questions are fully right, and the page it stands on."""

    done: int
    total: int
    path: str

    @property
    def passed(self) -> bool:
        """Whether all of them are."""
        return self.done == self.total


@dataclass(frozen=True)
class StudyCard:
    """The study plan: label and answer of what was written, and the page of its form."""

    written: tuple[tuple[str, str], ...]
    path: str


@dataclass(frozen=True)
class Reminder:
    """A day that the learner set, what it is for, and the page where it can be changed."""

    day: date
    what: str
    path: str


@dataclass(frozen=True)
class Standing:
    """What my work says on the day `today`. `answered` are (quiz, item), `known` is by objective."""

    today: date
    plan: Plan
    answered: frozenset[tuple[str, str]]
    known: Mapping[str, Mastery]
    safety: SafetyCard | None
    study: StudyCard | None
    reminders: tuple[Reminder, ...]

    @property
    def late(self) -> list[Reminder]:
        """The days that are past."""
        return [reminder for reminder in self.reminders if reminder.day < self.today]

    @property
    def coming(self) -> list[Reminder]:
        """The days that are still to come, today among them."""
        return [reminder for reminder in self.reminders if reminder.day >= self.today]


def look_at(work: Work, outline: Outline, root: Path) -> Standing:
    """Everything about one learner today. Raises WorkError where the file cannot be used."""
    day, answers = today(), work.answers()
    try:
        plan = plan_reviews(answers, day, outline.bank)
        days = tuple(_reminders(work, outline, root))
    except ValueError:
        raise WorkError(
            f"{work.path}: a day in this file is none; import your last export.", "work-damaged"
        ) from None
    return Standing(
        day,
        plan,
        frozenset((answer.quiz, answer.item) for answer in answers),
        mastery(answers, outline.bank, outline.exits, outline.checks),
        _safety_card(work, outline),
        _study_card(work, outline, root),
        days,
    )


def _safety_card(work: Work, outline: Outline) -> SafetyCard | None:
    check = outline.safety
    return check and SafetyCard(len(work.right_in(check)), len(check.items), f"{check.page}.ipynb")


def _study_card(work: Work, outline: Outline, root: Path) -> StudyCard | None:
    plan = study_plan(outline, root)
    if plan is None:
        return None
    given = work.fields(plan["form"])
    written = (
        (each["label"], given[each["id"]]["response"]) for each in plan["fields"] if each["id"] in given
    )
    return StudyCard(
        tuple((label, text) for label, text in written if isinstance(text, str) and text.strip()),
        f"{plan['page']}.ipynb",
    )


def _reminders(work: Work, outline: Outline, root: Path) -> Iterator[Reminder]:
    for each in reminders(outline, root):
        entry = work.fields(each["form"]).get(each["field"])
        if entry and isinstance(entry["response"], str):
            yield Reminder(date.fromisoformat(entry["response"]), each["label"], f"{each['page']}.ipynb")
