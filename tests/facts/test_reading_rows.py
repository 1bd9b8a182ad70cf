"""A broken table of data is a list of problems with their lines, never a traceback."""

from __future__ import annotations

from pathlib import Path

from course.facts.models import Rule
from course.facts.reading import read_rows

FIXTURES = Path(__file__).parent / "fixtures"


def test_a_row_with_too_few_values_is_named_with_its_line():
    """The good row above it is still read."""
    rows, problems = read_rows(FIXTURES / "row-with-too-few-values.csv", Rule)
    assert [row.id for row in rows] == ["a-good-row"]
    [problem] = problems
    assert (problem.line, problem.item) == (3, "a-short-row")
    assert "as many values as there are columns" in problem.problem


def test_an_unquoted_comma_is_named_with_its_line_and_remedy():
    """The commonest slip in a CSV."""
    rows, [problem] = read_rows(FIXTURES / "row-with-an-unquoted-comma.csv", Rule)
    assert rows == ()
    assert problem.line == 2
    assert "double quotes" in problem.remedy


def test_each_wrong_value_is_told_at_once_with_line_and_column():
    """Six rows, six faults, one reading."""
    rows, problems = read_rows(FIXTURES / "rows-with-wrong-values.csv", Rule)
    assert rows == ()
    assert [(problem.line, problem.item) for problem in problems] == [
        (2, "a-gap-with-a-value"),
        (3, "a-verified-without-a-value"),
        (4, "without-a-source"),
        (5, "with-a-day-that-is-none"),
        (6, "with-words-for-a-number"),
        (7, "with-a-confidence-of-its-own"),
    ]
    assert problems[0].problem == "the row: a gap has no value, and what has no value is a gap."
    assert problems[2].problem.startswith("source: ")
    assert problems[3].problem.startswith("checked: ")
    assert problems[5].problem.startswith("confidence: ")
