"""Each kind of field takes what its control can send, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.errors import SubmissionError
from course.forms.values import check_value, is_empty


@pytest.fixture(scope="session")
def fields(assignment):
    """The fields of a91 by id."""
    return {field.id: field for field in assignment.form.fields}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("body", "crc"),
        ("belongs", ["names"]),
        ("steps", ["list", "report", "observations", "dialogue"]),
        ("stages", {"after": "full"}),
        ("words", 12.5),
        ("words", -3),
        ("opens", "2028-02-29"),
        ("last_day", "2027-09-13"),
        ("plan", "سطر أول\n\tسطر ثانٍ"),
        ("opening", "We write to CEDAW."),
    ],
)
def test_what_a_field_can_hold_is_kept_as_it_is(fields, field, value):
    """A value of the right kind comes back unchanged."""
    assert check_value(fields[field], value) == value


@pytest.mark.parametrize("field", ["body", "belongs", "steps", "stages", "words", "opens", "plan", "opening"])
@pytest.mark.parametrize("value", [None, "", "  \n", [], {}])
def test_an_emptied_field_is_empty_whatever_its_kind(fields, field, value):
    """What was cleared is stored as nothing at all."""
    assert check_value(fields[field], value) is None


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("body", "cat", "no choice of this question"),
        ("body", ["crc"], "no choice of this question"),
        ("body", 1, "no choice of this question"),
        ("belongs", "names", "not a list"),
        ("belongs", ["names", "names"], "names a choice twice"),
        ("belongs", ["names", "questions", "context", "names"], "more choices than there are"),
        ("belongs", [["names"]], "no choice"),
        ("belongs", {"names": True}, "not a list"),
        ("steps", ["report", "list"], "puts 2 of 4 choices in order"),
        ("steps", ["report", "report", "list", "dialogue"], "names a choice twice"),
        ("stages", ["short"], "does not say which line"),
        ("stages", {"before": "long"}, "no choice"),
        ("stages", {"never": "short"}, "no choice"),
        ("stages", {"before": {"short": 1}}, "no choice"),
        ("words", "12", "not a number"),
        ("words", True, "not a number"),
        ("words", float("inf"), "too large"),
        pytest.param("words", 10**400, "too large", id="words-huge"),
        ("opens", "2027-02-30", "no calendar"),
        ("opens", "11 October 2027", "not a day"),
        ("opens", "20271011", "not a day"),
        ("opens", "2027-W41-1", "not a day"),
        ("opens", 20271011, "not a day"),
        ("opens", "٢٠٢٧-١٠-١١", "not a day"),
        ("plan", 7, "not a text"),
        ("plan", ["text"], "not a text"),
        ("plan", "word " * 31, "31 words where 10 are asked for"),
        ("opening", "x" * 50_001, "50001 characters"),
        ("student_id", "x" * 1_001, "1001 characters"),
    ],
)
def test_what_a_field_cannot_hold_is_refused_in_one_sentence(fields, field, value, problem):
    """The sentence names the question and says what is wrong with the answer."""
    with pytest.raises(SubmissionError) as refused:
        check_value(fields[field], value)
    sentence = str(refused.value)
    assert sentence.startswith(f"{field}: ")
    assert problem in sentence
    assert "\n" not in sentence
    assert len(sentence) < 200


def test_a_text_may_be_three_times_its_limit(fields):
    """The limit of words is for marking; only what nobody would write is refused."""
    assert check_value(fields["plan"], "word " * 30) == "word " * 30


def test_signs_that_no_page_can_show_are_dropped(fields):
    """A control sign pasted from elsewhere does not lose the learner the text."""
    assert check_value(fields["plan"], "one\x00\x0b two\ud800\nthree") == "one two\nthree"


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=6,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(field=st.integers(0, 9), value=anything)
def test_any_json_is_either_kept_or_refused_in_words(assignment, field, value):
    """No value, however strange, raises anything but a SubmissionError; what is kept is kept again."""
    question = assignment.form.fields[field]
    try:
        kept = check_value(question, value)
    except SubmissionError as error:
        assert str(error).startswith(question.id)
    else:
        assert is_empty(kept) or check_value(question, kept) == kept
