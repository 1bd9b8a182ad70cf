"""What all readers share: the text of a block piece by piece, and the place of each block."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from course.report.draft import Block, BlockKind, Comment, Note, NoteCall, NoteKind, Place

SPACES = re.compile(r"[^\S\n\u00a0\u202f]+")  # no-break spaces are kept: French figures hold them
TYPED_NUMBER = re.compile(r"^\(?(\d{1,3}(?:\.\d{1,2}){0,3}|[ivxlcIVXLC]{1,5}|[a-zA-Z])[.)]\s+(?=\S)")


@dataclass
class Text:
    """The text of one block while it is read; the calls of notes know where they stand."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    notes: list[NoteCall] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    alternatives: list[str | None] = field(default_factory=list)

    def add(self, text: str) -> None:
        """More text at the end."""
        self.parts.append(text)
        self.length += len(text)

    def call(self, note: str) -> None:
        """A note is called here."""
        self.notes.append(NoteCall(note, self.length))

    def __str__(self) -> str:
        return "".join(self.parts)


@dataclass
class Builder:
    """Collects blocks, notes and comments; it knows heading, paragraph and page of what comes next."""

    blocks: list[Block] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    heading: str = ""
    page: int | None = None

    def place(self, line: int | None = None) -> Place:
        """The place of the block that comes next."""
        return Place(self.heading, len(self.blocks) + 1, self.page, line)

    def add(
        self,
        kind: BlockKind,
        text: Text,
        *,
        level: int = 0,
        number: str = "",
        style: str = "",
        line: int | None = None,
    ) -> None:
        """One block, where it holds text or a picture. A number that was typed leaves the text."""
        raw = str(text)
        automatic = bool(number)
        start = len(raw) - len(raw.lstrip())
        if not automatic and kind != "table-cell" and (typed := TYPED_NUMBER.match(raw[start:])):
            number = typed.group().strip()
            start += typed.end()
        clean = raw[start:].rstrip()
        if not clean and not text.alternatives:
            return
        place = self.place(line)
        if kind in ("title", "heading"):
            self.heading = SPACES.sub(" ", clean)
        self.blocks.append(
            Block(
                kind=kind,
                text=clean,
                place=place,
                level=level,
                number=number,
                automatic=automatic,
                style=style,
                notes=tuple(NoteCall(c.note, min(max(c.at - start, 0), len(clean))) for c in text.notes),
                links=tuple(text.links),
                alternatives=tuple(text.alternatives),
            )
        )

    def note(self, identifier: str, kind: NoteKind, text: str, place: Place | None = None) -> None:
        """One note, at the place that calls it."""
        self.notes.append(Note(identifier, kind, text.strip(), place or self.place()))

    def comment(self, text: str, place: Place | None = None) -> None:
        """One comment, beside the block that comes next."""
        self.comments.append(Comment(text.strip(), place or self.place()))
