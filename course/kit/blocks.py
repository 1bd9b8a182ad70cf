"""What stands on a printed page or a slide, piece by piece, whatever file it is written to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

ParaStyle = Literal["plain", "bullet", "numbered", "small", "box", "label"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one face."""

    text: str
    bold: bool = False
    italic: bool = False


Text = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 begins a page of its own."""

    text: str
    level: int = 2
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph; `mark` is what stands before it: a number, a dash, a box to tick.

    `lang` is empty where it is the language of the document.
    """

    spans: Text
    style: ParaStyle = "plain"
    mark: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; `shares` are the widths of the columns as parts of the whole.

    A row in `bands` stands across the whole width and is shaded.
    """

    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    shares: tuple[float, ...] = ()
    bands: frozenset[int] = field(default_factory=frozenset)
    small: bool = False
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Empty lines to write on."""

    count: int


Block = Heading | Para | Table | Lines


def plain(text: str, *, bold: bool = False, italic: bool = False) -> Text:
    """A text in one face."""
    return (Span(text, bold, italic),)


def para(
    text: str, style: ParaStyle = "plain", mark: str = "", lang: str = "", *, bold: bool = False
) -> Para:
    """A paragraph in one face."""
    return Para(plain(text, bold=bold), style, mark, lang)


def said(spans: Iterable[Span]) -> str:
    """The words without their faces."""
    return "".join(span.text for span in spans)
