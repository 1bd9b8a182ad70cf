"""A learner's answer to be read: by the learner, and by the instructor who marks it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from course.content.models import FormField
from course.errors import CourseError, SubmissionError
from course.faults import card_html, for_a_learner, note_fault
from course.forms.answers import FILE_NAME, read_answers
from course.forms.submission import read_assignment
from course.texts import direction, text


@dataclass(frozen=True, repr=False)
class Shown:
    """Something to read, as a page shows it and as plain text. Nothing in it can act."""

    html: str
    plain: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.plain


def notice(sentence: str, lang: str = "en") -> Shown:
    """One sentence for the reader of a page, in place of what cannot be shown."""
    try:
        side = direction(lang)
    except CourseError:
        side = "ltr"
    return Shown(
        f'<p class="course-notice" lang="{escape(lang)}" dir="{side}">{escape(sentence)}</p>', sentence
    )


def trouble(error: CourseError, lang: str) -> Shown:
    """What a page shows in place of what cannot be read: the learner a card, everybody else the sentence."""
    if not for_a_learner():
        return notice(str(error), lang)
    fault = note_fault(error)
    return Shown(card_html(fault.words(lang), lang), f"{fault.kind} {fault.reference}")


def answer(assignment: str, field: str, lang: str = "en") -> Shown:
    """The answer of the learner to one question of an assignment, to be read, not changed.

    Reads `assignment.yml` and `answers.json` beside the page. Where something is missing
    or damaged the page shows a plain sentence, never a traceback: it is read by people.
    """
    folder = Path.cwd()
    try:
        known = read_assignment(folder)
        fields = {entry.id: entry for entry in known.form.fields}
        if known.id != assignment or field not in fields:
            raise SubmissionError(f"{assignment}, {field}: this page has no such question.")
        if not (folder / FILE_NAME).exists():
            return notice(text("submit.no-answers", lang), lang)
        value = read_answers(folder / FILE_NAME, known).answers.get(field)
    except SubmissionError as error:
        return trouble(error, lang)
    if value is None:
        return notice(text("submit.no-answer", lang), lang)
    return show_value(fields[field], value, lang)


def show_value(field: FormField, value: Any, lang: str = "en") -> Shown:
    """A value that fits its field: choices by their text, an order as a numbered list."""
    match field.kind:
        case "single-choice":
            body, plain = _paragraphs(field.choices[value].text)
        case "multiple-choice":
            body, plain = _listed("ul", [field.choices[name].text for name in field.choices if name in value])
        case "ordering":
            body, plain = _listed("ol", [field.choices[name].text for name in value])
        case "matching":
            body, plain = _listed(
                "ul",
                [
                    f"{choice.text} → {field.targets[value[name]].text}"
                    for name, choice in field.choices.items()
                    if name in value
                ],
            )
        case "numeric":
            body, plain = _paragraphs(f"{value} {field.unit}".strip())
        case _:
            body, plain = _paragraphs(value)
    return Shown(f'<div class="course-answer" lang="{escape(lang)}" dir="auto">{body}</div>', plain)


def _paragraphs(content: str) -> tuple[str, str]:
    blocks = [block for block in content.splitlines() if block.strip()]
    return "".join(f'<p dir="auto">{escape(block)}</p>' for block in blocks), content


def _listed(kind: str, entries: list[str]) -> tuple[str, str]:
    marks = [f"{number}." if kind == "ol" else "-" for number in range(1, len(entries) + 1)]
    plain = "\n".join(f"{mark} {entry}" for mark, entry in zip(marks, entries, strict=True))
    return f"<{kind}>" + "".join(
        f'<li dir="auto">{escape(entry)}</li>' for entry in entries
    ) + f"</{kind}>", plain
