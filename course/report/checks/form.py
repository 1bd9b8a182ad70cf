"""FMT: the file and its form, cover, numbers, and what must not be left in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from course.errors import CourseError
from course.facts import country, parse_symbol, rule
from course.report.counting import words_in
from course.report.draft import Block, Draft
from course.report.findings import Check, Finding, Setting, Severity
from course.report.words import find_words, pattern, plain
from course.texts import LANGUAGES

FILE_TYPE, NUMBERS, COVER, AUTHORS, ONE_COUNTRY = "FMT001", "FMT002", "FMT003", "FMT004", "FMT005"
PUBLICATION, PLACEHOLDERS, PROPERTIES, LEFT_IN = "FMT006", "FMT007", "FMT008", "FMT009"
PAGE_NUMBERS, HEADINGS, CONTENTS, PICTURES = "FMT010", "FMT011", "FMT012", "FMT013"
SENT = "docx"  # what `file-type` calls "word"
WORD_FILES = (SENT, "odt")
COVER_LENGTH = 1_500  # characters; checklist, criterion 1
NUMBERED = 0.8  # of the paragraphs; checklist, criterion 9
LEAST_PARAGRAPHS = 8
LONG = 5_000  # words, about ten pages: from there a reader needs contents; checklist, criterion 10
RUNNING = 12  # words; shorter paragraphs are addresses, captions and the like
PERSONAL = ("author", "last_modified_by", "company", "manager")
GAP = re.compile(r"\[\s*(?:_+|[xX]{2,}|\?+)?\s*\]|_{4,}|\b[xX]{3,}\b|\.{5,}|\?{3,}")
CUT = re.compile(r"\[\s*(?:\.{2,}|…)\s*\]")  # a gap of the template, or words left out of a quotation
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+|https?://\S+|www\.\S+")
SYMBOL = re.compile(r"\b(?:CCPR|E|CERD|CEDAW|CAT|CRC|CMW|CRPD|CED)/[A-Z0-9.]*/?[A-Z]{3}/[\w./-]+")


def check_file_type(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """FMT001: work in progress may be anything; what is sent is of the type that the body takes.

    Where no verified row says which one that is, the final text is not checked, whatever it is.
    """
    wanted = rule(setting.body, setting.stage, "file-type", on=setting.on)
    known = wanted is not None and wanted.decides and wanted.value == "word"
    if draft.format == SENT and (known or not setting.final):
        return
    severity: Severity = "info"
    if setting.final:
        severity = "error" if known else "not-checked"
    said = "known" if known else "open" if draft.format == SENT else "usual"
    yield Finding(FILE_TYPE, severity, said, {"format": draft.format}, rule=wanted)


def check_numbers(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """FMT002: members cite "your paragraph 14"; four paragraphs of five need a number."""
    running = [block for block in draft.blocks if _is_running(block)]
    if len(running) < LEAST_PARAGRAPHS:
        return
    numbered = sum(bool(block.number) for block in running)
    if numbered < NUMBERED * len(running):
        yield Finding(NUMBERS, "warning", "few", {"numbered": numbered, "all": len(running)})


def check_cover(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """FMT003: the first page says which State, which treaty or body, and which stage."""
    cover = plain(_cover(draft)).text
    state = country(setting.country)
    stage = "stage-upr" if setting.body == "UPR" else f"stage-{setting.stage}"
    if not any(plain(str(state.name(language))).text in cover for language in LANGUAGES):
        yield Finding(COVER, "warning", "state", {"state": str(state.name(setting.language))})
    if not pattern("treaty-body").search(cover) and setting.body.lower() not in cover.split():
        yield Finding(COVER, "warning", "body", {"body": setting.body})
    if not pattern(stage).search(cover):
        yield Finding(COVER, "warning", "stage", {"body": setting.body})


def check_authors(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """FMT004: somebody stands behind the text and can be asked."""
    cover = _cover(draft)
    if not pattern("authors").search(plain(cover).text):
        yield Finding(AUTHORS, "warning", "author")
    if not ADDRESS.search(cover) and not pattern("contact").search(plain(cover).text):
        yield Finding(AUTHORS, "warning", "contact")


def check_one_country(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """FMT005: documents about another State may mean that two countries stand in one file."""
    for block in draft.blocks:
        for match in SYMBOL.finditer(block.text):
            written = match.group().rstrip(".-/")
            with suppress(CourseError):  # what is no symbol is REF's matter
                state = parse_symbol(written).state
                if state and state != setting.country:
                    values = {"symbol": written, "state": state}
                    span = (match.start(), match.start() + len(written))
                    yield Finding(ONE_COUNTRY, "info", "other", values, block.place, span)


def check_publication(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """FMT006: an unmarked text may be put on the web, and may reach the State."""
    if next(find_words(draft, "publication"), None) is None:
        chosen = rule(setting.body, setting.stage, "publication", on=setting.on)
        yield Finding(PUBLICATION, "warning", "silent", rule=chosen)


def check_placeholders(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """FMT007: a gap of the template that nobody filled: certain in the final text, but for [...]."""
    severity: Severity = "error" if setting.final else "warning"
    for block in draft.blocks:
        for match in CUT.finditer(block.text):
            yield Finding(PLACEHOLDERS, "info", "cut", {"seen": match.group()}, block.place, match.span())
        for match in GAP.finditer(block.text):
            yield Finding(PLACEHOLDERS, severity, "gap", {"seen": match.group()}, block.place, match.span())
    for seen in find_words(draft, "placeholders"):
        yield Finding(PLACEHOLDERS, severity, "gap", {"seen": seen.words}, seen.block.place, seen.span)
    if draft.traces.placeholders:
        yield Finding(PLACEHOLDERS, severity, "fields", {"count": draft.traces.placeholders})


def check_properties(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """FMT008: who wrote the file stands in its properties, where no reader of the page looks."""
    named = [name for name in PERSONAL if draft.traces.properties.get(name)]
    if named:
        yield Finding(
            PROPERTIES, "error" if setting.final else "warning", "named", {"fields": ", ".join(named)}
        )


def check_left_in(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """FMT009: changes, comments and hidden text go with the file and say what was thought of."""
    severity: Severity = "error" if setting.final else "info"
    left = {
        "changes": draft.traces.tracked_changes,
        "comments": len(draft.traces.comments),
        "hidden": draft.traces.hidden,
    }
    for what, count in left.items():
        if count:
            yield Finding(LEFT_IN, severity, what, {"count": count})


def check_page_numbers(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """FMT010: pages without numbers."""
    if draft.traces.numbered_pages is False:
        yield Finding(PAGE_NUMBERS, "info", "none")


def check_headings(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """FMT011: headings that only look like headings: a screen reader finds no way through the text."""
    real = sum(block.kind == "heading" for block in draft.blocks)
    if draft.format in WORD_FILES and real == 0 and len(draft.blocks) > LEAST_PARAGRAPHS:
        yield Finding(HEADINGS, "warning", "none")


def check_contents(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """FMT012: from about ten pages on, a reader needs a table of contents."""
    words = sum(words_in(block.text) for block in draft.blocks)
    if words <= LONG:
        return
    found = pattern("contents")
    if not any(found.fullmatch(plain(block.text.strip(" :")).text) for block in draft.blocks):
        yield Finding(CONTENTS, "info", "none", {"words": words})


def check_pictures(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """FMT013: a picture without a description says nothing to a member who cannot see it."""
    for block in draft.blocks:
        missing = block.alternatives.count(None)
        if missing:
            yield Finding(PICTURES, "warning", "silent", {"count": missing}, block.place)


def _cover(draft: Draft) -> str:
    text = ""
    for block in draft.blocks:
        text += block.text + "\n"
        if len(text) > COVER_LENGTH:
            break
    return text[:COVER_LENGTH]


def _is_running(block: Block) -> bool:
    return block.kind == "paragraph" and words_in(block.text) >= RUNNING


CHECKS = (
    Check(FILE_TYPE, "error", check_file_type),
    Check(NUMBERS, "warning", check_numbers),
    Check(COVER, "warning", check_cover),
    Check(AUTHORS, "warning", check_authors),
    Check(ONE_COUNTRY, "info", check_one_country),
    Check(PUBLICATION, "warning", check_publication),
    Check(PLACEHOLDERS, "error", check_placeholders),
    Check(PROPERTIES, "error", check_properties),
    Check(LEFT_IN, "error", check_left_in),
    Check(PAGE_NUMBERS, "info", check_page_numbers),
    Check(HEADINGS, "warning", check_headings),
    Check(CONTENTS, "info", check_contents),
    Check(PICTURES, "warning", check_pictures),
)
