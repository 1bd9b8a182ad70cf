"""jupyterquiz: a JSON list of questions that its own script draws in a notebook.

It knows one or several choices, a number, a text; it says right or wrong and counts no points.
Its notation: https://github.com/jmshea/jupyterquiz
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from course.quizzes.exports.losses import Loss
from course.quizzes.exports.marked_up import block, inline
from course.quizzes.exports.questions import (
    Answer,
    Gaps,
    Number,
    Order,
    Pairs,
    Question,
    Select,
    Typed,
)
from course.quizzes.exports.splitting import as_places, gaps_apart, pairs_apart, without_table

SUFFIX = ".jupyterquiz.json"
# Its script makes formulas of $ and links of [text](address): here neither is meant.
_MEANT_AS_SIGNS = str.maketrans({"$": "&#36;", "[": "&#91;"})


def write_jupyterquiz(questions: Iterable[Question], category: str) -> tuple[str, list[Loss]]:
    """The file, and what could not be kept. `category` stands in each question, unseen."""
    lost: list[Loss] = []
    document = [entry for question in questions for entry in _entries(question, category, lost)]
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n", lost


def _entries(question: Question, category: str, lost: list[Loss]) -> Iterator[dict[str, Any]]:
    _say_what_is_unseen(question, lost)
    for part in _simple(without_table(question, lost), lost):
        unseen = {
            "id": part.id,
            "module": category,
            "tags": list(part.tags),
            "lang": part.lang,
            "hints": list(part.hints),
            "notes": list(part.notes),
        }
        yield {"question": block(part.stem, part).translate(_MEANT_AS_SIGNS), **_body(part), "course": unseen}


def _say_what_is_unseen(question: Question, lost: list[Loss]) -> None:
    unseen = "it is in the file, but jupyterquiz shows it to nobody"
    if question.hints:
        lost.append(Loss(question.id, "hints", "left out", unseen))
    lost.append(Loss(question.id, "general feedback", "left out", unseen))
    answers = getattr(question.body, "answers", ())
    several = isinstance(question.body, Select) and not question.body.single
    if several or any(0 < answer.credit < 1 for answer in answers):
        reason = "jupyterquiz says right or wrong and counts no points"
        lost.append(Loss(question.id, "credit", "left out", reason))


def _simple(question: Question, lost: list[Loss]) -> Iterable[Question]:
    """The question, or the several that hold what it asks."""
    match question.body:
        case Gaps() as body:
            parts, what = list(gaps_apart(question, body)), "gap"
        case Order() as body:
            placed = as_places(question, body)
            parts, what = list(pairs_apart(placed, placed.body)), "place"
        case Pairs() as body:
            parts, what = list(pairs_apart(question, body)), "pair"
            if len(body.told) > len(body.pairs) + sum(bool(spare.feedback) for spare in body.spare):
                reason = "what is said of parts that are given is shown to nobody"
                lost.append(Loss(question.id, "feedback of choices", "left out", reason))
        case _:
            return [question]
    reason = f"each {what} is a question of its own"
    lost.append(Loss(question.id, "kind", "changed", reason))
    return parts


def _body(question: Question) -> dict[str, Any]:
    match question.body:
        case Select() as body:
            kind = "multiple_choice" if body.single else "many_choice"
            answers = [
                {"answer": _said(answer.text, question), **_judged(answer, question)}
                for answer in body.answers
            ]
            return {"type": kind, "answers": answers}
        case Number() as body:
            answers = [
                {"range": _range(float(answer.text), body.tolerance), **_judged(answer, question)}
                for answer in body.answers
            ]
            return {"type": "numeric", "answers": [*answers, _default(body.otherwise, question)]}
        case Typed() as body:
            answers = [{"answer": answer.text, **_judged(answer, question)} for answer in body.answers]
            return {"type": "string", "answers": [*answers, _default(body.otherwise, question)]}
    raise TypeError(f"jupyterquiz has no question for {question.body!r}")


def _judged(answer: Answer, question: Question) -> dict[str, Any]:
    several = isinstance(question.body, Select) and not question.body.single
    correct = answer.credit > 0 if several else answer.credit == 1
    return {"correct": correct, "feedback": _said(answer.feedback, question)}


def _said(text: str, question: Question) -> str:
    return inline(text, question).translate(_MEANT_AS_SIGNS)


def _range(value: float, tolerance: float) -> list[float]:
    """The script leaves out the upper end, ours does not: it is the next number there is."""
    return [value - tolerance, math.nextafter(value + tolerance, math.inf)]


def _default(otherwise: str, question: Question) -> dict[str, str]:
    return {"type": "default", "feedback": _said(otherwise, question)}
