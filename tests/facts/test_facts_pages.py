"""The pages made from the facts: what a page says is what the data say; old values raise a banner."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup

from course.book.facts_parts import definitions, review_entries, rule_entries, value_entries, when_html
from course.facts import STALE_DAYS, all_facts, bodies, country, glossary, mechanisms, rules
from course.facts.countries import Event
from course.facts.shown import shown_value
from course.texts import LANGUAGES, section

FIRST_LOOK = min(fact.given.checked for fact in all_facts())
CODES = (*bodies(), *mechanisms())


@pytest.fixture
def page(built_book):
    """`page("glossary")`: one page of the built book."""

    def read(name):
        return BeautifulSoup((built_book / f"pages/{name}.html").read_text(encoding="utf-8"), "html.parser")

    return read


@pytest.mark.parametrize("code", CODES)
def test_a_bodys_page_agrees_with_its_pack(page, code):
    """Each rule once, its value in words; what is recalled or unknown reads NOT CHECKED; sources below."""
    shown = page(f"bodies/{code.lower()}")
    for rule in rules(code):
        [place] = shown.select(f'[data-rule="{rule.id}"]')
        told = place.get_text(" ", strip=True)
        assert ("NOT CHECKED" in told) == (not rule.decides), rule.id
        assert (shown_value(rule) in told) if rule.value else True, rule.id
        assert "Last looked at" in place.find("details").get_text()


def test_both_versions_of_a_rule_stand_on_the_page(page):
    """Words since 1 November 2011, pages until 31 October."""
    told = page("bodies/upr").get_text(" ", strip=True)
    assert "2,815 words at most" in told
    assert "5 pages at most" in told
    assert "until 31 October 2011" in told


def test_what_now_names_every_mechanism_and_every_open_door(page):
    """Ten bodies and the UPR with their state; each event of the calendar that is open on any day."""
    told = page("what-now").get_text(" ", strip=True)
    for known in bodies().values():
        assert known.name_en in told
    for event in country("MAR").calendar:
        if event.always_open:
            assert event.what in told, event.id


def test_the_calendar_shows_every_event_with_a_date(page):
    """Coming or passed."""
    told = page("calendar").get_text(" ", strip=True)
    assert [e.id for e in country("MAR").calendar if not e.always_open and e.what not in told] == []


def test_the_glossary_stands_in_three_languages_each_in_its_direction(page):
    """Every term; Arabic blocks run from right to left."""
    shown = page("glossary")
    for term in glossary().values():
        place = shown.find(id=f"term-{term.id}").find_next_sibling("dd")
        arabic = place.find(attrs={"lang": "ar"})
        assert arabic["dir"] == "rtl"
        assert term.term_ar in arabic.get_text()
        assert term.term_fr in place.find(attrs={"lang": "fr"}).get_text()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_a_sheet_can_be_said_in_every_language(code, language):
    """No name and no value without words."""
    for name, _, value in rule_entries(code, None, language):
        assert name
        assert section("facts", language)["source"] in BeautifulSoup(value, "html.parser").get_text()


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2027-06-01", "Days left: 10"),
        ("2027-05-22", "Days left: 0"),
        ("2027-05-21", "The day has passed."),
        ("2027-06", "Days left to the beginning of it: 10"),
        ("any-day", ""),
        ("", "?"),
    ],
)
def test_the_days_left_at_the_build_stand_where_no_script_counts(moment, said):
    """Ten days before 1 June; a month counts to its first day."""
    event = Event(
        **{"id": "x", "what": "x", "body": "UPR", "date_or_month": moment, "note": "", "source": "A/HRC/1/1"},
        **{"as_of": "2026", "checked": "2026-11-23", "confidence": "verified"},
    )
    assert said in when_html(event, dt.date(2027, 5, 22), "en")


@pytest.mark.browser
@pytest.mark.parametrize("name", ["what-now", "bodies/cedaw", "rules"])
def test_a_banner_stands_over_values_that_nobody_looked_at_for_120_days(built_book, offline_page, name):
    """Counted in the browser: not on the 119th day, on the 120th; nothing is asked of anybody."""
    banner = offline_page.locator("#stale-facts")
    for days in (STALE_DAYS - 1, STALE_DAYS):
        day = FIRST_LOOK + dt.timedelta(days)
        offline_page.clock.set_fixed_time(dt.datetime.combine(day, dt.time(12)))
        offline_page.goto((built_book / f"pages/{name}.html").as_uri())
        assert banner.is_visible() == (days == STALE_DAYS)
    assert f"{STALE_DAYS} days ago or earlier" in banner.inner_text()
    assert offline_page.outside_requests == []
    assert offline_page.problems == []


@pytest.mark.browser
def test_days_left_are_counted_on_the_readers_day(built_book, offline_page):
    """Ten days before the first dated event, and once it has passed."""
    offline_page.clock.set_fixed_time(dt.datetime(2027, 1, 22, 12))
    offline_page.goto((built_book / "pages/what-now.html").as_uri())
    place = offline_page.locator('[data-day="2027-02-01"]').first
    assert place.inner_text().endswith(": 10")
    offline_page.clock.set_fixed_time(dt.datetime(2027, 2, 2, 12))
    offline_page.reload()
    assert place.inner_text() == "The day has passed."


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_country_is_shown_by_the_same_parts(language):
    """Every treaty, the last and next review of every body, every event: nothing is tied to Morocco."""
    state = country("TUN")
    made = "".join(
        definitions(value_entries(values, language)) for values in state.treaties.values()
    ) + "".join(definitions(review_entries(code, state, language)) for code in (*bodies(), "UPR"))
    assert (
        state.treaties["CRC"]["ratification"].source.split()[0]
        in BeautifulSoup(made, "html.parser").get_text()
    )
    assert "MAR" not in {place for review in state.reviews for place in "/".join(review.symbols).split("/")}
    for symbol in state.last_review("UPR").symbols:
        assert symbol in made
