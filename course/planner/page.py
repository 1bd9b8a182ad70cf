"""A plan on a page: the table, what it rests on, the notes and the line of time."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from html import escape
from typing import Any

from course.facts.shown import source_html
from course.planner.models import Basis, Plan
from course.planner.table import plan_rows, plan_title, say_deadline, say_start
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
            f"<p><strong>{escape(say_deadline(plan, lang))}</strong> {escape(say_start(plan, lang))}</p>"
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
