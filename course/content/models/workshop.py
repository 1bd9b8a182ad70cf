"""A workshop: its half-days, its sessions with their minutes, and which parts of the course each uses."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from course.content.models.base import Identifier, Model, Text, require_distinct, require_known

Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
CellId = Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
MOMENTS = ("week-before", "day-before", "on-the-day", "after")


def minutes_of(clock: str) -> int:
    """The minutes since midnight of `HH:MM`."""
    hours, minutes = clock.split(":")
    return 60 * int(hours) + int(minutes)


class Half(Model):
    """A half-day; what stands in it fills it exactly, from `begins` to `ends`."""

    id: Identifier
    day: int = Field(ge=1)
    name: Text
    begins: Clock
    ends: Clock

    @property
    def minutes(self) -> int:
        """Its length."""
        return minutes_of(self.ends) - minutes_of(self.begins)


class Step(Model):
    """One line of a run sheet; `wrong` says what can go wrong, and what to do then."""

    minutes: int = Field(ge=1, le=150)
    what: Text
    who: Text
    material: str = ""
    wrong: str = ""


class Pause(Model):
    """A break; `meal` and `prayer` say what it leaves room for."""

    kind: Literal["pause"]
    id: Identifier
    half: Identifier
    title: Text
    minutes: int = Field(ge=10, le=150)
    meal: bool = False
    prayer: bool = False
    what: Text
    wrong: str = ""


class PlanTask(Model):
    """An exercise with the planner: back from the day of a session, as on the day `today`."""

    body: Text
    stage: Text
    session: date
    today: date


class Session(Model):
    """One session of the workshop: a lesson of a module, taught in a room.

    `show` and `print` are the ids of parts of the lesson that go on slides and on the handout,
    `forms` are forms to fill in by hand (`00-start/study-plan`). `without` says in a line how it
    goes without electricity and internet. `plan_sheet` adds an empty plan for one's own date.
    """

    kind: Literal["session"]
    id: Identifier
    half: Identifier
    title: Text
    minutes: int = Field(ge=5, le=120)
    module: Text
    lesson: Text
    method: Text
    without: Text
    steps: tuple[Step, ...] = Field(min_length=1)
    cases: tuple[Identifier, ...] = ()
    items: tuple[Identifier, ...] = ()
    show: tuple[CellId, ...] = ()
    print: tuple[CellId, ...] = ()
    forms: tuple[Text, ...] = ()
    plan: PlanTask | None = None
    plan_sheet: bool = False

    @model_validator(mode="after")
    def _steps_fill_it(self) -> Session:
        total = sum(step.minutes for step in self.steps)
        if total != self.minutes:
            raise ValueError(f"its steps take {total} minutes, but it has {self.minutes}")
        for names in (self.cases, self.items, self.show, self.print, self.forms):
            require_distinct(names)
        return self


Entry = Annotated[Session | Pause, Field(discriminator="kind")]


class RuleSheet(Model):
    """The rules of one body at one stage, to be printed with their sources."""

    body: Text
    stage: Text


class Ask(Model):
    """A question of the evaluation: marks from a list of words, or lines to write on."""

    ask: Text
    choices: tuple[Text, ...] = ()


class Picture(Model):
    """A picture of the course, with what it shows for those who do not see it."""

    file: Text
    alternative: Text


class Plan(Model):
    """What a workshop has besides its sessions. `language` is that of every text in the file.

    `rules` and `pages` of the book are printed at the end of the handouts.
    """

    title: Text
    language: Literal["en", "fr", "ar"]
    people: int = Field(ge=5, le=60)
    groups: int = Field(ge=2, le=12)
    days: tuple[Text, ...] = Field(min_length=1)
    halves: tuple[Half, ...] = Field(min_length=1)
    rules: tuple[RuleSheet, ...] = Field(min_length=1)
    pages: tuple[Annotated[str, Field(pattern=r"^pages/[a-z-]+(\.(fr|ar))?\.md$")], ...] = ()
    evaluation: tuple[Ask, ...] = Field(min_length=3)
    prepare: dict[str, tuple[Text, ...]]
    picture: Picture
    go_on: tuple[Text, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _halves_are_of_days(self) -> Plan:
        require_distinct([half.id for half in self.halves])
        require_known(self.prepare, MOMENTS, "prepare")
        require_known(MOMENTS, self.prepare, "prepare: a list is missing;")
        beyond = [half.id for half in self.halves if half.day > len(self.days)]
        if beyond:
            raise ValueError(f"{', '.join(beyond)} is of a day that `days` does not name")
        return self


class Workshop(Plan):
    """The whole workshop; `sessions` are its sessions and pauses in the order of the days."""

    sessions: tuple[Entry, ...]

    def entries(self, half: Half) -> list[tuple[str, str, Session | Pause]]:
        """What stands in a half-day, each with the hour at which it begins and ends."""
        clock, placed = minutes_of(half.begins), []
        for entry in self.sessions:
            if entry.half == half.id:
                placed.append((say_clock(clock), say_clock(clock + entry.minutes), entry))
                clock += entry.minutes
        return placed

    @property
    def taught(self) -> list[Session]:
        """The sessions without the pauses; the first is sheet 1."""
        return [entry for entry in self.sessions if entry.kind == "session"]


def say_clock(minutes: int) -> str:
    """Minutes since midnight as `HH:MM`."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
