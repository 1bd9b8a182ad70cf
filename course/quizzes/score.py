"""Credit from 0 to 1 for a response, by the ids of choices. Any JSON value is a response.

The same rules stand in `assets/score.js` for pages without Python; a test compares both.
A response of the wrong shape earns 0.0 and raises nothing: it may come from a file that
somebody edited.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any, Protocol

from course.content.written import normalise


class Valued(Protocol):
    """A number or a day that learners write, with the credit it earns when it is not the key."""

    value: float | date
    credit: float


class Worded(Protocol):
    """A short text that learners write, in each form that counts as the same, with its credit."""

    values: Sequence[str]
    credit: float


def credit_single(response: Any, key: str) -> float:
    """1.0 for the key, else 0.0: where one choice is right, nothing lies between."""
    return float(isinstance(response, str) and response == key)


def credit_multiple(response: Any, key: Collection[str]) -> float:
    """(hits - false alarms) / choices in the key, at least 0.0.

    A false alarm costs as much as a hit earns, so that ticking everything is no way to
    full marks; an id that is no choice is a false alarm. A choice named twice counts once.
    """
    chosen = _as_ids(response)
    if chosen is None:
        return 0.0
    hits = len(set(chosen) & set(key))
    false_alarms = len(set(chosen) - set(key))
    return max(0.0, (hits - false_alarms) / len(set(key)))


def credit_ordering(response: Any, key: Sequence[str]) -> float:
    """(pairs in the right order - pairs in the wrong order) / all pairs, at least 0.0.

    Pairs, not places: one step that slipped to the front leaves the others in order and
    must not cost everything. This is Kendall's tau, cut at 0, the value of a random order.
    A choice left out earns nothing for its pairs; a choice named twice is no order: 0.0.
    """
    ordered = _as_ids(response)
    if ordered is None or len(set(ordered)) != len(ordered):
        return 0.0
    place = {name: index for index, name in enumerate(ordered)}
    pairs = list(combinations(key, 2))
    balance = sum(
        1 if place[first] < place[second] else -1
        for first, second in pairs
        if first in place and second in place
    )
    return max(0.0, balance / len(pairs))


def credit_matching(response: Any, key: Mapping[str, str]) -> float:
    """Choices matched rightly / all choices. One that is left open counts as wrong.

    Nothing is taken off for a wrong match: each choice is answered once, so guessing
    has no side to pile up on.
    """
    if not isinstance(response, Mapping):
        return 0.0
    right = sum(isinstance(response.get(name), str) and response[name] == key[name] for name in key)
    return right / len(key)


def credit_value(response: Any, choices: Mapping[str, Valued], key: str, tolerance: float = 0.0) -> float:
    """1.0 for the key's number or day, the `credit` of another known one, else 0.0.

    A near miss with a known cause (a calendar month for four weeks) earns what its author
    gave it. `tolerance` is in the unit of the item and is for numbers only.
    """
    name = find_value(response, choices, key, tolerance)
    if name is None:
        return 0.0
    return 1.0 if name == key else choices[name].credit


def find_value(response: Any, choices: Mapping[str, Valued], key: str, tolerance: float = 0.0) -> str | None:
    """The id of the choice that a written number or day (`YYYY-MM-DD`) is, or None.

    The key comes first, then the others in the order of the file.
    """
    for name in (key, *choices):
        value = choices[name].value
        if isinstance(value, date):
            if isinstance(response, str) and response == value.isoformat():
                return name
        elif _is_number(response) and abs(response - value) <= tolerance:
            return name
    return None


def credit_cloze(response: Any, key: Mapping[str, str]) -> float:
    """Gaps filled rightly / all gaps. One that is left open counts as wrong.

    Nothing is taken off: each gap has its own list, and is filled once.
    """
    return credit_matching(response, key)


def credit_classification(response: Any, key: Mapping[str, str], categories: int) -> float:
    """(right - wrong / (categories - 1)) / all choices, at least 0.0; left open costs nothing.

    With two or three categories many a guess is right: so much is taken off for each wrong one
    that guessing gains nothing on the average. Who does not know leaves it open. Anything that
    is not the key and not None is wrong.
    """
    if not isinstance(response, Mapping):
        return 0.0
    answers = {name: response[name] for name in key if response.get(name) is not None}
    right = sum(isinstance(answer, str) and answer == key[name] for name, answer in answers.items())
    wrong = len(answers) - right
    return max(0.0, (right - wrong / (categories - 1)) / len(key))


def credit_text(response: Any, choices: Mapping[str, Worded], key: str) -> float:
    """1.0 for the key's text, the `credit` of another known one, else 0.0.

    Case, spaces, accents, tashkeel and outer punctuation play no part (`normalise`): the question
    is whether the learner knows the word, not what a keyboard makes of it.
    """
    name = find_text(response, choices, key)
    if name is None:
        return 0.0
    return 1.0 if name == key else choices[name].credit


def find_text(response: Any, choices: Mapping[str, Worded], key: str) -> str | None:
    """The id of the choice that a written text is, or None; the key first, then the file's order."""
    written = normalise(response) if isinstance(response, str) else ""
    if not written:
        return None
    for name in (key, *choices):
        if written in map(normalise, choices[name].values):
            return name
    return None


def credit_hunt(response: Any, parts: Mapping[str, Any]) -> float:
    """The mean over the parts, each scored as a short text; a part left empty earns nothing.

    A mean, since each part is its own finding: the right document with a wrong paragraph is
    half of the way, and says where to look again.
    """
    if not isinstance(response, Mapping):
        return 0.0
    credits = [credit_text(response.get(name), part.choices, part.key) for name, part in parts.items()]
    return sum(credits) / len(credits)


def credit_build(response: Any, key: Mapping[str, str], given: Collection[str] = ()) -> float:
    """Slots filled rightly / all slots that are not given. One that is left open counts as wrong.

    What was given earns nothing, so that a half-built paragraph is not half the marks.
    """
    return credit_matching(response, {slot: choice for slot, choice in key.items() if slot not in given})


RULES: Mapping[str, Callable[[Any, Any], float]] = {
    "single-choice": lambda item, response: credit_single(response, item.key),
    "multiple-choice": lambda item, response: credit_multiple(response, item.key),
    "ordering": lambda item, response: credit_ordering(response, item.key),
    "matching": lambda item, response: credit_matching(response, item.key),
    "numeric": lambda item, response: credit_value(response, item.choices, item.key, item.tolerance),
    "date": lambda item, response: credit_value(response, item.choices, item.key),
    "cloze": lambda item, response: credit_cloze(response, item.key),
    "classification": lambda item, response: credit_classification(response, item.key, len(item.targets)),
    "short-text": lambda item, response: credit_text(response, item.choices, item.key),
    "mark-paragraph": lambda item, response: credit_multiple(response, item.key),
    "document-hunt": lambda item, response: credit_hunt(response, item.parts),
    "build-parts": lambda item, response: credit_build(response, item.key, item.given),
}


def score_response(item: Any, response: Any) -> float:
    """The credit, 0.0 to 1.0, that a response earns on an item of `course.content.models`."""
    if item.kind not in RULES:
        raise ValueError(f"no rule scores items of kind {item.kind!r}")
    return RULES[item.kind](item, response)


def _as_ids(response: Any) -> Sequence[str] | None:
    if not isinstance(response, list | tuple) or not all(isinstance(name, str) for name in response):
        return None
    return response


def _is_number(response: Any) -> bool:
    if isinstance(response, bool) or not isinstance(response, int | float):
        return False
    try:
        return math.isfinite(response)
    except OverflowError:  # an integer beyond the range of floats
        return False
