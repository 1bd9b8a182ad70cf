"""The credit of a response: bounds for any JSON value, full credit for the key, the rule of each kind."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course.content.models import DateChoice, NumberChoice
from course.quizzes.score import (
    credit_matching,
    credit_multiple,
    credit_ordering,
    credit_single,
    credit_value,
    find_value,
    score_response,
)

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


def test_an_unknown_kind_is_a_fault_of_the_program():
    """A kind without a rule must not silently earn nothing."""

    class Riddle:
        kind = "riddle"

    with pytest.raises(ValueError, match="riddle"):
        score_response(Riddle(), "a")
