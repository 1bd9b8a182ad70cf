"""What the questions of M3 teach is what the table of the rules says, on the same day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from course.content import load_items, load_module
from course.facts import rule

MODULE = "03-treaty-bodies"


def key_of(item_id: str):
    """The right number or day of an item."""
    item = load_items(MODULE)[item_id]
    return item.choices[item.key].value


def weeks(body: str, stage: str) -> timedelta:
    """The time before the opening by which a text is due."""
    deadline = rule(body, stage, "deadline")
    assert deadline.unit == "weeks-before-session"
    return timedelta(weeks=int(deadline.value))


@pytest.mark.parametrize(
    ("item", "opening"),
    [
        ("tb-deadline-01", date(2027, 10, 11)),
        ("tb-deadline-02", date(2023, 10, 9)),
        ("tb-deadline-12", date(2028, 2, 7)),
    ],
)
def test_last_days_of_cedaw_follow_the_rule(item, opening):
    """Where the rule changes, the item must change with it."""
    assert opening.strftime("%A") == "Monday"
    assert f"{opening.day} {opening:%B}" in load_items(MODULE)[item].stem
    assert key_of(item) == opening - weeks("CEDAW", "session")


def test_the_days_of_four_weeks_follow_the_rule():
    """28 days, as long as it is four weeks."""
    assert key_of("tb-deadline-03") == weeks("CEDAW", "session").days


@pytest.mark.parametrize(("item", "month_of_pre_session"), [("tb-deadline-04", 6), ("tb-deadline-05", 2)])
def test_fixed_days_of_the_childrens_committee_follow_the_rule(item, month_of_pre_session):
    """The last fixed day before the pre-session."""
    days = rule("CRC", "loipr", "deadline").value.split(";")
    pre_session = date(
        key_of(item).year + (month_of_pre_session < key_of(item).month), month_of_pre_session, 1
    )
    due = max(
        day
        for year in (pre_session.year - 1, pre_session.year)
        for text in days
        if (day := date.fromisoformat(f"{year}-{text}")) < pre_session
    )
    assert f"{pre_session:%B %Y}" in load_items(MODULE)[item].stem
    assert key_of(item) == due


def test_the_words_to_cut_follow_the_rule():
    """3,150 words and 420 in footnotes, less the limit of one association."""
    assert key_of("tb-rules-03") == 3150 + 420 - int(rule("CEDAW", "session", "length").value)


def test_limits_to_be_matched_are_those_of_the_table():
    """The words under a target are the value of the rule."""
    item = load_items(MODULE)["tb-rules-01"]
    for choice, rule_of in {
        "crc_theme": rule("CRC", "loipr", "length-thematic"),
        "hrcttee": rule("HRCttee", "session", "length"),
        "cedaw_joint": rule("CEDAW", "session", "length-joint"),
    }.items():
        assert item.targets[item.key[choice]].text == f"{int(rule_of.value):,} words"
        assert rule_of.decides
    assert rule("CAT", "session", "length").confidence == "gap"


def test_delays_of_follow_up_are_those_of_the_table():
    """One year, two years, none."""
    said = {"one": "1", "two": "2", "never": "no-procedure"}
    for choice, target in load_items(MODULE)["tb-rules-10"].key.items():
        assert rule(choice.upper(), "follow-up", "follow-up-delay").value == said[target]


def test_what_an_item_calls_confirmed_is_confirmed():
    """And what it calls recalled is not."""
    item = load_items(MODULE)["tb-rules-09"]
    rules_of = {
        "hrcttee_languages": rule("HRCttee", "session", "languages"),
        "cat_weeks": rule("CAT", "session", "deadline"),
        "cedaw_words": rule("CEDAW", "session", "length"),
        "cescr_pages": rule("CESCR", "session", "length"),
    }
    assert set(rules_of) == set(item.choices)
    assert {choice for choice, found in rules_of.items() if found.decides} == set(item.key)
    assert rule("CRPD", "session", "length").confidence == "recalled"


def test_the_drill_counts_from_a_monday_with_a_verified_rule():
    """A drill on a recalled date would teach a guess."""
    drill = load_module(MODULE).drills["backward"]
    assert f"{drill.session:%A}" == "Monday"
    assert rule(drill.body, drill.stage, "deadline").decides
