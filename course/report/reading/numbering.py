"""The numbers that an office program counts itself: `12.`, `(a)`, `IV.`, by list and level."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True, slots=True)
class ListLevel:
    """One level of a list: `shape` is `decimal`, `letter`, `roman` (in capitals with `upper`) or `bullet`.

    `pattern` has `%1`, `%2` ... where the counters of the levels stand.
    """

    shape: str
    pattern: str
    start: int = 1
    upper: bool = False


@dataclass
class Counters:
    """How far each list has counted."""

    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def next_number(self, identifier: str, level: int, levels: dict[int, ListLevel]) -> str:
        """The number of the next paragraph of this list at `level` (from 0); empty for a bullet."""
        counts = self.counts[identifier]
        while len(counts) <= level:
            depth = len(counts)
            counts.append(levels[depth].start - 1 if depth in levels else 0)
        del counts[level + 1 :]
        counts[level] += 1
        own = levels.get(level)
        if own is None or own.shape == "bullet":
            return ""

        def shown(found: re.Match) -> str:
            depth = int(found.group(1)) - 1
            if depth >= len(counts) or depth not in levels:
                return ""
            return written(counts[depth], levels[depth])

        return re.sub(r"%(\d)", shown, own.pattern).strip()


def written(count: int, level: ListLevel) -> str:
    """A count as its level writes it; beyond 26 letters are doubled, as word processors do."""
    if level.shape == "letter" and count > 0:
        text = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
    elif level.shape == "roman" and 0 < count < 400:
        text, left = "", count
        for value, letters in ROMAN:
            text += letters * (left // value)
            left %= value
    else:
        text = str(count)
    return text.upper() if level.upper else text
