"""The picture of an item analysis: difficulty and discrimination of each item, as one SVG."""

from __future__ import annotations

import io
from collections import defaultdict
from html import escape

import pandas as pd
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from grading.analysis import EASY, FEWEST, HARD, WEAK, Analysis

TITLE = "How difficult each question is, and how well it tells learners apart"


def draw_items(analysis: Analysis) -> str:
    """An SVG that says in words what it shows; the same analysis gives the same picture.

    Items to look at are numbered as in the list beside them. Items with too few answers are not
    in the picture.
    """
    shown = analysis.table[(analysis.table["answers"] >= FEWEST) & analysis.table["D"].notna()]
    noted = shown["item"].isin(analysis.flagged["item"])
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "items", "font.size": 9}):
        figure = Figure(figsize=(9, max(5.0, 0.17 * noted.sum() + 1)), layout="constrained")
        axes, names = figure.subplots(1, 2, width_ratios=(4, 1))
        _plot(axes, shown, noted)
        axes.set_title(f"{len(shown)} questions, {analysis.learners} learners")
        listed = "\n".join(f"{n}  {item}" for n, item in enumerate(shown[noted]["item"], start=1))
        names.text(0, 1, listed, va="top", transform=names.transAxes)
        names.axis("off")
        names.set_title("To look at" if noted.any() else "", loc="left")
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return _with_words(file.getvalue(), _described(analysis, len(shown)))


def _plot(axes: Axes, shown: pd.DataFrame, noted: pd.Series) -> None:
    lowest = min([-0.2, *(shown["D"] - 0.1)])
    axes.axvspan(-0.02, HARD, color="#f3e3d3", zorder=0)
    axes.axvspan(EASY, 1.02, color="#f3e3d3", zorder=0)
    axes.axhspan(lowest, WEAK, color="#e3e6f3", zorder=0)
    for rows, marker, colour, label in (
        (shown[~noted], "o", "#1b5e7a", "in order"),
        (shown[noted], "D", "#a1351b", "to look at"),
    ):
        axes.scatter(rows["p"], rows["D"], marker=marker, c=colour, s=24, label=label, zorder=3)
    places = defaultdict(list)  # items that lie on each other share one label
    for number, row in enumerate(shown[noted].itertuples(), start=1):
        places[round(row.p, 2), round(row.D / 2, 2) * 2].append(str(number))
    for place, numbers in places.items():
        axes.annotate(", ".join(numbers), place, xytext=(-5, 4), textcoords="offset points", ha="right")
    axes.set(xlim=(-0.02, 1.02), ylim=(lowest, 1.02))
    axes.set_xlabel(f"p: mean score (shaded: below {HARD}, above {EASY})")
    axes.set_ylabel(f"D: best 27 % minus weakest 27 % (shaded: below {WEAK})")
    axes.legend(loc="upper left")


def _described(analysis: Analysis, shown: int) -> str:
    noted = [f"{row.item} ({', '.join(row.flags)})" for row in analysis.flagged.itertuples()]
    return (
        f"A point for each of {shown} questions, answered by {analysis.learners} learners: to the right the "
        f"easier ones, at the top those that tell learners apart. To look at: {', '.join(noted) or 'none'}."
    )


def _with_words(svg: str, description: str) -> str:
    """The SVG as one image with a title and a description, for who does not see it."""
    start = svg.index("<svg")
    end = svg.index(">", start)
    words = f'<title id="t">{escape(TITLE)}</title><desc id="d">{escape(description)}</desc>'
    return f'{svg[:end]} role="img" aria-labelledby="t d">{words}{svg[end + 1 :]}'
