"""SIM: text shared with our models or with other members' drafts.

Ninety-three reports that look alike discredit all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from course.report.draft import Draft
from course.report.findings import Check, Finding, Setting
from course.report.words import plain

SHARED, WHOLE = "SIM001", "SIM002"
RUN = 8  # words one after another; shorter runs are the language of the United Nations
LEAST = 16  # words in a paragraph that is compared
PART = 0.5  # of a paragraph's runs
OVERALL = 0.2  # of the whole text's runs
WORD = re.compile(r"[a-z0-9\u0621-\u064a]+")


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of eight words of a text, made plain."""
    words = WORD.findall(plain(text).text)
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def check_shared(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """SIM001: a paragraph of which half stands in another text."""
    for other in setting.earlier:
        theirs = set().union(*(runs(block.text) for block in other.blocks)) if other.blocks else set()
        for block in draft.blocks:
            own = runs(block.text)
            if len(own) > LEAST - RUN and len(own & theirs) > PART * len(own):
                yield Finding(SHARED, "warning", "paragraph", {"other": other.name}, block.place)


def check_whole(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """SIM002: a fifth of the whole text stands in another one."""
    own = set().union(*(runs(block.text) for block in draft.blocks)) if setting.earlier else set()
    for other in setting.earlier:
        theirs = set().union(*(runs(block.text) for block in other.blocks)) if other.blocks else set()
        if own and len(own & theirs) > OVERALL * len(own):
            percent = round(100 * len(own & theirs) / len(own))
            yield Finding(WHOLE, "warning", "whole", {"other": other.name, "percent": percent})


CHECKS = (Check(SHARED, "warning", check_shared), Check(WHOLE, "warning", check_whole))
