"""What one field of a form may hold: its kind and its bounds, never whether it is right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any

from course.content.models import FormField
from course.errors import SubmissionError

MOST_CHARACTERS = {"short-text": 1_000, "long-text": 50_000, "paragraph": 50_000}
LENIENCE = 3  # a text may be this many times its word limit: the limit is marked, the bound is for safety
LARGEST = 1e12
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def is_empty(value: Any) -> bool:
    """Whether nothing was answered."""
    return value is None or (isinstance(value, str) and not value.strip()) or value in ([], {})


def count_words(text: str) -> int:
    """Words as the page counts them: runs of characters between spaces."""
    return len(text.split())


def check_value(field: FormField, value: Any) -> Any:
    """`value` as the field may hold it, None where it is empty.

    Raises SubmissionError, one sentence, for a wrong kind, an id that is no choice, and
    what is longer than anybody would write. Control characters are dropped from text.
    """
    return None if is_empty(value) else _CHECKS[field.kind](field, value)


def _refusal(field: FormField, problem: str) -> SubmissionError:
    return SubmissionError(f"{field.id}: this answer {problem}; answer this question again in the form.")


def _single(field: FormField, value: Any) -> str:
    return _known(field, value, field.choices)


def _known(field: FormField, value: Any, known: Mapping[str, Any]) -> str:
    if not isinstance(value, str) or value not in known:
        raise _refusal(field, f"names {_shortly(value)}, which is no choice of this question")
    return value


def _distinct(field: FormField, value: Any) -> list[str]:
    if not isinstance(value, list):
        raise _refusal(field, "is not a list of choices")
    if len(value) > len(field.choices):
        raise _refusal(field, "names more choices than there are")
    for choice in value:
        _known(field, choice, field.choices)
    if len(set(value)) != len(value):
        raise _refusal(field, "names a choice twice")
    return value


def _order(field: FormField, value: Any) -> list[str]:
    ordered = _distinct(field, value)
    if len(ordered) != len(field.choices):
        raise _refusal(field, f"puts {len(ordered)} of {len(field.choices)} choices in order")
    return ordered


def _matches(field: FormField, value: Any) -> dict[str, str] | None:
    if not isinstance(value, dict):
        raise _refusal(field, "does not say which line belongs to which")
    matches = {
        _known(field, choice, field.choices): _known(field, target, field.targets)
        for choice, target in value.items()
        if not is_empty(target)
    }
    return matches or None


def _number(field: FormField, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _refusal(field, f"is {_shortly(value)}, not a number")
    if not -LARGEST <= value <= LARGEST:  # also what is not finite
        raise _refusal(field, "is a number that is too large")
    return value


def _day(field: FormField, value: Any) -> str:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            date.fromisoformat(value)
        except ValueError:
            raise _refusal(field, f"is {value}, a day that no calendar has") from None
        return value
    raise _refusal(field, f"is {_shortly(value)}, not a day such as 2027-09-13")


def _text(field: FormField, value: Any) -> str:
    if not isinstance(value, str):
        raise _refusal(field, "is not a text")
    most = MOST_CHARACTERS[field.kind]
    if len(value) > most:
        raise _refusal(field, f"has {len(value)} characters, more than the {most} that fit")
    text = "".join(sign for sign in value if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
    if field.max_words and count_words(text) > LENIENCE * field.max_words:
        raise _refusal(
            field, f"has {count_words(text)} words where {field.max_words} are asked for; shorten it first"
        )
    return text.strip() if field.kind == "short-text" else text


def _shortly(value: Any) -> str:
    text = ascii(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


_CHECKS = {
    "short-text": _text,
    "long-text": _text,
    "paragraph": _text,
    "single-choice": _single,
    "multiple-choice": _distinct,
    "ordering": _order,
    "matching": _matches,
    "numeric": _number,
    "date": _day,
    "deadline": _day,
}
