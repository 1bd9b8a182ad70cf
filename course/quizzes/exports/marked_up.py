"""Texts as HTML that says its own language and direction, wherever it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from course.quizzes.exports.questions import Question
from course.quizzes.html import say


def block(text: str, question: Question) -> str:
    """A text of several lines, as a block of its own."""
    return f'<div lang="{question.lang}" dir="{question.dir}">{_lines(text, question)}</div>'


def inline(text: str, question: Question) -> str:
    """A text within a line: a choice, what is said about it."""
    return f'<span lang="{question.lang}" dir="{question.dir}">{_lines(text, question)}</span>'


def table(rows: Sequence[Sequence[str]], question: Question) -> str:
    """A table of English texts, the heads of its columns in the question's language."""
    heads = "".join(f'<th scope="col">{inline(head, question)}</th>' for head in rows[0])
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows[1:])
    return f'<table lang="en" dir="ltr"><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>'


def _lines(text: str, question: Question) -> str:
    return say(text, question.dir).replace("\n", "<br>")
