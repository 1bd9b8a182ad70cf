"""Extracts of the course's own data, in which learners look up what a document says and where.

A row is plain data with the columns of its table. Only what was verified is in an extract: an
exercise must not teach a symbol that nobody has seen. The texts are our paraphrases, in English.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from course.content.written import normalise
from course.errors import CourseError
from course.facts import country

Row = dict[str, str]
COLUMNS = {
    "recommendations": ("symbol", "paragraph", "body", "year", "text"),
    "documents": ("symbol", "body", "year", "title"),
}
MOST_BYTES = 16_000  # of one extract: a page may hold two, and a phone reads it over a slow line
IN_TEXT = ("text", "title")  # columns in which an answer may be a part of what stands there


def extract_name(item: Any) -> str:
    """The name under which a page holds the rows of a document hunt: the table and what is kept of it."""
    only = "&".join(f"{column}={','.join(values)}" for column, values in item.only.items())
    return f"{item.extract}?{only}" if only else item.extract


def extract_rows(item: Any) -> list[Row]:
    """The rows that a document hunt searches, in the order of the country's file.

    Raises CourseError for a country without a folder.
    """
    code, table = item.extract.split("-")
    return [
        {column: row[column] for column in COLUMNS[table]}
        for row in _TABLES[table](code)
        if all(row[column] in values for column, values in item.only.items())
    ]


def hunt_faults(item: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with the extract of a document hunt, each with its remedy."""
    try:
        rows = extract_rows(item)
    except CourseError as error:
        yield f"extract: {error}", "Name a country that has a folder in course/data/countries."
        return
    size = len(json.dumps(rows, ensure_ascii=False).encode())
    if size > MOST_BYTES:
        yield f"its extract has {size} bytes, more than {MOST_BYTES}.", "Keep fewer rows with `only:`."
    for name, part in item.parts.items():
        if not any(_stands_in(row, part) for row in rows):
            yield (
                f"parts.{name}: the right answer stands in no row of its extract.",
                "Correct `values:` or `only:`.",
            )


def _stands_in(row: Mapping[str, str], part: Any) -> bool:
    answers = [normalise(value) for value in part.choices[part.key].values]
    for column, cell in row.items():
        plain = normalise(cell)
        if any(answer in plain if column in IN_TEXT else answer == plain for answer in answers):
            return True
    return False


def _recommendations(code: str) -> Iterable[Row]:
    for row in country(code).recommendations:
        if row.decides:
            yield {
                "symbol": row.symbol,
                "paragraph": row.paragraph,
                "body": row.body,
                "year": row.date[:4],
                "text": row.paraphrase,
                "theme": row.theme,
            }


def _documents(code: str) -> Iterable[Row]:
    for row in country(code).documents:
        if row.decides:
            yield {
                "symbol": row.symbol,
                "body": row.parsed.body or "",
                "year": row.date[:4],
                "title": row.title,
            }


_TABLES = {"recommendations": _recommendations, "documents": _documents}
