"""Items from the authors' sheet: all rows are right, or nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from course.content.authoring.appending import (
    append_items,
    entries_of,
    items_path,
    next_ids,
    objectives_of,
    taken_ids,
)
from course.content.authoring.columns import HEADS, SHEET
from course.content.authoring.rows import read_row
from course.content.authoring.spreadsheet import Row, Sheet, letter, read_sheet
from course.content.models.base import Identifier
from course.errors import ContentError, Problem

_IDENTIFIER = TypeAdapter(Identifier)


def import_items(file: Path, module: str, root: Path, encoding: str | None = None) -> list[str]:
    """Add the items of a sheet to a module; their ids. Raises ContentError with every fault of
    every row at once, or of the module's own file; then nothing is written."""
    entries = read_entries(file, module, root, encoding)
    append_items(items_path(module, root), entries, root)
    return [entry["id"] for entry in entries]


def read_entries(file: Path, module: str, root: Path, encoding: str | None = None) -> list[Mapping[str, Any]]:
    """The rows of a sheet as entries of `items.yml`, each with its id, written nowhere yet."""
    items_path(module, root)  # a wrong module is told before the sheet is looked at
    sheet = read_sheet(file, SHEET, encoding)
    problems = list(_head_problems(sheet))
    if problems:
        raise ContentError(problems)
    if not sheet.rows:
        raise ContentError([Problem(sheet.label, None, "", "there is no item in it.", "Write one a row.")])
    objectives = objectives_of(module, root)
    taken = taken_ids(root)
    own = entries_of(items_path(module, root), root)
    entries: list[Mapping[str, Any]] = []
    for row in sheet.rows:
        identifier, found = _identifier(row, sheet, taken, own)
        problems += found
        entry, faults = read_row(row, identifier, objectives)
        taken.add(identifier)
        problems += [
            Problem(sheet.place(row.number, head), None, row.cells.get("id", ""), wrong, remedy)
            for head, wrong, remedy in faults
        ]
        if entry is not None:
            entries.append(entry)
    if problems:
        raise ContentError(problems)
    return entries


def _head_problems(sheet: Sheet) -> list[Problem]:
    """Heads that are not known, and those without which no item can be written."""
    found = []
    for index, head in enumerate(sheet.heads):
        if head and head not in HEADS:
            where = f"{sheet.label}, row 1, column {letter(index)}"
            found.append(
                Problem(
                    where, None, "", f"no column is called {head!r}.", f"Write one of {', '.join(HEADS)}."
                )
            )
    needed = [head for head, column in HEADS.items() if column.needed and not column.kinds]
    missing = [head for head in (*needed, "choice a", "feedback a") if head not in sheet.heads]
    if missing:
        remedy = "Begin with the sheet that `course item sheet` writes."
        what = f"these columns are missing: {', '.join(missing)}."
        found.append(Problem(f"{sheet.label}, row 1", None, "", what, remedy))
    return found


def _identifier(
    row: Row, sheet: Sheet, taken: set[str], own: Sequence[Mapping[str, Any]]
) -> tuple[str, list[Problem]]:
    """The row's own id, or the next free one; a doubtful one is a problem."""
    given = row.cells.get("id")
    if given is None:
        return next_ids(own, row.cells.get("objective", ""), taken, 1)[0], []
    where = sheet.place(row.number, "id")
    try:
        _IDENTIFIER.validate_python(given)
    except ValidationError:
        remedy = "Leave it empty, or write small letters, digits and hyphens: tb-bodies-07."
        return given, [Problem(where, None, "", f"{given!r} is no id.", remedy)]
    if given in taken:
        return given, [
            Problem(where, None, given, "this id is taken.", "Leave the cell empty for a new one.")
        ]
    return given, []
