"""What the codes of rules are called on a page: `data/words.csv`, in the course's languages."""

from __future__ import annotations

from functools import cache

from pydantic import BaseModel, ConfigDict

from course.errors import CourseError
from course.facts.reading import load
from course.files import DATA


class Word(BaseModel):
    """One code in words. `kind` is `rule` (its name), `value` (one code of a value)."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    kind: str
    id: str
    en: str
    fr: str
    ar: str


@cache
def words() -> dict[tuple[str, str], Word]:
    """All words by kind and code."""
    return {(row.kind, row.id): row for row in load(DATA / "words.csv", Word)}


def word(kind: str, code: str, language: str = "en") -> str:
    """One code in words, e.g. `word("value", "es", "fr")`; raises CourseError for a code without."""
    found = words().get((kind, code))
    if found is None:
        raise CourseError(f"words.csv has no {kind} {code!r}; add it in the three languages.")
    return getattr(found, language)
