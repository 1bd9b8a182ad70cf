"""What is said about a table of rates, in one language; assets/count.js says the same, word for word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from course.numbers.counting import Line, count_rates, decimals
from course.numbers.limits import FEW, SMALL
from course.texts import section

EMPTY = "…"
WARNINGS = ("small", "few", "swing", "everybody")
BASES = ("reached", "all")


@dataclass(frozen=True)
class About:
    """What the numbers are about, in the words of the association; `basis` is one of BASES."""

    what: str = ""
    who: str = ""
    when: str = ""
    basis: str = "reached"


@dataclass(frozen=True)
class Said:
    """A table in words: its lines (group, people, problem, rate, gap, ratio), warnings, and what to paste."""

    lines: tuple[tuple[str, ...], ...]
    warnings: tuple[str, ...]
    sentence: str


def say_rates(lines: Sequence[Line], about: About, lang: str = "en") -> Said:
    """Everything that a page shows for these lines."""
    frame, places = count_rates(lines), decimals(lines)
    rows = list(frame.itertuples())
    shown = tuple(
        (
            row.group,
            str(row.people),
            str(row.problem),
            say_rate(row.rate, places, lang),
            "" if row.Index == 0 else say_gap(row.gap, places, lang),
            "" if row.Index == 0 or pd.isna(row.ratio) else f"×{say_steps(row.ratio, 1, lang)}",
        )
        for row in rows
    )
    return Said(shown, _warnings(rows, lang), _sentence(frame, about, places, lang))


def say_steps(steps: int, places: int, lang: str) -> str:
    """413 with one place is 41.3."""
    if not places:
        return str(steps)
    return f"{steps // 10}{section('numbers', lang)['decimal']}{steps % 10}"


def say_rate(steps: int, places: int, lang: str) -> str:
    """A rate with the sign of per cent."""
    return section("numbers", lang)["per-cent"].format(number=say_steps(steps, places, lang))


def say_gap(steps: int, places: int, lang: str) -> str:
    """A gap with its sign; none where there is no gap."""
    return f"{'+' if steps > 0 else '−' if steps < 0 else ''}{say_steps(abs(steps), places, lang)}"


def _warnings(rows: Sequence, lang: str) -> tuple[str, ...]:
    texts = section("numbers", lang)
    return tuple(
        texts[f"warn-{name}"].format(
            group=row.group,
            small=SMALL,
            few=FEW,
            points=say_steps((2000 + row.people) // (2 * row.people), 1, lang),
        )
        for row in rows
        for name in WARNINGS
        if getattr(row, name)
    )


def _sentence(frame: pd.DataFrame, about: About, places: int, lang: str) -> str:
    """The lines in which nobody can be recognised, the widest gap, and whom the numbers cover."""
    texts = section("numbers", lang)
    open_lines = list(frame[~(frame["small"] | frame["few"])].itertuples())
    if not open_lines:
        return texts["sentence-none"]
    listed = texts["comma"].join(
        texts["sentence-line"].format(
            group=row.group, problem=row.problem, people=row.people, rate=say_rate(row.rate, places, lang)
        )
        for row in open_lines
    )
    said = [
        texts["sentence"].format(
            what=about.what.strip() or EMPTY,
            who=about.who.strip() or EMPTY,
            when=about.when.strip() or EMPTY,
            lines=listed,
        )
    ]
    high = max(open_lines, key=lambda row: row.rate)
    low = min(open_lines, key=lambda row: row.rate)
    if high.rate > low.rate:
        gap = say_steps(high.rate - low.rate, places, lang)
        said.append(texts["sentence-gap"].format(high=high.group, low=low.group, gap=gap))
    said.append(texts[f"sentence-{about.basis if about.basis in BASES else BASES[0]}"])
    if left := len(frame) - len(open_lines):
        said.append(texts["sentence-left"].format(left=left))
    return " ".join(said)
