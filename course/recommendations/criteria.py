"""The criteria as a table: each has cases, and the first case that holds is the answer.

The table is plain data, since two small engines read it: `engine.py` here and `assets/examine.js`
in a page without Python. A case holds where all that it asks for holds:

    any     one of these lists is seen (the earliest place is what is shown)
    none    none of these lists is seen
    first   of these lists, the first in `first` is the one seen earliest; a tie goes to the order
    count   [least, most] actions that one is told to take
    basis   what kind of legal basis was found
    bodies, stages   the text is meant for one of these

A case that asks for nothing always holds. Why a case is only `look`: these words are often right
and often wrong, measured by `bench recommendations`.
"""

from __future__ import annotations

from typing import Any

from course.recommendations.models import QUESTION_STAGES

ASKED = ["mark", "asks"]
VERBS = ["soft", "vague", "firm"]

CASES: dict[str, list[dict[str, Any]]] = {
    "form": [
        {"case": "asked", "state": "passed", "any": ASKED, "stages": list(QUESTION_STAGES)},
        {"case": "not-asked", "state": "failed", "stages": list(QUESTION_STAGES)},
        {"case": "question", "state": "failed", "any": ASKED},
        {"case": "recommendation", "state": "passed"},
    ],
    "addressee": [
        {
            "case": "committee",
            "state": "failed",
            "any": ["committee-asked"],
            "none": ["state-party", "state"],
        },
        {"case": "party-upr", "state": "look", "any": ["state-party"], "bodies": ["UPR"]},
        {"case": "state", "state": "passed", "any": ["state-party", "state"]},
        {"case": "office", "state": "passed", "any": ["office"]},
        {"case": "vague", "state": "failed", "any": ["vague-office"]},
        {"case": "passive", "state": "failed", "any": ["passive"]},
        {"case": "implied", "state": "look", "any": ["bare"]},
        {"case": "none", "state": "failed"},
    ],
    "action": [
        {"case": "soft", "state": "failed", "first": ["soft", "vague", "firm"]},
        {"case": "hedged", "state": "failed", "any": ["hedge"]},
        {"case": "firm", "state": "passed", "first": ["firm", "vague"]},
        {"case": "vague", "state": "look", "any": ["vague"]},
        {"case": "unlisted", "state": "look", "any": ["modal"]},
        {"case": "none", "state": "failed"},
    ],
    "measure": [
        {"case": "concrete", "state": "passed", "any": ["concrete"]},
        {"case": "vague", "state": "failed", "any": ["vague-thing"]},
        {"case": "unseen", "state": "look"},
    ],
    "deadline": [
        {"case": "clear", "state": "passed", "any": ["clear-time"]},
        {"case": "vague", "state": "failed", "any": ["vague-time"]},
        {"case": "at-once", "state": "look", "any": ["at-once"]},
        {"case": "none", "state": "failed"},
    ],
    "basis": [
        {"case": "wrong", "state": "failed", "basis": "wrong"},
        {"case": "article", "state": "passed", "basis": "article"},
        {"case": "symbol", "state": "passed", "basis": "symbol"},
        {"case": "unread", "state": "look", "basis": "unread"},
        {"case": "comment", "state": "look", "basis": "comment"},
        {"case": "treaty", "state": "look", "basis": "treaty"},
        {"case": "alone", "state": "look", "basis": "alone"},
        {"case": "none", "state": "failed"},
    ],
    "single": [
        {"case": "one", "state": "passed", "count": [1, 1]},
        {"case": "two", "state": "look", "count": [2, 2]},
        {"case": "many", "state": "failed", "count": [3, 99]},
        {"case": "none", "state": "look"},
    ],
}
