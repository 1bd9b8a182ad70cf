"""A form as the JSON from which the page is drawn, in the browser and in the book."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course.content.models import Form, FormField
from course.facts import bodies, rule
from course.quizzes import page_texts, shuffle
from course.texts import direction, section

FORM_LANGUAGE = "en"  # forms have no translations yet: their text says so by its own `lang`


def form_payload(
    identifier: str, form: Form, lang: str = "en", *, graded: bool = False, readonly: bool = False
) -> dict[str, Any]:
    """The payload of a form; `identifier` is the name under which its entries are saved.

    A graded form can be checked and handed in, and its choices are shuffled. Raises
    CourseError for a language that the course does not have.
    """
    texts = section("submit", lang)
    names = ("check", "submit") if graded and not readonly else ()
    return {
        "mode": "form",
        "id": identifier,
        "lang": lang,
        "dir": direction(lang),
        "title": form.title,
        "intro": form.intro,
        "ui": page_texts("form", lang),
        "items": [_item(field, form, graded) for field in form.fields],
        "actions": [{"name": name, "label": texts[name]} for name in names],
        "readonly": readonly,
    }


def _item(field: FormField, form: Form, graded: bool) -> dict[str, Any]:
    return {
        "id": field.id,
        "revision": 1,
        "objective": "",
        "kind": field.kind,
        "lang": FORM_LANGUAGE,
        "dir": direction(FORM_LANGUAGE),
        "stem": field.label,
        "choices": [
            {"id": name, "text": field.choices[name].text, "note": field.choices[name].note or ""}
            for name in _shown_order(field, graded)
        ],
        "targets": [{"id": name, "text": target.text} for name, target in field.targets.items()],
        "unit": field.unit,
        "hints": [],
        "source": "",
        "help": field.help,
        "required": field.required,
        "max_words": field.max_words,
        "min_words": field.min_words,
        "pattern": field.pattern,
        "pattern_help": field.pattern_help,
        "days": _days_by_choice(field, form),
        "body": field.body,
        "session": field.session,
        "template": field.template,
    }


def _shown_order(field: FormField, graded: bool) -> list[str]:
    """The file may hold the right order or the right choice first: shuffled, always in the same way."""
    if graded or field.kind == "ordering":
        return shuffle(field.id, field.choices)
    return list(field.choices)


def _days_by_choice(field: FormField, form: Form) -> Mapping[str, int | None]:
    """Days before the session, by choice of the body's field; None where no rule was verified."""
    if field.kind != "deadline":
        return {}
    (body_field,) = [other for other in form.fields if other.id == field.body]
    codes = {code.lower(): code for code in bodies()}
    return {choice: _days(codes.get(choice.lower()), field.stage) for choice in body_field.choices}


def _days(code: str | None, stage: str) -> int | None:
    found = rule(code, stage, "deadline") if code else None
    if found is None or not found.decides or found.unit != "weeks-before-session":
        return None
    return round(float(found.value) * 7)
