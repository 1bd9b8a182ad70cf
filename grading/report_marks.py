"""Marks one line of a rubric about a learner's own report, from the codes of its check alone.

Called from the hidden tests of a graded cell, as `grading.marking.mark` is. The report itself
stays with the learner: what counts is `report.json`, whose shape has no room for a word of it.
A learner could change those numbers; they are for learning, and say so nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection
from html import escape
from pathlib import Path

from IPython.display import display

from course.errors import SubmissionError
from course.forms.scores import ReportScores, read_scores
from course.texts import direction, text

GRAVE = ("error",)


def mark_report(
    *,
    points: float,
    codes: Collection[str] = ("",),
    severities: Collection[str] = GRAVE,
    remember: str,
    language: str = "en",
) -> float:
    """`points` where the check left none of `codes` open with one of `severities`, else 0.

    `codes` are codes or their beginnings, such as `LEN` for the limits of length; without them
    every code counts. Shows which codes are open, how often. Returns a float for whatever was
    handed in, as nbgrader wants it.
    """
    try:
        scores = read_scores(Path.cwd())
    except SubmissionError:
        scores = None
    earned = 0.0
    if scores is None:
        said = text("marking.report-missing", language)
    elif found := _open(scores, codes, severities):
        listed = ", ".join(f"{code} ({count})" for code, count in found.items())
        said = text("marking.report-open", language, codes=listed)
    else:
        earned, said = float(points), text("marking.report-clear", language)
    heading = text("marking.points", language, earned=f"{earned:g}", points=f"{points:g}")
    remembered = f"{text('marking.remember-label', language)} {remember}"
    html = f"<p><strong>{escape(f'{heading} {said}')}</strong></p><p>{escape(remembered)}</p>"
    opening = f'<div class="course-reason" lang="{language}" dir="{direction(language)}">'
    display(
        {"text/html": f"{opening}{html}</div>", "text/plain": f"{heading} {said}\n{remembered}"}, raw=True
    )
    return earned


def _open(scores: ReportScores, codes: Collection[str], severities: Collection[str]) -> dict[str, int]:
    """The findings that count, by code; one without a known severity counts."""
    return {
        code: count
        for code, count in scores.findings.items()
        if code.startswith(tuple(codes)) and scores.severities.get(code, "error") in severities
    }
