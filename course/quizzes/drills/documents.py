"""The symbols that a drill asks about, drawn by chance.

Real symbols are the verified documents of the countries' files. Invented ones are made like a
real one, with another State and a number that no report has reached, and are said to be invented.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from random import Random

from course.facts import Symbol, documents, parse_symbol

TWIN = "CEDAW/C/MAR/CO/5-6"  # explained in a hint, so never asked about
# Each kind that is asked for: its term in the glossary, and its sign.
KINDS = {
    "state-report": ("state-report", ""),
    "concluding-observations": ("concluding-observations", "CO"),
    "list-of-issues": ("list-of-issues", "Q"),
    "list-of-issues-prior-to-reporting": ("list-of-issues-prior-to-reporting-loipr", "QPR"),
    "replies-to-list-of-issues": ("written-replies", "RQ"),
    "summary-record": ("summary-record", "SR"),
    "national-report": ("national-report-universal-periodic-review", "/1"),
    "un-compilation": ("compilation-of-united-nations-information", "/2"),
    "stakeholders-summary": ("summary-of-stakeholders-submissions", "/3"),
}
REVIEW_KINDS = ("national-report", "un-compilation", "stakeholders-summary")
# Of a treaty body on one State, with the number of the report at the end.
ON_REPORTS = tuple(kind for kind in KINDS if kind not in (*REVIEW_KINDS, "summary-record"))
# Of invented symbols: letters that are easily mixed up, and States that are party to the convention on
# migrant workers too, so that no symbol names a review that could not be.
STATES = ("CHL", "COL", "DZA", "EGY", "MDG", "MLI", "MRT", "PER", "PHL", "SEN", "TGO", "TUR")
NO_PERIODIC_REPORTS = "CED"  # so that a high number of a report would teach something wrong
REPORTS, RECORDS, SESSIONS = range(41, 60), range(9001, 9100), range(91, 100)  # none has got so far


@dataclass(frozen=True)
class Shown:
    """A symbol that is asked about: what it says, and the real document that it is, or is made like."""

    says: Symbol
    like: str
    source: str

    @property
    def real(self) -> bool:
        """Whether a document with this symbol exists."""
        return self.says.symbol == self.like


@cache
def real_symbols() -> tuple[Shown, ...]:
    """The verified documents whose symbol shows all that is asked, without an addition."""
    return tuple(
        Shown(document.parsed, document.symbol, document.source)
        for document in documents()
        if document.decides and document.symbol != TWIN and _is_readable(document.parsed)
    )


def _is_readable(says: Symbol) -> bool:
    """Whether the signs stand in it as they do today: the older forms are left to the lesson."""
    if says.addition or says.kind not in KINDS:
        return False
    _, sign = KINDS[says.kind]
    if says.kind == "summary-record":
        return True
    if says.kind in REVIEW_KINDS:
        return says.symbol.endswith(f"/{says.state}{sign}")
    return says.symbol.endswith("/".join(filter(None, (f"/{says.state}", sign, says.number))))


def draw_symbol(chance: Random, *, kinds: tuple[str, ...] = tuple(KINDS)) -> Shown:
    """A real symbol or, as often, an invented one, of one of the kinds."""
    pool = [shown for shown in real_symbols() if shown.says.kind in kinds]
    if chance.random() < 0.5:
        return chance.choice(pool)
    return _invent(chance.choice([one for one in pool if one.says.body != NO_PERIODIC_REPORTS]), chance)


def _invent(like: Shown, chance: Random) -> Shown:
    says, state = like.says, chance.choice(STATES)
    if says.kind == "summary-record":
        symbol = says.symbol.replace(f"SR.{says.number}", f"SR.{chance.choice(RECORDS)}")
    elif says.kind in REVIEW_KINDS:
        symbol = says.symbol.replace(f"/{says.session}/{says.state}/", f"/{chance.choice(SESSIONS)}/{state}/")
    else:
        report = chance.choice(REPORTS)
        number = chance.choice((f"{report}", f"{report}-{report + 1}"))
        symbol = re.sub(rf"/{says.state}/(.*?){says.number}$", rf"/{state}/\g<1>{number}", says.symbol)
    return Shown(parse_symbol(symbol), like.like, like.source)
