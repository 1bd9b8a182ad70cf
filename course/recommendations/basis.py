"""The legal basis that a text names: articles of treaties, symbols of documents, general comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from course.errors import CourseError
from course.facts import cite_article, parse_symbol, treaty
from course.recommendations.lists import compiled, program
from course.recommendations.plain import make_plain

Span = tuple[int, int]
SUBPARAGRAPH = re.compile(r" ?\(?[^ ()]{1,4}\)")  # of "24 (3)" and "5 a)" the article is 24 and 5
Pattern = Callable[[str], re.Pattern[str]]


@dataclass(frozen=True)
class Named:
    """One thing that was named. `span` is in the plain text, but of a symbol in the original.

    `kind` is one of `wrong`, `article`, `symbol`, `comment`, `treaty`, `alone` (an article of no
    treaty that is named), `unread` (it looks like a symbol and cannot be read).
    """

    kind: str
    span: Span
    values: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=2048)
def name_bases(original: str, language: str, body: str | None) -> tuple[Named, ...]:
    """All legal bases that are named, in the order of the text; many checks ask for those of one text."""
    text = make_plain(original).text
    known = program(language)
    patterns = known["basis"]

    def pattern(source: str) -> re.Pattern[str]:
        return compiled(language, source)

    mentions = _treaty_mentions(text, patterns, pattern, body)
    found: list[Named] = []
    cited: set[Span] = set()
    for match in pattern(patterns["article"]).finditer(text):
        start, end = match.span(1)
        mention = _treaty_of(
            text, (start, end), mentions, (pattern(patterns["of"]), pattern(patterns["apart"]))
        )
        if mention is not None:
            code, span = mention
            cited.add(span)
            whole = (min(start, span[0]), max(end, span[1]))
            found.append(_cited(code, match[1], whole))
        elif not pattern(patterns["national"]).search(text[end:]):
            found.append(Named("alone", (start, end)))
    found += [
        Named("treaty", span, {"treaty": code}) for code, span in mentions if span not in cited and code
    ]
    found += [Named("comment", match.span(1)) for match in pattern(known["lists"]["comment"]).finditer(text)]
    return tuple(sorted([*found, *_symbols(original, patterns)], key=lambda one: one.span))


def _treaty_mentions(
    text: str, patterns: Mapping[str, Any], pattern: Pattern, body: str | None
) -> list[tuple[str, Span]]:
    """(code, span) of each treaty that is named; "the Convention" is that of the body, if it has one."""
    found = [
        (code, match.span(1))
        for code, source in patterns["treaties"]
        for match in pattern(source).finditer(text)
    ]
    own = patterns["ofBody"].get(body or "", "")
    found += [(own, match.span(1)) for match in pattern(patterns["generic"]).finditer(text)]
    kept: list[tuple[str, Span]] = []
    for code, span in sorted(found, key=lambda one: (one[1][0] - one[1][1], one[1][0])):  # the longest first
        if all(span[1] <= other[0] or span[0] >= other[1] for _, other in kept):
            kept.append((code, span))
    return sorted(kept, key=lambda one: one[1])


def _treaty_of(
    text: str,
    article: Span,
    mentions: Iterable[tuple[str, Span]],
    between: tuple[re.Pattern[str], re.Pattern[str]],
) -> tuple[str, Span] | None:
    """The treaty that an article belongs to: the one just after it, else the one just before it."""
    of, apart = between
    before = None
    for code, span in mentions:
        if not code:
            continue
        if span[0] >= article[1]:
            if of.search(text[article[1] : span[0]]):
                return code, span
            break
        if span[1] <= article[0] and apart.search(text[span[1] : article[0]]):
            before = (code, span)
    return before


def _cited(code: str, numbers: str, span: Span) -> Named:
    articles = [int(number) for number in re.findall("[0-9]+", SUBPARAGRAPH.sub("", numbers))]
    for article in articles:
        try:
            cite_article(code, article)
        except CourseError:
            last = str(treaty(code).last_article)
            return Named("wrong", span, {"treaty": code, "article": str(article), "last": last})
    return Named("article", span, {"treaty": code, "article": str(articles[0])})


def _symbols(original: str, patterns: Mapping[str, Any]) -> Iterable[Named]:
    for match in re.finditer(patterns["candidate"], original):
        written = match[0].rstrip(".-")
        if not re.search("[0-9]", written):
            continue
        span = (match.start(), match.start() + len(written))
        try:
            parse_symbol(written)
        except CourseError:
            yield Named("unread", span, {"symbol": written})
        else:
            yield Named("symbol", span, {"symbol": written})
