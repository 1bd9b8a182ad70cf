"""A question on paper, and apart from it its answer with the reason of every choice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from course.content import load_bank, load_item_texts
from course.content.extracts import extract_rows
from course.kit.blocks import Block, Heading, Lines, Para, Span, Table, para, plain
from course.quizzes.html import shown_choice
from course.quizzes.payload import item_payload
from course.texts import LANGUAGES, section

GAP = re.compile(r"\{([\w-]+)\}")
BLANK = "________"
BOX = "☐"
RULE = "____"


def find_question(identifier: str, lang: str, root: Path) -> dict[str, Any]:
    """An item of the course as it is drawn (see `course.quizzes.payload`), with the rows that it searches."""
    module, item = load_bank(root)[identifier]
    text = None if lang == LANGUAGES[0] else load_item_texts(module, lang, root).get(identifier)
    rows = extract_rows(item) if item.kind == "document-hunt" else []
    return {**item_payload(item, text, lang), "rows": rows}


def question_blocks(item: Mapping[str, Any], number: str) -> Iterator[Block]:
    """What is needed to answer on paper, without the answer."""
    lang = item["lang"]
    yield Para((Span(f"{number}  ", bold=True), Span(item["stem"])), "label", lang=lang)
    yield from _task(item, lang)


def _task(item: Mapping[str, Any], lang: str) -> Iterator[Block]:
    return TASKS.get(item["kind"], _line)(item, lang)


def _ticked(item: Mapping[str, Any], lang: str) -> Iterator[Block]:
    yield from _marked((choice["text"] for choice in item["choices"]), BOX, lang)


def _paragraphs(item: Mapping[str, Any], lang: str) -> Iterator[Block]:
    yield para(item["passage"], "small", lang=lang)
    yield from _marked((shown_choice(choice, item) for choice in item["choices"]), BOX, lang)


def _ordered(item: Mapping[str, Any], lang: str) -> Iterator[Block]:
    yield from _marked((choice["text"] for choice in item["choices"]), RULE, lang)


def _sorted(item: Mapping[str, Any], lang: str) -> Iterator[Block]:
    yield from _lettered((target["text"] for target in item["targets"]), lang)
    yield from _ordered(item, lang)


def _built(item: Mapping[str, Any], lang: str) -> Iterator[Block]:
    by_id = {choice["id"]: choice["text"] for choice in item["choices"]}
    given = {slot: by_id.pop(item["key"][slot]) for slot in item["given"]}
    yield from _lettered(by_id.values(), lang)
    slots = (f"{slot['text']}: {given.get(slot['id'], BLANK)}" for slot in item["targets"])
    yield from _marked(slots, "•", lang)


def _gaps(item: Mapping[str, Any], lang: str) -> Iterator[Block]:
    lists = {gap["id"]: " / ".join(choice["text"] for choice in gap["choices"]) for gap in item["gaps"]}
    yield para(GAP.sub(lambda gap: f"{BLANK} ({lists[gap[1]]})", item["text"]), lang=lang)


def _hunt(item: Mapping[str, Any], lang: str) -> Iterator[Block]:
    yield from _marked((f"{part['label']}: {BLANK * 3}" for part in item["parts"]), "•", lang)
    yield _extract(item["rows"])


def _line(item: Mapping[str, Any], lang: str) -> Iterator[Block]:
    yield para(f"{BLANK * 3} {item['unit']}".strip(), lang=lang)


TASKS = {
    "single-choice": _ticked,
    "multiple-choice": _ticked,
    "mark-paragraph": _paragraphs,
    "ordering": _ordered,
    "matching": _sorted,
    "classification": _sorted,
    "build-parts": _built,
    "cloze": _gaps,
    "document-hunt": _hunt,
}


def _lettered(texts: Iterable[str], lang: str) -> Iterator[Block]:
    """What is chosen from, with letters to write."""
    for letter, text in zip(ascii_uppercase, texts, strict=False):
        yield para(text, "bullet", f"{letter}.", lang)
    yield para(section("kit", lang)["write-letter"], "small", lang=lang)


def _marked(texts: Iterable[str], mark: str, lang: str) -> Iterator[Block]:
    for text in texts:
        yield para(text, "bullet", mark, lang)


def answer_blocks(item: Mapping[str, Any], number: str) -> Iterator[Block]:
    """The right answer, the reason of each choice, the hints for a group that is stuck, the source."""
    lang = item["lang"]
    texts = section("kit", lang)
    yield Para((Span(f"{number}  ", bold=True), Span(item["stem"], bold=True)), "label", lang=lang)
    yield from _answer(item, lang)
    if item.get("otherwise"):
        yield para(f"{texts['otherwise']} {item['otherwise']}", "small", lang=lang)
    if item["hints"]:
        yield para(f"{texts['stuck']} {' '.join(item['hints'])}", "small", lang=lang)
    yield para(f"{section('quiz', lang)['source']}: {item['source']}", "small", lang=lang)


def _answer(item: Mapping[str, Any], lang: str) -> Iterator[Block]:
    key = item["key"]
    match item["kind"]:
        case "ordering":
            by_id = {choice["id"]: choice for choice in item["choices"]}
            for place, name in enumerate(key, start=1):
                yield _reason(by_id[name]["text"], by_id[name]["feedback"], f"{place}.", lang)
        case "matching" | "classification":
            targets = {target["id"]: target["text"] for target in item["targets"]}
            for choice in item["choices"]:
                shown = f"{choice['text']}: {targets[key[choice['id']]]}"
                yield _reason(shown, choice["feedback"], "✓", lang)
        case "build-parts":
            by_id = {choice["id"]: choice for choice in item["choices"]}
            for slot in item["targets"]:
                choice = by_id.pop(key[slot["id"]])
                yield _reason(f"{slot['text']}: {choice['text']}", choice["feedback"], "✓", lang)
            yield from _choices(by_id.values(), (), item, lang)
        case "cloze":
            for gap in item["gaps"]:
                yield from _choices(gap["choices"], (key[gap["id"]],), item, lang)
        case "document-hunt":
            for part in item["parts"]:
                yield para(part["label"], bold=True, lang=lang)
                yield from _choices(part["choices"], (part["key"],), item, lang)
        case _:
            yield from _choices(item["choices"], key if isinstance(key, list) else (key,), item, lang)


def _choices(
    choices: Iterable[Mapping[str, Any]], right: Iterable[str], item: Mapping[str, Any], lang: str
) -> Iterator[Block]:
    """Each choice with its reason, the right ones first."""
    right = tuple(right)
    for choice in sorted(choices, key=lambda one: one["id"] not in right):
        yield _reason(
            shown_choice(choice, item), choice["feedback"], "✓" if choice["id"] in right else "✗", lang
        )


def _reason(shown: str, feedback: str, mark: str, lang: str) -> Para:
    stop = "" if shown.endswith((".", "!", "?", "؟", ":")) else "."
    bold = mark != "✗"
    return Para((Span(f"{shown}{stop} ", bold=bold), Span(feedback)), "bullet", mark, lang)


def _extract(rows: list[Mapping[str, str]]) -> Table:
    """The rows that are searched; they are in English on every page."""
    english = section("quiz", LANGUAGES[0])
    shares = {"symbol": 2.2, "paragraph": 1.4, "body": 1, "year": 0.8}
    columns = list(rows[0])
    widths = [shares.get(column, 6) for column in columns]
    return Table(
        tuple(plain(english[f"column-{column}"]) for column in columns),
        tuple(tuple(plain(row[column]) for column in columns) for row in rows),
        tuple(width / sum(widths) for width in widths),
        small=True,
        lang=LANGUAGES[0],
    )


# Forms ------------------------------------------------------------------------------------------


def form_blocks(form: Any) -> Iterator[Block]:
    """A form of a module, to be filled in by hand. Forms are in English."""
    lang = LANGUAGES[0]
    texts = section("kit", lang)
    yield Heading(form.title, 3, lang)
    # The intro of a form speaks of the page on a screen: here stands what holds for paper.
    yield para(texts["form-safe"], "box", lang=lang)
    for field in form.fields:
        optional = "" if field.required else f" ({section('form', lang)['optional']})"
        yield para(f"{field.label}{optional}", "label", lang=lang, bold=True)
        if field.help:
            yield para(field.help, "small", lang=lang)
        yield from _marked((choice.text for choice in field.choices.values()), BOX, lang)
        yield from _marked((target.text for target in field.targets.values()), "•", lang)
        if field.template:
            yield para(GAP.sub(BLANK, field.template), lang=lang)
        if not field.choices and field.kind != "paragraph":
            yield Lines(4 if field.kind == "long-text" else 1)
