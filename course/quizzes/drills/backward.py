"""The drill `backward`: the learner places milestones backward from the day of a session.

The last day comes from the rule pack (body, stage, `deadline` in weeks before the session),
the steps before it from `data/milestones.csv`, which is advice of this course and says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from course.content.models import Choice, DateChoice, DateItem, Drill, Matching, Target
from course.errors import CourseError
from course.facts import Rule, body, rule
from course.facts.deadlines import last_day_before
from course.facts.milestones import Milestone, milestones
from course.quizzes.drills.calendar import draw_monday, months_before
from course.texts import say_day, section, text

NEAR_STEPS = 4  # of the milestones, the ones matched first; the rest make the second item


def find_deadline(drill: Drill) -> Rule:
    """The rule that the drill is made from.

    Raises CourseError where nothing is recorded, or no number of weeks before the session.
    """
    found = rule(drill.body, drill.stage, "deadline")
    if found is None or found.confidence == "gap" or found.unit != "weeks-before-session":
        raise CourseError(
            "a drill needs a deadline in weeks before the session; rules/treaty-bodies.csv has none for "
            f"{drill.body} at stage {drill.stage}: choose another body or stage in module.yml."
        )
    return found


def draw_session(drill: Drill, seed: int) -> date:
    """The Monday on which the invented session of a seed opens."""
    return draw_monday(Random(f"backward {drill.body} {drill.stage} {seed}"))


def make_backward_items(drill: Drill, language: str, seed: int | None = None) -> list[Any]:
    """The items of one paper: the last day, the near steps, the far steps, the latest start.

    The session is that of the drill, or the one that `seed` draws. Their revision is its day, so
    that answers for another day do not count here. No question says the answer of another.
    """
    found = find_deadline(drill)
    session = drill.session if seed is None else draw_session(drill, seed)
    if session is None:
        raise CourseError("a drill `backward` needs a session or a seed; name one.")
    days = round(float(found.value) * 7)
    last_day = last_day_before(found, session)
    steps = milestones()
    common = {
        "revision": int(session.strftime("%Y%m%d")),
        "objective": drill.objective,
        "bloom": "apply",
    }
    paper = "" if seed is None else f"{seed}-"
    name = f"drill-{drill.body}-{drill.stage}-{paper}".lower()
    rule_source = {"source": found.source, "as_of": found.as_of}
    advice = text("drill.source-plan", language, **rule_source)
    return [
        DateItem(
            id=f"{name}deadline",
            kind="date",
            source=text("drill.source", language, **rule_source),
            **_deadline(drill, session, days, language),
            **common,
        ),
        Matching(
            id=f"{name}near",
            kind="matching",
            source=advice,
            **_matching("near-stem", steps[:NEAR_STEPS], last_day, session, language),
            **common,
        ),
        Matching(
            id=f"{name}far",
            kind="matching",
            source=advice,
            **_matching("far-stem", steps[NEAR_STEPS:], last_day, session, language),
            **common,
        ),
        DateItem(
            id=f"{name}start",
            kind="date",
            source=advice,
            **_start(steps[-1], last_day, session, language),
            **common,
        ),
    ]


def _deadline(drill: Drill, session: date, days: int, language: str) -> dict[str, Any]:
    last_day = session - timedelta(days)
    weeks = days // 7 if days % 7 == 0 else round(days / 7, 1)
    values = {
        "weeks": weeks,
        "days": days,
        "fewer": weeks - 1,
        "more": weeks + 1,
        "session": say_day(session, language),
        "date": say_day(last_day, language),
        "body": body(drill.body).name(language),
    }
    written = {
        "right": (last_day, 1.0),
        "month": (months_before(session, max(1, days // 28)), 0.5),
        "day-before": (last_day - timedelta(1), 0.5),
        "day-after": (last_day + timedelta(1), 0.5),
        "late": (last_day + timedelta(7), 0.0),
        "early": (last_day - timedelta(7), 0.0),
        "working": (session - timedelta(round(days * 5 / 7)), 0.0),
        "opening": (session, 0.0),
        "forward": (session + timedelta(days), 0.0),
    }
    return {
        "stem": text("drill.deadline-stem", language, **values),
        "hints": [text(f"drill.deadline-hint-{number}", language, **values) for number in (1, 2, 3)],
        "choices": _day_choices("deadline", written, values, language),
        "key": "right",
        "otherwise": text("drill.deadline-otherwise", language, **values),
    }


def _start(first: Milestone, last_day: date, session: date, language: str) -> dict[str, Any]:
    start = last_day - timedelta(first.days)
    months = max(1, first.days // 28)
    values = {
        "days": first.days,
        "weeks": round(first.days / 7),
        "months": months,
        "last_day": say_day(last_day, language),
        "date": say_day(start, language),
    }
    written = {
        "right": (start, 1.0),
        "months": (months_before(last_day, months), 0.5),
        "session": (session - timedelta(first.days), 0.5),
        "late": (start + timedelta(7), 0.0),
        "early": (start - timedelta(7), 0.0),
    }
    return {
        "stem": text("drill.start-stem", language, **values),
        "hints": [text(f"drill.start-hint-{number}", language, **values) for number in (1, 2, 3)],
        "choices": _day_choices("start", written, values, language),
        "key": "right",
        "otherwise": text("drill.start-otherwise", language, **values),
    }


def _day_choices(prefix: str, written: dict, values: dict, language: str) -> dict[str, DateChoice]:
    """The days that learners write; where two mistakes lead to one day, the first explains it."""
    choices: dict[str, DateChoice] = {}
    for name, (day, credit) in written.items():
        if all(choice.value != day for choice in choices.values()):
            feedback = text(f"drill.{prefix}-{name}", language, **values)
            choices[name] = DateChoice(value=day, credit=credit, feedback=feedback)
    return choices


def _matching(
    stem: str, steps: Sequence[Milestone], last_day: date, session: date, language: str
) -> dict[str, Any]:
    """Steps and their days, and one day too many: the furthest step counted from the session."""
    texts = section("drill", language)
    one = {step.id: "-one" if step.days == 1 else "" for step in steps}
    plan = texts["plan-comma"].join(
        text(f"drill.plan-step{one[step.id]}", language, name=step.name(language), days=step.days)
        for step in reversed(steps)
    )
    shown = say_day(last_day, language)
    days = {step.id: last_day - timedelta(step.days) for step in steps}
    offered = sorted({*days.values(), session - timedelta(steps[-1].days)})
    return {
        "stem": text(f"drill.{stem}", language, plan=plan),
        "hints": [texts[f"match-hint-{number}"] for number in (1, 2, 3)],
        "choices": {
            step.id: Choice(
                text=step.name(language),
                feedback=text(
                    f"drill.match-feedback{one[step.id]}",
                    language,
                    name=step.name(language),
                    days=step.days,
                    last_day=shown,
                    date=say_day(days[step.id], language),
                    reason=step.reason(language),
                ),
            )
            for step in steps
        },
        "targets": {f"d{day:%Y-%m-%d}": Target(text=say_day(day, language)) for day in offered},
        "key": {step.id: f"d{days[step.id]:%Y-%m-%d}" for step in steps},
    }
