"""A plan in words: rows, lines for a terminal, plain data for programs."""

from __future__ import annotations

from datetime import date
from typing import Any

from course.planner.comparing import Comparison
from course.planner.models import Basis, Plan, Step
from course.planner.rests import body_name, stage_name
from course.texts import say_day, section


def plan_title(plan: Plan, lang: str = "en") -> str:
    """What is planned: the body, the stage, the day of the session."""
    return section("planner", lang)["title"].format(
        body=body_name(plan.body).name(lang),
        stage=stage_name(plan.stage).name(lang),
        session=say_day(plan.session, lang),
    )


def say_deadline(plan: Plan, lang: str = "en") -> str:
    """The last moment to send, in Geneva time."""
    return section("planner", lang)["deadline-said"].format(
        day=say_day(plan.last_day, lang), hour=f"{plan.deadline:%H:%M}"
    )


def plan_rows(plan: Plan, lang: str = "en") -> list[dict[str, Any]]:
    """One row a step in the order of time.

    `id`, `step`, `reason`, `remarks` (list of sentences) are text; `day` and `intended` are dates;
    `days_before` and `working_days_before` count back from the last day to send; `estimated`,
    `moved`, `on_closed_day` and `past` are true or false.
    """
    return [
        {
            "id": step.id,
            "step": step.milestone.name(lang),
            "day": step.day,
            "intended": step.intended,
            "days_before": step.days_before,
            "working_days_before": step.working_days_before,
            "estimated": step.estimated,
            "moved": step.moved,
            "on_closed_day": step.on_closed_day,
            "past": step.day < plan.today,
            "reason": step.milestone.reason(lang),
            "remarks": say_remarks(step, plan.today, lang),
        }
        for step in plan.steps
    ]


def say_remarks(step: Step, today: date, lang: str) -> list[str]:
    """What must be known about one step's day."""
    texts = section("planner", lang)
    past = [texts["past"]] if step.day < today else []
    return past + [remark.said(lang) for remark in step.remarks]


def plan_data(plan: Plan, lang: str = "en") -> dict[str, Any]:
    """The plan as plain JSON data; days are ISO 8601, the deadline bears its offset from UTC."""
    return {
        "title": plan_title(plan, lang),
        "body": plan.body,
        "stage": plan.stage,
        "session": plan.session.isoformat(),
        "today": plan.today.isoformat(),
        "country": plan.country,
        "deadline": plan.deadline.isoformat(),
        "latest_safe_start": plan.latest_safe_start.isoformat(),
        "working_days_left": plan.working_days_left,
        "steps": [
            {**row, "day": row["day"].isoformat(), "intended": row["intended"].isoformat()}
            for row in plan_rows(plan, lang)
        ],
        "basis": [_basis_data(basis, lang) for basis in plan.basis],
        "notes": [{"id": note.id, "text": note.said(lang)} for note in plan.notes],
    }


def _basis_data(basis: Basis, lang: str) -> dict[str, Any]:
    rule = basis.rule if not basis.entered else None
    return {
        "name": basis.name,
        "value": basis.value(lang),
        "confidence": basis.confidence,
        "source": basis.source,
        "as_of": rule.as_of if rule else basis.dated.isoformat() if basis.dated else None,
        "checked": rule.checked.isoformat() if rule else None,
    }


def plan_lines(plan: Plan, lang: str = "en") -> list[str]:
    """The plan as lines for a terminal."""
    texts = section("planner", lang)
    lines = [plan_title(plan, lang), say_deadline(plan, lang), say_start(plan, lang), ""]
    for row in plan_rows(plan, lang):
        lines.append(_line(row["day"], row["step"], lang))
        lines += [f"            {remark}" for remark in row["remarks"]]
    lines.append(_line(plan.last_day, texts["last-day"], lang))
    lines += ["", texts["rests-on"], *(f"- {_say_basis(basis, lang)}" for basis in plan.basis)]
    return lines + (
        ["", texts["notes"], *(f"- {said.said(lang)}" for said in plan.notes)] if plan.notes else []
    )


def _line(day: date, step: str, lang: str) -> str:
    said = section("planner", lang)["line"].format(day=say_day(day, lang), step=step)
    return f"{day.isoformat()}  {said}"


def say_start(plan: Plan, lang: str) -> str:
    """The latest safe start, and the working days that are left."""
    return section("planner", lang)["start-said"].format(
        day=say_day(plan.latest_safe_start, lang), days=plan.working_days_left
    )


def _say_basis(basis: Basis, lang: str) -> str:
    texts = section("planner", lang)
    return (
        texts["basis"]
        .format(
            name=texts[basis.name],
            value=basis.value(lang),
            sure=texts[f"sure-{basis.confidence}"],
            source=basis.source,
        )
        .strip()
    )


def comparison_lines(comparison: Comparison, lang: str = "en") -> list[str]:
    """What moved and what breaks, as lines."""
    texts = section("planner", lang)
    if comparison.unchanged:
        return [texts["unchanged"]]
    moves = [
        texts["move-sooner" if move.days < 0 else "move-later"].format(
            step=move.milestone.name(lang),
            before=say_day(move.before, lang),
            after=say_day(move.after, lang),
            days=abs(move.days),
        )
        for move in comparison.moves
    ]
    broken = [said.said(lang) for said in comparison.breaks] or [texts["breaks-none"]]
    return [
        texts["moves"],
        *(f"- {line}" for line in moves),
        "",
        texts["breaks"],
        *(f"- {line}" for line in broken),
    ]


def comparison_data(comparison: Comparison, lang: str = "en") -> dict[str, Any]:
    """What moved and what breaks, as plain JSON data."""
    return {
        "unchanged": comparison.unchanged,
        "moves": [
            {
                "id": move.milestone.id,
                "before": move.before.isoformat(),
                "after": move.after.isoformat(),
                "days": move.days,
            }
            for move in comparison.moves
        ],
        "breaks": [{"id": said.id, "text": said.said(lang)} for said in comparison.breaks],
    }
