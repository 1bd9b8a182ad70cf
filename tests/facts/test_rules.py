"""The rules: none without a source, none surer than it is."""

from __future__ import annotations

import re
from datetime import date

import pytest

from course.facts import bodies, rule
from course.facts.reading import all_rules, rule_notes
from course.facts.tables import shown_value
from course.texts import LANGUAGES

ADDRESS = re.compile(r"https?://[^/\s]+/[^\s]+")
SYMBOL = re.compile(r"\b[A-Z]{1,5}/[A-Z0-9.]+(?:/[\w.-]+)*|\barts?\. \d+")


def holds_the_fact(source: str) -> bool:
    """A document symbol, an article, or an address with a path: a home page holds no rule."""
    return bool(ADDRESS.search(source) or SYMBOL.search(source))


def test_every_verified_rule_says_where_it_was_read():
    """Verified means that somebody can look it up."""
    assert [row.id for row in all_rules() if row.decides and not holds_the_fact(row.source)] == []


@pytest.mark.parametrize("source", ["https://www.ohchr.org", "https://www.ohchr.org/", "a handbook"])
def test_a_home_page_or_a_bare_title_holds_no_fact(source):
    """The test above can fail."""
    assert not holds_the_fact(source)


def test_recalled_and_gaps_never_decide():
    """Only a verified rule may fail a draft."""
    assert {row.confidence for row in all_rules() if row.decides} == {"verified"}
    assert {row.confidence for row in all_rules() if not row.decides} == {"recalled", "gap"}


def test_a_gap_has_no_value_and_nothing_else_is_without_one():
    """An empty value is said to be unknown, and the unknown is not filled."""
    for row in all_rules():
        assert (row.value == "") == (row.confidence == "gap"), row.id


def test_every_recalled_value_says_why_it_is_not_verified():
    """Old, second-hand, or from general knowledge: the note says which."""
    assert [row.id for row in all_rules() if row.confidence == "recalled" and not row.note] == []


def test_nothing_was_looked_at_in_the_future():
    """`checked` is a day on which somebody looked."""
    assert max(row.checked for row in all_rules()) <= date.today()


def test_cedaw_takes_reports_until_four_weeks_before_its_session():
    """The rule that the drill, the lessons and the assignment count with."""
    deadline = rule("CEDAW", "session", "deadline")
    assert (deadline.id, deadline.value, deadline.unit) == (
        "cedaw-session-deadline",
        "4",
        "weeks-before-session",
    )
    assert deadline.decides


def test_the_childrens_committee_has_a_fixed_day_for_each_pre_session():
    """1 December, 1 April, 1 August, for the list and for the report."""
    for stage in ("loipr", "session"):
        deadline = rule("CRC", stage, "deadline")
        assert (deadline.value, deadline.unit) == ("12-01;04-01;08-01", "month-days")


@pytest.mark.parametrize("name", ["length", "languages", "deadline", "ecosoc-status", "oral"])
def test_every_body_has_an_entry_before_a_session(name):
    """What is not known is a row too, so that a learner sees that somebody looked."""
    assert [code for code in bodies() if rule(code, "session", name) is None] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_can_be_said_in_each_language(language):
    """No rule holds a word that a page could not translate."""
    for row in all_rules():
        if row.value:
            assert shown_value(row, language).strip(), row.id


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "10,000 words at most"),
        ("fr", "10\u00a0000 mots au plus"),
        ("ar", "لا يتجاوز عدد الكلمات 10\u00a0000"),
    ],
)
def test_thousands_are_written_as_each_language_writes_them(language, said):
    """A space that does not break in French and Arabic, so that 10 000 is never read as two numbers."""
    assert shown_value(rule("HRCttee", "session", "length"), language) == said


def test_every_note_is_translated_into_arabic_and_no_rule_is_invented_there():
    """A translation for each rule that has a note, and for no other."""
    assert set(rule_notes("ar")) == {row.id for row in all_rules() if row.note}
    assert (
        rule_notes("fr") == {}
    )  # French notes are later work: the page shows the English ones, marked as such


def test_a_rule_of_a_stage_comes_before_a_rule_for_any():
    """CED has a date for its sessions, but no list prior to reporting at all."""
    assert rule("CED", "loipr", "deadline").value == "no-such-stage"
    assert rule("CED", "session", "deadline").value == "session-note"
