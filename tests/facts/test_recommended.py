"""The table of what was asked on one theme: every recommendation of it, honest about each."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

import course
from course.errors import CourseError
from course.facts import country
from course.texts import LANGUAGES


def drawn(theme, lang="en"):
    """The table, parsed strictly: a tag left open is an error here."""
    return ElementTree.fromstring(course.recommended(theme, lang=lang)._repr_html_())


def test_every_recommendation_of_the_theme_is_there_and_no_other():
    """Symbol and paragraph of each, oldest first."""
    places = ["".join(cell.find("bdi").itertext()) for cell in drawn("nationality").iterfind(".//tbody//th")]
    rows = [row for row in country("MAR").recommendations if row.theme == "nationality"]

    assert places == [
        f"{row.symbol}, para. {row.paragraph}" for row in sorted(rows, key=lambda row: row.date)
    ]


def test_what_is_only_recalled_says_so():
    """A learner must not quote it before it is found."""
    recalled = [
        row
        for row in drawn("nationality").iterfind(".//tbody/tr/td")
        if row.get("data-confidence") == "recalled"
    ]

    assert recalled
    assert all("NOT CHECKED" in "".join(cell.itertext()) for cell in recalled)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_speaks_each_language(language):
    """The caption counts the rows; the paraphrases stay in English and say so."""
    table = drawn("children", language)

    assert table.get("lang") == language
    assert str(len(table.findall(".//tbody/tr"))) in "".join(table.find(".//caption").itertext())
    assert all(row.find(".//span[@lang='en']") is not None for row in table.iterfind(".//tbody/tr"))


def test_an_unknown_theme_is_refused_with_those_that_exist():
    """One sentence."""
    with pytest.raises(CourseError, match=r"no theme 'schools'; the themes are treaties, "):
        course.recommended("schools")
