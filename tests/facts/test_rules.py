"""The rules: none without a source, none surer than it is."""

from __future__ import annotations

from datetime import date

import pytest

from course.content.data import holds_the_fact
from course.errors import CourseError
from course.facts import bodies, mechanisms, rule, rules
from course.facts.reading import REPORTING, all_rules, rule_notes
from course.facts.shown import shown_value
from course.facts.words import words
from course.texts import LANGUAGES

REPORTED = [row for row in all_rules() if row.pack == REPORTING]


def test_every_verified_rule_says_where_it_was_read():
    """A symbol, an article, or an address with a path: somebody can look it up."""
    assert [row.id for row in all_rules() if row.decides and not holds_the_fact(row.source)] == []


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
    assert [row.id for row in REPORTED if row.confidence == "recalled" and not row.note] == []


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
    assert set(rule_notes("ar")) == {row.id for row in REPORTED if row.note}
    assert (
        rule_notes("fr") == {}
    )  # French notes are later work: the page shows the English ones, marked as such


def test_a_rule_of_a_stage_comes_before_a_rule_for_any():
    """CED has a date for its sessions, but no list prior to reporting at all."""
    assert rule("CED", "loipr", "deadline").value == "no-such-stage"
    assert rule("CED", "session", "deadline").value == "session-note"


@pytest.mark.parametrize(
    ("on", "value", "unit"),
    [
        (date(2011, 10, 31), "5", "pages"),
        (date(2011, 11, 1), "2815", "words"),
        (None, "2815", "words"),
    ],
)
def test_of_two_versions_of_a_rule_the_day_chooses(on, value, unit):
    """The UPR counted pages until 31 October 2011 and counts words since."""
    found = rule("UPR", "upr-individual", "length", on=on)
    assert (found.value, found.unit) == (value, unit)


def test_a_version_known_by_its_year_alone_holds_all_that_year():
    """The online system took the place of e-mail about 2014: within that year the newer one is given."""
    assert rule("UPR", "any", "channel", on=date(2013, 12, 31)).value == "email"
    assert rule("UPR", "any", "channel", on=date(2014, 6, 1)).value == "submission-system"
    assert {row.value for row in rules("UPR", "any", on=date(2014, 6, 1)) if row.rule == "channel"} == {
        "email",
        "submission-system",
    }


def test_rules_for_complaints_do_not_answer_for_reports():
    """Both packs speak of CEDAW's languages; each is given only where it is asked for."""
    complaint = rule("CEDAW", "any", "languages", pack="complaints")
    assert complaint is None or complaint.pack == "complaints"
    assert rule("CEDAW", "session", "languages").pack == "treaty-bodies"
    assert {row.pack for row in rules("CEDAW", pack="complaints")} == {"complaints"}


def test_mechanisms_that_are_no_body_have_their_own_rules():
    """UPR, special procedures, the Council, ECOSOC status."""
    assert mechanisms() == ("UPR", "SP", "HRC", "ECOSOC")
    for code in mechanisms():
        assert {row.body for row in rules(code)} == {code}


def test_a_pack_that_a_body_does_not_have_is_refused_in_words():
    """The Subcommittee takes no complaints; the sentence names what it has."""
    with pytest.raises(CourseError, match=r"^SPT has no rules 'complaints'; it has treaty-bodies\.$"):
        rules("SPT", pack="complaints")


def test_every_name_and_code_of_a_rule_is_in_words_and_no_word_is_left_over():
    """In three languages, none empty; what no rule uses is taken out."""
    used = {("rule", row.rule) for row in all_rules()} | {
        ("value", code)
        for row in all_rules()
        if row.unit == "text" and row.value
        for code in row.value.split(";")
    }
    assert set(words()) == used
    for row in words().values():
        assert row.en, row.id
        assert row.fr, row.id
        assert row.ar, row.id
