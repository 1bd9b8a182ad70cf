"""The nine core treaties and their protocols: each field a value with its source and dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from course.errors import ContentError, CourseError, Problem
from course.facts.models import Value
from course.facts.reading import load
from course.files import DATA


@dataclass(frozen=True)
class Treaty:
    """One treaty. `treaty("CRC").last_article` is a Value: `.value`, `.number`, `.source`, `.decides`.

    `adopted` and `in_force` are days; `*_years` a number of years, `none`, `on-request` or with
    which report it goes; `*_article` an article, `none`, or the code of the protocol that has it;
    `authentic_languages` codes joined by `;`.
    """

    code: str
    title_en: Value
    title_fr: Value
    title_ar: Value
    adopted: Value
    in_force: Value
    resolution: Value
    body: Value
    last_article: Value
    reporting_article: Value
    initial_report_years: Value
    periodic_report_years: Value
    complaints_article: Value
    inquiry_article: Value
    authentic_languages: Value

    def title(self, language: str = "en") -> Value:
        """The treaty's title in one of the course's languages."""
        return getattr(self, f"title_{language}")

    @property
    def values(self) -> tuple[Value, ...]:
        """All values, in the order of the fields."""
        return tuple(getattr(self, name) for name in self.__dataclass_fields__ if name != "code")


@dataclass(frozen=True)
class Citation:
    """An article of a treaty, cited. `checked` is False where the last article is not verified."""

    treaty: str
    article: int
    checked: bool

    def __str__(self) -> str:
        return f"{self.treaty}, art. {self.article}"


@cache
def treaties() -> dict[str, Treaty]:
    """All treaties by code (`"CRC"`, `"OP-CEDAW"`). Raises ContentError for a field missing or too many."""
    return {
        code: _make(code, values) for code, values in by_subject(load(DATA / "treaties.csv", Value)).items()
    }


def by_subject(values: Iterable[Value]) -> dict[str, dict[str, Value]]:
    """The values of a long table by subject, then by field, in the order of the file."""
    found: dict[str, dict[str, Value]] = {}
    for value in values:
        found.setdefault(value.subject, {})[value.field] = value
    return found


def treaty(code: str) -> Treaty:
    """One treaty by its code; raises CourseError with the codes that exist."""
    known = treaties()
    if code not in known:
        raise CourseError(f"there is no treaty {code!r}; the course knows {', '.join(known)}.")
    return known[code]


def cite_article(code: str, article: int) -> Citation:
    """The citation of an article, e.g. `CRC, art. 12`.

    Raises CourseError for an article that the treaty does not have. Where the treaty's last
    article was not verified nothing is refused above it: the citation is not `checked`.
    """
    last = treaty(code).last_article
    if article < 1:
        raise CourseError(f"{code}: articles begin with 1, so there is no article {article}.")
    if last.decides and article > last.number:
        raise CourseError(f"{code} has no article {article}: the last one is article {last} ({last.source}).")
    return Citation(code, article, last.decides)


def _make(code: str, values: dict[str, Value]) -> Treaty:
    wanted = set(Treaty.__dataclass_fields__) - {"code"}
    problems = [
        Problem(
            "course/data/treaties.csv",
            None,
            f"{code} {name}",
            "this value is missing.",
            "Add a row, a gap if need be.",
        )
        for name in sorted(wanted - values.keys())
    ] + [
        Problem(
            "course/data/treaties.csv",
            None,
            f"{code} {name}",
            "no treaty has this field.",
            "Correct its name.",
        )
        for name in sorted(values.keys() - wanted)
    ]
    if problems:
        raise ContentError(problems)
    return Treaty(code=code, **values)
