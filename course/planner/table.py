"""A plan in words: rows, a table for a page, lines for a terminal, plain data for programs."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from course.facts.shown import source_html
from course.planner.comparing import Comparison
from course.planner.models import Basis, Plan, Step
from course.planner.rests import body_name, stage_name
from course.planner.timeline import draw_timeline
from course.texts import direction, say_day, section

STYLE = """
.course-plan { margin: 1rem 0; }
.course-plan-box { overflow-x: auto; border: 1px solid #8a8a8a; border-radius: .4rem; }
.course-plan-box:focus-visible { outline: 3px solid #1a5fb4; outline-offset: 2px; }
.course-plan table { border-collapse: collapse; width: 100%; margin: 0; font-size: .9rem; line-height: 1.4; }
.course-plan caption { caption-side: top; text-align: start; padding: .6rem .7rem; font-weight: 600; }
.course-plan th, .course-plan td { padding: .5rem .7rem; vertical-align: top; text-align: start;
  border: 0; border-top: 1px solid #8a8a8a; min-width: 7rem; white-space: normal; }
.course-plan td small { display: block; }
.course-plan [data-past=true] th, .course-plan [data-past=true] time { text-decoration: underline dotted; }
.course-plan img { max-width: 100%; height: auto; background: #fff; }
.course-plan details { overflow-wrap: anywhere; }
.course-plan summary { cursor: pointer; min-height: 1.5rem; }
""".strip()


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
    lines = [plan_title(plan, lang), say_deadline(plan, lang), _say_start(plan, lang), ""]
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


def _say_start(plan: Plan, lang: str) -> str:
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


@dataclass(frozen=True)
class PlanTable:
    """A plan in one language; a page shows it as HTML with its timeline."""

    plan: Plan
    lang: str = "en"

    def _repr_html_(self) -> str:
        """The table, what it rests on, the notes and the timeline; always the same."""
        texts, plan, lang = section("planner", self.lang), self.plan, self.lang
        title = escape(plan_title(plan, lang))
        heads = "".join(
            f'<th scope="col">{escape(texts[f"column-{name}"])}</th>'
            for name in ("step", "day", "before", "reason")
        )
        picture = base64.b64encode(draw_timeline(plan, lang).encode("utf-8")).decode("ascii")
        notes = "".join(f"<li>{escape(said.said(lang))}</li>" for said in plan.notes)
        return (
            f'<div class="course-plan" lang="{lang}" dir="{direction(lang)}"><style>{STYLE}</style>'
            f"<p><strong>{escape(say_deadline(plan, lang))}</strong> {escape(_say_start(plan, lang))}</p>"
            + (f"<ul>{notes}</ul>" if notes else "")
            + f'<div class="course-plan-box" role="region" tabindex="0" aria-label="{title}">'
            f"<table><caption>{title}</caption><thead><tr>{heads}</tr></thead>"
            f"<tbody>{''.join(_row(row, lang) for row in plan_rows(plan, lang))}</tbody></table></div>"
            f"<details><summary>{escape(texts['rests-on'])}</summary><ul>"
            f"{''.join(_basis_item(basis, lang) for basis in plan.basis)}</ul></details>"
            f'<img alt="{escape(texts["timeline-alt"])}" src="data:image/svg+xml;base64,{picture}"></div>'
        )


def _row(row: dict[str, Any], lang: str) -> str:
    texts = section("planner", lang)
    remarks = "".join(f"<small>{escape(remark)}</small>" for remark in row["remarks"])
    day = f'<time datetime="{row["day"].isoformat()}">{escape(say_day(row["day"], lang))}</time>'
    before = texts["before"].format(days=row["days_before"], working=row["working_days_before"])
    return (
        f'<tr data-past="{str(row["past"]).lower()}"><th scope="row">{escape(row["step"])}</th>'
        f"<td>{day}{remarks}</td><td>{escape(before)}</td><td>{escape(row['reason'])}</td></tr>"
    )


def _basis_item(basis: Basis, lang: str) -> str:
    texts = section("planner", lang)
    said = texts["basis"].format(
        name=escape(texts[basis.name]),
        value=escape(basis.value(lang)),
        sure=escape(texts[f"sure-{basis.confidence}"]),
        source=source_html(basis.source),
    )
    return f'<li data-confidence="{basis.confidence}">{said}</li>'
