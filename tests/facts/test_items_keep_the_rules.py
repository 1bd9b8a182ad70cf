"""What the questions of M3 teach is what the table of the rules says, on the same day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from course.content import load_items, load_module
from course.facts import body, documents, rule, treaty

MODULE = "03-treaty-bodies"


def key_of(item_id: str):
    """The right number or day of an item."""
    item = load_items(MODULE)[item_id]
    return item.choices[item.key].value


def weeks(code: str, stage: str) -> timedelta:
    """The time before the opening by which a text is due."""
    deadline = rule(code, stage, "deadline")
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


@pytest.mark.parametrize(
    ("module", "item", "opening"),
    [
        ("00-start", "m0-date-01", date(2027, 7, 5)),
        ("00-start", "m0-date-03", date(2027, 3, 1)),
        (MODULE, "tb-deadline-01", date(2021, 10, 18)),
        (MODULE, "tb-deadline-12", date(2028, 6, 5)),
    ],
)
def test_worked_twins_of_cedaw_follow_the_rule(module, item, opening):
    """A hint that is solved by an old rule would teach it."""
    twin = load_items(module)[item].hints[2]
    last_day = opening - weeks("CEDAW", "session")
    assert f"Monday {opening.day} {opening:%B}" in twin
    assert f"Monday {last_day.day} {last_day:%B}" in twin


@pytest.mark.parametrize(
    ("module", "item", "month", "said"),
    [
        ("00-start", "m0-date-02", "October", "1 August"),
        (MODULE, "tb-deadline-04", "February", "1 December"),
        (MODULE, "tb-deadline-05", "June", "1 April"),
    ],
)
def test_worked_twins_of_the_childrens_committee_follow_the_rule(module, item, month, said):
    """The fixed day that is named stands in the rule, and belongs to that pre-session."""
    twin = load_items(module)[item].hints[2]
    days = rule("CRC", "loipr", "deadline").value.split(";")
    fixed = dict(zip(("February", "June", "October"), days, strict=True))
    assert f"pre-session of {month}" in twin
    assert f"the day is {said}" in twin
    assert datetime.strptime(f"2000 {said}", "%Y %d %B").strftime("%m-%d") == fixed[month]


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


def test_the_kind_of_last_day_is_that_of_the_table():
    """Weeks, fixed days, or only the session's note; an item sorts nothing that is not verified."""
    units = {"weeks-before-session": "weeks", "month-days": "fixed"}
    deadlines = {
        "cedaw": rule("CEDAW", "session", "deadline"),
        "crc_list": rule("CRC", "loipr", "deadline"),
        "crc_report": rule("CRC", "session", "deadline"),
        "hrcttee": rule("HRCttee", "session", "deadline"),
        "ced": rule("CED", "session", "deadline"),
    }
    said = {
        choice: "note" if found.value == "session-note" else units[found.unit]
        for choice, found in deadlines.items()
    }
    assert load_items(MODULE)["tb-deadline-13"].key == said
    assert all(found.decides for found in deadlines.values())


def test_how_a_body_learns_about_a_state_is_what_its_treaty_says():
    """Years between reports: again and again. On request: one report. No reports: visits."""
    item = load_items(MODULE)["tb-entry-05"]
    for choice, target in item.key.items():
        known = body(choice.upper())
        if not known.reads_state_reports:
            assert target == "visits"
            continue
        years = treaty(known.treaty).periodic_report_years
        assert target == ("periodic" if years.number else "once")
        assert years.decides
    assert {choice for choice, target in item.key.items() if target != "periodic"} == {"spt", "ced"}


@pytest.mark.parametrize("item", ["tb-symbol-01", "tb-symbol-02", "tb-hunt-01", "tb-hunt-02"])
def test_symbols_to_be_written_are_read_and_real(item):
    """Whoever writes the right answer has written the symbol of a document that was seen."""
    real = {document.symbol for document in documents("MAR") if document.decides}
    found = load_items(MODULE)[item]
    keys = [
        place.choices[place.key].values[0]
        for place in ([found] if found.kind == "short-text" else found.parts.values())
    ]
    symbols = [value for value in keys if "/" in value]
    assert set(symbols) <= real
    if found.kind == "short-text" and not symbols:
        assert [symbol for symbol in real if f"/{keys[0]}/" in symbol]


def test_the_drill_counts_from_a_monday_with_a_verified_rule():
    """A drill on a recalled date would teach a guess."""
    drill = load_module(MODULE).drills["backward"]
    assert f"{drill.session:%A}" == "Monday"
    assert rule(drill.body, drill.stage, "deadline").decides
