"""A case on a page: said to be invented, its answer folded away."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

import course
from course.content.models import Case
from course.practice.cases import case_html


@pytest.fixture
def drawn():
    """A case of the course, parsed strictly: a tag left open is an error here."""
    return ElementTree.fromstring(f"<div>{course.case('bodies-night-classes')._repr_html_()}</div>")


def test_it_says_that_it_is_invented_and_where_it_is_set(drawn):
    """The first line, before the story."""
    assert drawn.find("section/p").text == "Invented case, set in Fez-Meknes"


def test_the_answer_is_folded_until_it_is_asked_for(drawn):
    """A closed box; the story and the question stand before it."""
    details = drawn.find(".//details")

    assert "open" not in details.attrib
    assert "Committee on the Rights of the Child" in details.find("p").text


def test_on_an_arabic_page_the_english_story_is_marked():
    """The frame is from right to left, the story from left to right."""
    [_, section] = ElementTree.fromstring(
        f"<div>{course.case('bodies-night-classes', lang='ar')._repr_html_()}</div>"
    )

    assert section.get("dir") == "rtl"
    assert section.find("div").attrib == {"lang": "en", "dir": "ltr"}


def test_what_an_author_writes_is_text_and_no_markup():
    """A sign of less than in a case opens no tag."""
    case = Case(
        id="sign",
        region="MA-01",
        theme="signs",
        title="<b>1 < 2</b>",
        text="word " * 60,
        question="?",
        answer="word " * 40,
        objectives=("LO-03.1",),
    )

    section = ElementTree.fromstring(case_html(case, "en"))

    assert section.find("div/h3").text == "<b>1 < 2</b>"
