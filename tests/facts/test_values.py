"""All values in one shape: enough of them sure, the old ones found, two states compared."""

from __future__ import annotations

import shutil
from datetime import date, timedelta

import pytest

from course.errors import CourseError
from course.facts import all_facts, all_rules, compare_days, compare_files, stale
from course.facts.reading import RULES

CHECKED = max(row.checked for row in all_rules())
DAY_120 = CHECKED + timedelta(120)


def test_values_are_many_and_most_were_verified():
    """At least 150, at least 70 % read at their source; each with an id of its own."""
    facts = all_facts()
    verified = [fact for fact in facts if fact.given.decides]
    assert len(facts) >= 150
    assert len(verified) / len(facts) >= 0.7
    assert len({fact.id for fact in facts}) == len(facts)


def test_a_gap_and_a_recalled_value_decide_nothing():
    """Whatever file they stand in; a gap has no value."""
    for fact in all_facts():
        assert fact.as_dict()["decides"] == (fact.given.confidence == "verified")
        assert (fact.value == "") == (fact.given.confidence == "gap")


def test_a_value_is_stale_on_the_120th_day_and_not_before():
    """Counted from the day of the last look."""
    first = min(fact.given.checked for fact in all_facts())
    assert stale(first + timedelta(119)) == ()
    assert stale(first + timedelta(120))
    assert len(stale(first + timedelta(29), days=30)) == 0


def test_a_version_that_ended_needs_no_new_look():
    """Pages of the UPR went out of use in 2011: nobody is sent to look at them."""
    ids = {fact.id for fact in stale(DAY_120)}
    assert "upr-individual-length-words" in ids
    assert "upr-individual-length-pages-2008" not in ids


def test_two_days_show_what_changed_between_them():
    """Pages became words."""
    changes = compare_days(date(2011, 10, 31), date(2011, 11, 1))
    assert {(c.field, c.before, c.after) for c in changes if "individual" in c.id} >= {
        ("value", "5", "2815"),
        ("unit", "pages", "words"),
    }
    assert compare_days(date(2020, 1, 1), date(2020, 1, 1)) == ()


def test_two_folders_of_rules_show_what_changed_between_them(tmp_path):
    """One value changed, one rule gone, one new."""
    before, after = tmp_path / "2026-11-23", tmp_path / "2027-03-01"
    shutil.copytree(RULES, before)
    shutil.copytree(RULES, after)
    path = after / "treaty-bodies.csv"
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        "cedaw-session-length,CEDAW,session,length,3300", "cedaw-session-length,CEDAW,session,length,3000"
    )
    text = text.replace("cat-any-length,", "cat-any-new-length,")
    path.write_text(text, encoding="utf-8")
    assert {(c.id, c.field, c.before, c.after) for c in compare_files(before, after)} == {
        ("cedaw-session-length", "value", "3300", "3000"),
        ("cat-any-length", "removed", "? (words)", ""),
        ("cat-any-new-length", "added", "", "? (words)"),
    }


def test_a_folder_without_rules_is_refused_in_words(tmp_path):
    """It names the path and what may be given."""
    with pytest.raises(CourseError, match=r"there are no rules here; name a CSV of rules"):
        compare_files(tmp_path, RULES)
