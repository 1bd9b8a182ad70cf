"""An item as other systems know questions: six bodies, into which all kinds are brought.

A body says what is right and how much each answer earns; how it is written is each format's
affair. Credit is from -1 to 1 of the whole question.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """One answer with what it earns and what is said about it."""

    text: str
    credit: float
    feedback: str


@dataclass(frozen=True)
class Select:
    """Answers to mark: one (`single`) or several, whose credits then add up, never below 0."""

    answers: tuple[Answer, ...]
    single: bool
    shuffle: bool = True


@dataclass(frozen=True)
class Typed:
    """A text to write; the first answer that it equals counts, else `otherwise` is said."""

    answers: tuple[Answer, ...]
    otherwise: str


@dataclass(frozen=True)
class Number:
    """A number to write; the texts of the answers are numbers."""

    answers: tuple[Answer, ...]
    tolerance: float
    unit: str
    otherwise: str


@dataclass(frozen=True)
class Pair:
    """A left side, the right side that belongs to it, and what is said about the two."""

    left: str
    right: str
    feedback: str


@dataclass(frozen=True)
class Pairs:
    """Each left side has one right side; `spare` are right sides that belong nowhere, earning nothing.

    `told` says the feedback of all choices in lines, for systems in which no pair has its own.
    """

    pairs: tuple[Pair, ...]
    spare: tuple[Answer, ...]
    told: tuple[str, ...]


@dataclass(frozen=True)
class Order:
    """Answers in their right order; their credits mean nothing."""

    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Gaps:
    """A text with places to fill: words, and bodies that stand among them."""

    parts: tuple[str | Select | Typed, ...]


Body = Select | Typed | Number | Pairs | Order | Gaps


@dataclass(frozen=True)
class Question:
    """One item, ready to be written.

    `notes` are said to everybody after the attempt. `table` is what is to be searched, its first
    row the heads of the columns; its texts are English.
    """

    id: str
    tags: tuple[str, ...]
    lang: str
    dir: str
    stem: str
    body: Body
    notes: tuple[str, ...]
    hints: tuple[str, ...]
    table: tuple[tuple[str, ...], ...] = ()
