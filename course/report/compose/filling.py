"""One field of the report at a time: what a form sends by its place, and the report that comes of it.

A place is the way to a field: `cover.contact`, `evidence.e-1.source`, `sections.s-1.claims.c-2.text`.
The place of a row (`evidence.e-1`) holds true or false, whether it is there; `sections` the order of
the sections. So two pages that are open at once change each only what is typed in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from course.errors import ContentError, CourseError
from course.report.compose.model import Report
from course.report.compose.reading import load_report, save_report
from course.texts import section, text
from course.work.answers import turn
from course.work.database import told_in_words

# The rows of a report: the field by which each is known, and what a new one holds.
ROWS = {"authors": "member", "sections": "id", "evidence": "id", "claims": "id", "demands": "id"}
NEW = {
    "authors": {"name": ""},
    "sections": {"heading": "", "claims": [], "demands": []},
    "evidence": {"source": "", "date": "", "method": "", "consent": ""},
    "claims": {"text": "", "evidence": []},
    "demands": {"text": ""},
}
FIELDS = ("body", "country", "stage", "language", "title", "session", "joint")
TEXTS = ("priorities", "summary", "method", "conclusion")
UNASKED = ("kind",)  # of a recommendation: whether it is a question follows from the stage
MOST_ROWS = 200
LONGEST = 20_000  # characters of one text


class EntryError(CourseError):
    """What was typed cannot be kept; the sentence is in the form's language, for who typed it."""

    kind = ""


def entries_of(report: Report) -> dict[str, Any]:
    """What each field of the form holds, by its place; a row stands before what is in it."""
    document = report.model_dump(mode="json")
    entries = {name: document[name] for name in (*FIELDS, *TEXTS)}
    entries |= {f"cover.{name}": value for name, value in document["cover"].items()}
    for kind in ("authors", "evidence", "sections"):
        entries |= _row_entries(kind, document[kind])
    return entries | {"sections": [one["id"] for one in document["sections"]]}


def _row_entries(kind: str, rows: list[Mapping[str, Any]], before: str = "") -> Iterator[tuple[str, Any]]:
    for row in rows:
        place = f"{before}{kind}.{row[ROWS[kind]]}"
        yield place, True
        for name, value in row.items():
            if name in ROWS and (kind, name) != ("claims", "evidence"):
                yield from _row_entries(name, value, f"{place}.")
            elif name not in (ROWS[kind], *UNASKED):
                yield f"{place}.{name}", "" if value is None else value


def with_entry(report: Report, place: str, value: Any, lang: str = "en") -> Report:
    """The report with one field changed; `place` is one that the form has.

    Raises EntryError, one sentence in the form's language, where the value does not fit or what
    the field belongs to is no longer there.
    """
    document = report.model_dump(mode="json")
    parts = place.split(".")
    holder = document
    while len(parts) > 2:  # a row, and what is in it
        kind, identifier, *parts = parts
        row = next((one for one in holder[kind] if one[ROWS[kind]] == identifier), None)
        if row is None:
            raise EntryError(text("compose.gone", lang))
        holder = row
    match parts:
        case ["sections"]:
            wanted = {name: number for number, name in enumerate(value)} if isinstance(value, list) else {}
            document["sections"].sort(key=lambda one: wanted.get(one["id"], len(wanted)))
        case ["cover", name]:
            document["cover"][name] = value
        case [kind, identifier]:
            _change_row(document, holder[kind], kind, identifier, value is True)
        case [name]:
            holder[name] = _given(name, value)
    return _checked(document, parts[-1], value, lang)


def _change_row(
    document: dict[str, Any], rows: list[dict[str, Any]], kind: str, identifier: str, there: bool
) -> None:
    """Add or take out a row; nothing goes on naming what was taken out."""
    known = [one for one in rows if one[ROWS[kind]] == identifier]
    if there and not known:
        rows.append({ROWS[kind]: identifier, **NEW[kind]})
    if there:
        return
    rows[:] = [one for one in rows if one not in known]
    for section_ in document["sections"]:
        if kind == "authors" and section_.get("member") == identifier:
            section_["member"] = None
        if kind == "evidence":
            for claim in section_["claims"]:
                claim["evidence"] = [name for name in claim["evidence"] if name != identifier]


def _given(name: str, value: Any) -> Any:
    """A value as the report holds it: no day, holder or number is none, an empty priority is left out."""
    if name in ("agreed", "member", "words") and value in ("", None):
        return None
    if name == "priorities" and isinstance(value, list):
        return [one for one in value if str(one).strip()]
    return value


def _checked(document: dict[str, Any], name: str, value: Any, lang: str) -> Report:
    texts = section("compose", lang)
    if len(str(value)) > LONGEST:
        raise EntryError(texts["too-long"].format(most=LONGEST))
    if any(len(document[kind]) > MOST_ROWS for kind in ("authors", "sections", "evidence")):
        raise EntryError(texts["too-many"].format(most=MOST_ROWS))
    try:
        return Report.model_validate(document)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        said = texts.get(f"wrong-{name}", texts["wrong"])
        raise EntryError(said.format(reason=fault["msg"].removeprefix("Value error, "))) from None


def keep_entry(path: Path, place: str, value: Any, lang: str = "en") -> None:
    """Change one field in the file at `path`, while every other page waits its turn.

    Raises EntryError where the value does not fit, or the file cannot be read or written; it is
    then as it was.
    """
    with told_in_words(path), turn(path.parent):
        before = read_own(path, lang)
        after = with_entry(before, place, value, lang)
        if after != before:
            save_report(path, after)


def read_own(path: Path, lang: str = "en") -> Report:
    """The learner's own report; raises EntryError where something in the file is wrong, with its line."""
    try:
        return load_report(path)
    except ContentError as error:
        said = section("compose", lang)["unreadable"].format(problem=error.problems[0])
        raise EntryError(said) from None


def keep_new(path: Path, report: Report, lang: str = "en") -> None:
    """Begin the file at `path`; raises EntryError where one stands there."""
    with told_in_words(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with told_in_words(path), turn(path.parent):
        if path.exists():
            raise EntryError(text("compose.there-is-one", lang))
        save_report(path, report)
