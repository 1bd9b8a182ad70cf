"""How often the examiner of recommendations is right, on texts that were labelled by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rich.table import Table

from course.files import read_yaml
from course.recommendations import CRITERIA, examine

LABELLED = Path("tests/recommendations/labelled.yml")


def measure_examiner(root: Path, _folder: Path) -> Table:
    """Per criterion: is what it calls missing, missing; does it find what is; is what it calls met, met.

    On the half of the texts that was put aside before any word list was changed.
    """
    labelled = of_half(read_yaml(root / LABELLED)["recommendations"])
    heads = (
        "criterion",
        "missing",
        "called missing",
        "right",
        "found",
        "or to look at",
        "called met",
        "wrong",
    )
    table = Table(*heads, title=f"Examining {len(labelled)} recommendations that were put aside")
    for criterion in CRITERIA:
        table.add_row(criterion, *say_counts(count_answers(criterion, labelled)))
    return table


def of_half(labelled: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The texts that were put aside before any list was changed after a measurement."""
    return [row for row in labelled if row["aside"]]


def count_answers(criterion: str, labelled: Iterable[Mapping[str, Any]]) -> Counter[tuple[bool, str]]:
    """How often each answer was given where a reader finds the criterion missing (True) or met (False)."""
    counted: Counter[tuple[bool, str]] = Counter()
    for row in labelled:
        found = examine(row["text"], row["lang"], row["body"], row.get("stage"))
        states = {one.id: one.state for one in found.findings}
        if criterion in states and criterion not in row.get("arguable", ()):
            counted[criterion in row["lacks"], states[criterion]] += 1
    return counted


def say_counts(counted: Mapping[tuple[bool, str], int]) -> tuple[str, ...]:
    """The cells of one row."""
    missing = sum(number for (lacks, _), number in counted.items() if lacks)
    called, right = counted[True, "failed"] + counted[False, "failed"], counted[True, "failed"]
    met = counted[True, "passed"] + counted[False, "passed"]
    return (
        str(missing),
        str(called),
        say_share(right, called),
        say_share(right, missing),
        say_share(right + counted[True, "look"], missing),
        str(met),
        str(counted[True, "passed"]),
    )


def say_share(part: int, whole: int) -> str:
    """A share with its count: small numbers must not look like certainties."""
    return f"{part / whole:.0%} ({part}/{whole})" if whole else "-"
