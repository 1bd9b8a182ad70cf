"""Readiness says what is missing, in plain words, and never whether an answer is right."""

from __future__ import annotations

import pytest

from course.forms import readiness
from course.texts import LANGUAGES


def test_a_full_form_is_ready(assignment, full):
    """When every field is filled in as asked there is nothing to say."""
    assert readiness(assignment, full) == []


def test_an_empty_form_names_every_required_field_once(assignment):
    """What may stay empty and what the page works out by itself is not asked for."""
    sentences = readiness(assignment, {})
    assert sentences == [
        "“Your course number” is still empty.",
        "“1. Which body?” is still empty.",
        "“3. Put the steps in order.” is still empty.",
        "“4. Which text for which stage?” is still empty.",
        "“5. How many words?” is still empty.",
        "“6. When does the session open?” is still empty.",
        "“7. Your plan, in so many words that this label is longer …” is still empty.",
    ]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("plan", "word " * 11, "has 11 words; 10 is the most."),
        ("plan", "two words", "has 2 words; it needs at least 3."),
        ("student_id", "Ori 1", "is not written as asked. Three small letters, a hyphen, two digits."),
        ("stages", {"before": "short"}, ", 1 of 2 lines are matched."),
        ("steps", None, "is still empty."),
        ("words", "", "is still empty."),
    ],
)
def test_what_is_not_yet_as_asked_is_said_with_its_figures(assignment, full, field, value, said):
    """One sentence for the one field that is not ready."""
    (sentence,) = readiness(assignment, full | {field: value})
    assert sentence.endswith(said)


def test_zero_is_an_answer(assignment, full):
    """The number 0 is not an empty field."""
    assert readiness(assignment, full | {"words": 0}) == []


def test_right_and_wrong_answers_are_equally_ready(assignment, full):
    """Any choice, any order, any number: readiness tells them apart by nothing."""
    for other in (
        {"body": "nobody"},
        {"steps": ["report", "list", "dialogue", "observations"]},
        {"stages": {"before": "full", "after": "short"}},
        {"words": -1},
        {"opens": "1999-01-01"},
    ):
        assert readiness(assignment, full | other) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_readiness_speaks_every_language(assignment, language):
    """The sentences come from the interface texts of the page's language."""
    sentences = readiness(assignment, {"plan": "one"}, language)
    assert len(sentences) == 7
    assert all("{" not in sentence for sentence in sentences)
    assert (sentences == readiness(assignment, {"plan": "one"}, "en")) == (language == "en")
