"""The do-no-harm gate: nothing is written out while it is open what becomes of a name or a number.

    log = DecisionLog(folder)
    hits = find_hits(source)                     # a Report, or a Draft that was read
    decisions = (*log.recall(name, hits), *new)  # each made by `decide`
    cleaned = release(report, decisions)         # raises UndecidedError while a hit is open
    log.record(name, new, today)

What the rules do not find passes the gate unseen: a person must read the text for names.
"""

from course.report.gate.cleaning import clean_docx
from course.report.gate.decisions import (
    Action,
    Decision,
    UndecidedError,
    apply,
    decide,
    read_decisions,
    release,
    remaining,
    still_open,
)
from course.report.gate.hits import Hit, find_hits
from course.report.gate.log import DecisionLog

__all__ = [
    "Action",
    "Decision",
    "DecisionLog",
    "Hit",
    "UndecidedError",
    "apply",
    "clean_docx",
    "decide",
    "find_hits",
    "read_decisions",
    "release",
    "remaining",
    "still_open",
]
