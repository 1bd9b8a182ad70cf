"""The country files: Morocco's is full, a second one proves that nothing is tied to it."""

from __future__ import annotations

import shutil
from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from course.errors import ContentError, CourseError
from course.facts import country, country_codes
from course.facts.countries import COUNTRIES, read_country
from course.texts import LANGUAGES


def test_two_countries_have_a_file():
    """Morocco, and a small one beside it."""
    assert {"MAR", "TUN"} <= set(country_codes())


@pytest.mark.parametrize("code", country_codes())
def test_every_country_has_what_a_page_needs(code):
    """A name in each language, treaties with their days, reviews with symbols, each value with its source."""
    state = country(code)
    assert len({state.name(language).value for language in LANGUAGES}) == 3
    assert date.fromisoformat(state.treaties["CRC"]["ratification"].value)
    assert any(review.symbols for review in state.reviews)
    assert state.last_review("UPR").review_dates


def test_the_file_of_morocco_is_full():
    """Twelve regions, who coordinates, reports and monitors, at least 120 recommendations."""
    state = country("MAR")
    assert len(state.regions) == 12
    assert {"coordinates", "reports", "monitors"} <= {office.role for office in state.institutions}
    assert len(state.recommendations) >= 120
    assert {row.theme for row in state.recommendations} <= {theme.id for theme in state.themes}
    assert state.last_review("CEDAW").id == "cedaw-2022"
    assert state.next_review("UPR").confidence != "verified"


def test_a_country_is_frozen():
    """A page cannot change what the next page reads."""
    with pytest.raises(FrozenInstanceError):
        country("MAR").code = "XXX"
    with pytest.raises(TypeError):
        country("MAR").facts["country"] = {}


@pytest.mark.parametrize("code", ["XYZ", "mar", "", "../MAR"])
def test_an_unknown_country_is_one_sentence_with_the_known_ones(code):
    """A slip in the letters names what exists."""
    with pytest.raises(CourseError) as caught:
        country(code)
    message = str(caught.value)
    assert repr(code) in message
    assert "MAR, TUN" in message
    assert "\n" not in message


def test_a_broken_file_of_a_country_is_told_with_line_and_column(tmp_path):
    """A recommendation with a date that is none and a position of its own."""
    folder = tmp_path / "ZZZ"
    shutil.copytree(COUNTRIES / "MAR", folder)
    path = folder / "recommendations.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[1] = lines[1].replace(",2012-07-06,", ",soon,", 1).replace(",supported,", ",welcomed,")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_country(folder)
    assert {(p.line, p.problem.split(":")[0]) for p in caught.value.problems} == {
        (2, "date"),
        (2, "position"),
    }


def test_a_country_without_some_tables_is_read(tmp_path):
    """A small file has no regions and no recommendations yet."""
    folder = tmp_path / "ZZZ"
    folder.mkdir()
    for name in ("country.csv", "treaties.csv"):
        shutil.copy(COUNTRIES / "TUN" / name, folder / name)
    state = read_country(folder)
    assert (state.code, state.regions, state.calendar) == ("ZZZ", (), ())
    assert state.last_review("CEDAW") is None
