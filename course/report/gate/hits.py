"""What must be decided before a text goes out: each name or number once, with all its places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from course.report.checks.persons import texts_of
from course.report.compose.model import Report
from course.report.draft import Draft, Place, Traces
from course.report.gate.texts import report_texts
from course.report.marks import PICTURE, find_marks
from course.report.words import plain

AROUND = 60  # characters shown on each side


@dataclass(frozen=True, slots=True)
class Seen:
    """One place of a hit: in which part, in what words around it; `field` is a field of a report."""

    before: str
    words: str
    after: str
    place: Place | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """The same words under the same code, wherever they stand; `words` is empty for the pictures."""

    code: str
    words: str
    seen: tuple[Seen, ...]

    @property
    def key(self) -> tuple[str, str]:
        """What makes two hits the same: the code, and the words without accents and capitals."""
        return self.code, plain(self.words).text


def find_hits(source: Report | Draft) -> tuple[Hit, ...]:
    """The hits of a report or a draft, in the order in which each is first seen."""
    found: dict[tuple[str, str], Hit] = {}
    for code, seen in _all(source):
        hit = Hit(code, seen.words, (seen,))
        known = found.setdefault(hit.key, hit)
        if known is not hit:
            found[hit.key] = replace(known, seen=(*known.seen, seen))
    return tuple(found.values())


def shown_parts(draft: Draft) -> Draft:
    """A .docx as its cleaned copy will be: its comments and properties do not go with it."""
    return replace(draft, traces=Traces(margins=draft.traces.margins))


def _all(source: Report | Draft) -> Iterator[tuple[str, Seen]]:
    if isinstance(source, Report):
        for field, text in report_texts(source):
            yield from _marked(text, None, field)
        return
    for one in texts_of(source):
        yield from _marked(one.text, one.place, "")
    for block in source.blocks:
        if block.alternatives:
            yield PICTURE, Seen("", "", block.text[:AROUND], block.place)


def _marked(text: str, place: Place | None, field: str) -> Iterator[tuple[str, Seen]]:
    for mark in find_marks(text):
        yield (
            mark.code,
            Seen(
                before=text[max(0, mark.start - AROUND) : mark.start],
                words=text[mark.start : mark.end],
                after=text[mark.end : mark.end + AROUND],
                place=place,
                field=field,
            ),
        )
