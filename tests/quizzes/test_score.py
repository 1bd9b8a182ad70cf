"""The credit of a response: bounds for any JSON value, full credit for the key, the rule of each kind."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.content import load_items
from course.content.models import DateChoice, NumberChoice
from course.quizzes.score import (
    credit_build,
    credit_classification,
    credit_cloze,
    credit_hunt,
    credit_matching,
    credit_multiple,
    credit_ordering,
    credit_single,
    credit_value,
    find_value,
    score_response,
)

SAMPLE = Path(__file__).parent / "sample"
GARDEN = load_items("01-garden", SAMPLE)

IDS = ["a", "b", "c", "d"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.sampled_from(IDS),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.sampled_from([*IDS, "x"]), inner, max_size=5)
    ),
    max_leaves=8,
)
NUMBERS = {
    "right": NumberChoice(value=28, feedback="28 days.", credit=0.2),
    "month": NumberChoice(value=30, feedback="A month.", credit=0.5),
    "week": NumberChoice(value=7, feedback="A week."),
}
DAYS = {
    "right": DateChoice(value=date(2027, 9, 13), feedback="Yes."),
    "month": DateChoice(value=date(2027, 9, 11), feedback="A month.", credit=0.5),
}


def with_ids_of(item):
    """JSON values in which ids, targets, gaps, parts and written answers of an item turn up."""
    names = {*getattr(item, "choices", {}), *getattr(item, "targets", {})}
    for place in (*getattr(item, "gaps", {}).values(), *getattr(item, "parts", {}).values()):
        names |= set(place.choices)
    places = {*names, *getattr(item, "gaps", {}), *getattr(item, "parts", {}), "x"}
    values = st.sampled_from(sorted(names)) | JSON
    return JSON | st.lists(values, max_size=6) | st.dictionaries(st.sampled_from(sorted(places)), values)


@pytest.mark.parametrize("name", [name for name in GARDEN if name != "garden-hostile"])
@given(data=st.data())
def test_any_response_to_an_item_earns_between_0_and_1(name, data):
    """For each of the twelve kinds, nonsense in the item's own words earns 0 to 1 and raises nothing."""
    credit = score_response(GARDEN[name], data.draw(with_ids_of(GARDEN[name])))

    assert isinstance(credit, float)
    assert 0.0 <= credit <= 1.0


@given(response=JSON)
def test_any_json_value_earns_between_0_and_1(response):
    """Whatever a file holds, each rule gives a number from 0 to 1 and raises nothing."""
    credits = [
        credit_single(response, "a"),
        credit_multiple(response, ["a", "b"]),
        credit_ordering(response, IDS),
        credit_matching(response, {"a": "c", "b": "d"}),
        credit_value(response, NUMBERS, "right", 0.5),
        credit_value(response, DAYS, "right"),
    ]
    assert all(isinstance(credit, float) and 0.0 <= credit <= 1.0 for credit in credits)


@given(order=st.permutations(IDS), size=st.integers(1, 4))
def test_the_key_earns_1(order, size):
    """The key itself earns everything, in whatever order the file lists it."""
    assert credit_single(order[0], order[0]) == 1.0
    assert credit_multiple(order[:size][::-1], order[:size]) == 1.0
    assert credit_ordering(order, order) == 1.0
    pairs = dict(zip(IDS, order, strict=True))
    assert credit_matching(dict(pairs), pairs) == 1.0


@given(order=st.permutations(IDS))
def test_an_order_and_its_reverse_never_both_earn(order):
    """Pairs in the right order minus pairs in the wrong one: a reversed order earns what is cut at 0."""
    assert 0.0 in (credit_ordering(order, IDS), credit_ordering(order[::-1], IDS))


@pytest.mark.parametrize(
    ("chosen", "credit"),
    [
        (["a"], 0.5),
        (["a", "b"], 1.0),
        (["a", "b", "c"], 0.5),
        (["a", "c"], 0.0),
        (IDS, 0.0),
        (["a", "a"], 0.5),
        ([], 0.0),
    ],
)
def test_a_false_alarm_takes_away_a_hit(chosen, credit):
    """With two right of four, ticking everything earns nothing and a repeated id counts once."""
    assert credit_multiple(chosen, ["a", "b"]) == credit


@pytest.mark.parametrize(
    ("order", "credit"),
    [
        (["b", "a", "c", "d"], 4 / 6),
        (["d", "a", "b", "c"], 0.0),
        (["b", "c", "d", "a"], 0.0),
        (["a", "b"], 1 / 6),
        (["a", "b", "b", "c"], 0.0),
    ],
)
def test_ordering_counts_pairs(order, credit):
    """One swap of neighbours costs one pair of six twice; half an order earns its own pairs only."""
    assert credit_ordering(order, IDS) == pytest.approx(credit)


def test_a_match_left_open_counts_as_wrong():
    """Two of three matched rightly and one left open are two thirds."""
    assert credit_matching({"a": "x", "b": "y"}, {"a": "x", "b": "y", "c": "z"}) == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("response", "credit"),
    [(28, 1.0), (28.5, 1.0), (28.6, 0.0), (30, 0.5), (7, 0.0), ("28", 0.0), (True, 0.0), (10**400, 0.0)],
)
def test_a_number_earns_the_key_or_a_known_near_miss(response, credit):
    """The tolerance is inclusive, the key's own `credit` plays no part, text is no number."""
    assert credit_value(response, NUMBERS, "right", 0.5) == credit


@pytest.mark.parametrize(
    ("response", "credit"),
    [("2027-09-13", 1.0), ("2027-09-11", 0.5), ("20270913", 0.0), ("2027-9-13", 0.0), (20270913, 0.0)],
)
def test_a_day_is_written_year_month_day(response, credit):
    """Only YYYY-MM-DD is a day; a known near miss earns its credit."""
    assert credit_value(response, DAYS, "right") == credit


def test_the_key_is_found_before_a_near_miss():
    """Where the tolerance reaches two numbers, the key is the one that is meant."""
    near = {"low": NumberChoice(value=27, feedback="Low."), "right": NumberChoice(value=28, feedback="Yes.")}
    assert find_value(27.5, near, "right", 1.0) == "right"


@pytest.mark.parametrize(
    ("response", "credit"),
    [
        ({"one": "a", "two": "b"}, 1.0),
        ({"one": "a", "two": "a"}, 0.5),
        ({"one": "a"}, 0.5),
        ({"one": ["a"], "two": {}}, 0.0),
        ({"x": "a"}, 0.0),
        ("a", 0.0),
        (["a", "b"], 0.0),
    ],
)
def test_each_gap_counts_once(response, credit):
    """Two gaps: one right is half, an open one is wrong, a list is no answer."""
    assert credit_cloze(response, {"one": "a", "two": "b"}) == credit


@pytest.mark.parametrize(
    ("response", "categories", "credit"),
    [
        ({"a": "x", "b": "x", "c": "y", "d": "y"}, 2, 1.0),
        ({"a": "x", "b": "x", "c": "y", "d": "x"}, 2, 0.5),
        ({"a": "x", "b": "x", "c": "x", "d": "x"}, 2, 0.0),
        ({"a": "x", "b": "x", "c": "y"}, 2, 0.75),
        ({"a": "x", "b": "x", "c": "y", "d": None}, 2, 0.75),
        ({"a": "x", "b": "x", "c": "y", "d": 7}, 2, 0.5),
        ({"a": "x", "b": "x", "c": "y", "d": "x"}, 3, 0.625),
        ({"a": "y", "b": "y", "c": "x", "d": "x"}, 3, 0.0),
        ({}, 2, 0.0),
        (["x", "x", "y", "y"], 2, 0.0),
    ],
)
def test_a_wrong_category_costs_what_guessing_would_earn(response, categories, credit):
    """With two categories a wrong one takes a right one back, with three half of it; open costs nothing."""
    key = {"a": "x", "b": "x", "c": "y", "d": "y"}

    assert credit_classification(response, key, categories) == credit


@given(guess=st.sampled_from("xy"), size=st.integers(1, 6))
def test_one_category_for_everything_earns_nothing(guess, size):
    """Who puts all into one of two categories knows nothing, and gets nothing where they are even."""
    key = {f"{name}{index}": name for index in range(size) for name in "xy"}

    assert credit_classification(dict.fromkeys(key, guess), key, 2) == 0.0


def test_a_hunt_earns_the_mean_of_its_parts():
    """The right document with a wrong paragraph is half, a known near miss its credit, nothing is nothing."""
    parts = GARDEN["garden-hunt"].parts

    assert credit_hunt({"symbol": "crc/c/mar/co/3-4", "kind": "الملاحظات الختامية"}, parts) == 1.0
    assert credit_hunt({"symbol": "CRC/C/MAR/CO/3-4"}, parts) == 0.5
    assert credit_hunt({"symbol": "CRC/C/MAR/3-4", "kind": 3}, parts) == 0.125
    assert credit_hunt("CRC/C/MAR/CO/3-4", parts) == 0.0


@pytest.mark.parametrize(
    ("response", "credit"),
    [
        ({"finding": "b", "basis": "c"}, 1.0),
        ({"fact": "wrong", "finding": "b", "basis": "c"}, 1.0),
        ({"fact": "a", "finding": "b"}, 0.5),
        ({"fact": "a"}, 0.0),
        ({"finding": "c", "basis": "b"}, 0.0),
        (["a", "b", "c"], 0.0),
    ],
)
def test_only_slots_that_were_not_given_count(response, credit):
    """What stood there already earns nothing, whatever comes back for it."""
    assert credit_build(response, {"fact": "a", "finding": "b", "basis": "c"}, ["fact"]) == credit


def test_marked_paragraphs_are_scored_like_ticked_choices():
    """Marking every paragraph is no way to full marks."""
    item = GARDEN["garden-paragraphs"]

    assert score_response(item, ["cover", "fence"]) == 1.0
    assert score_response(item, ["fence", "smell"]) == 0.0
    assert score_response(item, list(item.choices)) == 0.0


def test_an_unknown_kind_is_a_fault_of_the_program():
    """A kind without a rule must not silently earn nothing."""

    class Riddle:
        kind = "riddle"

    with pytest.raises(ValueError, match="riddle"):
        score_response(Riddle(), "a")
