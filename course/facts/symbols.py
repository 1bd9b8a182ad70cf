"""Reads the symbols of UN documents: which body, which State, what kind of document, which number.

The families are those of the treaty bodies (old and new), the Human Rights Council with its
Universal Periodic Review, the Economic and Social Council, and the General Assembly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from course.errors import CourseError
from course.facts.reading import bodies

# How a committee's documents begin, where that is not its code: its own data says it too.
BEGINNINGS = {"CCPR": "HRCttee", "E/C.12": "CESCR", "CAT/OP": "SPT"}
# Before 1998 the symbols of Morocco's documents used these letters; a State keeps one code here.
OLD_STATES = {"MOR": "MAR"}
KINDS = {
    "CO": "concluding-observations",
    "COAR": "concluding-observations",
    "FCO": "follow-up-report",
    "Q": "list-of-issues",
    "QPR": "list-of-issues-prior-to-reporting",
    "RQ": "replies-to-list-of-issues",
    "R": "visit-report",
    "ROSP": "visit-report",
}
STATE = r"(?P<state>[A-Z]{3})"
NUMBER = r"(?P<number>\d+(?:-\d+)?)"
TAIL = r"(?P<addition>(?:/(?:Add|Rev|Corr)\.\d+)*)"
BODY = r"(?P<body>CERD|E/C\.12|CCPR|CEDAW|CAT|CRC|CMW|CRPD|CED)"
SUB = r"(?:/(?P<protocol>OPAC|OPSC|OPSA))?"
PROTOCOLS = {"OPAC": "OP-CRC-AC", "OPSC": "OP-CRC-SC", "OPSA": "OP-CRC-SC"}

# Each family: its pattern, and the kind where the pattern itself does not name it. The first one counts.
FAMILIES: tuple[tuple[str, str], ...] = (
    # The treaty bodies today: CEDAW/C/MAR/CO/5-6, E/C.12/MAR/Q/4, CCPR/C/MAR/Q/6/Add.1, CRC/C/OPAC/MAR/1
    (rf"{BODY}(?:/C)?{SUB}/{STATE}/(?P<kind>CO|COAR|FCO|Q|QPR|RQ)/{NUMBER}{TAIL}", ""),
    (rf"{BODY}(?:/C)?{SUB}/{STATE}/(?:\d{{4}}/)?{NUMBER}{TAIL}", "state-report"),
    # Their older forms: CCPR/CO/82/MAR, CERD/C/62/CO/5, CAT/C/CR/31/2, CRC/C/Q/MOR/2, CCPR/C/82/L/MAR
    (rf"{BODY}(?:/C)?/CO/{NUMBER}/{STATE}{TAIL}", "concluding-observations"),
    (rf"{BODY}/C/(?P<session>\d+)/CO/{NUMBER}{TAIL}", "concluding-observations"),
    (rf"(?P<body>CAT)/C/CR/(?P<session>\d+)/{NUMBER}{TAIL}", "concluding-observations"),
    (r"(?P<body>CRC)/C/15/Add\.(?P<number>\d+)", "concluding-observations"),
    (r"(?P<body>CCPR)/C/79/Add\.(?P<number>\d+)", "concluding-observations"),
    (r"(?P<body>E/C\.12)/1/Add\.(?P<number>\d+)", "concluding-observations"),
    (rf"(?P<body>CRC)/C/Q/{STATE}/{NUMBER}{TAIL}", "list-of-issues"),
    (rf"(?P<body>CCPR)/C/(?P<number>\d+)/L/{STATE}{TAIL}", "list-of-issues"),
    # What all committees issue: communications, general comments, records of meetings
    (rf"{BODY}/C/(?P<session>\d+)/D/(?P<number>\d+/\d{{4}})", "decision-on-communication"),
    (rf"{BODY}/(?:C/)?(?:\d{{4}}/)?GC/{NUMBER}{TAIL}", "general-comment"),
    (r"(?P<body>CRC)/GC/(?P<number>\d{4}/\d+)", "general-comment"),
    (rf"{BODY}(?:/C)?/SR\.{NUMBER}{TAIL}", "summary-record"),
    # The Subcommittee: CAT/OP/MAR/1, CAT/OP/MAR/R.1, and its own papers CAT/OP/6/Rev.1
    (rf"(?P<body>CAT/OP)/{STATE}/(?:(?P<kind>R|ROSP)[./])?{NUMBER}{TAIL}", "visit-report"),
    (rf"(?P<body>CAT/OP)/{NUMBER}{TAIL}", "document"),
    # Series of a committee: CERD/C/225/Add.1, CED/C/4/Rev.1, CRPD/C/11/2, E/C.12/1994/5
    (rf"{BODY}(?:/C)?/(?P<session>\d+)/{NUMBER}{TAIL}", "document"),
    (rf"{BODY}(?:/C)?/{NUMBER}{TAIL}", "document"),
    # The Universal Periodic Review and the Council
    (rf"(?P<body>A/HRC/WG\.6)/(?P<session>\d+)/{STATE}/(?P<number>[123]){TAIL}", "upr"),
    (rf"(?P<body>A/HRC/WG\.6)/(?P<session>\d+)/L\.{NUMBER}{TAIL}", "document"),
    (rf"(?P<body>A/HRC)/RES/(?P<session>\d+)/{NUMBER}{TAIL}", "resolution"),
    (rf"(?P<body>A/HRC)/DEC/(?P<session>\d+)/{NUMBER}{TAIL}", "decision"),
    (rf"(?P<body>A/HRC)/(?P<session>\d+)/(?:NGO|NI)/{NUMBER}{TAIL}", "written-statement"),
    (rf"(?P<body>A/HRC)/(?P<session>\d+)/{NUMBER}{TAIL}", "document"),
    # Papers on all human rights treaties, and the common core document of a State
    (rf"(?P<body>HRI)/CORE/{STATE}/{NUMBER}{TAIL}", "core-document"),
    (rf"(?P<body>HRI)/CORE/1/Add\.{NUMBER}{TAIL}", "core-document"),
    (rf"(?P<body>HRI)/(?:MC|GEN)/(?:\d{{4}}|\d+)/{NUMBER}{TAIL}", "document"),
    # The Economic and Social Council and the General Assembly
    (rf"(?P<body>E|A|S)/RES/(?P<session>[\w-]+)/{NUMBER}{TAIL}", "resolution"),
    (rf"(?P<body>E)/CN\.4/(?P<session>\d{{4}})/{NUMBER}{TAIL}", "document"),
    (rf"(?P<body>E)/(?P<session>\d{{4}})/{NUMBER}{TAIL}", "document"),
    (rf"(?P<body>A|S)/(?P<session>\d+)/{NUMBER}{TAIL}", "document"),
)
COMPILED = tuple((re.compile(pattern), kind) for pattern, kind in FAMILIES)
UPR_KINDS = {"1": "national-report", "2": "un-compilation", "3": "stakeholders-summary"}


@dataclass(frozen=True)
class Symbol:
    """What a symbol says. `str()` gives it as it is written.

    `body` is a treaty body's code, or `UPR`, `HRC`, `HRI`, `ECOSOC`, `GA`, `SC`. `state` is
    three letters, None where the symbol names no State. `number` counts the document within
    its kind (`5-6` for the fifth and sixth report together). `session` and `protocol` (a
    treaty's code) are None where there is none; `addition` is such as `/Add.1`, or empty.
    """

    symbol: str
    body: str
    state: str | None
    kind: str
    number: str
    session: str | None = None
    protocol: str | None = None
    addition: str = ""

    def __str__(self) -> str:
        return self.symbol


def parse_symbol(symbol: str) -> Symbol:
    """What the symbol of a UN document says, e.g. `CEDAW/C/MAR/CO/5-6`.

    Raises CourseError in words for what is no symbol of the families above.
    """
    written = symbol.strip()
    for pattern, family in COMPILED:
        if match := pattern.fullmatch(written):
            found = match.groupdict()
            state = found.get("state")
            kind = KINDS[found["kind"]] if found.get("kind") else family
            if kind == "upr":
                kind = UPR_KINDS[found["number"]]
            return Symbol(
                symbol=written,
                body=_body(found["body"]),
                state=OLD_STATES.get(state, state),
                kind=kind,
                number=found["number"],
                session=found.get("session"),
                protocol=PROTOCOLS.get(found.get("protocol") or ""),
                addition=found.get("addition") or "",
            )
    raise CourseError(f"{symbol!r} is no symbol that the course can read; {_remedy(written)}")


def _body(beginning: str) -> str:
    others = {"A/HRC/WG.6": "UPR", "A/HRC": "HRC", "E": "ECOSOC", "A": "GA", "S": "SC"}
    return BEGINNINGS.get(beginning) or others.get(beginning, beginning)


def _remedy(written: str) -> str:
    """What to do, from the commonest slips."""
    if written.upper() != written and _fits(written.upper()):
        return f"write it in capitals: {written.upper()}."
    close = re.sub(r"\s+", "", written)
    if close != written and _fits(close):
        return f"write it without spaces: {close}."
    if close.rstrip(".,;)") != close and _fits(close.rstrip(".,;)")):
        return f"leave out the sign at the end: {close.rstrip('.,;)')}."
    begin = ", ".join(sorted({known.document_code for known in bodies().values()} | {"A/HRC", "HRI"}))
    return f"it begins with {begin}, E/ or A/, and looks like CEDAW/C/MAR/CO/5-6: copy it from the document."


def _fits(text: str) -> bool:
    return any(pattern.fullmatch(text) for pattern, _ in COMPILED)
