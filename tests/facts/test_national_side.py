"""What M7 and a07 say of offices, names to gather, months and days is what the data say, on the same day."""

from __future__ import annotations

import ast
import json
import re
from datetime import date, timedelta

import nbformat
import pytest

from course.content import load_forms, load_items
from course.facts import country
from course.files import find_root

ROOT = find_root()
MODULE = "07-national-side"
FACTS = country("MAR").facts
ITEMS = load_items(MODULE)
IN_WORDS = {"two": 2, "three": 3, "twenty": 20}


def page(lesson: str) -> str:
    """The text of a lesson."""
    cells = json.loads((ROOT / f"modules/{MODULE}/{lesson}.ipynb").read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")


def months_for(council: str) -> int:
    """The months within which this kind of council tells a refusal."""
    refusal = FACTS["law-local-petitions"]["refusal"].value
    return IN_WORDS[re.search(rf"within (\w+) months (?:(?!within).)*\b{council}", refusal)[1]]


def later(day: date, months: int) -> date:
    """The same day some months on, in the same year."""
    return day.replace(month=day.month + months)


def scheme_of_a07(field: str) -> dict:
    """The scheme in the hidden part of the page."""
    path = ROOT / "assignments/a07-petition-and-map/a07.ipynb"
    [cell] = [c for c in nbformat.read(path, as_version=4).cells if c.id == f"a07-{field}"]
    call = ast.parse(cell.source).body[-1].value
    return {keyword.arg: ast.literal_eval(keyword.value) for keyword in call.keywords}


def test_the_names_to_gather_are_those_of_the_laws_of_2021():
    """In the table of doors and in the quiz; the old and the proposed numbers are said to be so."""
    motion, petition = FACTS["law-motions"]["signatures"], FACTS["law-petitions"]["signatures"]
    assert motion.decides and petition.decides
    text = page("03-a-petition-that-holds")
    for number, changed in ((petition, "70-21"), (motion, "71-21")):
        assert f"changed by {changed} | citizens on the lists of voters | **{number.number:,}** |" in text
    assert (
        f"{petition.number:,} and {motion.number:,} are the numbers of the laws of **September 2021" in text
    )
    older = FACTS["law-petitions"]["signatures_2016"].number
    assert f"{older:,} and 25,000 stood in the laws of **2016**" in text
    asked = ITEMS["na-pet-01"]
    assert asked.targets[asked.key["national"]].text == f"{petition.number:,}"
    assert asked.targets[asked.key["motion"]].text == f"{motion.number:,}"


def test_the_names_at_a_regional_council_are_those_of_the_data():
    """400 of a region between one and three million, and its part in each province."""
    said = FACTS["law-regions"]["petition_signatures"]
    assert said.decides
    small, middle, large = re.findall(r"\b(\d{3})\b(?!,)(?<!,\d{3})", said.value)[:3]
    share = int(re.search(r"(\d+)%", said.value)[1])
    text = page("03-a-petition-that-holds")
    assert f"says {small} names below one million people, {middle} up to three million, {large} above" in text
    asked = ITEMS["na-pet-10"]
    assert asked.choices[asked.key].value == int(middle) * share / 100


def test_a_refusal_comes_within_the_months_of_the_data():
    """Of a commune in the quiz, of a province in the assignment."""
    asked = ITEMS["na-pet-02"]
    assert asked.choices[asked.key].value == later(date(2027, 1, 12), months_for("communes"))
    scheme = scheme_of_a07("told-by")
    right = scheme["choices"][scheme["key"]]["value"]
    assert right == later(date(2027, 1, 18), months_for("provinces")).isoformat()


def test_a_minister_answers_within_the_days_of_the_constitution():
    """Twenty days on, as article 100 has it."""
    said = FACTS["constitution-art-100"]["content"]
    days = IN_WORDS[re.search(r"within (\w+) days", said.value)[1]]
    asked = ITEMS["na-step-04"]
    assert said.decides
    assert asked.choices[asked.key].value == date(2027, 3, 1) + timedelta(days=days)


def test_how_often_a_question_is_answered_is_what_the_data_say():
    """The lesson promises no answer in twenty days: it says how many questions had one."""
    said = FACTS["constitution-art-100"]["practice_2024"]
    assert said.decides
    answered, asked, aloud, asked_aloud = (
        int(number.replace(",", "")) for number in re.findall(r"\b\d{1,2},\d{3}\b", said.value)
    )
    text = " ".join(page("04-one-contact-a-step").split())
    assert round(10 * answered / asked) == 7
    assert "about seven of ten written questions" in text
    assert aloud / asked_aloud < 1 / 4
    assert "fewer than one in four oral ones" in text


def test_the_days_for_numbers_and_for_an_opinion_are_those_of_the_data():
    """An office has working days, the commission on national petitions has sixty days."""
    days = re.search(
        r"within (\d+) working days, which may be prolonged by (\d+)",
        FACTS["law-access-information"]["answer"].value,
    )
    text = " ".join(page("04-one-contact-a-step").split())
    assert f"The office has {days[1]} working days, and may take {days[2]} more" in text
    opinion = re.search(r"the commission has (\d+) days", FACTS["law-petitions"]["committee"].note)[1]
    assert f"a commission has {opinion} days for its opinion" in page("03-a-petition-that-holds")


@pytest.mark.parametrize(
    ("office", "role"),
    [
        ("DIDH", "coordinates"),
        ("DIDH", "reports"),
        ("CNDH", "monitors"),
        ("CNDH", "npm"),
        ("Mediator", "mediator"),
    ],
)
def test_an_office_has_the_task_that_the_lesson_gives_it(office, role):
    """The roles of the offices are rows of the country's file."""
    found = [row for row in country("MAR").institutions if row.role == role and office in row.name_en]
    assert found
    assert f"**{office}**" in page("01-who-does-what")


@pytest.mark.parametrize("article", ["14", "15", "27", "100", "139", "161", "162"])
def test_an_article_was_read_where_it_is_quoted(article):
    """The module teaches no article of the Constitution that is only recalled."""
    assert all(value.decides for value in FACTS[f"constitution-art-{article}"].values())


def test_the_map_knows_every_region_with_its_seat():
    """The twelve regions of the data, each with its own seat."""
    [field] = [field for field in load_forms(MODULE)["our-map"].fields if field.id == "region"]
    seats = {region.id.lower(): region.seat for region in country("MAR").regions}
    assert field.choices.keys() == seats.keys()
    assert all(
        f"The seat of the region is {seats[name]}." in choice.note for name, choice in field.choices.items()
    )
