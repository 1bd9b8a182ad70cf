"""Interface texts by id and language: what a learner reads stands in data, never in code."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from course.errors import CourseError
from course.files import DATA, read_quickly

LANGUAGES = ("en", "fr", "ar")
RIGHT_TO_LEFT = frozenset({"ar"})


def direction(language: str) -> str:
    """`rtl` or `ltr`, for the `dir` of every block that is rendered."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


@cache
def _read_texts(language: str) -> Mapping[str, Mapping[str, str]]:
    """The whole file of a language: a page asks for many sections."""
    return read_quickly(DATA / f"ui.{language}.yml")


@cache
def section(name: str, language: str = "en") -> Mapping[str, str]:
    """All texts of one section of `ui.LANGUAGE.yml`, e.g. `section("quiz", "ar")`.

    Raises CourseError for a language or a section that does not exist.
    """
    if language not in LANGUAGES:
        raise CourseError(f"the course has no language {language!r}; it has {', '.join(LANGUAGES)}.")
    document = _read_texts(language)
    if name not in document:
        raise CourseError(f"ui.{language}.yml has no section {name!r}; add it with its texts.")
    return MappingProxyType({str(key): str(value) for key, value in document[name].items()})


def text(identifier: str, language: str = "en", **values: object) -> str:
    """One text by id (`"quiz.check"`), with `{name}` places filled from `values`."""
    name, _, key = identifier.partition(".")
    texts = section(name, language)
    if key not in texts:
        raise CourseError(f"ui.{language}.yml has no text {identifier!r}; add it.")
    return texts[key].format(**values) if values else texts[key]


def say_day(day: date, language: str) -> str:
    """A day in words, e.g. "Monday 13 September 2027"."""
    texts = section("quiz", language)
    return texts["date"].format(
        weekday=texts[f"weekday-{day.isoweekday()}"],
        day=texts["first-day"] if day.day == 1 else day.day,
        month=texts[f"month-{day.month}"],
        year=day.year,
    )
