"""A draft as it was read: its text in blocks, each with a place that a person can find.

Whatever the file was, the checks see this and nothing else. Everything is frozen; offsets count
characters of the block's `text`, from 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Format = Literal["docx", "odt", "md", "ipynb", "pdf"]
BlockKind = Literal["title", "heading", "paragraph", "list-item", "table-cell", "text-box", "caption"]
NoteKind = Literal["footnote", "endnote"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands, in words a person can follow.

    `heading` is the nearest heading above (empty before the first), `paragraph` the number of the
    block among all blocks, from 1; `page` is known for a PDF and where the file says it, `line`
    for text files, from 1.
    """

    heading: str
    paragraph: int
    page: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class NoteCall:
    """The sign in the text that calls a note: which note, and after which character it stands."""

    note: str
    at: int


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of running text.

    `level` is the depth of a heading or a list item, from 1 (0 for all others). `number` is the
    number that stands before it, typed or automatic ("12", "IV."), never part of `text`;
    `automatic` says whether the file itself counts it. `style` is the name of its paragraph style.
    `alternatives` has the description of each picture in it, None for one without.
    """

    kind: BlockKind
    text: str
    place: Place
    level: int = 0
    number: str = ""
    automatic: bool = False
    style: str = ""
    notes: tuple[NoteCall, ...] = ()
    links: tuple[str, ...] = ()
    alternatives: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or an endnote."""

    id: str
    kind: NoteKind
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment in the margin, or one that a reader of the finished text does not see."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Traces:
    """What a file carries beside its text, and what may give somebody away.

    `properties` maps names (`author`, `last_modified_by`, `company`, `title`, ...) to what stands
    there; empty ones are left out. `margins` are the texts of headers and footers. `hidden` counts
    the pieces of text that are formatted as hidden, `placeholders` the fields of a template that
    nobody filled in.
    """

    properties: dict[str, str] = field(default_factory=dict)
    margins: tuple[str, ...] = ()
    comments: tuple[Comment, ...] = ()
    tracked_changes: int = 0
    hidden: int = 0
    placeholders: int = 0
    numbered_pages: bool | None = None  # None where the format cannot tell


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft: `name` is the file's name without its folder.

    `countable` is False where the format gives no honest word count (a PDF).
    """

    name: str
    format: Format
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...] = ()
    traces: Traces = field(default_factory=Traces)
    countable: bool = True

    def headings(self) -> Iterator[Block]:
        """The title and the headings, in the order of the text."""
        return (block for block in self.blocks if block.kind in ("title", "heading"))

    def under(self, heading: Block) -> tuple[Block, ...]:
        """The blocks from `heading` (not included) to the next heading of its level or above."""
        start = self.blocks.index(heading) + 1
        end = start
        while end < len(self.blocks):
            block = self.blocks[end]
            if block.kind == "title" or (block.kind == "heading" and block.level <= heading.level):
                break
            end += 1
        return self.blocks[start:end]
