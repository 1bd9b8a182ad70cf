"""STR: the sections that a reader looks for at this stage.

No rule of the packs requires a section by name, so a missing one is never an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from course.report.checks.recommendations import recommendations
from course.report.counting import words_in
from course.report.draft import Draft
from course.report.findings import Check, Finding, Setting
from course.report.words import find_words, pattern, plain

SUMMARY, METHOD, RECOMMEND, QUESTIONS, ARTICLES, INDEPENDENCE, ANNEX = (
    f"STR00{number}" for number in range(1, 8)
)
ASKING = ("loi", "loipr")
LONG = 1_500  # words; below, a text is its own summary
SUMMARY_WORDS = (80, 700)  # checklist, criterion 13, with room on both sides


def check_summary(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """STR001: a summary on one page, with the concerns that come first."""
    if sum(words_in(block.text) for block in draft.blocks) < LONG:
        return
    titles = pattern("summary-titles")
    found = {
        heading: sum(words_in(block.text) for block in draft.under(heading))
        for heading in draft.headings()
        if titles.search(plain(heading.text).text)
    }
    if not found:
        yield Finding(SUMMARY, "warning", "none")
        return
    longest, words = max(found.items(), key=lambda one: one[1])  # a list of priorities stands beside it
    least, most = SUMMARY_WORDS
    if not least <= words <= most:
        yield Finding(SUMMARY, "info", "size", {"words": words}, longest.place)


def check_method(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """STR002: who asked whom, when, where and how."""
    titles = pattern("method-titles")
    if not any(titles.search(plain(heading.text).text) for heading in draft.headings()):
        yield Finding(METHOD, "warning", "none")


def check_recommendations(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """STR003: outside the lists of issues a text must end in something that the body can take over."""
    if setting.stage not in ASKING and next(recommendations(draft), None) is None:
        yield Finding(RECOMMEND, "warning", "none")


def check_questions(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """STR004: before a list of issues the committee needs questions that it can ask."""
    if setting.stage in ASKING and not any(
        block.text.rstrip(" ”»\"'").endswith(("?", "؟")) for block in draft.blocks
    ):
        yield Finding(QUESTIONS, "warning", "none")


def check_articles(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """STR005: sections in the order of the treaty; a member looks for her articles."""
    if setting.body == "UPR":
        return
    headings = [block for block in draft.headings() if block.kind == "heading"]
    sign = pattern("article-sign")
    if headings and not any(sign.search(plain(block.text).text) for block in headings):
        yield Finding(ARTICLES, "info", "none")


def check_independence(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """STR006: who paid, who trained, and that no office of the State wrote a line."""
    if next(find_words(draft, "independence"), None) is None:
        yield Finding(INDEPENDENCE, "warning", "none")


def check_annexes(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """STR007: recommendations that stand after an annex began are not found; the core is read alone."""
    annex, demands = pattern("annex"), pattern("recommendation-titles")
    begun = None
    for heading in draft.headings():
        title = plain(heading.text).text
        if annex.match(title):
            begun = begun or heading
        elif begun and heading.level <= begun.level and demands.search(title):
            yield Finding(ANNEX, "info", "early", place=begun.place)
            return


CHECKS = (
    Check(SUMMARY, "warning", check_summary),
    Check(METHOD, "warning", check_method),
    Check(RECOMMEND, "warning", check_recommendations),
    Check(QUESTIONS, "warning", check_questions),
    Check(ARTICLES, "info", check_articles),
    Check(INDEPENDENCE, "warning", check_independence),
    Check(ANNEX, "info", check_annexes),
)
