"""REF: articles that exist, symbols that can be read and that we know, paragraphs that exist."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from functools import cache

from course.facts import bodies, documents, parse_symbol
from course.facts.symbols import BEGINNINGS
from course.recommendations.basis import Named, name_bases
from course.report.draft import Block, Draft
from course.report.findings import Check, Finding, Setting
from course.report.languages import SUPPORTED, language_of, main_language
from course.report.words import Pattern, pattern, plain

ARTICLE, SYMBOL, KNOWN, PARAGRAPH = "REF001", "REF002", "REF003", "REF004"
# Families of whose documents on the State our list means to be complete: concluding observations,
# lists of issues, reports. Views and records are many and are not listed.
LISTED = {"concluding-observations", "list-of-issues", "list-of-issues-prior-to-reporting", "state-report"}
LINK = re.compile(r"(?:https?://|www\.)\S+")
NUMBER_AFTER = re.compile(
    r"^[\s,:(]*(?:at\s+|من )?\W{0,2}(\d{1,3})(?:\s*(?:[-–]|to|a|au|et|and|و|الي)\s*(\d{1,3}))?"
)
NUMBER_BEFORE = re.compile(
    r"\.?\s*(?:n[o°]\.?\s*|من )?(\d{1,3})(?:\s*(?:[-–]|to|a|et|and|و|الي)\s*(\d{1,3}))?"
    r"\s+(?:of|in|du|de|dans|من|في)\s+(?:the |le |la )?(?:(?:document|doc\.|الوثيقه) )?\(?"
)
AROUND = 40  # characters
LEAST_STROKES = 2  # in a symbol
OF = re.compile(r" *(?:of|de|du|des|من) | *d'")
# A treaty that is called nothing but "the Convention", and what makes it another one than the body's own.
BARE = re.compile(r"(?:convention|covenant|pacte|الاتفاقيه|العهد)$")
INDEFINITE = re.compile(r"(?<![\u0621-\u064a])[بلوك]?(?:اتفاقيه|عهد)$")
MORE = re.compile(
    r" *[(\"]?(?:(?:on|of|against|for|relating|concerning|regarding|no|nos|number|sur|de|du|des|contre"
    r"|relative|concernant|numero|n|europeenne|africaine|interamericaine|arabe|internationale|collective|commune|cadre"
    r"|fiscale|رقم|بشان|حول)(?![\w'])|n[°º]|d'|ال)"
)
WORD = re.compile(r" *[^\W\d]")


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
        if one.kind == "wrong" and not _is_of_something_else(plain(block.text).text, one.span):
            yield Finding(ARTICLE, "error", "beyond", dict(one.values), block.place, span)


def _is_of_something_else(text: str, span: tuple[int, int]) -> bool:
    """Whether an article may be one of another text than the treaty it was taken for.

    "The Convention" may be another one ("of the Convention on Biological Diversity"), and a treaty
    that stands before may have nothing to do with it ("of the ICCPR; article 54 of the code").
    """
    after = text[span[1] :]
    if pattern("article-sign").match(text[span[0] :]):
        cited = text[slice(*span)]
        if INDEFINITE.search(cited):
            return WORD.match(after) is not None
        return bool(BARE.search(cited) and MORE.match(after))
    return bool(OF.match(after) or pattern("other-laws").search(after[:AROUND].split(".")[0]))


def check_symbols(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """REF002: it looks like the symbol of a document and fits no family that we know."""
    for block, one, span in named(draft, setting):
        # The path of a link may look like a symbol, and is none.
        linked = any(link.start() < span[0] < link.end() for link in LINK.finditer(block.text))
        if one.kind == "unread" and not linked and _looks_like_ours(one.values["symbol"]):
            yield Finding(SYMBOL, "warning", "unread", dict(one.values), block.place, span)


def _looks_like_ours(symbol: str) -> bool:
    """Whether somebody meant a document of the UN: not a form A4/2, a bus 12/B, and/or."""
    return symbol.count("/") >= LEAST_STROKES or symbol.startswith((*bodies(), *BEGINNINGS))


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
        numbers = _cited_after(block.text[span[1] : span[1] + AROUND], sign)
        numbers += _cited_before(block.text[max(0, span[0] - AROUND) : span[0]], sign)
        if numbers and max(numbers) > most:
            values = {**one.values, "paragraph": max(numbers), "last": most}
            yield Finding(PARAGRAPH, "error", "beyond", values, block.place, span)


def _cited_after(text: str, sign: Pattern) -> list[int]:
    """The paragraphs of "A/HRC/21/3, paras. 12 and 14"."""
    simple = plain(text).text
    found = sign.search(simple)
    if found is None or simple[: found.start()].strip(" ,(") != "":
        return []
    cited = NUMBER_AFTER.match(simple[found.end() :])
    return [int(number) for number in cited.groups() if number] if cited else []


def _cited_before(text: str, sign: Pattern) -> list[int]:
    """The paragraphs of "paragraphs 12 and 14 of A/HRC/21/3": with nothing but such words between."""
    simple = plain(text).text
    found = deque(sign.finditer(simple), maxlen=1)
    cited = NUMBER_BEFORE.fullmatch(simple[found[0].end() :]) if found else None
    return [int(number) for number in cited.groups() if number] if cited else []


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
