"""A plan as a line of time to print: SVG with its text as text, the same bytes for the same plan."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from io import StringIO

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.dates import date2num
from matplotlib.figure import Figure

from course.planner.models import Plan
from course.planner.rests import body_name, stage_name
from course.texts import direction, say_day, section

INK, QUIET, WARM = "#1c1c1c", "#767676", "#8f1d14"
# Text as text, so that it can be read out and searched; a fixed salt, so that ids do not change.
SVG = {"svg.fonttype": "none", "svg.hashsalt": "course-plan", "font.family": ["DejaVu Sans"]}
DAYS_BEYOND = 0.03  # of the whole, free at both ends


def draw_timeline(plan: Plan, lang: str = "en") -> str:
    """The steps, the last day and the session along the months; right to left where the language is."""
    texts = section("planner", lang)
    rows = [(step.day, step.milestone.name(lang), step.day < plan.today) for step in plan.steps]
    rows.append((plan.last_day, texts["last-day"], plan.last_day < plan.today))
    if plan.session > plan.last_day:
        rows.append((plan.session, texts["opening"], False))
    title = texts["heading"].format(
        body=body_name(plan.body).name(lang), stage=stage_name(plan.stage).name(lang)
    )
    with mpl.rc_context(SVG):
        figure = Figure(figsize=(11, 0.45 * len(rows) + 1.4))
        FigureCanvasSVG(figure)
        right_to_left = direction(lang) == "rtl"
        axes = figure.add_axes((0.03, 0.12, 0.6, 0.76) if right_to_left else (0.37, 0.12, 0.6, 0.76))
        _draw_rows(axes, rows, lang)
        _draw_months(axes, rows[0][0], rows[-1][0], lang)
        _draw_today(axes, plan, rows, lang)
        if right_to_left:
            axes.invert_xaxis()
            axes.yaxis.tick_right()
        figure.suptitle(
            title, x=0.97 if right_to_left else 0.03, ha="right" if right_to_left else "left",
            y=0.97, fontsize=11, color=INK,
        )  # fmt: skip
        written = StringIO()
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None})
    alternative = escape(f"{texts['timeline-alt']} {title}", quote=True)
    drawn = written.getvalue()
    return drawn.replace("<svg ", f'<svg role="img" lang="{lang}" aria-label="{alternative}" ', 1)


def _draw_rows(axes: Axes, rows: list[tuple[date, str, bool]], lang: str) -> None:
    """A row a step: its name and day at the side, a line along the time, a mark on the day."""
    for place, (day, _, past) in enumerate(rows):
        colour = WARM if past else INK
        axes.axhline(place, color="#d9d9d9", linewidth=0.8, zorder=1)
        axes.plot([date2num(day)], [place], marker="x" if past else "o", color=colour, markersize=7, zorder=3)
    axes.set_yticks(range(len(rows)), [f"{name}\n{say_day(day, lang)}" for day, name, _ in rows], fontsize=8)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0, colors=INK)
    for side in ("left", "right", "top"):
        axes.spines[side].set_visible(False)


def _draw_months(axes: Axes, first: date, last: date, lang: str) -> None:
    """The first of each month, named in the language."""
    names = section("quiz", lang)
    days = [first.replace(day=1) + timedelta(n) for n in range((last - first).days + first.day)]
    months = [day for day in days if day.day == 1 and day >= first]
    step = max(1, len(months) // 8)
    shown = months[::step]
    margin = max(2.0, (last - first).days * DAYS_BEYOND)
    axes.set_xlim(date2num(first) - margin, date2num(last) + margin)
    axes.set_xticks(
        [date2num(day) for day in shown],
        [f"{names[f'month-{day.month}']}\n{day.year}" for day in shown],
        fontsize=8,
        color=INK,
    )
    axes.grid(axis="x", color="#ececec", linewidth=0.8, zorder=0)


def _draw_today(axes: Axes, plan: Plan, rows: list[tuple[date, str, bool]], lang: str) -> None:
    """Today as a broken line, where it lies within the plan."""
    if rows[0][0] <= plan.today <= rows[-1][0]:
        axes.axvline(date2num(plan.today), color=QUIET, linestyle="--", linewidth=1, zorder=2)
        axes.text(
            date2num(plan.today), -0.65, section("planner", lang)["today"], ha="center", va="bottom",
            fontsize=8, color=INK,
        )  # fmt: skip
