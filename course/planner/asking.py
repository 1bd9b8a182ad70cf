"""What a person asks the planner in words, and the answer: lines, data, files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.files import write_whole
from course.planner.appointments import make_calendar
from course.planner.backward import PACE, plan_backward
from course.planner.comparing import Comparison, compare_plans
from course.planner.models import Plan, PlanError, SessionNote
from course.planner.table import comparison_data, comparison_lines, plan_data, plan_lines


@dataclass(frozen=True)
class Asked:
    """Days are text as written, `YYYY-MM-DD`; what is None was not given."""

    body: str
    session: str
    stage: str = "session"
    today: str | None = None
    country: str = "MAR"
    words: int | None = None
    pages: int | None = None
    pace: int | None = None
    deadline: str | None = None
    hour: str | None = None
    limit: int | None = None
    limit_unit: str = "words"
    channel: str | None = None
    link: str | None = None
    dated: str | None = None
    was: str | None = None
    lang: str = "en"


@dataclass(frozen=True)
class Answer:
    """A plan, and where an earlier day was named, what moved and broke."""

    plan: Plan
    comparison: Comparison | None
    lang: str

    def lines(self) -> list[str]:
        """For a person."""
        compared = ["", *comparison_lines(self.comparison, self.lang)] if self.comparison else []
        return plan_lines(self.plan, self.lang) + compared

    def data(self) -> dict[str, Any]:
        """For a program."""
        compared = {"comparison": comparison_data(self.comparison, self.lang)} if self.comparison else {}
        return plan_data(self.plan, self.lang) | compared

    def write(self, ics: Path | None, svg: Path | None) -> None:
        """Write the appointments and the line of time; each file is whole or absent.

        Raises CourseError, before anything is written, where a folder is missing.
        """
        for path in filter(None, (ics, svg)):
            folder = path.expanduser().parent
            if not folder.is_dir():
                raise CourseError(
                    f"{path}: there is no folder {folder}; make it first, or name another file."
                )
        made: list[tuple[Path, bytes]] = []
        if ics:
            made.append((ics, make_calendar(self.plan, self.lang)))
        if svg:
            # Drawing takes seconds to start on a small computer, and only a picture needs it.
            from course.planner.timeline import draw_timeline  # noqa: PLC0415

            made.append((svg, draw_timeline(self.plan, self.lang).encode("utf-8")))
        for path, content in made:
            write_whole(path.expanduser(), content)


def answer(asked: Asked) -> Answer:
    """The plan that was asked for.

    Raises CourseError, in the asker's language where the planner refuses, for what cannot be planned.
    """
    try:
        today = _day(asked.today, "--today") if asked.today else date.today()
        plan = _plan(asked, _day(asked.session, "--session"), today)
        before = _plan(asked, _day(asked.was, "--was"), today) if asked.was else None
    except PlanError as error:
        raise CourseError(error.note.said(asked.lang)) from None
    return Answer(plan, compare_plans(before, plan) if before else None, asked.lang)


def _plan(asked: Asked, session: date, today: date) -> Plan:
    return plan_backward(
        asked.body,
        asked.stage,
        session,
        today,
        country=asked.country,
        words=asked.words,
        pages=asked.pages,
        pace_words_per_day=PACE if asked.pace is None else asked.pace,
        entered=_entered(asked),
    )


def _entered(asked: Asked) -> SessionNote | None:
    """The entry from the information note; a limit, a channel or a day never stands without its source."""
    given = (asked.deadline, asked.hour, asked.limit, asked.channel, asked.link, asked.dated)
    if all(value is None for value in given):
        return None
    if not asked.link or not asked.dated:
        raise CourseError(
            "what is entered from the session's information note needs its source: "
            "give --link with its address and --dated with the date it bears."
        )
    return SessionNote(
        link=asked.link,
        dated=_day(asked.dated, "--dated"),
        deadline=_day(asked.deadline, "--deadline") if asked.deadline else None,
        hour=_hour(asked.hour) if asked.hour else None,
        limit=asked.limit,
        limit_unit=asked.limit_unit,
        channel=asked.channel,
    )


def _day(written: str, option: str) -> date:
    """A day as written; only the form with four, two and two digits is taken."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written, re.ASCII):
            return date.fromisoformat(written)
    except ValueError:
        pass
    raise CourseError(f"{option}: {written!r} is no day of the calendar; write it as 2027-10-11.")


def _hour(written: str) -> time:
    """An hour of Geneva's clock as written."""
    try:
        if re.fullmatch(r"\d{2}:\d{2}", written, re.ASCII):
            return time.fromisoformat(written)
    except ValueError:
        pass
    raise CourseError(f"--hour: {written!r} is no hour of the day; write it as 18:00.")
