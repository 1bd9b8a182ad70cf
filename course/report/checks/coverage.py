"""CVG: what the body said before, and what the text leaves unanswered."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from course.errors import CourseError
from course.facts import bodies, country, parse_symbol, treaties
from course.report.draft import Draft
from course.report.findings import Check, Finding, Setting
from course.report.words import find_words, pattern, plain

EARLIER, TASKS, UNANSWERED, COMMENTS, RESERVATIONS = (f"CVG00{number}" for number in range(1, 6))
SHOWN = 12  # numbers of paragraphs in one message
NONE = "none"  # how a value of our data begins that says: there are none
WITHOUT_COMMENTS = ("SPT", "UPR")
TASK = re.compile(r"\s*(\S+?)\s*[:,]?\s*(?:paras?\.?|§)?\s*(\d{1,3})\s*")
NUMBERS = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3}))?")


def check_earlier(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """CVG001: the last concluding observations of this body on the State are not cited anywhere."""
    symbol = last_observations(setting)
    if symbol and setting.body != "UPR" and not any(symbol in text for text in _texts(draft)):
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


def check_unanswered(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """CVG003: of the last recommendations that our list holds, those whose paragraph is not cited.

    Our list holds a part of them, so this is an info; nobody answers all of them in one text.
    """
    symbol = last_observations(setting)
    held = [one.paragraph for one in country(setting.country).recommendations if one.symbol == symbol]
    asked = dict.fromkeys(paragraph.partition("(")[0] for paragraph in held)
    texts, answered = list(_texts(draft)), _cited(draft).get(symbol, set())
    # "31" is looked for beside its symbol; "129.4" of a UPR report is clear wherever it stands.
    left = [
        paragraph
        for paragraph in asked
        if not (int(paragraph) in answered if paragraph.isdigit() else _stands(paragraph, texts))
    ]
    if left:
        shown = ", ".join(left[:SHOWN]) + (" …" if len(left) > SHOWN else "")
        values = {"symbol": symbol, "count": len(left), "all": len(asked), "paragraphs": shown}
        yield Finding(UNANSWERED, "info", "open", values)


def check_comments(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """CVG004: the committee's own reading of its treaty is not used."""
    if setting.body not in WITHOUT_COMMENTS and next(_seen(draft, "general-comments"), None) is None:
        yield Finding(COMMENTS, "info", "silent")


def check_reservations(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """CVG005: the State has a reservation or a declaration in our data, and no word speaks of it.

    What is only remembered is said to be so.
    """
    if setting.body not in bodies() or next(_seen(draft, "reservations"), None) is not None:
        return
    for code, values in country(setting.country).treaties.items():
        made = values.get("reservations")
        own = code in treaties() and treaties()[code].body.value == setting.body
        if own and made and made.value and not made.value.startswith(NONE):
            yield Finding(RESERVATIONS, "info", "silent" if made.decides else "recalled", {"treaty": code})


def last_observations(setting: Setting) -> str:
    """The symbol of the last concluding observations of this body on the State, empty without any."""
    given = [
        review
        for review in country(setting.country).reviews
        if review.body == setting.body and review.co_symbol and not review.is_next
    ]
    whole = [review for review in given if parse_symbol(review.co_symbol).protocol is None]
    return max(whole, key=lambda review: review.co_date).co_symbol if whole else ""


def _stands(number: str, texts: Iterable[str]) -> bool:
    found = re.compile(rf"(?<![\d.]){re.escape(number)}(?![\d.]*\d)")
    return any(found.search(text) for text in texts)


def _seen(draft: Draft, name: str) -> Iterator[object]:
    """Every place of a list, in the text and in its notes."""
    yield from find_words(draft, name)
    yield from (note for note in draft.notes if pattern(name).search(plain(note.text).text))


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


CHECKS = (
    Check(EARLIER, "warning", check_earlier),
    Check(TASKS, "info", check_tasks),
    Check(UNANSWERED, "info", check_unanswered),
    Check(COMMENTS, "info", check_comments),
    Check(RESERVATIONS, "info", check_reservations),
)
