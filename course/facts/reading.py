"""Reads the rules and bodies of `course/data` lazily: importing this reads nothing, a second call is free."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeVar, get_args

from pydantic import BaseModel, ValidationError

from course.errors import ContentError, CourseError, Problem, shown
from course.facts.models import Body, Pack, Rule, Term
from course.files import DATA, PACKAGE_ROOT, read_yaml

Row = TypeVar("Row", bound=BaseModel)
RULES = DATA / "rules"
REPORTING = "treaty-bodies"  # the pack of a committee that is meant where none is named
COMPLAINTS = "complaints"


def read_rows(
    path: Path, model: type[Row], fixed: Mapping[str, str] | None = None
) -> tuple[tuple[Row, ...], list[Problem]]:
    """The rows of one CSV as models, and every problem with its line and column.

    `fixed` are values that the rows do not hold themselves, such as the pack of a file of rules.
    """
    name = shown(path, PACKAGE_ROOT)
    rows: list[Row] = []
    problems: list[Problem] = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for record in reader:
            label = (
                record.get("id") or record.get("code") or record.get("symbol") or record.get("subject") or ""
            )
            if None in record or None in record.values():
                problems.append(
                    Problem(
                        name,
                        reader.line_num,
                        label,
                        "the row has not as many values as there are columns.",
                        "Put double quotes around a value that holds a comma.",
                    )
                )
                continue
            try:
                rows.append(model.model_validate({**record, **(fixed or {})}))
            except ValidationError as error:
                for fault in error.errors(include_url=False):
                    column = ".".join(str(part) for part in fault["loc"]) or "the row"
                    message = fault["msg"].removeprefix("Value error, ")
                    problems.append(
                        Problem(
                            name,
                            reader.line_num,
                            label,
                            f"{column}: {message}.",
                            f"Correct {column}; every fact needs a value with its source, "
                            "as_of, checked and confidence.",
                        )
                    )
    return tuple(rows), problems


def load(path: Path, model: type[Row], fixed: Mapping[str, str] | None = None) -> tuple[Row, ...]:
    """The rows of one CSV; raises ContentError with every problem of the file."""
    rows, problems = read_rows(path, model, fixed)
    if problems:
        raise ContentError(problems)
    return rows


@cache
def bodies() -> dict[str, Body]:
    """The ten treaty bodies by code (`"CEDAW"`)."""
    return {row.code: row for row in load(DATA / "bodies.csv", Body)}


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of every pack, body and stage, with all versions side by side."""
    return tuple(
        row for pack in get_args(Pack) for row in load(RULES / f"{pack}.csv", Rule, fixed={"pack": pack})
    )


@cache
def mechanisms() -> tuple[str, ...]:
    """The codes with rules of their own that are no treaty body: UPR, SP, HRC, ECOSOC."""
    return tuple(dict.fromkeys(row.body for row in all_rules() if row.body not in bodies()))


@cache
def glossary() -> dict[str, Term]:
    """The terms of the glossary by id, in the order of the file."""
    return {row.id: row for row in load(DATA / "glossary.csv", Term)}


@cache
def rule_notes(language: str) -> dict[str, str]:
    """The notes of the rules in another language by rule id; empty where nobody translated them.

    Values, sources and dates are in `rules/` alone. Raises ContentError for a file that is no YAML.
    """
    path = DATA / f"rules.{language}.yml"
    if not path.is_file():
        return {}
    return {str(name): str(note) for name, note in read_yaml(path)["notes"].items()}


def body(code: str) -> Body:
    """One treaty body by its code; raises CourseError with the codes that exist."""
    known = bodies()
    if code not in known:
        raise CourseError(f"there is no body {code!r}; the course knows {', '.join(known)}.")
    return known[code]


def rules(
    code: str, stage: str | None = None, *, pack: str | None = None, on: date | None = None
) -> tuple[Rule, ...]:
    """The rules of one body or mechanism (`"CEDAW"`, `"UPR"`) that hold on a day.

    `stage` leaves only that stage and the rules for `any`. `pack="complaints"` gives a
    committee's rules for individual complaints; without it, those for reporting. `on` is
    the day; without it the newest version of each rule. Raises CourseError for an unknown
    code, or a pack that has none of its rules, with those that exist.
    """
    known = (*bodies(), *mechanisms())
    if code not in known:
        raise CourseError(f"there is no body {code!r}; the course knows {', '.join(known)}.")
    packs = tuple(dict.fromkeys(row.pack for row in all_rules() if row.body == code))
    if pack is None:
        pack = REPORTING if code in bodies() else packs[0]
    if pack not in packs:
        raise CourseError(f"{code} has no rules {pack!r}; it has {', '.join(packs)}.")
    return tuple(
        row
        for row in all_rules()
        if row.body == code
        and row.pack == pack
        and (stage is None or row.stage in (stage, "any"))
        and row.holds(on)
    )


def rule(code: str, stage: str, name: str, *, pack: str | None = None, on: date | None = None) -> Rule | None:
    """One rule on a day, or None where nothing at all is recorded. A gap is a Rule without a value.

    A rule of the stage itself goes before one for `any`; of two versions that hold on the
    day, the one that began later.
    """
    found = [row for row in rules(code, stage, pack=pack, on=on) if row.rule == name]
    return max(found, key=lambda row: (row.stage == stage, row.valid_from), default=None)
