"""One field of the report at a time: what a form sends by its place, and the report that comes of it.

A place is the way to a field: `cover.contact`, `evidence.e-1.source`, `sections.s-1.claims.c-2.text`.
The place of a row (`evidence.e-1`) holds true or false, whether it is there; `sections` the order.
So two pages that are open at once change each only what is typed in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from course.errors import CourseError
from course.files import write_whole
from course.report.compose.model import Report
from course.report.compose.reading import load_report, save_report
from course.texts import section
from course.work.answers import turn
from course.work.database import told_in_words

# The rows of a report, and by which field each is known.
ROWS = {"authors": "member", "sections": "id", "evidence": "id", "claims": "id", "demands": "id"}
NEW = {
    "authors": {"name": ""},
    "sections": {"heading": ""},
    "evidence": {"source": "", "date": "", "method": "", "consent": ""},
    "claims": {"text": ""},
    "demands": {"text": ""},
}
BEGINNING = ("body", "country", "stage", "language", "title", "session", "joint")
TEXTS = ("priorities", "summary", "method", "conclusion")
NOT_SHOWN = ("kind",)  # of a recommendation: the stage decides
EMPTY_IS_NONE = {"agreed", "member", "words"}
MOST_ROWS = 200
LONGEST = 20_000  # characters of one text


def entries_of(report: Report) -> dict[str, Any]:
    """What each field of the form holds, by its place; every row stands before what is in it."""
    document = report.model_dump(mode="json")
    entries = {name: document[name] for name in (*BEGINNING, *TEXTS)}
    entries |= {f"cover.{name}": value for name, value in document["cover"].items()}
    for kind in ("authors", "evidence", "sections"):
        entries |= _row_entries(kind, document)
    entries["sections"] = [one["id"] for one in document["sections"]]
    return entries


def _row_entries(kind: str, holder: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for row in holder[kind]:
        place = f"{before}{kind}.{row[ROWS[kind]]}"
        yield place, True
        for name, value in row.items():
            if name in ROWS:
                yield from _row_entries(name, row, f"{place}.")
            elif name not in (ROWS[kind], *NOT_SHOWN):
                yield f"{place}.{name}", "" if value is None else value


def with_entry(report: Report, place: str, value: Any, lang: str = "en") -> Report:
    """The report with one field changed.

    Raises CourseError, one sentence in the form's language, where the value does not fit or the
    field is no longer there.
    """
    texts = section("compose", lang)
    document = report.model_dump(mode="json")
    holder, name = _find(document, place.split("."), texts)
    if name in ROWS and isinstance(holder[name], list) and place != "sections":
        raise CourseError(texts["gone"])
    if place == "sections":
        _order(document, value)
    elif isinstance(holder, list):
        _change_rows(document, holder, place.split("."), value, texts)
    else:
        if isinstance(value, str) and len(value) > LONGEST:
            raise CourseError(texts["too-long"].format(most=LONGEST))
        holder[name] = _plain(name, value)
    try:
        return Report.model_validate(document)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        said = texts.get(f"wrong-{name}") or texts["wrong"]
        raise CourseError(said.format(reason=fault["msg"].removeprefix("Value error, "))) from None


def _find(document: dict, parts: list[str], texts: Mapping[str, str]) -> tuple[Any, str]:
    """What holds the field, and its name there; for a row the list that it stands in, and its id."""
    here: Any = document
    while len(parts) > 1:
        kind, *parts = parts
        if kind not in here or kind not in (*ROWS, "cover"):
            raise CourseError(texts["gone"])
        here = here[kind]
        if kind == "cover":
            continue
        identifier, *parts = parts
        if not parts:
            return here, identifier
        row = next((one for one in here if one[ROWS[kind]] == identifier), None)
        if row is None:
            raise CourseError(texts["gone"])
        here = row
    (name,) = parts
    if name not in here or name in (*ROWS.values(), "version", "segments", *NOT_SHOWN) and here is not document:
        if not (name == "member" and "heading" in here):  # a section's holder, no id
            raise CourseError(texts["gone"])
    return here, name
