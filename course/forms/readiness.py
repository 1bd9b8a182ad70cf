"""What is still missing in a form, in plain words; never whether an answer is right."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from course.content.models import Assignment, FormField
from course.forms.values import count_words, is_empty
from course.texts import text

_COMPUTED = ("deadline", "paragraph")  # the page fills these in by itself


def readiness(assignment: Assignment, answers: Mapping[str, Any], lang: str = "en") -> list[str]:
    """One sentence for each field that is empty, too short, too long or not written as asked.

    `answers` are the values by field, as in `Answers.answers`. An empty list means ready.
    """
    return [
        sentence
        for field in assignment.form.fields
        for sentence in _missing(field, answers.get(field.id), lang)
    ]


def _missing(field: FormField, value: Any, lang: str) -> Iterator[str]:
    label = textwrap.shorten(field.label, 60, placeholder=" …")
    if field.kind in _COMPUTED:
        return
    if is_empty(value):
        if field.required:
            yield text("readiness.empty", lang, label=label)
        return
    if field.kind == "matching" and len(value) < len(field.choices):
        yield text("readiness.not-all-matched", lang, label=label, done=len(value), all=len(field.choices))
    if isinstance(value, str):
        words = count_words(value)
        if field.max_words and words > field.max_words:
            yield text("readiness.too-long", lang, label=label, words=words, limit=field.max_words)
        if field.min_words and words < field.min_words:
            yield text("readiness.too-short", lang, label=label, words=words, limit=field.min_words)
        if field.pattern and not re.fullmatch(field.pattern, value):
            yield text("readiness.not-as-asked", lang, label=label, help=field.pattern_help)
