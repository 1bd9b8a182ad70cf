"""How many words a draft has, as Word counts and as LibreOffice counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from course.report.draft import Block, Draft

# Zero-width and direction marks are no letters and no spaces: they never make a word.
MARKS = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
DASHES = re.compile("[\u2013\u2014]")

CountRule = Literal["word", "libreoffice"]


@dataclass(frozen=True, slots=True)
class Count:
    """Words of the text alone, and together with its footnotes and endnotes."""

    body: int
    with_notes: int


def count_words(draft: Draft, rule: CountRule = "word") -> Count:
    """Count a draft by one of the two programs' rules.

    `word`: runs of characters between white space; a hyphen, slash, apostrophe or dash splits
    nothing, a mark that is not seen is no word, numbers that the program counts itself are no
    text. `libreoffice`: the same, but a mark that stands alone is a word, the dashes – and —
    split (its default "additional separators"), and the numbers and bullets that it puts before
    the entries of lists count as words.
    """
    body = sum(words_in(block.text, rule) + _label(block, rule) for block in draft.blocks)
    return Count(body, body + sum(words_in(note.text, rule) for note in draft.notes))


def words_in(text: str, rule: CountRule = "word") -> int:
    """The words of one text."""
    return len((MARKS.sub("", text) if rule == "word" else DASHES.sub(" ", text)).split())


def _label(block: Block, rule: CountRule) -> int:
    """The words of what stands before a text: what was typed always, the rest where the rule counts it."""
    if block.number and not block.automatic:
        return len(block.number.split())
    listed = block.automatic or block.kind == "list-item"
    return max(1, len(block.number.split())) if listed and rule == "libreoffice" else 0
