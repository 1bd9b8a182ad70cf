"""Examines one text: finds the lists' words in it and goes through the cases of each criterion.

`assets/examine.js` does the same in a page without Python; a test compares both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, get_args

from course.errors import CourseError
from course.facts import bodies, mechanisms
from course.facts.models import Stage
from course.recommendations.basis import Named, name_bases
from course.recommendations.criteria import VERBS
from course.recommendations.lists import compiled, program
from course.recommendations.models import CRITERIA, OF_QUESTIONS, QUESTION_STAGES, Examination, Finding
from course.recommendations.plain import make_plain

MASKED = ("article", "wrong", "symbol", "comment")  # what is cited is no measure: "article 12" of a treaty
LONGEST = 5000  # characters; a recommendation is a sentence or two
Span = tuple[int, int]


def examine(text: str, lang: str = "en", body: str | None = None, stage: str | None = None) -> Examination:
    """What is there and what is missing in one recommendation, criterion by criterion.

    `body` is the code of a committee or mechanism (`"CRC"`, `"UPR"`), `stage` one of the stages of
    the rules; at `loi` and `loipr` questions are wanted, and only what holds for questions is
    looked at. It sees words, not sense: where words often mislead, a finding is `look`. Raises
    CourseError for an unknown language, body or stage, and for a text of more than 5,000 characters.
    """
    known = (*bodies(), *mechanisms())
    if body is not None and body not in known:
        raise CourseError(f"there is no body {body!r}; the course knows {', '.join(known)}.")
    if stage is not None and stage not in get_args(Stage):
        raise CourseError(f"there is no stage {stage!r}; the stages are {', '.join(get_args(Stage))}.")
    if len(text) > LONGEST:
        raise CourseError(f"this text has {len(text)} characters; give one recommendation at a time.")
    seen = _Seen(text, lang, body)
    names = OF_QUESTIONS if stage in QUESTION_STAGES else CRITERIA
    findings = tuple(_decide(name, seen, body, stage) for name in names)
    return Examination(text, lang, body, stage, findings)


def _decide(criterion: str, seen: _Seen, body: str | None, stage: str | None) -> Finding:
    for case in seen.program["cases"][criterion]:
        if ("bodies" in case and body not in case["bodies"]) or (
            "stages" in case and stage not in case["stages"]
        ):
            continue
        held = seen.holds(case)
        if held is not None:
            span, values = held
            quoted = seen.text[slice(*span)]
            return Finding(criterion, case["state"], case["case"], *span, {**values, "seen": quoted})
    raise AssertionError(f"{criterion}: no case holds, and the last one always should")


class _Seen:
    """One text, and what of each list stands in it."""

    def __init__(self, text: str, language: str, body: str | None) -> None:
        self.program = program(language)
        self.text = text
        self._plain = make_plain(text)
        self._bases = name_bases(text, language, body)
        self._masked = self._mask()

    def holds(self, case: Mapping[str, Any]) -> tuple[Span, dict[str, str]] | None:
        """The place (in the original) and the values of a case that holds, else None."""
        if any(self._first(name) for name in case.get("none", ())):
            return None
        if "any" in case:
            found = self._earliest(case["any"])
            return self._shown(found) if found else None
        if "first" in case:
            return self._leading(case["first"])
        if "count" in case:
            least, most = case["count"]
            return self._shown((0, 0), count=self._steps) if least <= self._steps <= most else None
        if "basis" in case:
            named = next((one for one in self._bases if one.kind == case["basis"]), None)
            return self._named(named) if named else None
        return (0, 0), {}

    def _leading(self, names: Sequence[str]) -> tuple[Span, dict[str, str]] | None:
        """Where the first of the lists is the one that is seen earliest; of a tie it is the winner."""
        found = [(span[0], place, span) for place, name in enumerate(names) if (span := self._first(name))]
        if not found or min(found)[1] != 0:
            return None
        return self._shown(min(found)[2])

    def _earliest(self, names: Sequence[str]) -> Span | None:
        """The first place where one of the lists is seen; of two that begin there, the longer."""
        found = filter(None, map(self._first, names))
        return min(found, key=lambda span: (span[0], -span[1]), default=None)

    def _pattern(self, name: str) -> re.Pattern[str]:
        return compiled(self.program["lang"], self.program["lists"][name])

    def _first(self, name: str) -> Span | None:
        match = self._pattern(name).search(self._masked)
        return _group(match) if match else None

    @cached_property
    def _steps(self) -> int:
        """How many things one is told to do: the first verb, and those joined after it."""
        first = self._earliest(VERBS)
        if first is None:
            return 0
        return 1 + sum(
            _group(match)[0] >= first[1] for match in self._pattern("steps").finditer(self._masked)
        )

    def _mask(self) -> str:
        """The plain text without what is cited, so that an article of a treaty is not taken for a measure."""
        masked = list(self._plain.text)
        for named in self._bases:
            if named.kind in MASKED:
                for place in range(*self._plain_span(named)):
                    masked[place] = "#"
        return "".join(masked)

    def _plain_span(self, named: Named) -> Span:
        if named.kind not in ("symbol", "unread"):
            return named.span
        inside = [n for n, place in enumerate(self._plain.places) if named.span[0] <= place < named.span[1]]
        return inside[0], inside[-1] + 1

    def _shown(self, span: Span, **values: object) -> tuple[Span, dict[str, str]]:
        return self._plain.span(*span), {name: str(value) for name, value in values.items()}

    def _named(self, named: Named) -> tuple[Span, dict[str, str]]:
        span = named.span if named.kind in ("symbol", "unread") else self._plain.span(*named.span)
        return span, dict(named.values)


def _group(match: re.Match[str]) -> Span:
    """The first group that took part: a pattern with two parts has one group in each."""
    place = next(number for number, found in enumerate(match.groups(), start=1) if found is not None)
    return match.span(place)
