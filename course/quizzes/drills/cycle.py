"""The drill `cycle`: the order of the steps, when the follow-up is due, until when one may complain.

Only rules that decide are counted with: the years of the follow-up and the months for a complaint.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from course.content.models import BaseItem, Choice, DateChoice, DateItem, Ordering
from course.facts import Rule, all_rules, bodies
from course.quizzes.drills.calendar import MONTHS, YEARS, months_before
from course.quizzes.drills.making import Question, make_items
from course.texts import say_day, text

# The steps of the two procedures, in their order; the words are in the texts.
STANDARD = (
    "report",
    "ngo-list",
    "list",
    "replies",
    "ngo-session",
    "dialogue",
    "observations",
    "follow-up",
    "grade",
)
SIMPLIFIED = (
    "ngo-questions",
    "loipr",
    "report-loipr",
    "ngo-session",
    "dialogue",
    "observations",
    "follow-up",
    "grade",
)
PROCEDURES = {"standard": STANDARD, "simplified": SIMPLIFIED}
STEPS = 5
ONE_DAY = timedelta(1)


def make_cycle_paper(objective: str, seed: int, language: str) -> list[BaseItem]:
    """The items of one paper: steps in order, the day of the follow-up, the last day of a complaint."""
    chance = Random(f"cycle {seed}")
    questions = [make(chance, language) for make in (_ask_order, _ask_follow_up, _ask_complaint)]
    return make_items("cycle", seed, objective, questions)


@cache
def follow_up_rules() -> tuple[Rule, ...]:
    """How many years after the observations the State answers, where this is confirmed."""
    return tuple(row for row in _deciding("follow-up-delay") if row.unit == "years")


@cache
def complaint_rules() -> tuple[Rule, ...]:
    """How many months after the last decision a complaint may come, where the treaty says it."""
    return tuple(row for row in _deciding("time-limit") if row.unit == "months")


def _deciding(name: str) -> Iterator[Rule]:
    return (
        row
        for row in all_rules()
        if row.rule == name and row.body in bodies() and row.decides and row.holds(None)
    )


def _ask_order(chance: Random, language: str) -> Question:
    procedure = chance.choice(tuple(PROCEDURES))
    steps = PROCEDURES[procedure]
    chosen = sorted(chance.sample(range(len(steps)), STEPS))
    key = tuple(steps[place] for place in chosen)
    choices = {
        step: Choice(
            text=text(f"drill.cycle-step-{step}", language),
            feedback=text(f"drill.cycle-why-{step}", language),
        )
        for step in key
    }
    fields = {
        "kind": "ordering",
        "stem": text(f"drill.cycle-ask-{procedure}", language),
        "choices": choices,
        "key": key,
        "source": text("drill.cycle-source", language),
        "hints": _hints("order", language),
    }
    return Question(Ordering, ("order", procedure, key), fields)


def _ask_follow_up(chance: Random, language: str) -> Question:
    rule = chance.choice(follow_up_rules())
    adopted = _draw_day(chance)
    years = round(float(rule.value))
    due = months_before(adopted, -12 * years)
    other = 2 if years == 1 else 1
    mistakes = {
        "other": (months_before(adopted, -12 * other), 0.0),
        "day-before": (due - ONE_DAY, 0.5),
        "day-after": (due + ONE_DAY, 0.0),
        "days": (adopted + timedelta(360 * years), 0.0),
        "months": (months_before(adopted, -years), 0.0),
        "back": (months_before(adopted, 12 * years), 0.0),
    }
    values = {"number": years, "other": other, "from": adopted, "due": due}
    return _of_days("follow-up", rule, values, mistakes, language)


def _ask_complaint(chance: Random, language: str) -> Question:
    rule = chance.choice(complaint_rules())
    decided = _draw_day(chance)
    months = round(float(rule.value))
    due = months_before(decided, -months)
    other = 12 if months == 6 else 6
    mistakes = {
        "other": (months_before(decided, -other), 0.5 if other < months else 0.0),
        "day-after": (due + ONE_DAY, 0.0),
        "day-before": (due - ONE_DAY, 0.5),
        "days": (decided + timedelta(30 * months), 0.5),
        "years": (months_before(decided, -60), 0.0),
        "back": (months_before(decided, months), 0.0),
    }
    values = {"number": months, "other": other, "from": decided, "due": due}
    return _of_days("complaint", rule, values, mistakes, language)


def _of_days(
    name: str,
    rule: Rule,
    values: dict[str, Any],
    mistakes: dict[str, tuple[date, float]],
    language: str,
) -> Question:
    said = {
        key: say_day(value, language) if isinstance(value, date) else value for key, value in values.items()
    }
    said["body"] = bodies()[rule.body].name(language)
    said["span"] = text(f"drill.cycle-{name}-{values['number']}", language)
    choices = {
        "right": DateChoice(value=values["due"], credit=1.0, feedback=_say(name, "right", said, language))
    }
    taken = {values["due"]}
    for mistake, (day, credit) in mistakes.items():
        if day not in taken:  # two mistakes that lead to one day are explained by the first
            taken.add(day)
            choices[mistake] = DateChoice(
                value=day, credit=credit, feedback=_say(name, mistake, said, language)
            )
    fields = {
        "kind": "date",
        "stem": _say(name, "ask", said, language),
        "choices": choices,
        "key": "right",
        "otherwise": _say(name, "otherwise", said, language),
        "source": text("drill.source", language, source=rule.source, as_of=rule.as_of),
        "hints": _hints(name, language),
    }
    return Question(DateItem, (name, rule.id, values["from"], values["due"]), fields)


def _say(name: str, which: str, values: dict[str, Any], language: str) -> str:
    return text(f"drill.cycle-{name}-{which}", language, **values)


def _draw_day(chance: Random) -> date:
    """A working day that every month has, so that counting months is never in doubt."""
    while True:
        day = date(chance.choice(YEARS), chance.choice(MONTHS), chance.randrange(1, 29))
        if day.weekday() < 5:
            return day


def _hints(name: str, language: str) -> tuple[str, ...]:
    return tuple(text(f"drill.cycle-hint-{name}-{step}", language) for step in (1, 2, 3))
