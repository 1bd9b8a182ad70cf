"""REF: articles that exist, symbols that can be read and that we know, paragraphs that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from course.facts import documents, parse_symbol
from course.recommendations.basis import Named, name_bases
from course.report.draft import Block, Draft
from course.report.findings import Check, Finding, Setting
from course.report.languages import SUPPORTED, language_of, main_language
from course.report.words import pattern, plain

ARTICLE, SYMBOL, KNOWN, PARAGRAPH = "REF001", "REF002", "REF003", "REF004"
# Families of whose documents on the State our list means to be complete: concluding observations,
# lists of issues, reports. Views and records are many and are not listed.
LISTED = {"concluding-observations", "list-of-issues", "list-of-issues-prior-to-reporting", "state-report"}
NUMBER_AFTER = re.compile(r"^[\s,:(]*(?:at\s+)?\W{0,2}(\d{1,3})(?:\s*(?:[-–]|to|à|au|et|and)\s*(\d{1,3}))?")


def named(draft: Draft, setting: Setting) -> Iterator[tuple[Block, Named, tuple[int, int]]]:
    """Everything that the draft cites, block by block, with its place in the original text."""
    main = main_language(draft)
    for block in draft.blocks:
        language = language_of(block.text) or main
        if language not in SUPPORTED:
            continue
        text = plain(block.text)
        for one in name_bases(block.text, language, setting.body):
            in_original = one.kind in ("symbol", "unread")
            yield block, one, one.span if in_original else text.span(*one.span)


def check_articles(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """REF001: an article beyond the treaty's last one. Only treaties whose last article is verified."""
    for block, one, span in named(draft, setting):
        if one.kind == "wrong":
            yield Finding(ARTICLE, "error", "beyond", dict(one.values), block.place, span)


def check_symbols(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """REF002: it looks like the symbol of a document and fits no family that we know."""
    for block, one, span in named(draft, setting):
        if one.kind == "unread":
            yield Finding(SYMBOL, "warning", "unread", dict(one.values), block.place, span)


def check_known(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """REF003: a document on the State that is not in our list: new, or one sign is wrong."""
    listed = set(last_paragraphs(setting.country))
    for block, one, span in named(draft, setting):
        if one.kind != "symbol":
            continue
        symbol = parse_symbol(one.values["symbol"])
        if symbol.state == setting.country and symbol.kind in LISTED and str(symbol) not in listed:
            yield Finding(KNOWN, "warning", "unlisted", dict(one.values), block.place, span)


def check_paragraphs(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """REF004: a paragraph after the document's last one, where the number of paragraphs is verified."""
    last = last_paragraphs(setting.country)
    sign = pattern("paragraph")
    for block, one, span in named(draft, setting):
        most = last.get(one.values.get("symbol", "")) if one.kind == "symbol" else None
        if most is None:
            continue
        after = block.text[span[1] : span[1] + 40]
        found = sign.search(plain(after).text)
        if found is None or plain(after).text[: found.start()].strip(" ,(") != "":
            continue
        cited = NUMBER_AFTER.match(plain(after).text[found.end() :])
        numbers = [int(number) for number in cited.groups() if number] if cited else []
        if numbers and max(numbers) > most:
            values = {**one.values, "paragraph": max(numbers), "last": most}
            yield Finding(PARAGRAPH, "error", "beyond", values, block.place, span)


@cache
def last_paragraphs(country: str) -> dict[str, int | None]:
    """Our documents on a State by symbol, with the number of the last paragraph where it is verified."""
    found = {}
    for document in documents(country):
        known = document.decides and str(document.last_paragraph or "").isdigit()
        found[document.symbol] = int(document.last_paragraph) if known else None
    return found


CHECKS = (
    Check(ARTICLE, "error", check_articles),
    Check(SYMBOL, "warning", check_symbols),
    Check(KNOWN, "warning", check_known),
    Check(PARAGRAPH, "error", check_paragraphs),
)
