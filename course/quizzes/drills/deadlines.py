"""The drill `deadline`: last days, early days, translators and first meetings, drawn by seed.

Only a rule that decides is counted with: weeks before a session, or days of the year. Those
belong to the pre-session that opens two months after each (Committee on the Rights of the Child).
Sessions and dialogues are invented, and each item says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from random import Random
from typing import Any, Literal

from course.content.models import DateChoice, DateItem
from course.facts import Rule, all_rules, bodies
from course.facts.deadlines import fixed_days, last_day_before
from course.facts.milestones import milestones
from course.facts.shown import shown_value
from course.quizzes.drills.calendar import MONTHS, YEARS, mondays, months_before
from course.texts import say_day, section, text

Ask = Literal["last", "early", "translation", "start"]
ASKS: tuple[Ask, ...] = ("last", "early", "translation", "start")
ITEMS = 3  # of a paper, each asking something else
MONTHS_TO_PRE_SESSION = 2
DIALOGUE_AFTER_OPENING = (1, 2, 3, 4, 7, 8, 9, 10)  # days, so that it falls on a working day
WEEKS_PRE_SESSION_TO_DIALOGUE = 13
TRANSLATOR = (5, 7, 9, 10, 12, 15, 18, 20, 21)  # days
PLAN = (42, 49, 56, 63, 70, 77, 84, 91, 98)  # days from the first meeting to the last day
ONE_DAY = timedelta(1)


@dataclass(frozen=True)
class Case:
    """One invented review and what is asked of it.

    `opening` is a Monday; `dialogue` is None before a list of issues, where none is near.
    `amount` is the translator's days or the plan's days, 0 where neither is asked about.
    """

    rule: Rule
    opening: date
    dialogue: date | None
    ask: Ask
    amount: int

    @property
    def last_day(self) -> date:
        """The last day to send, by the rule."""
        return last_day_before(self.rule, self.opening)

    @property
    def answer(self) -> date:
        """The day that is asked for."""
        return place(self.ask, self.last_day, self.amount)


@cache
def usable_rules() -> tuple[Rule, ...]:
    """The newest deadlines of treaty bodies that decide and can be counted."""
    return tuple(
        row
        for row in all_rules()
        if row.rule == "deadline"
        and row.body in bodies()
        and row.pack == "treaty-bodies"
        and row.decides
        and row.unit in ("weeks-before-session", "month-days")
        and row.holds(None)
    )


def place(ask: Ask, last_day: date, amount: int) -> date:
    """The day that is asked for, counted back from a last day to send."""
    if ask == "last":
        return last_day
    if ask == "early":
        return _working_day_before(last_day)
    if ask == "translation":
        return last_day - timedelta(_reserve() + amount)
    return last_day - timedelta(amount)


def draw_cases(seed: int) -> tuple[Case, ...]:
    """The cases of one paper, the same for the same seed and the same rules."""
    chance = Random(f"deadline {seed}")
    return tuple(_draw(ask, chance) for ask in chance.sample(ASKS, ITEMS))


def make_deadline_paper(objective: str, seed: int, language: str) -> list[DateItem]:
    """The items of one paper. Their revision follows from what is asked, so that an answer to an
    older rule never counts for a newer one.
    """
    return [
        _make_item(case, f"drill-deadline-{seed}-{number}", objective, language)
        for number, case in enumerate(draw_cases(seed), start=1)
    ]


def _draw(ask: Ask, chance: Random) -> Case:
    rule = chance.choice(usable_rules())
    year = chance.choice(YEARS)
    dialogue = None
    if rule.unit == "weeks-before-session":
        month = chance.choice(MONTHS)
    else:
        fixed = chance.choice(rule.value.split(";"))
        month = (int(fixed[:2]) - 1 + MONTHS_TO_PRE_SESSION) % 12 + 1
    opening = chance.choice(mondays(year, month))
    if rule.stage == "session":
        weeks = 0 if rule.unit == "weeks-before-session" else WEEKS_PRE_SESSION_TO_DIALOGUE
        dialogue = opening + timedelta(7 * weeks + chance.choice(DIALOGUE_AFTER_OPENING))
    amounts = {"translation": TRANSLATOR, "start": PLAN}.get(ask, (0,))
    return Case(rule, opening, dialogue, ask, chance.choice(amounts))


def _make_item(case: Case, identifier: str, objective: str, language: str) -> DateItem:
    rule, weekly = case.rule, case.rule.unit == "weeks-before-session"
    weeks = float(rule.value) if weekly else 0
    values = {
        "body": bodies()[rule.body].name(language),
        "stage": section("facts", language)[f"stage-{rule.stage}"],
        "opening": say_day(case.opening, language),
        "dialogue": say_day(case.dialogue, language) if case.dialogue else "",
        "last_day": say_day(case.last_day, language),
        "date": say_day(case.answer, language),
        "weeks": f"{weeks:g}",
        "days": round(weeks * 7),
        "fixed": "" if weekly else shown_value(rule, language),
        "amount": case.amount,
        "reserve": _reserve(),
    }

    def say(name: str) -> str:
        return text(f"drill.back-{name}", language, **values)

    kind = "weeks" if weekly else "fixed"
    opens = "session" if weekly and case.dialogue else "pre-dialogue" if case.dialogue else "pre"
    source = "source-plan" if case.ask == "translation" else "source"
    return DateItem(
        id=identifier,
        revision=1 + int(sha256(_fingerprint(case).encode()).hexdigest()[:7], 16),
        objective=objective,
        bloom="apply",
        kind="date",
        source=text(f"drill.{source}", language, source=rule.source, as_of=rule.as_of),
        stem=" ".join(map(say, (f"opens-{opens}", f"rule-{kind}", f"ask-{case.ask}"))),
        hints=(say(f"hint-{kind}"), say(f"hint-{case.ask}"), say(f"twin-{kind}")),
        choices=_choices(case, say, kind),
        key="right",
        otherwise=say(f"otherwise-{kind}"),
    )


def _choices(case: Case, say: Any, kind: str) -> dict[str, DateChoice]:
    """The right day and those of known mistakes; where two lead to one day, the first explains it."""
    right = "right-last-" + kind if case.ask == "last" else f"right-{case.ask}"
    choices = {"right": DateChoice(value=case.answer, credit=1.0, feedback=say(right))}
    taken = {case.answer}
    for name, day, credit in _mistakes(case):
        if day not in taken:
            taken.add(day)
            choices[name] = DateChoice(value=day, credit=credit, feedback=say(name))
    return choices


def _mistakes(case: Case) -> Iterator[tuple[str, date, float]]:
    """What learners write, the most telling mistake first. A day that is early but safe earns half."""
    last_day, answer = case.last_day, case.answer
    if case.ask == "last":
        yield "working-before", _working_day_before(last_day), 0.5
        if last_day.weekday() >= 5:
            yield "working-after", last_day + timedelta(7 - last_day.weekday()), 0.0
    elif case.ask == "early":
        yield "weekend", last_day - ONE_DAY, 0.5
        yield "no-reserve-day", last_day, 0.0
    elif case.ask == "translation":
        yield "no-reserve", last_day - timedelta(case.amount), 0.0
        yield "no-translator", last_day - timedelta(_reserve()), 0.0
    yield "day-before", answer - ONE_DAY, 0.5
    yield "day-after", answer + ONE_DAY, 0.0
    for name, base in _wrong_last_days(case):
        day = place(case.ask, base, case.amount)
        yield name, day, 0.5 if name == "month" and day < answer else 0.0


def _wrong_last_days(case: Case) -> Iterator[tuple[str, date]]:
    """Last days that come from misreading the rule."""
    rule, opening = case.rule, case.opening
    if case.dialogue:
        yield "dialogue", _counted_from(rule, case.dialogue)
    if rule.unit == "weeks-before-session":
        weeks, days = float(rule.value), round(float(rule.value) * 7)
        yield "month", months_before(opening, max(1, round(weeks / 4)))
        for fewer in (1, 2):
            if weeks > fewer:
                yield f"fewer-{fewer}", case.last_day + timedelta(7 * fewer)
        yield "more", case.last_day - timedelta(7)
        yield "working-days", opening - timedelta(round(days * 5 / 7))
        yield "forward", opening + timedelta(days)
    else:
        fixed = fixed_days(rule, opening.year)
        yield "fixed-later", next(day for day in fixed if day >= opening)
        last_day = case.last_day
        yield "fixed-earlier", max(day for day in fixed if day < last_day)
        if last_day.year < opening.year:
            yield "fixed-year", months_before(last_day, -12)
        yield "fixed-counted", months_before(opening, MONTHS_TO_PRE_SESSION)
        yield "fixed-weeks", opening - timedelta(28)
    yield "opening", opening


def _counted_from(rule: Rule, dialogue: date) -> date:
    """What comes out where the dialogue is taken for the opening: the fixed day next before it."""
    if rule.unit == "weeks-before-session":
        return last_day_before(rule, dialogue)
    return max(day for day in fixed_days(rule, dialogue.year) if day < dialogue)


def _working_day_before(day: date) -> date:
    """The last Monday to Friday before a day; public holidays are left out, and the item says so."""
    return day - timedelta({0: 3, 6: 2}.get(day.weekday(), 1))  # Monday is 0


def _reserve() -> int:
    """The days before the last day by which the planning advice has the translation finished."""
    return next(step.days for step in milestones() if step.id == "translation")


def _fingerprint(case: Case) -> str:
    """What is asked and what is right, without any text: the same in every language."""
    asked = (case.rule.id, case.opening, case.dialogue, case.ask, case.amount, case.last_day, case.answer)
    return " ".join(map(str, asked))
