"""Every value of the course in one shape: how old the last look is, and what differs between two days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.facts.countries import country, country_codes
from course.facts.models import Dated, Rule, Value
from course.facts.reading import all_rules, bodies, load
from course.facts.treaties import treaties

STALE_DAYS = 120  # from this many days after the last look a page shows a banner
BODY_FIELDS = ("document_code", "treaty", "members", "reads_state_reports")
# What a reader compares: between two days the rule itself, between two states of a file all of it.
OF_DAYS = ("value", "unit", "confidence")
OF_FILES = ("value", "unit", "confidence", "source", "as_of", "checked", "valid_from", "valid_until", "note")


@dataclass(frozen=True)
class Fact:
    """One value with all that travels with it, whatever file it stands in.

    `id` is unique; `subject` the body, treaty or country; `name` the rule or field.
    """

    id: str
    subject: str
    stage: str
    name: str
    value: str
    unit: str
    note: str
    valid_from: str
    valid_until: str
    given: Dated

    def as_dict(self) -> dict[str, Any]:
        """As plain JSON data; `value` is None for a gap, `decides` whether it may settle a question."""
        return {
            "id": self.id,
            "body": self.subject,
            "stage": self.stage,
            "rule": self.name,
            "value": self.value or None,
            "unit": self.unit,
            "note": self.note,
            "valid_from": self.valid_from or None,
            "valid_until": self.valid_until or None,
            "source": self.given.source,
            "as_of": self.given.as_of,
            "checked": self.given.checked.isoformat(),
            "confidence": self.given.confidence,
            "decides": self.given.decides,
        }


@dataclass(frozen=True)
class Change:
    """What differs in one value: `field` is a column, `added` or `removed`; one side may be empty."""

    id: str
    field: str
    before: str
    after: str


def rule_facts(rows: Iterable[Rule]) -> tuple[Fact, ...]:
    """Rules in the common shape."""
    return tuple(
        Fact(
            *(row.id, row.body, row.stage, row.rule, row.value, row.unit, row.note),
            *(row.valid_from, row.valid_until, row),
        )
        for row in rows
    )


def all_facts() -> tuple[Fact, ...]:
    """Every single value: rules, bodies, treaties, and what each country's file says in long format."""
    found = list(rule_facts(all_rules()))
    for row in bodies().values():
        for name in BODY_FIELDS:
            value = (
                str(getattr(row, name)).lower() if name == "reads_state_reports" else str(getattr(row, name))
            )
            found.append(
                Fact(f"body.{row.code}.{name}", row.code, "any", name, value, "text", "", "", "", row)
            )
    for known in treaties().values():
        found += [_of_value(f"treaty.{known.code}", value) for value in known.values]
    for code in country_codes():
        for table in (country(code).facts, country(code).treaties):
            found += [
                _of_value(f"{code}.{subject}", value)
                for subject, values in table.items()
                for value in values.values()
            ]
    return tuple(found)


def _of_value(prefix: str, value: Value) -> Fact:
    return Fact(
        *(f"{prefix}.{value.field}", value.subject, "any", value.field, value.value, "text"),
        *(value.note, "", "", value),
    )


def stale(on: date, days: int = STALE_DAYS) -> tuple[Fact, ...]:
    """The values that nobody has looked at for `days` days or more on the day `on`.

    Versions of rules that no longer hold are left out: nobody needs to look at them again.
    """
    return tuple(
        fact
        for fact in all_facts()
        if fact.given.days_unseen(on) >= days
        and (not fact.valid_until or on.isoformat()[: len(fact.valid_until)] <= fact.valid_until)
    )


def compare_days(before: date, after: date) -> tuple[Change, ...]:
    """Which rules hold on one day and not on another: each rule by body, stage and name."""
    return _compare(_in_force(before), _in_force(after), OF_DAYS)


def compare_files(before: Path, after: Path) -> tuple[Change, ...]:
    """What differs between two states of the rules: two CSV files, or two folders of them.

    Raises CourseError for a path that is neither, ContentError for rows that are no rules.
    """
    return _compare(_rules_below(before), _rules_below(after), OF_FILES)


def _in_force(on: date) -> dict[str, Rule]:
    held = sorted((row for row in all_rules() if row.holds(on)), key=lambda row: row.valid_from)
    return {f"{row.body}, {row.stage}, {row.rule} ({row.pack})": row for row in held}


def _rules_below(path: Path) -> dict[str, Rule]:
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise CourseError(
            f"{path}: there are no rules here; name a CSV of rules, a folder of them, or a day."
        )
    return {row.id: row for file in files for row in load(file, Rule)}


def _compare(
    before: Mapping[str, Rule], after: Mapping[str, Rule], fields: Sequence[str]
) -> tuple[Change, ...]:
    changes: list[Change] = []
    for name in dict.fromkeys([*before, *after]):
        old, new = before.get(name), after.get(name)
        if old is None:
            changes.append(Change(name, "added", "", _said(new)))
        elif new is None:
            changes.append(Change(name, "removed", _said(old), ""))
        else:
            changes += [
                Change(name, field, str(getattr(old, field)), str(getattr(new, field)))
                for field in fields
                if getattr(old, field) != getattr(new, field)
            ]
    return tuple(changes)


def _said(rule: Rule) -> str:
    return f"{rule.value or '?'} ({rule.unit})"
