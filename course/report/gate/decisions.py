"""What a person decides about each hit: keep it with consent, put other words in its place, take it out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from course.errors import CourseError
from course.files import read_yaml
from course.report.compose.model import Report
from course.report.draft import Draft
from course.report.exceptions import LEAST_REASON
from course.report.gate.hits import Hit, find_hits
from course.report.gate.texts import with_texts
from course.report.marks import NAME
from course.report.words import LETTERS, plain

TAKEN_OUT = "[…]"
LEAST_LETTERS = 3  # of a word of a name that must not come again
Source = TypeVar("Source", Report, str)


class Action(StrEnum):
    """What becomes of a hit."""

    KEEP = "keep"
    ANONYMISE = "anonymise"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `words` may be longer than those of the hit, where the rules saw half a name."""

    code: str
    words: str
    hit: str
    action: Action
    reason: str = ""
    replacement: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """The key of the hit that was decided."""
        return self.code, plain(self.hit).text


class UndecidedError(CourseError):
    """Something is open; `hits` says what. The message names no person."""

    def __init__(self, hits: Iterable[Hit]) -> None:
        self.hits = tuple(hits)
        codes = ", ".join(sorted({hit.code for hit in self.hits}))
        super().__init__(
            f"{len(self.hits)} places that could lead to a person are undecided ({codes}), so nothing was "
            "written; decide each with `course report gate`."
        )


def decide(hit: Hit, action: Action, reason: str = "", replacement: str = "", words: str = "") -> Decision:
    """One decision on one hit.

    To keep needs a reason that says how consent is recorded, without the name itself; to anonymise
    needs other words. Raises CourseError where one is missing, or would give away what is hidden.
    """
    reason, replacement = " ".join(reason.split()), " ".join(replacement.split())
    decision = Decision(hit.code, words or hit.words, hit.words, Action(action), reason, replacement)
    if action is Action.KEEP and len(reason.split()) < LEAST_REASON:
        raise CourseError(
            f"{hit.code}: to keep it, say in three words or more how the person's consent is recorded."
        )
    if action is Action.ANONYMISE and not hit.words:
        raise CourseError(f"{hit.code}: a picture is kept or removed; make a new one without faces yourself.")
    if action is Action.ANONYMISE and not replacement:
        raise CourseError(f"{hit.code}: to anonymise it, give the words that stand there instead.")
    if plain(hit.words).text not in plain(decision.words).text:
        raise CourseError(f"{hit.code}: the words to be replaced must hold those that were found.")
    for what, text in (("reason", reason), ("replacement", replacement)):
        if tells(text, decision):
            raise CourseError(f"{hit.code}: the {what} repeats what was found; write it without that.")
    return decision


def tells(text: str, decision: Decision) -> bool:
    """Whether a text holds the words that were decided on, or one of the names among them."""
    given = plain(text).text
    whole = plain(decision.words).text
    if whole and whole in given:
        return True
    words = re.findall(rf"[{LETTERS}]{{{LEAST_LETTERS},}}", whole) if decision.code == NAME else ()
    return any(_whole(word).search(given) for word in words)


def still_open(source: Report | Draft, decisions: Iterable[Decision]) -> tuple[Hit, ...]:
    """The hits of a source that nobody has decided on."""
    decided = {decision.key for decision in decisions}
    return tuple(hit for hit in find_hits(source) if hit.key not in decided)


def apply(source: Source, decisions: Iterable[Decision]) -> Source:
    """The report or the text with all decisions carried out, everywhere where the words stand."""
    decisions = [one for one in decisions if one.words]
    if isinstance(source, str):
        return _replaced(source, decisions)
    try:
        return with_texts(source, lambda text: _replaced(text, decisions))
    except ValueError as error:
        raise CourseError(f"{source.id}: the report does not stand after the changes: {error}") from None


def release(report: Report, decisions: Iterable[Decision]) -> Report:
    """The report as it may be written out. Raises UndecidedError while anything is open, before or after."""
    decisions = tuple(decisions)
    if still := still_open(report, decisions):
        raise UndecidedError(still)
    cleaned = apply(report, decisions)
    if left := remaining(cleaned, decisions):
        raise UndecidedError(left)
    return cleaned


def remaining(source: Report | Draft, decisions: Iterable[Decision]) -> tuple[Hit, ...]:
    """What is found in a cleaned text beside what was kept, and beside the words put in (a false name)."""
    decisions = tuple(decisions)
    kept = {decision.key for decision in decisions if decision.action is Action.KEEP}
    put_in = " ".join(plain(decision.replacement).text for decision in decisions)
    return tuple(
        hit
        for hit in find_hits(source)
        if hit.key not in kept and not (hit.words and plain(hit.words).text in put_in)
    )


def read_decisions(path: Path, keys: Mapping[str, Hit]) -> tuple[Decision, ...]:
    """The decisions in a YAML or JSON file: `{key: {decision, reason, replacement, words}}`.

    `keys` are those that `course report gate FILE --list` prints, so that the file itself need not
    hold what was found. Raises CourseError for a key or a decision that does not exist.
    """
    made = []
    for key, document in read_yaml(path).items():
        if str(key) not in keys:
            raise CourseError(f"{path.name}: {key}: no such hit in this text; list them again.")
        given = {str(name): str(value) for name, value in document.items()}
        if given.get("decision") not in list(Action) or given.keys() - {"decision", *FIELDS}:
            raise CourseError(
                f"{path.name}: {key}: give `decision` as one of {', '.join(Action)}, and beside it only "
                f"{', '.join(FIELDS)}."
            )
        more = {name: given.get(name, "") for name in FIELDS}
        made.append(decide(keys[str(key)], Action(given["decision"]), **more))
    return tuple(made)


FIELDS = ("reason", "replacement", "words")


def _replaced(text: str, decisions: Iterable[Decision]) -> str:
    simple = plain(text)
    taken: list[tuple[int, int, str | None]] = []  # None for what is kept, also from a shorter hit in it
    for decision in sorted(decisions, key=lambda one: -len(one.words)):
        new = {Action.ANONYMISE: decision.replacement, Action.REMOVE: TAKEN_OUT}.get(decision.action)
        for match in _whole(plain(decision.words).text).finditer(simple.text):
            start, end = simple.span(*match.span())
            if not any(start < last and first < end for first, last, _ in taken):
                taken.append((start, end, new))
    for start, end, new in sorted(taken, reverse=True, key=lambda one: one[0]):
        text = text if new is None else text[:start] + new + text[end:]
    return text


def _whole(words: str) -> re.Pattern[str]:
    """These words and no part of a longer one; Arabic writes and, with, for together with them."""
    glued = "[\u0648\u0641\u0628\u0644\u0643]"
    before = rf"(?:(?<![{LETTERS}])|(?<=^{glued})|(?<=[^{LETTERS}]{glued}))"
    return re.compile(rf"{before}{re.escape(words)}(?![{LETTERS}])")
