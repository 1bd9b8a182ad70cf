"""How often the rules for PII are right, and how much they find, on sentences that no rule was fitted to."""

from __future__ import annotations

import io
import re
from collections import Counter
from pathlib import Path

from rich.table import Table
from ruamel.yaml import YAML

from course.files import read_yaml, write_whole
from course.report.marks import NAME, Mark, find_marks
from course.report.measured import PATH

Figures = dict[tuple[str, str], Counter[str]]
MARKED = re.compile(r"\[(PII\d{3}) ([^\]]+)\]")
HEAD = """# Written by `python3 start.py bench`: precision and recall of each rule on sentences that were set
# aside before the rules were written; `n` places were to be found. Other texts may fare worse.
# The recall of PII005 is that on names which stand in no list: the same names, letters turned round.
"""


def measure_persons(root: Path, folder: Path) -> Table:
    """Precision and recall per code and language on the untouched half; written beside the rules."""
    figures = _measure(root, "persons-held-out")
    strange = _measure(root, "persons-held-out", strange=True)
    table = Table(
        *("code", "language", "to find", "found", "false", "precision", "recall", "recall, names in no list"),
        title="PII on invented sentences set aside (both halves are by one hand: real texts fare worse)",
    )
    for (code, language), counts in sorted(figures.items()):
        row = (counts["marked"], counts["hit"], counts["false"])
        shares = (*_shares(counts), _shares(strange[code, language])[1] if code == NAME else None)
        table.add_row(
            code, language, *map(str, row), *("" if one is None else f"{one:.3f}" for one in shares)
        )
    _write(figures, strange)
    return table


def read_marked(text: str) -> tuple[str, tuple[Mark, ...]]:
    """A labelled sentence as plain text, and the marks that stand in it."""
    plain, marks, last = "", [], 0
    for match in MARKED.finditer(text):
        plain += text[last : match.start()]
        marks.append(Mark(len(plain), len(plain) + len(match.group(2)), match.group(1)))
        plain += match.group(2)
        last = match.end()
    return plain + text[last:], tuple(marks)


def turned_round(name: str) -> str:
    """A name that stands in no list: the letters of each word from the last to the first."""
    words = (word[::-1] for word in name.split(" "))
    return " ".join(word.capitalize() if word.isascii() else word for word in words)


def _strange(sentence: str) -> str:
    def turned(match: re.Match[str]) -> str:
        return f"[{NAME} {turned_round(match.group(2))}]" if match.group(1) == NAME else match.group()

    return MARKED.sub(turned, sentence)


def _measure(root: Path, name: str, *, strange: bool = False) -> Figures:
    figures: Figures = {}
    for language, sentences in read_yaml(root / "tests/report/labelled" / f"{name}.yml").items():
        for sentence in sentences:
            text, marked = read_marked(_strange(str(sentence)) if strange else str(sentence))
            found = find_marks(text)
            for mark in marked:
                counts = figures.setdefault((mark.code, language), Counter())
                counts["marked"] += 1
                counts["hit"] += any(_same(mark, one) for one in found)
            for mark in found:
                counts = figures.setdefault((mark.code, language), Counter())
                counts["true" if any(_same(mark, one) for one in marked) else "false"] += 1
    return figures


def _same(one: Mark, other: Mark) -> bool:
    return one.code == other.code and one.start < other.end and other.start < one.end


def _shares(counts: Counter[str]) -> tuple[float | None, float | None]:
    found = counts["true"] + counts["false"]
    return (
        round(counts["true"] / found, 3) if found else None,
        round(counts["hit"] / counts["marked"], 3) if counts["marked"] else None,
    )


def _write(figures: Figures, strange: Figures) -> None:
    """Our codes anew, those of other measurements as they stand.

    One hand wrote the sentences and the lists of names, so what the lists find there says little:
    for names the recall that is kept is that on names which stand in no list.
    """
    document = {code: dict(one) for code, one in read_yaml(PATH).items()} if PATH.is_file() else {}
    for code in {code for code, _ in figures}:
        document[code] = {}
    for (code, language), counts in sorted(figures.items()):
        precision, recall = _shares(counts)
        if code == NAME:
            recall = _shares(strange[code, language])[1]
        document[code][language] = {"precision": precision, "recall": recall, "n": counts["marked"]}
    target = io.StringIO()
    writer = YAML(typ="safe")
    writer.default_flow_style = None
    writer.dump(dict(sorted(document.items())), target)
    write_whole(PATH, HEAD + target.getvalue())
