"""IGN: places that the writer took out of a check, by a comment in the draft that says why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from course.report.draft import Draft, Place
from course.report.findings import Check, Finding, Setting

WITHOUT_REASON = "IGN001"
ASKED = re.compile(r"\bignore\s+([A-Z]{3}\d{3})\b[\s:,.–—-]*(.*)", re.DOTALL)
LEAST_REASON = 3  # words; fewer explain nothing


@dataclass(frozen=True, slots=True)
class Ignored:
    """One place taken out of a check by a comment in the draft."""

    code: str
    place: Place
    reason: str


def ignored_places(draft: Draft) -> Iterator[Ignored]:
    """What the comments in the draft ask to leave out; a reason of fewer than three words is none."""
    for comment in draft.traces.comments:
        for found in ASKED.finditer(comment.text):
            reason = " ".join(found.group(2).split())
            enough = len(reason.split()) >= LEAST_REASON
            yield Ignored(found.group(1), comment.place, reason if enough else "")


def check_reasons(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """IGN001: who takes a place out without saying why takes nothing out."""
    for one in ignored_places(draft):
        if not one.reason:
            yield Finding(WITHOUT_REASON, "warning", "missing", {"code": one.code}, place=one.place)


CHECKS = (Check(WITHOUT_REASON, "warning", check_reasons),)
