"""REC: each recommendation examined by the one piece of code that the practice pages use too."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from course.recommendations import Finding as Answer
from course.recommendations import examine
from course.recommendations.engine import LONGEST
from course.recommendations.models import QUESTION_STAGES
from course.report.counting import words_in
from course.report.draft import Block, Draft
from course.report.findings import Check, Finding, Setting
from course.report.languages import SUPPORTED, language_of, main_language
from course.report.words import pattern, plain

# One code for each criterion of the examiner.
CODES = {
    "addressee": "REC001",
    "action": "REC002",
    "measure": "REC003",
    "deadline": "REC004",
    "basis": "REC005",
    "single": "REC006",
    "form": "REC007",
}
TOO_LONG = "REC008"
MOST_WORDS = 90  # in one recommendation; those of committees have about 40
SHORT = 4  # words; below, it is a label such as "On education:"

_examined = lru_cache(maxsize=512)(examine)  # seven checks ask for one examination


def recommendations(draft: Draft) -> Iterator[Block]:
    """The blocks that recommend or ask: those under such a heading, and those that begin with such words."""
    titles, leads = pattern("recommendation-titles"), pattern("recommendation-leads")
    under = 0
    for block in draft.blocks:
        if block.kind in ("title", "heading"):
            if under and block.level > under:
                continue
            under = block.level if titles.search(plain(block.text).text) else 0
        elif words_in(block.text) < SHORT or block.kind not in ("paragraph", "list-item"):
            continue
        elif under or leads.match(plain(block.text).text):
            yield block


def check_criterion(criterion: str) -> Check:
    """The check of one criterion: failed is a warning, what a person must look at an info."""
    code = CODES[criterion]

    def run(draft: Draft, setting: Setting) -> Iterator[Finding]:
        main = main_language(draft)
        for block in recommendations(draft):
            language = language_of(block.text) or main
            if language not in SUPPORTED or len(block.text) > LONGEST or block.text.rstrip().endswith(":"):
                continue
            found = _examined(block.text, language, setting.body, setting.stage)
            for finding in found.findings:
                if finding.id == criterion and finding.state != "passed" and _is_asked(finding, setting):
                    severity = "warning" if finding.state == "failed" else "info"
                    said = finding.said(setting.language)
                    values = {"seen": said.seen, "instead": said.instead}
                    span = (finding.start, finding.end) if finding.end else None
                    yield Finding(code, severity, "found", values, block.place, span)

    return Check(code, "warning", run)


def _is_asked(finding: Answer, setting: Setting) -> bool:
    """Whether an answer of the examiner is a finding here.

    That no act could be counted adds nothing to REC002, which says that none was seen; and a
    question needs no legal basis, since it demands nothing.
    """
    if finding.id == "single":
        return finding.case != "none"
    return finding.id != "basis" or setting.stage not in QUESTION_STAGES


def check_length(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """REC008: a recommendation of a hundred words is a paragraph that hides one."""
    for block in recommendations(draft):
        words = words_in(block.text)
        if words > MOST_WORDS:
            yield Finding(TOO_LONG, "info", "long", {"words": words}, block.place)


CHECKS = (*(check_criterion(name) for name in CODES), Check(TOO_LONG, "info", check_length))
