"""The ten treaty bodies as the course knows them."""

from __future__ import annotations

import pytest

from course.errors import CourseError
from course.facts import bodies, body, rules
from course.texts import LANGUAGES


def test_there_are_ten_bodies():
    """Nine treaties with a committee each, and the subcommittee that visits: ten."""
    assert set(bodies()) == {
        "CERD",
        "CESCR",
        "HRCttee",
        "CEDAW",
        "CAT",
        "SPT",
        "CRC",
        "CMW",
        "CRPD",
        "CED",
    }


def test_only_the_subcommittee_reads_no_reports():
    """Nine bodies examine reports of States; the SPT visits."""
    assert [code for code, known in bodies().items() if not known.reads_state_reports] == ["SPT"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_body_has_its_own_name_in_each_language(language):
    """Ten different names a language, so that no name was copied from the row above."""
    assert len({known.name(language) for known in bodies().values()}) == 10


def test_arabic_names_are_written_in_arabic():
    """A name that was never translated would stand in Latin letters."""
    for known in bodies().values():
        assert not any("A" <= letter <= "z" for letter in known.name("ar")), known.code


def test_the_human_rights_committee_signs_as_ccpr():
    """CCPR is the code of its documents, not another body."""
    assert body("HRCttee").document_code == "CCPR"


def test_every_body_names_the_text_that_created_it():
    """An article of a treaty; for CESCR alone a resolution of the Economic and Social Council."""
    for known in bodies().values():
        assert ("art" in known.source) != (known.code == "CESCR"), known.source
    assert "resolution 1985/17" in body("CESCR").source


def test_an_unknown_body_is_one_sentence_with_the_known_ones():
    """A slip in a body's code names what exists, on one line."""
    with pytest.raises(CourseError) as caught:
        rules("CCPR")
    message = str(caught.value)
    assert "'CCPR'" in message
    assert "HRCttee" in message
    assert "\n" not in message
