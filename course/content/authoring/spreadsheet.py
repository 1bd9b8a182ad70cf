"""A sheet that somebody filled in (.xlsx, .ods, .csv) as plain rows of text, or what is wrong with it.

Formulas are refused, since what they show is not what the file holds; nothing in a sheet is
ever computed or opened from elsewhere.
"""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from course.errors import ContentError, CourseError, Problem

MAX_BYTES = 10_000_000  # of the file; a sheet of a thousand items has less than one million
MAX_UNPACKED = 100_000_000
MAX_ROWS, MAX_COLUMNS = 5_000, 200
FORMULA = object()  # stands in a row where the cell holds a formula


@dataclass(frozen=True)
class Row:
    """One row; `number` as the spreadsheet shows it, `cells` the text of each column that is filled."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A sheet whose first row holds the heads of its columns. `label` is how messages name it."""

    label: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]

    def place(self, row: int, head: str) -> str:
        """Where a cell is, as a person finds it; the row alone where the sheet has no such column."""
        if head not in self.heads:
            return f"{self.label}, row {row} (column {head} is missing)"
        return f"{self.label}, row {row}, column {letter(self.heads.index(head))} ({head})"


def read_sheet(path: Path, name: str, encoding: str | None = None) -> Sheet:
    """The sheet `name` of a file (a CSV has but one); heads are compared without case.

    Raises ContentError with every formula and every doubtful head, CourseError for a file that
    is too big, of another kind, damaged or in an unknown encoding.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise CourseError(
            f"{path.name}: the file has {size / 1e6:.0f} MB, more than {MAX_BYTES / 1e6:.0f}; "
            "keep only the rows with items, without pictures."
        )
    readers = {".xlsx": _xlsx, ".ods": _ods, ".csv": _csv}
    read = readers.get(path.suffix.lower())
    if read is None:
        raise CourseError(f"{path.name}: this is no .xlsx, .ods or .csv file; save the sheet as one of them.")
    if read is _csv:
        grid, label = _csv(path, encoding), path.name
    else:
        _check_package(path)
        try:
            grid, label = list(read(path, name)), f"{path.name}, sheet {name}"
        except CourseError:
            raise
        except Exception as error:  # the readers raise whatever a damaged file makes them stumble on
            reason = type(error).__name__
            raise CourseError(
                f"{path.name}: the file is damaged ({reason}); open it and save it again."
            ) from None
    return _as_sheet(grid, label)


def letter(index: int) -> str:
    """The letter of a column: 0 is A, 26 is AA."""
    head, last = divmod(index, 26)
    return (letter(head - 1) if head else "") + chr(ord("A") + last)


def _as_sheet(grid: Iterable[Sequence[Any]], label: str) -> Sheet:
    lines = iter(grid)
    heads = tuple(_text(cell).lower() for cell in next(lines, ()))
    while heads and not heads[-1]:
        heads = heads[:-1]
    problems = []
    for head in {head for head in heads if head and heads.count(head) > 1}:
        problems.append(Problem(label, None, "", f"two columns are called {head}.", "Rename or remove one."))
    rows = []
    for number, line in enumerate(lines, start=2):
        if number > MAX_ROWS:
            raise CourseError(f"{label}: there are more than {MAX_ROWS} rows; split the file.")
        cells = {}
        for index, cell in enumerate(line):
            head = heads[index] if index < len(heads) else ""
            where = f"{label}, row {number}, column {letter(index)}"
            if cell is FORMULA or (isinstance(cell, str) and cell.startswith("=")):
                remedy = "Write the text itself: in the spreadsheet, copy the cell and paste only its value."
                problems.append(Problem(where, None, "", "this cell holds a formula.", remedy))
            elif said := _text(cell):
                if not head:
                    problems.append(
                        Problem(where, None, "", "this column has no head.", "Write its head in row 1.")
                    )
                cells[head] = said
        if cells:
            rows.append(Row(number, cells))
    if problems:
        raise ContentError(problems)
    return Sheet(label, heads, tuple(rows))


def _text(cell: Any) -> str:
    """What a person sees in a cell, without the ornaments of numbers: 336 for 336.0."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time.min else cell).isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _xlsx(path: Path, name: str) -> Iterator[list[Any]]:
    from openpyxl import load_workbook  # noqa: PLC0415  (only who reads sheets waits for it)

    book = load_workbook(path, read_only=True, data_only=False, keep_links=False)
    try:
        if name not in book.sheetnames:
            raise CourseError(
                f"{path.name}: there is no sheet {name!r}, only {', '.join(book.sheetnames)}; rename one."
            )
        yield from [
            [FORMULA if cell.data_type == "f" else cell.value for cell in row]
            for row in book[name].iter_rows(max_row=MAX_ROWS + 1, max_col=MAX_COLUMNS)
        ]
    finally:
        book.close()


_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_WORDS = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def _ods(path: Path, name: str) -> Iterator[list[Any]]:
    with zipfile.ZipFile(path) as archive:
        document = ElementTree.fromstring(archive.read("content.xml"))
    tables = {table.get(f"{_TABLE}name"): table for table in document.iter(f"{_TABLE}table")}
    if name not in tables:
        raise CourseError(f"{path.name}: there is no sheet {name!r}, only {', '.join(tables)}; rename one.")
    waiting = 0  # empty rows that count only where another one follows: a sheet ends with a million
    for row in tables[name].iter(f"{_TABLE}table-row"):
        times = int(row.get(f"{_TABLE}number-rows-repeated", 1))
        cells = _ods_cells(row)
        if not any(cells):
            waiting += times
            continue
        yield from [[]] * min(waiting, MAX_ROWS)
        waiting = 0
        yield from [cells] * min(times, MAX_ROWS)


def _ods_cells(row: ElementTree.Element) -> list[Any]:
    cells: list[Any] = []
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        times = min(int(cell.get(f"{_TABLE}number-columns-repeated", 1)), MAX_COLUMNS - len(cells))
        cells += [_ods_value(cell)] * times
    return cells


def _ods_value(cell: ElementTree.Element) -> Any:
    if cell.get(f"{_TABLE}formula"):
        return FORMULA
    if day := cell.get(f"{_OFFICE}date-value"):
        return day
    if number := cell.get(f"{_OFFICE}value"):
        return float(number)
    return "\n".join(_ods_words(line) for line in cell.findall(f"{_WORDS}p"))


def _ods_words(line: ElementTree.Element) -> str:
    """The words of a paragraph; spaces in a row are an element of their own."""
    parts = [line.text or ""]
    for inner in line:
        if inner.tag == f"{_WORDS}s":
            parts.append(" " * int(inner.get(f"{_WORDS}c", 1)))
        elif inner.tag == f"{_WORDS}line-break":
            parts.append("\n")
        elif inner.tag.startswith(_WORDS):  # a note beside the cell is no part of it
            parts.append(_ods_words(inner))
        parts.append(inner.tail or "")
    return "".join(parts)


def _check_package(path: Path) -> None:
    """Refuse what is no package of a spreadsheet, or unpacks to more than any sheet has."""
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError):
        raise CourseError(
            f"{path.name}: this is no spreadsheet, whatever its name; open it in a spreadsheet program "
            "and save it as .xlsx."
        ) from None
    if size > MAX_UNPACKED:
        raise CourseError(f"{path.name}: it unpacks to {size / 1e6:.0f} MB; keep only the rows with items.")


def _csv(path: Path, encoding: str | None) -> Iterator[list[str]]:
    content = path.read_bytes()
    if encoding is None:
        marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        encoding = "utf-16" if marked else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except LookupError:
        raise CourseError(
            f"{encoding!r} is no encoding; the usual ones are utf-8, cp1256 (Arabic) and cp1252."
        ) from None
    except UnicodeDecodeError:
        # To guess would turn Arabic into other letters without a word.
        raise CourseError(
            f"{path.name}: the file is not in {encoding.removesuffix('-sig')}; save it as “CSV UTF-8” or as "
            ".xlsx, or say what it is in, such as --encoding cp1256 (Arabic) or cp1252 (French)."
        ) from None
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)  # French and Arabic spreadsheets write semicolons
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise CourseError(f"{path.name}: this is no CSV ({error}); save the sheet again.") from None
