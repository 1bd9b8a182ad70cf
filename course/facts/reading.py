"""Reads `course/data/*.csv` lazily: importing this reads nothing, a second call costs nothing."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from course.errors import ContentError, CourseError, Problem, shown
from course.facts.models import Body, Dated, Rule
from course.files import DATA, PACKAGE_ROOT, read_yaml

Row = TypeVar("Row", bound=Dated)


def read_rows(path: Path, model: type[Row]) -> tuple[tuple[Row, ...], list[Problem]]:
    """The rows of one CSV as models, and every problem with its line and column."""
    name = shown(path, PACKAGE_ROOT)
    rows: list[Row] = []
    problems: list[Problem] = []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        for record in reader:
            label = record.get("id") or record.get("code") or ""
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
                rows.append(model.model_validate(record))
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


def _load(name: str, model: type[Row]) -> tuple[Row, ...]:
    rows, problems = read_rows(DATA / name, model)
    if problems:
        raise ContentError(problems)
    return rows


@cache
def bodies() -> dict[str, Body]:
    """The ten treaty bodies by code (`"CEDAW"`)."""
    return {row.code: row for row in _load("bodies.csv", Body)}


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of every body and stage."""
    return _load("rules.csv", Rule)


@cache
def rule_notes(language: str) -> dict[str, str]:
    """The notes of the rules in another language by rule id; empty where nobody translated them.

    Values, sources and dates are in rules.csv alone. Raises ContentError for a file that is no YAML.
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


def rules(code: str, stage: str | None = None) -> tuple[Rule, ...]:
    """The rules of one body, of one stage where it is given (rules for `any` included)."""
    known = body(code)
    return tuple(
        rule
        for rule in all_rules()
        if rule.body == known.code and (stage is None or rule.stage in (stage, "any"))
    )


def rule(code: str, stage: str, name: str) -> Rule | None:
    """One rule, or None where nothing at all is recorded. A gap is a Rule without a value."""
    return next((row for row in rules(code, stage) if row.rule == name), None)
