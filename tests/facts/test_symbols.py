"""Symbols of UN documents: read where they say something, refused in words where they do not."""

from __future__ import annotations

import pytest

from course.errors import CourseError
from course.facts import country, country_codes, documents, parse_symbol


@pytest.mark.parametrize(
    ("symbol", "body", "state", "kind", "number"),
    [
        ("CEDAW/C/MAR/CO/5-6", "CEDAW", "MAR", "concluding-observations", "5-6"),
        ("CCPR/C/MAR/Q/6/Add.1", "HRCttee", "MAR", "list-of-issues", "6"),
        ("CMW/C/MAR/QPR/2", "CMW", "MAR", "list-of-issues-prior-to-reporting", "2"),
        ("CED/C/MAR/RQ/1", "CED", "MAR", "replies-to-list-of-issues", "1"),
        ("E/C.12/MAR/4", "CESCR", "MAR", "state-report", "4"),
        ("CCPR/CO/82/MAR", "HRCttee", "MAR", "concluding-observations", "82"),
        ("CERD/C/62/CO/5", "CERD", None, "concluding-observations", "5"),
        ("CEDAW/C/MOR/2", "CEDAW", "MAR", "state-report", "2"),
        ("CAT/C/72/D/871/2018", "CAT", None, "decision-on-communication", "871/2018"),
        ("CRC/C/SR.1085", "CRC", None, "summary-record", "1085"),
        ("CAT/OP/TUN/1", "SPT", "TUN", "visit-report", "1"),
        ("A/HRC/WG.6/41/MAR/1", "UPR", "MAR", "national-report", "1"),
        ("A/HRC/WG.6/41/MAR/3", "UPR", "MAR", "stakeholders-summary", "3"),
        ("A/HRC/21/3", "HRC", None, "document", "3"),
        ("A/RES/60/251", "GA", None, "resolution", "251"),
        ("E/RES/1996/31", "ECOSOC", None, "resolution", "31"),
    ],
)
def test_a_symbol_says_its_body_state_kind_and_number(symbol, body, state, kind, number):
    """One of each family."""
    found = parse_symbol(symbol)
    assert (found.body, found.state, found.kind, found.number) == (body, state, kind, number)
    assert str(found) == symbol


def test_a_protocol_to_a_convention_is_told_from_the_convention():
    """The three reports under the Convention on the Rights of the Child have symbols of their own."""
    assert parse_symbol("CRC/C/OPAC/MAR/CO/1").protocol == "OP-CRC-AC"
    assert parse_symbol("CRC/C/MAR/CO/3-4").protocol is None


@pytest.mark.parametrize("code", country_codes())
def test_every_document_of_every_country_parses(code):
    """And where it names a State, it is that country."""
    assert documents(code)
    for document in documents(code):
        assert document.parsed.state in (code, None), document.symbol


def test_every_symbol_of_a_review_or_recommendation_parses():
    """What the reviews and recommendations cite is a symbol, too."""
    for code in country_codes():
        for review in country(code).reviews:
            assert [str(parse_symbol(symbol)) for symbol in review.symbols] == list(review.symbols)
        for row in country(code).recommendations:
            assert str(parse_symbol(row.symbol)) == row.symbol


@pytest.mark.parametrize(
    ("slip", "remedy"),
    [
        ("cedaw/c/mar/co/4", "write it in capitals: CEDAW/C/MAR/CO/4."),
        ("CEDAW/C/MAR/CO /4", "write it without spaces: CEDAW/C/MAR/CO/4."),
        ("CEDAW/C/MAR/CO/4.", "leave out the sign at the end: CEDAW/C/MAR/CO/4."),
        ("CEDAW/MAR", "looks like CEDAW/C/MAR/CO/5-6"),
        ("CEDAW/C/MAROC/CO/4", "looks like CEDAW/C/MAR/CO/5-6"),
        ("", "copy it from the document."),
        ("the observations of 2022", "copy it from the document."),
    ],
)
def test_what_is_no_symbol_is_refused_with_what_to_do(slip, remedy):
    """One sentence that repeats the slip."""
    with pytest.raises(CourseError) as caught:
        parse_symbol(slip)
    message = str(caught.value)
    assert message.startswith(repr(slip))
    assert remedy in message
    assert "\n" not in message
