"""CVG: which paragraphs of the list of issues and which earlier recommendations stay unanswered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from course.errors import CourseError
from course.facts import country, parse_symbol
from course.report.draft import Draft
from course.report.findings import Check, Finding, Setting
from course.report.words import pattern, plain

EARLIER, TASKS = "CVG001", "CVG002"
TASK = re.compile(r"\s*(\S+?)\s*[:,]?\s*(?:paras?\.?|§)?\s*(\d{1,3})\s*")
NUMBERS = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?")


def check_earlier(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """CVG001: the last concluding observations of this body on the State are not cited anywhere."""
    given = [
        review
        for review in country(setting.country).reviews
        if review.body == setting.body and review.co_symbol and not review.is_next
    ]
    whole = [review for review in given if parse_symbol(review.co_symbol).protocol is None]
    if not whole or setting.body == "UPR":
        return
    symbol = max(whole, key=lambda review: review.co_date).co_symbol
    if not any(symbol in text for text in _texts(draft)):
        yield Finding(EARLIER, "warning", "silent", {"symbol": symbol})


def check_tasks(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """CVG002: a paragraph that the text was to answer (`--answers SYMBOL:12`) and does not cite.

    Raises CourseError for a task that is not written as symbol and paragraph.
    """
    answered = _cited(draft)
    for task in setting.tasks:
        found = TASK.fullmatch(task)
        if found is None:
            raise CourseError(f"{task!r} is no paragraph of a document; write it like CRC/C/MAR/Q/5:12.")
        symbol, number = found.group(1).rstrip(":,"), int(found.group(2))
        if number not in answered.get(symbol, ()):
            yield Finding(TASKS, "info", "open", {"symbol": symbol, "paragraph": number})


def _cited(draft: Draft) -> dict[str, set[int]]:
    """The paragraphs that the draft cites of each document; "para. 12" goes with the symbol near it."""
    sign = pattern("paragraph")
    cited: dict[str, set[int]] = {}
    symbol = re.compile(r"[A-Z][A-Za-z0-9.]*(?:/[A-Za-z0-9.\-]+)+")
    for text in _texts(draft):
        names = list(symbol.finditer(text))
        simple = plain(text)
        for match in sign.finditer(simple.text):
            start, _ = simple.span(*match.span())
            numbers = NUMBERS.findall(simple.text[match.end() : match.end() + 30])
            near = min(names, key=lambda one: abs(one.start() - start), default=None)
            if near is None or not numbers:
                continue
            for first, last in numbers[:3]:
                span = range(int(first), int(last or first) + 1)
                cited.setdefault(near.group().rstrip(".-"), set()).update(span)
    return cited


def _texts(draft: Draft) -> Iterator[str]:
    yield from (block.text for block in draft.blocks)
    yield from (note.text for note in draft.notes)


CHECKS = (Check(EARLIER, "warning", check_earlier), Check(TASKS, "info", check_tasks))
