"""How often the rules for PII are right, and how much they find, on sentences that no rule was fitted to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from pathlib import Path

from rich.table import Table

from bench.labelled import MARKED, read_marked
from bench.measuring import Figures, shares
from course.files import read_yaml
from course.report.marks import NAME, Mark, find_marks


def measure_persons(root: Path, _folder: Path) -> Table:
    """Precision and recall per code and language on the untouched sentences; `rules` writes them down."""
    figures = count_persons(root)
    strange = count_persons(root, strange=True)
    table = Table(
        *("code", "language", "to find", "found", "false", "precision", "recall", "recall, names in no list"),
        title="PII on invented sentences set aside (both halves are by one hand: real texts fare worse)",
    )
    for (code, language), counts in sorted(figures.items()):
        row = (counts["marked"], counts["hit"], counts["false"])
        three = (*shares(counts), shares(strange[code, language])[1] if code == NAME else None)
        table.add_row(code, language, *map(str, row), *("" if one is None else f"{one:.3f}" for one in three))
    return table


def count_persons(root: Path, *, strange: bool = False) -> Figures:
    """Counts on the untouched sentences; `strange`: with names that stand in no list.

    One hand wrote the sentences and the lists of names, so what the lists find there says little.
    """
    figures: Figures = {}
    path = root / "tests/report/labelled/persons-held-out.yml"
    for language, sentences in read_yaml(path).items():
        for sentence in sentences:
            text, marked = read_marked(_strange(str(sentence)) if strange else str(sentence))
            count_marks(figures, language, text, marked)
    return figures


def count_marks(figures: Figures, language: str, text: str, marked: Collection[Mark]) -> None:
    """Adds the places of one text: those that are marked in it, and those that the rules find."""
    found = find_marks(text)
    for mark in marked:
        counts = figures.setdefault((mark.code, language), Counter())
        counts["marked"] += 1
        counts["hit"] += any(_same(mark, one) for one in found)
    for mark in found:
        counts = figures.setdefault((mark.code, language), Counter())
        counts["true" if any(_same(mark, one) for one in marked) else "false"] += 1


def turned_round(name: str) -> str:
    """A name that stands in no list: the letters of each word from the last to the first."""
    words = (word[::-1] for word in name.split(" "))
    return " ".join(word.capitalize() if word.isascii() else word for word in words)


def _strange(sentence: str) -> str:
    def turned(match: re.Match[str]) -> str:
        return f"[{NAME} {turned_round(match.group(2))}]" if match.group(1) == NAME else match.group()

    return MARKED.sub(turned, sentence)


def _same(one: Mark, other: Mark) -> bool:
    return one.code == other.code and one.start < other.end and other.start < one.end
