"""PII: what could lead to a person. No result of these checks says that a text is safe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from course.report.draft import Draft, Place
from course.report.findings import Check, Finding, Setting, Severity
from course.report.languages import SUPPORTED, languages
from course.report.marks import AGE, EMAIL, NAME, NUMBER, PHONE, PICTURE, PLACE, find_marks
from course.report.measured import measured

READ = "PII000"
ENOUGH = 0.95  # precision for an error, recall for saying nothing of what was missed
LEAST = 100  # names in a trial; of fewer, even all found promise little
COVER_LENGTH = 1_500  # characters; checklist, criterion 1
RUNNING = 12  # words; what is longer is text and no address, even on the first page
SHARE = 0.05  # of a draft; a quotation in another language is none of its languages
TITLED = ("md", "ipynb")  # where the title is a heading, the first one
SHOWN = 2  # characters of what was found: findings travel further than drafts
CERTAIN = (EMAIL, PHONE, NUMBER)


@dataclass(frozen=True, slots=True)
class Text:
    """One text that a draft carries: `part` says where, `cover` whether the first page shows it."""

    part: str
    text: str
    place: Place | None
    cover: bool = False


def texts_of(draft: Draft) -> Iterator[Text]:
    """Everything in a draft that somebody could read: blocks, notes, links, margins, properties, comments."""
    seen, heading = 0, False
    for block in draft.blocks:
        heading = heading or (block.kind == "heading" and (seen > 0 or draft.format not in TITLED))
        cover = not heading and seen <= COVER_LENGTH and len(block.text.split()) < RUNNING
        seen += len(block.text)
        yield Text("text", block.text, block.place, cover)
        for link in block.links:
            target = link.removeprefix("mailto:").removeprefix("tel:")
            if target not in block.text:
                yield Text("link", target, block.place, cover)
        for described in block.alternatives:
            if described:
                yield Text("picture", described, block.place)
    for note in draft.notes:
        yield Text("note", note.text, note.place)
    for margin in draft.traces.margins:
        yield Text("margin", margin, None)
    for value in draft.traces.properties.values():
        yield Text("property", value, None)
    for comment in draft.traces.comments:
        yield Text("comment", comment.text, comment.place)


def own_contacts(draft: Draft) -> frozenset[str]:
    """The addresses and numbers on the cover: the association's own, wherever they come again."""
    return frozenset(
        one.text[mark.start : mark.end]
        for one in texts_of(draft)
        if one.cover
        for mark in find_marks(one.text)
        if mark.code in (EMAIL, PHONE)
    )


def weight(code: str) -> Severity:
    """Error only for a form that was right in at least 95 of 100 untouched cases in every language."""
    found = measured().get(code, {})
    right = [found[language].precision for language in SUPPORTED if language in found]
    if code in CERTAIN:
        certain = len(right) == len(SUPPORTED) and all(one is not None and one >= ENOUGH for one in right)
        return "error" if certain else "warning"
    return "info" if code == PLACE else "warning"


def check_reading(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """PII000: that a person must read for names, in each language in which too many are missed."""
    for language, share in languages(draft).items():
        if share < SHARE:
            continue
        if language not in SUPPORTED:
            yield Finding(READ, "not-checked", "unsupported", {"language": language})
            continue
        found = measured().get(NAME, {}).get(language)
        if found is None or found.recall is None:
            yield Finding(READ, "info", "unmeasured", {"language": language})
        elif found.recall < ENOUGH or found.n < LEAST:
            values = {"language": language, "found": int(found.recall * found.n + 0.5), "all": found.n}
            yield Finding(READ, "info", "measured", values)
    if not languages(draft):
        yield Finding(READ, "info", "unread")


def _check(code: str) -> Callable[[Draft, Setting], Iterator[Finding]]:
    def check(draft: Draft, setting: Setting) -> Iterator[Finding]:
        own = own_contacts(draft)
        for one in texts_of(draft):
            for mark in find_marks(one.text):
                if mark.code != code:
                    continue
                words = one.text[mark.start : mark.end]
                severity: Severity = "info" if words in own else weight(code)
                message = "own" if words in own else "text" if one.part == "text" else "beside"
                span = (mark.start, mark.end) if one.part == "text" else None
                yield Finding(code, severity, message, {"seen": f"{words[:SHOWN]}…"}, one.place, span)
        if code == PICTURE:
            yield from _pictures(draft)

    return check


def _pictures(draft: Draft) -> Iterator[Finding]:
    """Each block with a picture: what it shows, no rule can see."""
    for block in draft.blocks:
        if block.alternatives:
            yield Finding(PICTURE, "info", "shown", {"count": len(block.alternatives)}, block.place)


CHECKS = (
    Check(READ, "not-checked", check_reading),
    *(Check(code, "error", _check(code)) for code in CERTAIN),
    *(Check(code, "warning", _check(code)) for code in (AGE, NAME, PICTURE)),
    Check(PLACE, "info", _check(PLACE)),
)
