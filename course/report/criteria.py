"""What a good report is asked for, which codes look for it, and what is left to people."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pydantic import BaseModel, ConfigDict

from course.files import DATA, read_quickly

ALL = 60  # criteria of the checklist that the rules were taken from


class Left(BaseModel):
    """One criterion that no code looks for: what it asks and why not, by language."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: Mapping[str, str]
    why: Mapping[str, str]


class Criteria(BaseModel):
    """The criteria by number: those with codes, those for people, those that are left with a reason."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    checked: Mapping[int, tuple[str, ...]]
    people: tuple[int, ...]
    left: Mapping[int, Left]


@cache
def criteria() -> Criteria:
    """All criteria."""
    return Criteria.model_validate(read_quickly(DATA / "report" / "criteria.yml"))
