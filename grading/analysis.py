"""What a cohort's first answers say about the questions: too easy, too hard, telling nothing.

Classical item analysis, for partial credit as well. Difficulty p is the mean score. D compares
the 27 % of learners who did best elsewhere with the 27 % who did worst (T. L. Kelley, "The
selection of upper and lower groups for the validation of test items", Journal of Educational
Psychology 30, 1939, 17-24); r is the correlation of the item with the other items (corrected for
the overlap: S. Henrysson, "Correction of item-total correlations in item analysis",
Psychometrika 28, 1963, 211-218). Both look at the *other* items, so that no item speaks for
itself. A wrong choice that hardly anybody takes does not work (T. M. Haladyna and S. M. Downing,
"How many options is enough for a multiple-choice test item?", Educational and Psychological
Measurement 53, 1993, 999-1010). The limits below are the course's own; they say where to look.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from course.quizzes import score_response
from course.work.records import Response

FEWEST = 20  # with fewer first answers nothing is judged
HARD, EASY, WEAK = 0.25, 0.95, 0.15
DEAD = 0.03
GROUP = 0.27
COLUMNS = ("item", "module", "kind", "answers", "p", "D", "r", "dead", "flags")
MEANING = {
    "hard": f"p below {HARD}: is the key right, is it taught before it is asked?",
    "easy": f"p above {EASY}: it tells learners apart no more; keep it to warm up, or ask more",
    "weak": f"D below {WEAK}: who knows the rest does no better here; look for a second right answer",
    "dead": f"a wrong choice taken by fewer than {DEAD:.0%}: write one that people believe",
    "few": f"fewer than {FEWEST} first answers: nothing is judged",
}


@dataclass(frozen=True)
class Analysis:
    """The table (COLUMNS; one row an item, worst first) and what was left out of it."""

    table: pd.DataFrame
    learners: int
    older: int  # responses whose question has changed since
    unknown: int  # responses to questions that are not in the course, such as drills

    @property
    def flagged(self) -> pd.DataFrame:
        """The items that somebody should look at."""
        return self.table[[bool(set(flags) - {"few"}) for flags in self.table["flags"]]]


def analyse(
    learners: Iterable[Iterable[Response]],
    bank: Mapping[str, tuple[str, Any]],
    module: str | None = None,
) -> Analysis:
    """The analysis of each learner's first answers; `bank` gives module and item by id.

    Only the first answer to a question counts, and only where it was to the question as it
    stands now: later ones have seen the feedback. Scores are worked out again here. With
    `module` the table has the items of that module; all items tell who does well.
    """
    first: list[dict[str, Response]] = []
    older = unknown = 0
    for responses in learners:
        own: dict[str, Response] = {}
        for response in responses:
            if response.item not in bank:
                unknown += 1
            else:
                own.setdefault(response.item, response)
        current = {i: r for i, r in own.items() if r.revision == bank[i][1].revision}
        older += len(own) - len(current)
        first.append(current)
    scores = pd.DataFrame(
        [{i: score_response(bank[i][1], r.response) for i, r in own.items()} for own in first], dtype=float
    )
    rows = [
        _row(bank[item], scores, [own[item].response for own in first if item in own])
        for item in scores.columns
        if module in (None, bank[item][0])
    ]
    rows.sort(key=lambda row: (-len(set(row["flags"]) - {"few"}), row["module"], row["item"]))
    return Analysis(pd.DataFrame(rows, columns=list(COLUMNS)), len(first), older, unknown)


def _row(entry: tuple[str, Any], scores: pd.DataFrame, responses: list[Any]) -> dict[str, Any]:
    module, item = entry
    answered = scores[item.id].dropna()
    others = scores.drop(columns=item.id).loc[answered.index].mean(axis=1).dropna()
    index, correlation = discrimination(answered.loc[others.index], others)
    dead = sorted(dead_choices(item, responses))
    difficulty = float(answered.mean())
    return {
        "item": item.id,
        "module": module,
        "kind": item.kind,
        "answers": len(answered),
        "p": difficulty,
        "D": index,
        "r": correlation,
        "dead": tuple(dead),
        "flags": flags(len(answered), difficulty, index, dead),
    }


def flags(answers: int, difficulty: float, index: float, dead: Iterable[str]) -> tuple[str, ...]:
    """What is to be looked at, as ids of MEANING; with few answers only that they are few."""
    if answers < FEWEST:
        return ("few",)
    found = {"hard": difficulty < HARD, "easy": difficulty > EASY, "weak": index < WEAK, "dead": any(dead)}
    return tuple(name for name, there in found.items() if there)


def discrimination(item: pd.Series, others: pd.Series) -> tuple[float, float]:
    """D and r of one item against the mean score on the other items; NaN where there is none.

    Learners with the same score at the border of a group belong to it in part, all alike: who
    comes first in a folder must not decide.
    """
    if len(item) < 2 or others.nunique() < 2:
        return math.nan, math.nan
    size = max(1.0, GROUP * len(item))
    index = _mean_of_highest(item, others, size) - _mean_of_highest(item, -others, size)
    correlation = float(item.corr(others)) if item.nunique() > 1 else math.nan
    return index, correlation


def _mean_of_highest(item: pd.Series, by: pd.Series, size: float) -> float:
    """The mean of `item` over the `size` learners who are highest `by` something."""
    left, total = size, 0.0
    for _, tied in sorted(item.groupby(by), key=lambda group: -group[0]):
        share = min(1.0, left / len(tied))
        total += share * float(tied.sum())
        left -= share * len(tied)
        if left <= 0:
            break
    return total / size


# Wrong choices that nobody takes -----------------------------------------------------------------


def dead_choices(item: Any, responses: list[Any]) -> Iterator[str]:
    """The ids of wrong choices that fewer than 3 % took; of kinds in which choices are offered.

    In a cloze text they are named `gap.choice`; in matching they are the targets that fit nothing.
    """
    offered = OFFERED.get(item.kind)
    if offered is None or not responses:
        return
    wrong, taken = offered(item)
    counts = dict.fromkeys(wrong, 0)
    for response in responses:
        for name in taken(response) & counts.keys():
            counts[name] += 1
    yield from (name for name, count in counts.items() if count < DEAD * len(responses))


Taken = Callable[[Any], set[str]]
Offered = tuple[Iterable[str], Taken]


def _marked(item: Any) -> Offered:
    key = {item.key} if isinstance(item.key, str) else set(item.key)
    return [name for name in item.choices if name not in key], _as_set


def _matched(item: Any) -> Offered:
    right = set(item.key.values())
    pool = item.choices if item.kind == "build-parts" else item.targets
    return [name for name in pool if name not in right], _values


def _filled(item: Any) -> Offered:
    wrong = [f"{gap}.{c}" for gap, of in item.gaps.items() for c in of.choices if c != of.key]
    return wrong, lambda response: {f"{gap}.{c}" for gap, c in _pairs(response)}


def _as_set(response: Any) -> set[str]:
    chosen = response if isinstance(response, list) else [response]
    return {name for name in chosen if isinstance(name, str)}


def _values(response: Any) -> set[str]:
    return {value for _, value in _pairs(response) if isinstance(value, str)}


def _pairs(response: Any) -> Iterable[tuple[str, Any]]:
    return response.items() if isinstance(response, Mapping) else ()


OFFERED: Mapping[str, Callable[[Any], Offered]] = {
    "single-choice": _marked,
    "multiple-choice": _marked,
    "mark-paragraph": _marked,
    "matching": _matched,
    "classification": _matched,
    "build-parts": _matched,
    "cloze": _filled,
}
