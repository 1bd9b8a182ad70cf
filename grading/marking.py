"""Marks one answer of a form: shows a plain reason, ends in the points that nbgrader takes.

Called from the hidden tests of a graded cell. nbgrader gives full points for no output, for
text and for a negative number, and none for a word on stderr: so this returns a float from 0
to `points` for whatever was handed in, and keeps stderr silent.

The reason shows what the learner has right, and for each other choice why it does not fit,
with the rule behind it. It does not print the key: the reason is enough to find it, and
others hand in the same questions later.
"""

from __future__ import annotations

import contextlib
import io
import math
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from IPython.display import display
from pydantic import TypeAdapter

from course.content import Assignment, FormField, load_assignment
from course.content.models import DateChoice, NumberChoice, WrittenChoice
from course.errors import SubmissionError
from course.forms import read_answers
from course.forms.showing import Shown, show_value
from course.quizzes import score
from course.texts import direction, text

VALUES = {
    "numeric": TypeAdapter(dict[str, NumberChoice]),
    "date": TypeAdapter(dict[str, DateChoice]),
    "short-text": TypeAdapter(dict[str, WrittenChoice]),
}
# The reasons of the other kinds repeat the learner's answer, choice by choice.
SHOWN_APART = ("ordering", *VALUES)


@dataclass(frozen=True)
class Scheme:
    """How one question is marked; the shapes are those of items.yml.

    `choices` gives for a choice field the sentence that explains each choice; for a number, a
    date or a short text, each known value with its `feedback` and, where it is a near miss, its
    `credit`: a short text has `values`, every form of it that counts as the same. `otherwise`
    explains every other value. `tolerance` is in the unit of the question.
    """

    key: Any
    choices: Mapping[str, Any]
    otherwise: str = ""
    tolerance: float = 0.0
    language: str = "en"

    def say(self, name: str, **values: object) -> str:
        """One text of the section `marking` in the language of the page."""
        return text(f"marking.{name}", self.language, **values)


@dataclass
class Reason:
    """What is shown of one answer: a summary, what is right, what to look at again."""

    summary: str
    right: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)


def mark(assignment: str, name: str, *, points: float, remember: str, **scheme: Any) -> float:
    """Mark the answer to the field `name` in `answers.json` of the current folder.

    `remember` is the rule to take along, shown whatever the answer is; the rest is the
    `Scheme` of the question. Returns a float from 0 to `points`, rounded to two decimals,
    for everything that a learner can hand in.

    Raises ValueError where the scheme does not fit its question, whatever the answer is:
    that fault is ours, and must be told to the instructor instead of costing points.
    """
    with contextlib.redirect_stderr(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        known = Scheme(**scheme)
        question, released = _find_question(assignment, name)
        _require_sound(question, known)
        own, credit = None, 0.0
        try:
            response = read_answers(Path("answers.json"), released).answers.get(name)
        except SubmissionError as error:
            reason = Reason(known.say("unreadable", problem=error))
        else:
            if response is None:
                reason = Reason(known.say("missing"))
            else:
                credit, reason = _judge(question, response, known)
                own = show_value(question, response, known.language) if question.kind in SHOWN_APART else None
        earned = round(credit * points, 2)
        heading = known.say("points", earned=f"{earned:g}", points=f"{points:g}")
        _show(own, heading, reason, remember, known)
    return earned


def _find_question(assignment: str, name: str) -> tuple[FormField, Assignment]:
    released = load_assignment(Path("assignment.yml").absolute(), Path.cwd())
    questions = {question.id: question for question in released.form.fields}
    if released.id != assignment or name not in questions:
        raise ValueError(f"the form beside this page is {released.id}; it is no {assignment} with {name}")
    return questions[name], released


def _require_sound(question: FormField, scheme: Scheme) -> None:
    """A key that does not fit its question would mark everybody wrong, and nobody would see why."""
    if question.kind in VALUES:
        sound = scheme.key in scheme.choices
    elif set(scheme.choices) != set(question.choices):
        sound = False
    elif question.kind == "single-choice":
        sound = scheme.key in question.choices
    elif question.kind == "multiple-choice":
        sound = set() < set(scheme.key) <= set(question.choices)
    elif question.kind == "ordering":
        sound = sorted(scheme.key) == sorted(question.choices)
    elif question.kind == "matching":
        sound = set(scheme.key) == set(question.choices) and set(scheme.key.values()) <= set(question.targets)
    else:
        raise ValueError(f"{question.id}: a field of kind {question.kind} is not marked by itself")
    if not sound:
        raise ValueError(f"{question.id}: the key or the explained choices are not those of the form")


def _judge(question: FormField, response: Any, scheme: Scheme) -> tuple[float, Reason]:
    """The credit from 0 to 1, and its reason."""
    match question.kind:
        case "single-choice":
            credit = score.credit_single(response, scheme.key)
            reason = _explain_single(question, response, scheme)
        case "multiple-choice":
            credit = score.credit_multiple(response, scheme.key)
            reason = _explain_multiple(question, response, scheme)
        case "ordering":
            credit = score.credit_ordering(response, scheme.key)
            reason = _explain_ordering(question, response, scheme)
        case "matching":
            credit = score.credit_matching(response, scheme.key)
            reason = _explain_matching(question, response, scheme)
        case _:
            values = VALUES[question.kind].validate_python(scheme.choices)
            if question.kind == "short-text":
                credit = score.credit_text(response, values, scheme.key)
                found = score.find_text(response, values, scheme.key)
            else:
                credit = score.credit_value(response, values, scheme.key, scheme.tolerance)
                found = score.find_value(response, values, scheme.key, scheme.tolerance)
            said = [values[found].feedback if found else scheme.otherwise]
            if found == scheme.key:
                reason = Reason(scheme.say("right"), right=said)
            else:
                reason = Reason(scheme.say("partly" if credit else "not-right"), again=said)
    return (min(1.0, max(0.0, credit)) if math.isfinite(credit) else 0.0), reason


# The reasons, a function each kind ---------------------------------------------------------


def _explain_single(question: FormField, response: str, scheme: Scheme) -> Reason:
    said = [f"{question.choices[response].text}\n{scheme.choices[response]}"]
    if response == scheme.key:
        return Reason(scheme.say("right"), right=said)
    return Reason(scheme.say("not-right"), again=said)


def _explain_multiple(question: FormField, response: Sequence[str], scheme: Scheme) -> Reason:
    said = {c: f"{question.choices[c].text}\n{scheme.choices[c]}" for c in dict.fromkeys(response)}
    hits = [line for choice, line in said.items() if choice in scheme.key]
    alarms = [line for choice, line in said.items() if choice not in scheme.key]
    summary = scheme.say("multiple", hits=len(hits), total=len(scheme.key), alarms=len(alarms))
    return Reason(summary, hits, alarms)


def _explain_ordering(question: FormField, response: Sequence[str], scheme: Scheme) -> Reason:
    place = {choice: number for number, choice in enumerate(response)}
    pairs = list(combinations(scheme.key, 2))
    right = sum(a in place and b in place and place[a] < place[b] for a, b in pairs)
    summary = scheme.say("ordering", right=right, total=len(pairs))
    if right == len(pairs):
        return Reason(summary, right=[f"{question.choices[c].text}\n{scheme.choices[c]}" for c in response])
    too_early = [
        scheme.say(
            "too-early",
            first=question.choices[first].text,
            second=question.choices[second].text,
            reason=scheme.choices[first],
        )
        for first, second in pairwise(response)
        if scheme.key.index(first) > scheme.key.index(second)
    ]
    return Reason(summary, again=too_early)


def _explain_matching(question: FormField, response: Mapping[str, str], scheme: Scheme) -> Reason:
    right, again = [], []
    for choice, target in scheme.key.items():
        asked = question.choices[choice].text
        given = response.get(choice)
        if given is None:
            again.append(f"{asked} → {scheme.say('no-match')}\n{scheme.choices[choice]}")
        elif given == target:
            right.append(f"{asked} → {question.targets[given].text}.")
        else:
            again.append(f"{asked} → {question.targets[given].text}?\n{scheme.choices[choice]}")
    return Reason(scheme.say("matching", right=len(right), total=len(scheme.key)), right, again)


# Showing it ----------------------------------------------------------------------------------


def _show(own: Shown | None, heading: str, reason: Reason, remember: str, scheme: Scheme) -> None:
    """The learner's own answer where there is one to show, then the points with their reason."""
    labelled = [(scheme.say("right-label"), reason.right), (scheme.say("again-label"), reason.again)]
    labelled = [(label, lines) for label, lines in labelled if lines]
    summary = f"{heading} {reason.summary}"
    remembered = f"{scheme.say('remember-label')} {remember}"
    plain = "\n".join([summary, *(line for label, lines in labelled for line in (label, *lines)), remembered])
    html = f"<p><strong>{escape(summary)}</strong></p>"
    for label, lines in labelled:
        items = "".join(f"<li>{escape(line).replace(chr(10), '<br>')}</li>" for line in lines)
        html += f"<p>{escape(label)}</p><ul>{items}</ul>"
    html += f"<p>{escape(remembered)}</p>"
    opening = f'<div class="course-reason" lang="{scheme.language}" dir="{direction(scheme.language)}">'
    html = f"{opening}{html}</div>"
    if own is not None:
        html, plain = own.html + html, f"{own.plain}\n{plain}"
    display({"text/html": html, "text/plain": plain}, raw=True)
