"""The empty sheet for authors: lists to choose from, an example of each kind, a page of help."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from course.content.authoring.columns import (
    BLOOM,
    COLUMNS,
    EXAMPLES,
    EXAMPLES_BY_KIND,
    HELP,
    IN_SHEETS,
    LETTERS,
    LISTS,
    RIGHT,
    SHEET,
)
from course.files import write_whole

_ROWS_WITH_LISTS = 500
_OTHER_CHOICES = frozenset(f" {name}" for name in LETTERS[1:])
_WIDTHS = {"stem": 45, "source": 30, "text": 40, "otherwise": 30}


def write_sheet(path: Path, objectives: Sequence[str]) -> None:
    """An .xlsx with the sheets `items` (to fill in), `examples`, `how to` and `lists`.

    `objectives` are those to choose from. The same call writes the same sheet.
    """
    from openpyxl import Workbook  # noqa: PLC0415  (only who makes a sheet waits for it)

    book = Workbook()
    items = book.active
    items.title = SHEET
    _fill(items, [])
    _fill(book.create_sheet(EXAMPLES), EXAMPLES_BY_KIND)
    _explain(book.create_sheet(HELP))
    lists = book.create_sheet(LISTS)
    for column, (head, choices) in enumerate(
        {"kind": IN_SHEETS, "objective": objectives, "bloom": BLOOM}.items(), start=1
    ):
        for row, said in enumerate((head, *choices), start=1):
            lists.cell(row, column, said)
        _offer(items, head, f"'{LISTS}'!${chr(64 + column)}$2:${chr(64 + column)}${len(choices) + 1}")
    write_book(book, path)


def write_book(book: Any, path: Path) -> None:
    """A workbook as a file, whole or not at all."""
    file = io.BytesIO()
    book.save(file)
    write_whole(path, file.getvalue())


def style_heads(sheet: Any, heads: Iterable[tuple[str, int]]) -> None:
    """The first row: heads that stay in sight, in columns of these widths, with text that wraps."""
    from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    for place, (head, width) in enumerate(heads, start=1):
        cell = sheet.cell(1, place, head)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE8EE")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(place)].width = width


def _fill(sheet: Any, rows: Iterable[Mapping[str, str]]) -> None:
    style_heads(sheet, ((column.head, _width(column.head)) for column in COLUMNS))
    for number, cells in enumerate(rows, start=2):
        for place, column in enumerate(COLUMNS, start=1):
            if column.head in cells:
                cell = sheet.cell(number, place, cells[column.head])
                cell.number_format = "@"  # text: a spreadsheet must not make a day of it
    sheet.freeze_panes = "C2"


def _width(head: str) -> int:
    if head.startswith(("choice", "feedback", "hint")):
        return 30
    return _WIDTHS.get(head, 14)


def _offer(sheet: Any, head: str, choices: str) -> None:
    """A list to choose from, in each row of a column."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    place = get_column_letter([column.head for column in COLUMNS].index(head) + 1)
    offered = DataValidation(type="list", formula1=choices, allow_blank=True, showErrorMessage=True)
    offered.error = f"Choose {head} from the list."
    sheet.add_data_validation(offered)
    offered.add(f"{place}2:{place}{_ROWS_WITH_LISTS}")


def _explain(sheet: Any) -> None:
    style_heads(sheet, (("column", 16), ("what you write there", 80), ("for", 60)))
    lines = [
        (c.head, c.help, ", ".join(c.kinds) or "every kind")
        for c in COLUMNS
        if c.head[-2:] not in _OTHER_CHOICES
    ]
    lines += [("right", said, kind) for kind, said in RIGHT.items()]
    lines.append(("choice b to h", "as choice a; leave empty what you do not need", "every kind"))
    for number, line in enumerate(lines, start=2):
        for place, said in enumerate(line, start=1):
            sheet.cell(number, place, said)
