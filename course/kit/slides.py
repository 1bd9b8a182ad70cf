"""The slides, piece by piece: large type, few words; what is said stands in the notes. No answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil
from pathlib import Path

from course.content.models.workshop import Half, Pause, Session
from course.kit.blocks import Block, Heading, Para, Table, said
from course.kit.kit import WRITTEN_IN, Kit
from course.kit.sheets import half_name

SIZES = (32, 28, 24, 22)  # points, tried from the largest
LEAST = 20  # points: nothing is smaller
CELL_SIZES = (28, 24, 22, 20)
WIDE, HIGH = 880.0, 370.0  # points of room for the text of a slide
LETTER = 0.52  # of the size: how wide a letter is on the average
LEADING = 1.25
LONG_CELL = 90  # signs of a cell from which a table shows two columns
MOST_SIGNS = 600  # of a point without end
SHORT = 9  # words up to which a whole point is shown
SENTENCE = re.compile(r"(?<=[.!?؟])\s+(?=[A-ZÀ-Ý\"“(؀-ۿ])")


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide: a title, then points or a table or a picture; `size` in points.

    `small` stands below, `langs` are the languages of title and body.
    """

    title: str
    points: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    picture: Path | None = None
    alternative: str = ""
    small: str = ""
    notes: str = ""
    size: int = SIZES[0]
    kind: str = "content"
    lang: str = ""


def slides(kit: Kit) -> Iterator[Slide]:
    """Every slide of the workshop."""
    workshop = kit.workshop
    note = kit.texts["slides-note"]
    yield Slide(workshop.title, small=kit.texts["invented"], notes=note, kind="cover")
    for half in workshop.halves:
        yield _agenda(kit, half)
        for begins, ends, entry in workshop.entries(half):
            if isinstance(entry, Pause):
                back = kit.say("slide-back", hour=ends)
                yield Slide(entry.title, (back,), notes=f"{entry.what} {entry.wrong}", size=40, kind="pause")
            else:
                yield from _session(kit, begins, ends, entry)
    picture = workshop.picture
    yield Slide(
        kit.texts["slide-go-on"],
        workshop.go_on,
        picture=kit.root / picture.file,
        alternative=picture.alternative,
        notes=kit.texts["readme-source"],
        size=24,
        kind="picture",
    )


def _agenda(kit: Kit, half: Half) -> Slide:
    rows = [(begins, entry.title) for begins, _, entry in kit.workshop.entries(half)]
    head = (kit.texts["run-time"], kit.texts["run-what"])
    return _table(Slide(half_name(kit, half), notes=kit.texts["slides-note"]), (head, *rows))


def _session(kit: Kit, begins: str, ends: str, session: Session) -> Iterator[Slide]:
    steps = [
        f"{kit.say('run-minutes', minutes=step.minutes)} {step.what} {step.wrong}".strip()
        for step in session.steps
    ]
    sheet = kit.say("slide-sheet", number=kit.number(session))
    goals = tuple(said(spans).rstrip(",.") for spans in kit.goals(session))
    notes = "\n".join(
        [f"{begins}–{ends}. {session.method}.", *steps, f"{kit.texts['run-without']} {session.without}"]
    )
    goals = (kit.texts["slide-can"], *(f"• {goal}" for goal in goals))
    opener = Slide(kit.heading(session).text, goals, small=sheet, notes=notes, kind="session")
    yield from fitted(replace(opener, lang=kit.lesson_lang(session)))
    for name in session.show:
        yield from _part(kit, session, name, sheet)
    for label, case in kit.cases(session):
        yield from fitted(
            Slide(
                f"{label}. {case.title}",
                (case.question,),
                small=f"{kit.case_label(case)}. {sheet}",
                notes=f"{case.text}\n{kit.texts['slide-answers']}",
                kind="case",
                lang=WRITTEN_IN,
            )
        )
    for label, item in kit.questions(session):
        yield from _question(kit, label, item, sheet)
    if session.plan:
        notes = f"{kit.texts['plan-how']} {kit.texts['slide-answers']}"
        yield from fitted(Slide(kit.texts["plan-own"], (kit.plan_name(session),), small=sheet, notes=notes))


def _part(kit: Kit, session: Session, name: str, sheet: str) -> Iterator[Slide]:
    """The slides of one part of a lesson: a list by its first words, a table where it has room."""
    blocks = kit.part(session, name)
    told = " ".join(_told(block) for block in blocks)
    base = Slide(session.title, small=sheet, notes=told, lang=kit.lesson_lang(session))
    points: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                yield from _listed(base, points)
                base, points = replace(base, title=block.text), []
            case Para() if block.mark:
                points.append(shorten(block))
            case Table():
                yield from _listed(base, points)
                points = []
                yield from _tables(base, block)
    yield from _listed(base, points)


def _listed(base: Slide, points: Sequence[str]) -> Iterator[Slide]:
    if points:
        yield from fitted(replace(base, points=tuple(points)))


def shorten(block: Para) -> str:
    """The first words of a point: what is bold at its beginning, else its first sentence."""
    text = said(block.spans)
    mark = f"{block.mark} " if block.mark[0].isdigit() else ""
    first = block.spans[0]
    if len(text.split()) <= SHORT:
        return mark + text
    if first.bold and len(first.text.split()) > 1:
        return mark + first.text.rstrip(".:, ")
    return mark + SENTENCE.split(text)[0]


def _tables(base: Slide, table: Table) -> Iterator[Slide]:
    """A table on as many slides as its rows need; one with long cells by its first two columns."""
    rows = [tuple(said(cell) for cell in row) for row in (table.head, *table.rows)]
    if max(len(cell) for row in rows for cell in row) > LONG_CELL:
        rows = [row[:2] for row in rows]
    head, *body = rows
    room: list[tuple[str, ...]] = []
    for row in body:
        if room and table_height((head, *room, row), LEAST) > HIGH:
            yield _table(base, (head, *room))
            room = []
        room.append(row)
    yield _table(base, (head, *room))


def _table(base: Slide, rows: Sequence[tuple[str, ...]]) -> Slide:
    """The table in the largest size in which it has room."""
    size = next((size for size in CELL_SIZES if table_height(rows, size) <= HIGH), LEAST)
    return replace(base, table=tuple(rows), size=size)


def _question(kit: Kit, label: str, item: dict, sheet: str) -> Iterator[Slide]:
    """A question with its choices where both have room; else what is asked, and where the rest stands."""
    title = kit.say("slide-question", number=label)
    notes = f"{item['stem']}\n{kit.texts['slide-answers']}"
    choices = (
        tuple(f"☐ {choice['text']}" for choice in item["choices"])
        if item["kind"] in ("single-choice", "multiple-choice")
        else ()
    )
    whole = Slide(
        title, (item["stem"], *choices), small=sheet, notes=notes, kind="question", lang=item["lang"]
    )
    if choices and (size := fitting_size(whole.points)):
        yield replace(whole, size=size)
        return
    yield from fitted(replace(whole, points=(item["stem"],)))


def fitted(slide: Slide) -> Iterator[Slide]:
    """The slide in the largest size in which its points have room; else on several slides."""
    if size := fitting_size(slide.points):
        yield replace(slide, size=size)
        return
    if len(slide.points) == 1:
        yield from fitted(replace(slide, points=(_last_words(slide.points[0]),)))
        return
    half = ceil(len(slide.points) / 2)
    for points in (slide.points[:half], slide.points[half:]):
        yield from fitted(replace(slide, points=points))


def _last_words(text: str) -> str:
    """As many sentences from the end as have room: there stands what is asked. The rest is on the sheet."""
    sentences = SENTENCE.split(text)
    while len(sentences) > 1 and not fitting_size((" ".join(sentences),)):
        sentences.pop(0)
    left = " ".join(sentences)
    return left if fitting_size((left,)) else f"{left[:MOST_SIGNS]} …"


def fitting_size(points: Sequence[str]) -> int:
    """The largest size in which the points have room; 0 where none does."""
    return next((size for size in SIZES if _height(points, size, WIDE) <= HIGH), 0)


def table_height(rows: Iterable[Sequence[str]], size: int) -> float:
    """The points that a table needs, with its columns as wide as `column_shares` makes them."""
    rows = list(rows)
    shares = column_shares(rows)
    inner = 12.0  # above and below the words of a cell
    return sum(
        max(_lines(cell, size, WIDE * share - 16) for cell, share in zip(row, shares, strict=True))
        * size
        * LEADING
        + inner
        for row in rows
    )


def column_shares(rows: Iterable[Sequence[str]]) -> list[float]:
    """How wide each column is, as a part of the whole: by its longest cell, within bounds."""
    wanted = [min(48, max(9, *(len(cell) for cell in column))) for column in zip(*rows, strict=True)]
    return [width / sum(wanted) for width in wanted]


def _height(points: Sequence[str], size: int, width: float) -> float:
    return sum(_lines(point, size, width) * size * LEADING + size * 0.4 for point in points)


def _lines(text: str, size: int, width: float) -> int:
    return max(1, ceil(len(text) * size * LETTER / width))


def _told(block: Block) -> str:
    match block:
        case Heading():
            return f"{block.text}."
        case Para():
            return said(block.spans)
        case Table():
            return " ".join(f"{', '.join(said(cell) for cell in row)}." for row in block.rows)
    return ""
