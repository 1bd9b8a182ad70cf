"""Rates and gaps of groups, in whole steps, so that everything rounds alike; assets/count.js counts the same.

The thresholds are this course's choice. Some statistics offices ask for at least five people behind a
number in a table, others for three (OECD glossary, "threshold rule"); the office of England and Wales has
looked again at anything below ten in one of its studies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from course.errors import CourseError
from course.numbers.limits import EXACT, FEW, LINES, MOST, SMALL, SWING
from course.texts import text

DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
PARTS = 3  # of a line: group, people, with the problem
NUMBER = re.compile(r"[0-9]{1,7}")
# Spaces and the Arabic sign between thousands, and unseen marks of direction that come with pasted Arabic.
BETWEEN = re.compile("[ \u00a0\u2009\u202f\u066c\u061c\u200e\u200f]")


class NumbersError(CourseError):
    """A line that cannot be counted. `line` counts from 1 and is 0 where the whole table is meant."""

    kind = ""

    def __init__(self, name: str, line: int, lang: str) -> None:
        self.name, self.line = name, line
        super().__init__(text(f"numbers.{name}", lang, line=line, most=MOST, lines=LINES))


@dataclass(frozen=True)
class Line:
    """One group: how many people were counted, and how many of them have the problem."""

    group: str
    people: int
    problem: int


def read_number(written: object) -> int | None:
    """A whole number up to MOST, also in Arabic figures and with spaces; None for anything else."""
    plain = BETWEEN.sub("", str(written).strip()).translate(DIGITS)
    return int(plain) if NUMBER.fullmatch(plain) and int(plain) <= MOST else None


def read_lines(rows: Iterable[Sequence[object]], lang: str = "en") -> list[Line]:
    """The lines of a table (group, people, with the problem); empty lines are left out.

    Raises NumbersError with the first line that cannot be counted.
    """
    lines: list[Line] = []
    for place, row in enumerate(rows, start=1):
        if place > LINES:
            raise NumbersError("refused-many", place, lang)
        parts = row if isinstance(row, list | tuple) else ()
        if len(parts) != PARTS:
            raise NumbersError("refused-row", place, lang)
        group, people, problem = ("" if part is None else str(part).strip() for part in parts)
        if not (group or people or problem):
            continue
        counted, concerned = read_number(people), read_number(problem)
        if not group:
            raise NumbersError("refused-group", place, lang)
        if group in [line.group for line in lines]:
            raise NumbersError("refused-twice", place, lang)
        if not counted:
            raise NumbersError("refused-people", place, lang)
        if concerned is None:
            raise NumbersError("refused-problem", place, lang)
        if concerned > counted:
            raise NumbersError("refused-more", place, lang)
        lines.append(Line(group, counted, concerned))
    if not lines:
        raise NumbersError("refused-none", 0, lang)
    return lines


def decimals(lines: Sequence[Line]) -> int:
    """One decimal where no single person could change it, else none."""
    return int(min(line.people for line in lines) >= EXACT)


def count_rates(lines: Sequence[Line]) -> pd.DataFrame:
    """One row a group: `rate` and `gap` to the first line in steps of a per cent (a tenth, where
    `decimals` allows it), `ratio` to the first line in tenths (missing where its rate is zero), and
    the warnings `small`, `few`, `swing`, `everybody`.

    A gap is counted from the rates as shown, so that a reader who checks it finds the same.
    """
    frame = pd.DataFrame([vars(line) for line in lines])
    people, problem = frame["people"], frame["problem"]
    steps = 100 * 10 ** decimals(lines)
    frame["rate"] = (2 * problem * steps + people) // (2 * people)
    frame["gap"] = frame["rate"] - frame["rate"].iloc[0]
    first, concerned = people.iloc[0], problem.iloc[0]
    frame["ratio"] = pd.array([pd.NA] * len(frame), dtype="Int64")
    if concerned:
        frame["ratio"] = ((20 * problem * first + people * concerned) // (2 * people * concerned)).astype(
            "Int64"
        )
    frame["small"] = people < SMALL
    frame["few"] = ~frame["small"] & problem.between(1, FEW - 1)
    frame["swing"] = ~frame["small"] & (people < SWING)
    frame["everybody"] = ~frame["small"] & (problem == people)
    return frame
