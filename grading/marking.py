"""Marks one answer of a form: shows a plain reason, ends in the points that nbgrader takes.

Called from the hidden tests of a graded cell. nbgrader gives full points for no output, for
text and for a negative number, and none for a word on stderr: so this returns a float from 0
to `points` for every input, keeps stderr silent and never raises.

The reason shows what the learner has right, and for each other choice why it does not fit
with the rule behind it. It does not print the key: the reason is enough to find it, and the
same questions are handed in later by others.
"""

from __future__ import annotations

import contextlib
import io
import math
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from IPython.display import display
from pydantic import TypeAdapter

from course.content import FormField, load_assignment
from course.content.models import DateChoice, NumberChoice
from course.errors import CourseError
from course.forms import read_answers
from course.quizzes import score
from course.texts import direction, text

VALUES = {
    "numeric": TypeAdapter(dict[str, NumberChoice]),
    "date": TypeAdapter(dict[str, DateChoice]),
}


@dataclass
class Reason:
    """What is shown of one answer: a summary, what is right, what to look at again."""

    summary: str
    right: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)


def mark(
    assignment: str,
    name: str,
    *,
    points: float,
    key: Any,
    choices: Mapping[str, Any],
    remember: str,
    otherwise: str = "",
    tolerance: float = 0.0,
    language: str = "en",
) -> float:
    """Mark the answer to the field `name` in `answers.json` of the current folder.

    `key` and `choices` have the shapes of items.yml: for a choice field `choices` gives the
    sentence that explains each choice; for a number or a date, each value with its
    `feedback` and its `credit`, and `otherwise` for every other value. `remember` is the
    rule to take along, shown whatever the answer is.

    Returns the points, a float from 0 to `points`, rounded to two decimals.
    """
    with contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            response, question = _read(assignment, name)
            credit, reason = _judge(question, response, key, choices, otherwise, tolerance, language)
        except CourseError as error:
            credit, reason = 0.0, Reason(text("marking.unreadable", language, problem=str(error)))
        except Exception:  # a fault of ours must neither give points nor stop the next question
            credit, reason = 0.0, Reason(text("marking.broken", language))
        earned = round(credit * points, 2)
        _show(reason, earned, points, remember, language)
    return earned


def _read(assignment: str, name: str) -> tuple[Any, FormField]:
    folder = Path.cwd()
    released = load_assignment(folder / "assignment.yml", folder)
    answers = read_answers(folder / "answers.json", released)
    question = next(one for one in released.form.fields if one.id == name)
    return answers.answers.get(name), question


def _judge(
    question: FormField,
    response: Any,
    key: Any,
    choices: Mapping[str, Any],
    otherwise: str,
    tolerance: float,
    language: str,
) -> tuple[float, Reason]:
    """The credit from 0 to 1 and its reason."""
    if response in (None, "", [], {}):
        return 0.0, Reason(text("marking.missing", language))
    match question.kind:
        case "single-choice":
            credit = score.credit_single(response, key)
            reason = _explain_single(question, response, key, choices, language)
        case "multiple-choice":
            credit = score.credit_multiple(response, key)
            reason = _explain_multiple(question, response, key, choices, language)
        case "ordering":
            credit = score.credit_ordering(response, key)
            reason = _explain_ordering(question, response, key, choices, language)
        case "matching":
            credit = score.credit_matching(response, key)
            reason = _explain_matching(question, response, key, choices, language)
        case "numeric" | "date":
            values = VALUES[question.kind].validate_python(choices)
            credit = score.credit_value(response, values, key, tolerance)
            reason = _explain_value(question, response, values, key, otherwise, tolerance, language)
        case other:
            raise TypeError(f"a field of kind {other} is not marked by itself")
    return (min(1.0, max(0.0, credit)) if math.isfinite(credit) else 0.0), reason


# The reasons, a function each kind ---------------------------------------------------------


def _explain_single(
    question: FormField, response: Any, key: str, choices: Mapping[str, str], language: str
) -> Reason:
    said = f"{question.choices[response].text} {choices[response]}"
    if response == key:
        return Reason(text("marking.right", language), right=[said])
    return Reason(text("marking.not-right", language), again=[said])


def _explain_multiple(
    question: FormField, response: Sequence[str], key: Sequence[str], choices: Mapping[str, str], language: str
) -> Reason:
    hits = [choice for choice in response if choice in key]
    alarms = [choice for choice in response if choice not in key]
    summary = text(
        "marking.multiple",
        language,
        hits=len(hits),
        total=len(key),
        alarms=len(alarms),
    )

    def said(choice: str) -> str:
        return f"{question.choices[choice].text}. {choices[choice]}"

    return Reason(summary, right=[said(c) for c in hits], again=[said(c) for c in alarms])


def _explain_ordering(
    question: FormField, response: Sequence[str], key: Sequence[str], choices: Mapping[str, str], language: str
) -> Reason:
    place = {choice: number for number, choice in enumerate(key)}
    pairs = list(combinations(response, 2))
    right = sum(place[first] < place[second] for first, second in pairs)
    again = [
        text(
            "marking.too-early",
            language,
            first=question.choices[first].text,
            second=question.choices[second].text,
            reason=choices[first],
        )
        for first, second in pairwise(response)
        if place[first] > place[second]
    ]
    return Reason(text("marking.ordering", language, right=right, total=len(pairs)), again=again)


def _explain_matching(
    question: FormField,
    response: Mapping[str, str],
    key: Mapping[str, str],
    choices: Mapping[str, str],
    language: str,
) -> Reason:
    reason = Reason("")
    for choice, target in key.items():
        asked = question.choices[choice].text
        given = response.get(choice)
        if given == target:
            reason.right.append(f"{asked} → {question.targets[target].text}.")
        elif given is None:
            reason.again.append(f"{asked} → {text('marking.no-match', language)}")
        else:
            reason.again.append(f"{asked} → {question.targets[given].text}. {choices[choice]}")
    reason.summary = text("marking.matching", language, right=len(reason.right), total=len(key))
    return reason


def _explain_value(
    question: FormField,
    response: Any,
    values: Mapping[str, NumberChoice | DateChoice],
    key: str,
    otherwise: str,
    tolerance: float,
    language: str,
) -> Reason:
    summary = text("marking.wrote", language, value=f"{response} {question.unit}".strip())
    for name, value in values.items():
        if score.credit_value(response, {name: value}, name, tolerance) == 1.0:
            return Reason(summary, **{"right" if name == key else "again": [value.feedback]})
    return Reason(summary, again=[otherwise])


# Showing it ----------------------------------------------------------------------------------


def _show(reason: Reason, earned: float, points: float, remember: str, language: str) -> None:
    heading = text("marking.points", language, earned=f"{earned:g}", points=f"{points:g}")
    parts = [
        ("", [f"{heading} {reason.summary}"]),
        (text("marking.right-label", language), reason.right),
        (text("marking.again-label", language), reason.again),
        (text("marking.remember-label", language), [remember]),
    ]
    parts = [(label, lines) for label, lines in parts if lines]
    html = "".join(_html(label, lines) for label, lines in parts)
    plain = "\n".join(line for label, lines in parts for line in (label, *lines) if line)
    display(
        {
            "text/html": f'<div class="course-reason" lang="{language}" dir="{direction(language)}">{html}</div>',
            "text/plain": plain,
        },
        raw=True,
    )


def _html(label: str, lines: Iterable[str]) -> str:
    if not label:
        return "".join(f"<p><strong>{escape(line)}</strong></p>" for line in lines)
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<p>{escape(label)}</p><ul>{items}</ul>"
