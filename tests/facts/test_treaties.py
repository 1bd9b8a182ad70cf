"""Treaties: every field a value with its source; no article beyond the last."""

from __future__ import annotations

import pytest

from course.errors import ContentError, CourseError
from course.facts import bodies, cite_article, treaties, treaty
from course.facts.models import Value
from course.facts.treaties import _make

CORE = {"ICERD", "ICCPR", "ICESCR", "CEDAW", "CAT", "CRC", "ICRMW", "CRPD", "ICPPED"}


def test_the_nine_core_treaties_and_their_protocols_are_known():
    """Nine, and nine protocols; each has a body that is known."""
    assert set(treaties()) >= CORE
    assert len(treaties()) == 18
    assert {known.body.value for known in treaties().values()} <= set(bodies())


def test_a_field_is_a_value_that_travels_with_its_source():
    """`treaty("CRC").last_article` has number, source, dates and confidence."""
    last = treaty("CRC").last_article
    assert (str(last), last.number, last.decides) == ("54", 54, True)
    assert "art. 54" in last.source
    assert last.as_of
    assert last.checked


def test_an_article_is_cited():
    """As the field writes it."""
    cited = cite_article("CRC", 54)
    assert (str(cited), cited.checked) == ("CRC, art. 54", True)


@pytest.mark.parametrize("article", [99, 55, 0, -1])
def test_an_article_beyond_the_last_is_refused_in_words(article):
    """And there is no article before the first."""
    with pytest.raises(CourseError, match=rf"^CRC.* no article {article}[:.]"):
        cite_article("CRC", article)


def test_a_last_article_that_nobody_verified_refuses_nothing():
    """The protocol on communications was not read to its end: the citation says it is not checked."""
    assert not treaty("OP-CRC-IC").last_article.decides
    assert not cite_article("OP-CRC-IC", 99).checked


def test_an_unknown_treaty_is_one_sentence_with_the_known_ones():
    """A slip in a code names what exists."""
    with pytest.raises(
        CourseError, match=r"^there is no treaty 'UNCRC'; the course knows ICERD, .*ICPPED\.$"
    ):
        treaty("UNCRC")


def test_a_treaty_with_a_field_missing_and_one_too_many_is_told_at_once():
    """Both faults, each with its remedy."""
    given = treaty("CRC")
    values = {value.field: value for value in given.values}
    odd = values.pop("last_article").model_copy(update={"field": "first_article"})
    with pytest.raises(ContentError) as caught:
        _make("CRC", {**values, "first_article": odd})
    assert [(p.item, p.problem) for p in caught.value.problems] == [
        ("CRC last_article", "this value is missing."),
        ("CRC first_article", "no treaty has this field."),
    ]


def test_a_value_that_is_a_gap_has_nothing_to_say():
    """Empty, and it decides nothing."""
    gap = Value(
        **{"subject": "CRC", "field": "x", "value": "", "source": "looked for in a library"},
        **{"as_of": "2026", "checked": "2026-11-23", "confidence": "gap"},
    )
    assert (str(gap), gap.number, gap.decides) == ("", None, False)
