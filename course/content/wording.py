"""Checks how a lesson is written: its reading level, its terms, what is invented, its pictures."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from course.files import DATA

READING_BAND = (15, 35)
MAX_SENTENCE = 30  # words
LONG_WORD = 7  # letters
Fault = tuple[str, str, str]

BLOCK = re.compile(r"^\s*(#|\||```|:::|<)")
SOURCES = re.compile(r"^#+ Where this comes from.*?(?=^#|\Z)", re.MULTILINE | re.DOTALL)
MARKUP = re.compile(r"\]\([^)]*\)|https?://\S+|[*_`\[\]{}>]")
SENTENCE_END = re.compile(r"(?<=[.!?:;؛؟])[\"”»)*]*\s+|\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)")
WORD = re.compile(r"[^\W\d_][\w'’-]*")
QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»")
EXAMPLE = re.compile(
    r"^#+ .*\b(worked example|complete example|full example|a case first)", re.I | re.MULTILINE
)
SAYS_WHICH = re.compile(r"\b(invented|real)\b", re.I)
PICTURE = re.compile(
    r"!\[\s*\]\(|<img(?![^>]*\balt=\"[^\"]+\")|```\{(?:image|figure)\}[^\n]*\n(?!\s*:alt: \S)"
)


def prose(markdown: str) -> str:
    """The running text: without headings, tables, directives and the list of sources at the end."""
    lines = [line for line in SOURCES.sub("", markdown).splitlines() if not BLOCK.match(line)]
    return MARKUP.sub(" ", "\n".join(lines))


def sentences(text: str) -> list[str]:
    """The sentences of running text; each line of a list is one, and what a colon announces is another."""
    return [part for part in SENTENCE_END.split(text) if WORD.search(part)]


def lix(text: str) -> float:
    """The readability index of Björnsson (Läsbarhet, 1968): words a sentence, plus long words per cent.

    A word of more than six letters is long. Below 30 is a book for children, 40 to 50 a newspaper,
    above 60 a law. It counts no syllables, so that it needs no dictionary of them.
    """
    words = WORD.findall(text)
    long = sum(len(word) >= LONG_WORD for word in words)
    return len(words) / len(sentences(text)) + 100 * long / len(words)


def wording_faults(cells: Sequence[Any], language: str) -> Iterator[Fault]:
    """What is wrong with how the page's texts read, as place, problem and remedy."""
    texts = {cell.id: cell.source for cell in cells if cell.cell_type == "markdown"}
    for place, text in texts.items():
        for sentence in sentences(prose(text)):
            length = len(WORD.findall(sentence))
            if length > MAX_SENTENCE:
                start = " ".join(sentence.split()[:6])
                yield place, f"`{start} ...` has {length} words.", f"At most {MAX_SENTENCE}: make two of it."
        if PICTURE.search(text):
            yield place, "a picture has no words for who cannot see it.", "Write what it shows."
        if language == "en":
            yield from ((place, *fault) for fault in _term_faults(text))
    if language == "en":
        whole = "\n\n".join(texts.values())
        # A case of the course says on the page that it is invented.
        said = SAYS_WHICH.search(whole) or any(cell.source.startswith("course.case(") for cell in cells)
        if EXAMPLE.search(whole) and not said:
            yield "", "does not say whether its example is real.", "Write `Invented.` before it."
        level = lix(prose(whole))
        least, most = READING_BAND
        if not least <= level <= most:
            remedy = "Shorter sentences, shorter words." if level > most else "Whole sentences."
            yield "", f"its reading level is {level:.0f} (LIX), not {least} to {most}.", remedy


def _term_faults(text: str) -> Iterator[tuple[str, str]]:
    """Terms in a sense that they do not have. In quotation marks a lesson may show the mistake itself."""
    for pattern, say, why in _misused():
        found = pattern.search(QUOTED.sub("", text))
        if found:
            yield f"says `{found[0]}`: {why}", f"Say {say}."


@cache
def _misused() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    with (DATA / "misused.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            (re.compile(rf"\b(?:{row['pattern']})\b", re.IGNORECASE), row["say"], row["why"])
            for row in csv.DictReader(file)
        )
