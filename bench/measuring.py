"""Counts of what rules find on labelled texts: precision, recall, and the file in which they are kept."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping

from ruamel.yaml import YAML

from course.files import write_whole
from course.report.measured import PATH

# By code and language: `marked` places to be found, `hit` of them found, `true` and `false` findings.
Figures = dict[tuple[str, str], Counter[str]]
HEAD = """\
# Written by `python3 start.py bench rules`: precision and recall of each rule on invented texts that
# were set aside; `n` were to be found: texts with this code, and for PII places in them. One hand wrote
# the texts, their labels and many of the rules, and many n are small: real texts may fare worse.
# Recall and n of PII005 are of names which stand in no list: those of the texts, letters turned round.
"""


def shares(counts: Counter[str]) -> tuple[float | None, float | None]:
    """Precision and recall; None where there is nothing to divide by."""
    found = counts["true"] + counts["false"]
    return (
        round(counts["true"] / found, 3) if found else None,
        round(counts["hit"] / counts["marked"], 3) if counts["marked"] else None,
    )


def add_up(*several: Figures) -> Figures:
    """The same codes and languages, counted on several sets."""
    total: Figures = {}
    for figures in several:
        for key, counts in figures.items():
            total.setdefault(key, Counter()).update(counts)
    return total


def as_document(figures: Figures, recalled: Figures) -> dict[str, dict]:
    """What `measured.yml` holds; where `recalled` has a code and language, recall and `n` are from there."""
    document: dict[str, dict] = {}
    for (code, language), counts in sorted(figures.items()):
        sought = recalled.get((code, language), counts)
        document.setdefault(code, {})[language] = {
            "precision": shares(counts)[0],
            "recall": shares(sought)[1],
            "n": sought["marked"],
        }
    return document


def write_measured(document: Mapping[str, Mapping]) -> None:
    """Puts the figures beside the rules, from where the checks and the pages of codes read them."""
    target = io.StringIO()
    writer = YAML(typ="safe")
    writer.default_flow_style = None
    writer.dump(dict(sorted(document.items())), target)
    write_whole(PATH, HEAD + target.getvalue())
