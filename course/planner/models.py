"""A plan and what it is made of: frozen, without words, so that one plan is said in three languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, Union
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from course.errors import CourseError
from course.facts import Body, Rule
from course.facts.milestones import Milestone
from course.facts.reading import rule_notes
from course.facts.shown import shown_value
from course.texts import LANGUAGES, say_day, section, text

GENEVA = ZoneInfo("Europe/Zurich")
END_OF_DAY = time(23, 59, 59)
UPR = "UPR"  # the one mechanism here that is no treaty body

Stage = Literal["loi", "loipr", "session", "follow-up", "upr-individual", "upr-joint"]


@dataclass(frozen=True)
class Holiday:
    """A public holiday; `estimated` where the sighting of the moon decides, a day sooner or later."""

    day: date
    names: tuple[str, str, str]  # in the order of LANGUAGES
    estimated: bool

    def name(self, language: str) -> str:
        """What the holiday is called."""
        return self.names[LANGUAGES.index(language)]


@dataclass(frozen=True)
class Wording:
    """A value that is itself a text of the interface, such as the name of a stage."""

    id: str

    def name(self, language: str) -> str:
        """The text in one language."""
        return text(self.id, language)


@dataclass(frozen=True)
class RuleNote:
    """What stands beside a rule in the pack; English where nobody translated it."""

    rule: Rule

    def name(self, language: str) -> str:
        """The note in one language."""
        return rule_notes(language).get(self.rule.id, self.rule.note)


Value = Union[str, int, date, Rule, RuleNote, Holiday, Wording, Milestone, Body, "Basis"]


@dataclass(frozen=True)
class Note:
    """One sentence of a plan, by its id in section `planner` and the values in it."""

    id: str
    values: tuple[tuple[str, Value], ...] = ()

    def said(self, language: str = "en") -> str:
        """The sentence in one language."""
        return section("planner", language)[self.id].format(
            **{name: say_value(value, language) for name, value in self.values}
        )


def say_value(value: Value, language: str) -> str:
    """A value in words: a day with its weekday, a rule as in the table of the rules."""
    if isinstance(value, date):
        return say_day(value, language)
    if isinstance(value, Rule):
        return shown_value(value, language) if value.value else section("planner", language)["unknown"]
    if isinstance(value, Basis):
        return value.value(language)
    if isinstance(value, str | int):
        return str(value)
    return value.name(language)


def note(identifier: str, **values: Value) -> Note:
    """A note with its values."""
    return Note(identifier, tuple(values.items()))


class PlanError(CourseError):
    """No plan can be made; `note` says why and what to enter, in the reader's language."""

    def __init__(self, identifier: str, **values: Value) -> None:
        self.note = note(identifier, **values)
        super().__init__(self.note.said("en"))


@dataclass(frozen=True)
class SessionNote:
    """What a learner or a coach entered from the session's information note.

    It stands before the rule pack for this one session. `link` and `dated` (the date that
    the information note bears) are the source and belong to every entry; `hour` is Geneva time.
    Raises PlanError for an entry without source or without anything in it.
    """

    link: str
    dated: date
    deadline: date | None = None
    hour: time | None = None
    limit: int | None = None
    limit_unit: Literal["words", "pages"] = "words"
    channel: str | None = None

    def __post_init__(self) -> None:
        if self.deadline is None and self.limit is None and not (self.channel or "").strip():
            raise PlanError("refused-note-empty")
        if self.hour is not None and self.deadline is None:
            raise PlanError("refused-hour-alone")
        if not _is_address(self.link):
            raise PlanError("refused-link", link=self.link)
        if self.limit is not None and self.limit < 1:
            raise PlanError("refused-limit", limit=self.limit)
        if self.limit_unit not in ("words", "pages"):
            raise PlanError("refused-limit-unit", unit=self.limit_unit)


def _is_address(link: str) -> bool:
    """Whether this can be the address of a page: with a host, and in one piece."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not set(link) & set(" \n\t")
    )


@dataclass(frozen=True)
class Basis:
    """What the plan rests on: a rule of the pack, or what was entered from the session's note."""

    name: Literal["deadline", "length", "channel"]
    rule: Rule | None
    entered: Note | None = None
    link: str = ""
    dated: date | None = None

    @property
    def confidence(self) -> Literal["verified", "recalled", "gap", "entered"]:
        """How sure it is; nothing recorded is a gap."""
        if self.entered:
            return "entered"
        return self.rule.confidence if self.rule else "gap"

    @property
    def not_checked(self) -> bool:
        """Whether it may be shown but decides nothing."""
        return self.confidence in ("recalled", "gap")

    @property
    def source(self) -> str:
        """The address or symbol where it was read."""
        return self.link or (self.rule.source if self.rule else "")

    def value(self, language: str = "en") -> str:
        """The value in words."""
        if self.entered:
            return self.entered.said(language)
        return say_value(self.rule, language) if self.rule else section("planner", language)["unknown"]


@dataclass(frozen=True)
class Step:
    """One milestone on its day.

    `intended` is the day that the advice counts; `day` is the working day it takes place, never later.
    `remarks` say why it was moved and what is not certain about the day.
    """

    milestone: Milestone
    day: date
    intended: date
    estimated: bool
    on_closed_day: bool
    remarks: tuple[Note, ...]
    days_before: int  # calendar days before the last day to send
    working_days_before: int

    @property
    def id(self) -> str:
        """The id in milestones.csv."""
        return self.milestone.id

    @property
    def moved(self) -> bool:
        """Whether the step takes place earlier than the advice counts."""
        return self.day != self.intended


@dataclass(frozen=True)
class Translation:
    """The translator's work: words, the learner's own pace, the working days they make together."""

    words: int
    pace: int  # words a working day
    days: int
    begins: date


@dataclass(frozen=True)
class Plan:
    """A plan backward from a session; `steps` in the order of time, the first is the latest safe start."""

    body: str
    stage: Stage
    session: date
    today: date
    country: str
    deadline: datetime  # aware, in Geneva time
    basis: tuple[Basis, ...]
    steps: tuple[Step, ...]
    translation: Translation | None
    working_days_left: int
    notes: tuple[Note, ...]

    @property
    def last_day(self) -> date:
        """The last day to send, as Geneva counts it."""
        return self.deadline.date()

    @property
    def latest_safe_start(self) -> date:
        """After this day a step falls out, or is done in haste."""
        return self.steps[0].day

    def basis_of(self, name: str) -> Basis:
        """What the deadline, the length or the channel rests on."""
        return next(part for part in self.basis if part.name == name)
