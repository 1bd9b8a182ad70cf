"""Extracts for document hunts: the course's own verified rows, and no more than an item needs."""

from __future__ import annotations

import pytest

from course.content.extracts import extract_name, extract_rows
from course.content.models import DocumentHunt
from course.errors import CourseError
from course.facts import country

PART = {
    "label": "Symbol",
    "choices": {"one": {"values": ["CRC/C/MAR/CO/3-4"], "feedback": "It is that one."}},
    "key": "one",
    "otherwise": "Look again.",
}


def hunt(extract="MAR-documents", **only):
    """A document hunt in an extract of which only some rows are kept."""
    return DocumentHunt(
        id="q-01",
        revision=1,
        objective="LO-00.1",
        bloom="apply",
        kind="document-hunt",
        source="Invented for a test",
        stem="Find it.",
        extract=extract,
        only=only,
        parts={"symbol": PART},
    )


@pytest.mark.parametrize("table", ["documents", "recommendations"])
def test_only_what_was_verified_is_searched(table):
    """A symbol that is only remembered would be taught as a real one; the order is the file's."""
    file = getattr(country("MAR"), table)
    kept = [row.symbol for row in file if row.confidence == "verified"]

    assert [row["symbol"] for row in extract_rows(hunt(f"MAR-{table}"))] == kept
    assert len(kept) < len(file)


def test_a_row_says_who_when_and_what_in_plain_text():
    """Symbol, paragraph, body, year and our own words: what a learner may search by."""
    [row] = [
        row for row in extract_rows(hunt("MAR-recommendations")) if row["symbol"] == "CERD/C/MAR/CO/19-21"
    ]

    assert list(row) == ["symbol", "paragraph", "body", "year", "text"]
    assert (row["paragraph"], row["body"], row["year"]) == ("36", "CERD", "2023")
    assert "Nationality Code" in row["text"]


def test_a_document_of_a_body_is_found_by_its_body():
    """The body is read off the symbol: E/C.12 is of CESCR, CCPR of the Human Rights Committee."""
    bodies = {row["symbol"]: row["body"] for row in extract_rows(hunt())}

    assert bodies["E/C.12/MAR/CO/3"] == "CESCR"
    assert bodies["CCPR/C/MAR/CO/6"] == "HRCttee"
    assert bodies["A/HRC/21/3"] == "HRC"


def test_filters_narrow_together():
    """A row is kept where every column has one of its values; the name tells extracts apart."""
    item = hunt(body=("CRC", "CRPD"), year=("2014", "2017"))

    assert {(row["body"], row["year"]) for row in extract_rows(item)} == {("CRC", "2014"), ("CRPD", "2017")}
    assert extract_name(item) == "MAR-documents?body=CRC,CRPD&year=2014,2017"
    assert extract_name(hunt()) == "MAR-documents"


def test_the_theme_narrows_but_is_not_shown():
    """What an item is about must not stand beside the answer."""
    rows = extract_rows(hunt("MAR-recommendations", theme=("nationality",), body=("CRC",)))

    assert {row["symbol"] for row in rows} == {"CRC/C/15/Add.211", "CRC/C/MAR/CO/3-4"}
    assert not [row for row in rows if "theme" in row]


def test_a_country_without_a_folder_is_refused():
    """With the countries that there are."""
    with pytest.raises(CourseError, match="MAR"):
        extract_rows(hunt("XXX-documents"))
