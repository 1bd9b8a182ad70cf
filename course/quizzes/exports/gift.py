r"""GIFT: one text file, read by Moodle and by many other systems.

Texts are HTML (`[html]`), so that Arabic keeps its direction. Every sign that means something
in GIFT is escaped by a backslash. Its grammar: https://docs.moodle.org/en/GIFT_format
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from course.quizzes.exports.fractions import fraction
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
from course.quizzes.exports.splitting import as_places, gaps_apart, with_told, without_table

SUFFIX = ".gift.txt"
_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "\\~=#{}:"})


def write_gift(questions: Iterable[Question], category: str) -> tuple[str, list[Loss]]:
    """The file, and what could not be kept."""
    lost: list[Loss] = []
    entries = [f"$CATEGORY: {category}"]
    entries += [entry for question in questions for entry in _entries(question, lost)]
    return "\n\n".join(entries) + "\n", lost


def _entries(question: Question, lost: list[Loss]) -> Iterator[str]:
    if question.hints:
        lost.append(Loss(question.id, "hints", "left out", "GIFT has no hints"))
    question = without_table(question, lost)
    body = question.body
    if isinstance(body, Order):
        reason = "a place is given to each step, and right places are counted, not pairs in order"
        lost.append(Loss(question.id, "kind", "changed", reason))
        question = as_places(question, body)
    if isinstance(body, Gaps):
        reason = "GIFT asks one thing a question: each gap is a question of its own"
        lost.append(Loss(question.id, "kind", "changed", reason))
        yield from (_entry(gap, lost) for gap in gaps_apart(question, body))
    else:
        yield _entry(question, lost)


def _entry(question: Question, lost: list[Loss]) -> str:
    if isinstance(question.body, Number):
        lost.append(Loss(question.id, "unit", "moved", "GIFT has no units; it stands in the question"))
        question = replace(question, stem=f"{question.stem} ({question.body.unit})")
    question = with_told(question, lost)
    tags = "".join(f" [tag:{tag}]" for tag in question.tags)
    notes = _html("\n".join(question.notes), question)
    stem = block(question.stem, question).translate(_ESCAPED)
    head = f"// [id:{question.id}]{tags}\n::{question.id}::[html]{stem}"
    return f"{head}{{{_answers(question, lost)}\n\t####{notes}\n}}"


def _answers(question: Question, lost: list[Loss]) -> str:
    match question.body:
        case Select():
            return _select(question, question.body, lost)
        case Typed():
            return _typed(question, question.body, lost)
        case Number():
            return _number(question, question.body, lost)
        case Pairs():
            return _pairs(question, question.body)
    raise TypeError(f"GIFT has no answers for {question.body!r}")


def _select(question: Question, body: Select, lost: list[Loss]) -> str:
    if not body.shuffle:
        reason = "GIFT cannot say that the order of the choices is to be kept"
        lost.append(Loss(question.id, "order of choices", "left out", reason))
    lines = []
    for answer in body.answers:
        if body.single:
            # Only where an answer has `=` does Moodle let learners choose no more than one.
            sign = "=" if answer.credit == 1 else "~"
        else:
            sign = f"~%{fraction(answer.credit, question.id, lost)}%"
        lines.append(f"\n\t{sign}{_html(answer.text, question)}#{_html(answer.feedback, question)}")
    return "".join(lines)


def _typed(question: Question, body: Typed, lost: list[Loss]) -> str:
    # An asterisk stands for any text: only in the last line is that meant.
    known = [replace(answer, text=answer.text.replace("*", "\\*")) for answer in body.answers]
    answers = (*known, Answer("*", 0.0, body.otherwise))
    lines = []
    for answer in answers:
        said = answer.text
        if "->" in said:  # Moodle would take the question for one of pairs, escaped or not
            said = said.replace("->", "→")
            lost.append(Loss(question.id, "answer", "changed", f"-> is written as → in {answer.text!r}"))
        share = fraction(answer.credit, question.id, lost)
        lines.append(f"\n\t=%{share}%{said.translate(_ESCAPED)}#{_html(answer.feedback, question)}")
    return "".join(lines)


def _number(question: Question, body: Number, lost: list[Loss]) -> str:
    lines = [
        f"\n\t=%{fraction(answer.credit, question.id, lost)}%{answer.text}:{body.tolerance:.15g}"
        f"#{_html(answer.feedback, question)}"
        for answer in body.answers
    ]
    return "".join(["#", *lines, f"\n\t~#{_html(body.otherwise, question)}"])


def _pairs(question: Question, body: Pairs) -> str:
    lines = [f"\n\t={_html(pair.left, question)} -> {pair.right.translate(_ESCAPED)}" for pair in body.pairs]
    return "".join([*lines, *(f"\n\t= -> {spare.text.translate(_ESCAPED)}" for spare in body.spare)])


def _html(text: str, question: Question) -> str:
    return inline(text, question).translate(_ESCAPED)
