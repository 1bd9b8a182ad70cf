"""TON and ACR: words that cost trust, and letters that nobody explains."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from course.facts import bodies, mechanisms, treaties
from course.report.draft import Draft
from course.report.findings import Check, Finding, Setting
from course.report.languages import ARABIC, SUPPORTED
from course.report.sentences import sentences
from course.report.words import Seen, find_words, plain, word_lists

LOADED, ABSOLUTE, LONG, ACRONYM = "TON001", "TON002", "TON003", "ACR001"
MOST_WORDS = 50  # in one sentence
LONGEST_SHOWN = 5
LETTERS = re.compile(r"(?<![\w/.-])([A-Z][A-Z0-9]{1,7})(?![\w/-]|\.\w| ?\d{3})")  # "CD 441209" is a card
ROMAN = re.compile(r"[IVXLC]+")


def check_loaded(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """TON001: insults and party politics; the list is tiny on purpose, since long ones err nearly always."""
    for seen in find_words(draft, "loaded"):
        if _is_quoted(seen):
            continue
        yield Finding(LOADED, "warning", "loaded", {"seen": seen.words}, seen.block.place, seen.span)


def check_absolute(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """TON002: "all", "never", "the worst": one counter-example, and the whole sentence is lost."""
    soft = [(seen.block, seen.span) for seen in find_words(draft, "not-absolute")]
    for seen in find_words(draft, "absolute"):
        if any(block is seen.block and span[0] <= seen.span[0] < span[1] for block, span in soft):
            continue
        yield Finding(ABSOLUTE, "info", "absolute", {"seen": seen.words}, seen.block.place, seen.span)


def check_sentences(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """TON003: the five longest sentences of more than fifty words."""
    long = [
        (len(sentence.split()), block, start, sentence)
        for block in draft.blocks
        for start, sentence in sentences(block)
        if len(sentence.split()) > MOST_WORDS
    ]
    longest = sorted(long, key=lambda one: -one[0])[:LONGEST_SHOWN]
    for words, block, start, sentence in sorted(longest, key=lambda one: one[1].place.paragraph):
        yield Finding(LONG, "info", "long", {"words": words}, block.place, (start, start + len(sentence)))


def check_acronyms(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """ACR001: letters that are used before anything explains them. Codes of treaties and bodies are known."""
    everything = "\n".join(block.text for block in draft.blocks)
    listed = (letters for language in SUPPORTED for letters in word_lists(language)["known-acronyms"])
    known = {*bodies(), *mechanisms(), *treaties(), *listed}
    told: set[str] = set()
    for block in draft.blocks:
        if block.text.isupper() and not ARABIC.search(block.text):
            continue
        for match in LETTERS.finditer(block.text):
            letters = match.group(1)
            is_a_number = any(map(str.isdigit, letters))  # of a road, a form, a card
            if letters in known or letters in told or ROMAN.fullmatch(letters) or is_a_number:
                continue
            told.add(letters)
            if not _explained(letters, everything):
                yield Finding(ACRONYM, "info", "bare", {"seen": letters}, block.place, match.span(1))


def _is_quoted(seen: Seen) -> bool:
    """Whether the words stand in quotation marks: whoever quotes an insult does not insult."""
    start = bisect_left(plain(seen.block.text).places, seen.span[0])
    return plain(seen.block.text).text[:start].count('"') % 2 == 1


def _explained(letters: str, text: str) -> bool:
    """In brackets after its words, or before them, or in a list of its own."""
    name = re.escape(letters)
    return bool(
        re.search(rf"\(\s*{name}\b|\b{name}\s*\(\s*[^\W\d]{{3,}}|^{name}\s*[:=–—-]\s", text, re.MULTILINE)
    )


CHECKS = (
    Check(LOADED, "warning", check_loaded),
    Check(ABSOLUTE, "info", check_absolute),
    Check(LONG, "info", check_sentences),
    Check(ACRONYM, "info", check_acronyms),
)
