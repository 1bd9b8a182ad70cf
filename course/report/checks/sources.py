"""SRC and EVD: figures without a source, sources without a name, evidence without method, day or consent."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator

from course.facts import country
from course.report.checks.recommendations import recommendations
from course.report.draft import Block, Draft
from course.report.findings import Check, Finding, Setting
from course.report.sentences import sentences
from course.report.words import find_words, pattern, plain

FIGURE, VAGUE, NO_NOTE_DATE = "SRC001", "SRC002", "SRC003"
PERIOD, STATISTICS, CONSENT, OLD = "EVD001", "EVD002", "EVD003", "EVD004"
ENOUGH_NOTES = 6  # with a year; of fewer nothing can be said
RECENT = 1 / 3  # of them; laws and earlier documents are old by right
# A number of people or things, not a year, an article, a paragraph, an age range of a law.
COUNTED = re.compile(
    r"(?<![\w/.,-])(\d{1,3}(?:[ .,\u00a0\u202f]\d{3})+|\d+(?:[.,]\d+)?)"
    r"(?:\s?[%٪]|[\s\u00a0\u202f]+(?=[^\W\d]))"
)
NEAR = 2  # words; a unit that stands farther away belongs to something else
OUR = re.compile(r"(?<!\w)(?:our|nos|notre) ((?:[\w'-]+\W+){1,3})")
CITING = re.compile(r"(?:[\s\d.,()-]|and|et|to|or|ou|و|الي)*")  # between "articles" and its last number
NUMBERED = re.compile(r"(?:no|n[°º]|رقم)\W{0,3}\d+[/-]\d{2,4}")  # an order, a judgment, a law
SHARE = re.compile(r"\d\s?[%٪]|\d (?:per cent|percent|pour cent|في المايه|بالمايه)")
YEAR = re.compile(r"(?<!\d)(19[5-9]\d|20[0-4]\d)(?!\d)")
LINK = re.compile(r"https?://|www\.|\b[A-Z][A-Za-z0-9.]*(?:/[A-Za-z0-9.\-]+){2,}")


def check_figures(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """SRC001: a counted number in a sentence that has no note, no link, no symbol and names no source.

    A figure in a recommendation is a demand, and one in the method says how it was counted.
    Machines err often here, so it is an info.
    """
    asked = {block.place.paragraph for block in recommendations(draft)}
    asked |= {block.place.paragraph for block in _method(draft)}
    for block in draft.blocks:
        if block.kind not in ("paragraph", "list-item") or block.place.paragraph in asked:
            continue
        for start, sentence in sentences(block):
            noted = any(start < call.at <= start + len(sentence) + 2 for call in block.notes)
            simple = plain(sentence).text
            if noted or LINK.search(sentence) or _names_source(simple):
                continue
            for match in COUNTED.finditer(sentence):
                if _counts(sentence, match):
                    span = (start + match.start(), start + match.start(1) + len(match.group(1)))
                    yield Finding(FIGURE, "info", "bare", {"seen": match.group(1)}, block.place, span)
                    break


def check_vague_sources(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """SRC002: "reliable sources say" names nobody."""
    for seen in find_words(draft, "vague-sources"):
        yield Finding(VAGUE, "warning", "vague", {"seen": seen.words}, seen.block.place, seen.span)


def check_note_dates(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """SRC003: a note that cites something without a year."""
    for note in draft.notes:
        simple = plain(note.text).text
        if (
            len(note.text.split()) >= 4
            and not YEAR.search(simple)
            and not pattern("same-source").match(simple)
        ):
            yield Finding(NO_NOTE_DATE, "info", "undated", {"note": note.text[:60]}, note.place)


def check_period(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """EVD001: a section on method that names no year or no number of people says little."""
    titles = pattern("method-titles")
    for heading in draft.headings():
        if titles.search(plain(heading.text).text):
            text = " ".join(block.text for block in draft.under(heading))
            if not YEAR.search(plain(text).text):
                yield Finding(PERIOD, "warning", "undated", place=heading.place)
            elif not _has_number(YEAR.sub("", plain(text).text)):
                yield Finding(PERIOD, "info", "uncounted", place=heading.place)


def check_statistics(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """EVD002: a percentage in a sentence without a year, and without a note."""
    for block in draft.blocks:
        for start, sentence in sentences(block):
            simple = plain(sentence).text
            share = SHARE.search(simple)
            noted = any(start < call.at <= start + len(sentence) + 2 for call in block.notes)
            if share and not noted and not YEAR.search(simple):
                yield Finding(
                    STATISTICS, "info", "undated", place=block.place, span=(start, start + len(sentence))
                )


def check_consent(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """EVD003: people were heard, and no word says that they agreed."""
    heard = next(find_words(draft, "testimony"), None)
    if heard is not None and next(find_words(draft, "consent"), None) is None:
        yield Finding(CONSENT, "warning", "silent", {"seen": heard.words}, heard.block.place, heard.span)


def check_age(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """EVD004: most notes are older than the last review of the State by this body."""
    review = country(setting.country).last_review(setting.body)
    since = int(review.review_dates[:4]) if review and review.review_dates[:4].isdigit() else None
    years = [max(map(int, found)) for note in draft.notes if (found := YEAR.findall(plain(note.text).text))]
    if since is None or len(years) < ENOUGH_NOTES:
        return
    recent = sum(year >= since for year in years)
    if recent < RECENT * len(years):
        yield Finding(OLD, "info", "old", {"recent": recent, "all": len(years), "year": since})


def _names_source(simple: str) -> bool:
    """Whether a sentence says whose figure it is: somebody's by name, or the authors' own work."""
    if pattern("attributions").search(simple) or NUMBERED.search(simple):
        return True
    return any(pattern("own-work").search(match.group(1)) for match in OUR.finditer(simple + " "))


def _counts(sentence: str, match: re.Match[str]) -> bool:
    """Whether a number counts people or things: no year, no article or paragraph, and a unit near it."""
    if re.search("[%٪]", match.group()):
        return True
    number = plain(match.group(1)).text
    before = plain(sentence[: match.start()]).text
    for sign in ("article-sign", "paragraph"):
        last = deque(pattern(sign).finditer(before), maxlen=1)
        if last and CITING.fullmatch(before[last[0].end() :]):
            return False
    after = plain(sentence[match.end() :]).text.split()[:NEAR]
    return not YEAR.fullmatch(number) and bool(pattern("counted-units").search(" ".join(after)))


def _has_number(simple: str) -> bool:
    return bool(re.search(r"\d", simple) or pattern("number-words").search(simple))


def _method(draft: Draft) -> Iterator[Block]:
    """The blocks of the sections on method."""
    for heading in draft.headings():
        if pattern("method-titles").search(plain(heading.text).text):
            yield from draft.under(heading)


CHECKS = (
    Check(FIGURE, "info", check_figures),
    Check(VAGUE, "warning", check_vague_sources),
    Check(NO_NOTE_DATE, "info", check_note_dates),
    Check(PERIOD, "warning", check_period),
    Check(STATISTICS, "info", check_statistics),
    Check(CONSENT, "warning", check_consent),
    Check(OLD, "info", check_age),
)
