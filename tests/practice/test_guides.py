"""A guide on a page: what was read is said, its answer is folded, today's rules come from the data."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

import course
from course.content.guides import find_guide, load_guides
from course.facts import all_rules
from course.facts.shown import shown_value
from course.practice.guides import SECTIONS, guide_html, guide_sections
from course.texts import LANGUAGES

NAME = "amdh-cedaw"


def drawn(name=NAME, lang="en"):
    """A guide of the course, parsed strictly: a tag left open is an error here."""
    return ElementTree.fromstring(guide_html(find_guide(name), lang))


def text_of(tree):
    """What a reader sees and hears."""
    return " ".join("".join(tree.itertext()).split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_guide_is_drawn_in_every_language(lang):
    """Strict HTML with every section, and no {place} left open."""
    for name, guide in load_guides().items():
        assert tuple(guide_sections(guide, lang, top=3)) == SECTIONS
        shown = ElementTree.fromstring(f"<div>{course.guide(name, lang)._repr_html_()}</div>")
        assert "{" not in text_of(shown.find("section"))


def test_it_says_what_was_read_and_when():
    """Nobody takes a guide to a cover for a guide to a report."""
    said = text_of(drawn())

    assert find_guide(NAME).seen.strip() in said
    assert "Looked at on 24 November 2026" in said


def test_the_address_is_a_link():
    """The report itself is one touch away."""
    assert find_guide(NAME).address in [link.get("href") for link in drawn().iter("a")]


def test_the_answer_is_folded_until_it_is_asked_for():
    """A closed box; the question stands before it."""
    [box] = [one for one in drawn().iter("details") if one.get("class") == "course-guide-question"]

    assert "open" not in box.attrib
    assert find_guide(NAME).answer.strip() in text_of(box)
    assert find_guide(NAME).question.strip() not in text_of(box)


def test_a_rule_is_shown_with_its_value_of_today_and_its_verdict():
    """The number is the rule's own, and so is how sure we are."""
    [line] = [one for one in drawn().iter("dd") if one.get("data-rule") == "cedaw-session-length"]
    [rule] = [rule for rule in all_rules() if rule.id == "cedaw-session-length"]

    assert shown_value(rule) in text_of(line)
    assert line.get("data-confidence") == rule.confidence
    assert "It would break this rule." in text_of(drawn())


def test_an_arabic_title_is_marked_on_an_english_page():
    """It is read out as Arabic, from right to left."""
    [cited] = drawn().iter("cite")

    assert cited.attrib == {"lang": "ar", "dir": "rtl"}


def test_on_an_arabic_page_the_english_guide_is_marked():
    """The frame is from right to left, what we say of the report from left to right."""
    section = drawn(lang="ar")

    assert (section.get("lang"), section.get("dir")) == ("ar", "rtl")
    assert {one.get("dir") for one in section.iter("ul")} == {"ltr"}
    assert section.find("h3").get("dir") == "ltr"


def test_what_an_author_writes_is_text_and_no_markup():
    """A sign of less than in a guide opens no tag."""
    guide = find_guide(NAME).model_copy(update={"title": "<b>1 < 2</b>"})

    assert ElementTree.fromstring(guide_html(guide, "en")).find("h3").text == "<b>1 < 2</b>"
