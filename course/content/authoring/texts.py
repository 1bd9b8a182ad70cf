"""Translations by sheet: a row a text, the English beside an empty cell.

A translation owns text only. What is filled in is taken item by item: all texts of an item, or
none of them; and only of the revision that the sheet was made for.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML

from course.content.authoring.appending import items_path
from course.content.authoring.sheet import style_heads, write_book
from course.content.authoring.spreadsheet import Row, Sheet, read_sheet
from course.content.reading import ITEM_TEXT, read_item_texts, read_items
from course.content.translations import translation_faults
from course.errors import ContentError, Problem
from course.files import read_yaml, write_whole

SHEET = "texts"
_BETWEEN = re.compile(r" {0,2}(#.*)?$")
Place = tuple[str | int, ...]


def texts_of(item: Any) -> list[tuple[Place, str]]:
    """Every text of an item that a translation has, with its place in `items.LANGUAGE.yml`.

    That of a written answer may stay empty: it is the one of its `values` that is shown.
    """
    return list(_texts(item))


def _may_be_empty(item: Any, place: Place) -> bool:
    if place[-1] != "text" or "choices" not in place:
        return False
    owner: Any = item
    for part in place[:-1]:
        owner = owner[part] if isinstance(owner, Mapping) else getattr(owner, str(part))
    return hasattr(owner, "values")


def _texts(item: Any) -> Iterator[tuple[Place, str]]:
    yield ("stem",), item.stem
    for field in ("text", "passage", "unit"):
        if hasattr(item, field):
            yield (field,), getattr(item, field)
    for number, hint in enumerate(item.hints):
        yield ("hints", number), hint
    yield from _choices((), getattr(item, "choices", {}))
    for name, target in getattr(item, "targets", {}).items():
        yield ("targets", name, "text"), target.text
    for name, gap in getattr(item, "gaps", {}).items():
        yield from _choices(("gaps", name), gap.choices)
    for name, part in getattr(item, "parts", {}).items():
        yield ("parts", name, "label"), part.label
        yield from _choices(("parts", name), part.choices)
        yield ("parts", name, "otherwise"), part.otherwise
    if hasattr(item, "otherwise"):
        yield ("otherwise",), item.otherwise


def _choices(at: Place, choices: Mapping[str, Any]) -> Iterator[tuple[Place, str]]:
    for name, choice in choices.items():
        if hasattr(choice, "text"):
            yield (*at, "choices", name, "text"), choice.text
        elif hasattr(choice, "values"):
            yield (*at, "choices", name, "text"), choice.values[0]
        yield (*at, "choices", name, "feedback"), choice.feedback


def _said(place: Place) -> str:
    """A place as a translator reads it: choices.noon.feedback, hints.1."""
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in place)


def write_texts_sheet(path: Path, module: str, language: str, root: Path) -> int:
    """An .xlsx with every text of a module's items and what is translated already; how many items."""
    from openpyxl import Workbook  # noqa: PLC0415

    items = current_items(module, root)
    texts = _translated(items_path(module, root).with_name(f"items.{language}.yml"), items, root)
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    style_heads(sheet, (("id", 18), ("revision", 9), ("field", 26), ("english", 60), (language, 60)))
    number = 1
    for item in items.values():
        known = texts.get(item.id, {})
        for place, said in texts_of(item):
            number += 1
            line = (item.id, item.revision, _said(place), said, _at(known, place))
            for column, value in enumerate(line, start=1):
                sheet.cell(number, column, value).number_format = "@"
    sheet.freeze_panes = "A2"
    write_book(book, path)
    return len(items)


def import_texts(
    file: Path, module: str, language: str, root: Path, encoding: str | None = None
) -> list[str]:
    """Take in the translated texts of a sheet; the ids of the items that are now translated.

    Raises ContentError with every fault at once; then nothing is written. Other translations and
    their comments stay as they are.
    """
    sheet = read_sheet(file, SHEET, encoding)
    wanted = ("id", "revision", "field", language)
    missing = [head for head in wanted if head not in sheet.heads]
    if missing:
        remedy = f"Begin with the sheet of `course item sheet --module {module} --lang {language}`."
        what = f"these columns are missing: {', '.join(missing)}."
        raise ContentError([Problem(f"{sheet.label}, row 1", None, "", what, remedy)])
    items = current_items(module, root)
    rows: dict[str, list[Row]] = {}
    for row in sheet.rows:
        rows.setdefault(row.cells.get("id", ""), []).append(row)
    entries: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for identifier, own in rows.items():
        if not any(language in row.cells for row in own):
            continue  # nothing of this item is translated yet
        if identifier not in items:
            where = sheet.place(own[0].number, "id")
            remedy = "Correct the id, or take the row out."
            problems.append(Problem(where, None, "", f"{module} has no item {identifier!r}.", remedy))
            continue
        entry, found = _entry(items[identifier], own, sheet, language)
        problems += found
        entries[identifier] = entry
    if problems:
        raise ContentError(problems)
    if not entries:
        remedy = "Fill in the last column."
        raise ContentError([Problem(sheet.label, None, "", "nothing in it is translated.", remedy)])
    _splice(items_path(module, root).with_name(f"items.{language}.yml"), entries, items, language, root)
    return list(entries)


def _entry(item: Any, rows: list[Row], sheet: Sheet, language: str) -> tuple[dict[str, Any], list[Problem]]:
    problems = []
    given = {row.cells.get("field", ""): row for row in rows}
    places = {_said(place): place for place, _ in texts_of(item)}
    entry: dict[str, Any] = {"revision": item.revision, "stem": ""}

    def say(row: Row, head: str, wrong: str, remedy: str) -> None:
        problems.append(Problem(sheet.place(row.number, head), None, item.id, wrong, remedy))

    stale = next((row for row in rows if row.cells.get("revision") != str(item.revision)), None)
    if stale is not None:
        wrong = f"the sheet has revision {stale.cells.get('revision')}, the item {item.revision}."
        say(stale, "revision", wrong, "Make a new sheet: the English has changed.")
        return entry, problems
    for field, row in given.items():
        if field not in places:
            say(row, "field", f"the item has no text {field!r}.", "Leave this column as it was made.")
        elif language not in row.cells and _may_be_empty(item, places[field]):
            continue
        elif language not in row.cells:
            say(row, language, "this text is not translated, others of the item are.", "Translate it.")
        else:
            _put(entry, places[field], row.cells[language])
    for field in places.keys() - given.keys():
        say(rows[0], "field", f"the row of {field} is missing.", "Make a new sheet and copy your texts.")
    if not problems:
        try:
            faults = list(translation_faults(item, ITEM_TEXT.validate_python(entry)))
        except ValidationError as error:
            faults = [(f"{error.errors()[0]['msg']}.", "Correct the text.")]
        for wrong, remedy in faults:
            say(rows[0], "id", wrong, remedy)
    return entry, problems


def _put(entry: dict[str, Any], place: Place, said: str) -> None:
    *inner, last = place
    node: Any = entry
    if place[0] == "hints":
        entry.setdefault("hints", []).append(said)
        return
    for part in inner:
        node = node.setdefault(part, {})
    node[last] = said


def _at(entry: Mapping[str, Any], place: Place) -> str | None:
    node: Any = entry
    for part in place:
        try:
            node = node[part]
        except (KeyError, IndexError, TypeError):
            return None
    return node


def _translated(path: Path, items: Mapping[str, Any], root: Path) -> dict[str, dict[str, Any]]:
    if not path.is_file():
        return {}
    texts, _ = read_item_texts(path, items, root)
    return {identifier: text.model_dump(exclude_defaults=True) for identifier, text in texts.items()}


def current_items(module: str, root: Path) -> Mapping[str, Any]:
    """The items as the file has them now; raises ContentError with every fault in it."""
    items, problems = read_items(items_path(module, root), root)
    if problems:
        raise ContentError(problems)
    return items


def _splice(
    path: Path, entries: Mapping[str, Any], items: Mapping[str, Any], language: str, root: Path
) -> None:
    """Put entries into a file of translations: in place of those that are there, else at its end."""
    head = f"# Texts of the items of {path.parent.name}. Structure and keys stand in items.yml."
    lines, document = [head, f"language: {language}", "items:"], {}
    if path.is_file():
        lines = path.read_text(encoding="utf-8").splitlines()
        document = read_yaml(path, root)["items"] or {}
    starts = sorted(document.lc.key(name)[0] for name in document) if document else []
    # From the last to the first, so that lines above stay where they are counted.
    for name in sorted((n for n in entries if n in document), key=lambda n: -document.lc.key(n)[0]):
        start = document.lc.key(name)[0]
        end = min((line for line in starts if line > start), default=len(lines))
        # What stands between two entries belongs to the next one.
        while end > start + 1 and _BETWEEN.match(lines[end - 1]):
            end -= 1
        lines[start:end] = _as_yaml(name, entries[name])
    for name in (n for n in items if n in entries and n not in document):
        lines += ["", *_as_yaml(name, entries[name])]
    write_whole(path, "\n".join(lines) + "\n")


def _as_yaml(name: str, entry: Mapping[str, Any]) -> list[str]:
    writer = YAML()
    writer.width = 4096
    file = io.StringIO()
    writer.dump({name: dict(entry)}, file)
    return [f"  {line}".rstrip() for line in file.getvalue().splitlines()]
