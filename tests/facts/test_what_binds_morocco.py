"""What M1 and a01 print of Morocco's promises is what the data say, on the same day."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta

import pytest

from course.content import load_assignment, load_items
from course.facts import country, documents, treaties, treaty
from course.files import find_root

ROOT = find_root()
MODULE = "01-rights-and-duties"
LESSON = ROOT / "modules" / MODULE / "03-what-binds-morocco.ipynb"
JOINED = country("MAR").treaties
CORE = ("ICERD", "ICESCR", "ICCPR", "CEDAW", "CAT", "CRC", "ICRMW", "CRPD", "ICPPED")
# By its last articles. Months: ICESCR 27, ICCPR 49, ICCPR-OP1 9, OP-CEDAW 16, OP-CRC-AC 10, OP-CRC-SC 14.
# The thirtieth day: ICERD 19, CEDAW 27, CAT 27, CRC 49, CRPD 45, ICPPED 39, OPCAT 28, OP-CRPD 13.
MONTHS = {"ICESCR": 3, "ICCPR": 3, "ICCPR-OP1": 3, "OP-CEDAW": 3, "OP-CRC-AC": 1, "OP-CRC-SC": 1}


def day(text: str) -> date:
    """A day as the lessons write it."""
    return datetime.strptime(text, "%d %B %Y").date()


def joined(code: str) -> date | None:
    """The day on which Morocco joined, or None where the data have none."""
    said = JOINED[code]["ratification"].value
    return date.fromisoformat(said) if said[0].isdigit() else None


def binds(code: str) -> date:
    """The day from which the treaty binds Morocco: its own waiting time, and never before it is in force."""
    at = joined(code)
    if code in MONTHS:
        at = at.replace(month=at.month + MONTHS[code])
    else:
        at += timedelta(days=30)
    return max(at, date.fromisoformat(treaty(code).in_force.value))


def printed_rows() -> dict[str, list[str]]:
    """The lines of the lesson's two tables of treaties, by their short name."""
    rows = {}
    for cell in json.loads(LESSON.read_text(encoding="utf-8"))["cells"]:
        for line in "".join(cell["source"]).splitlines():
            parts = [part.strip() for part in line.strip().strip("|").split("|")]
            code = parts[0].split(" (")[0]
            if code in treaties():
                rows[code] = parts
    return rows


def test_every_treaty_and_protocol_is_printed():
    """Nine and nine: none is left out, and none stands there that the data do not have."""
    assert set(printed_rows()) == set(treaties())
    assert len(CORE) == len(treaties()) / 2


@pytest.mark.parametrize("code", [code for code in treaties() if joined(code)])
def test_a_printed_day_is_that_of_the_data(code):
    """Joined as the data say, and binding since the day that follows from it."""
    assert JOINED[code]["ratification"].decides
    assert [day(text) for text in printed_rows()[code][-2:]] == [joined(code), binds(code)]


@pytest.mark.parametrize("code", [code for code in treaties() if not joined(code)])
def test_what_was_not_joined_is_marked_as_not_checked(code):
    """No day, and a star: the data only recall it."""
    assert not JOINED[code]["ratification"].decides
    row = printed_rows()[code]
    assert row[1].startswith("no")
    assert row[1].endswith("*")
    assert row[2] == ""


def test_the_counted_days_agree_with_those_that_were_read():
    """Two protocols are in force since 22 July 2022 by a page of that day."""
    for code in ("ICCPR-OP1", "OP-CEDAW"):
        assert "In force since 22 July 2022" in JOINED[code]["complaints"].note
        assert binds(code) == date(2022, 7, 22)


def test_how_morocco_joined_is_what_the_lesson_says():
    """All nine by ratification, CEDAW by accession."""
    assert {code for code in CORE if JOINED[code]["type"].value == "accession"} == {"CEDAW"}
    assert "All by ratification; CEDAW by accession." in LESSON.read_text(encoding="utf-8")


def test_the_authentic_languages_are_what_the_lesson_says():
    """Of the nine, three are not authentic in Arabic: the two Covenants and ICERD."""
    without = {code for code in CORE if "ar" not in treaty(code).authentic_languages.value.split(";")}
    assert without == {"ICCPR", "ICESCR", "ICERD"}


def test_the_items_ask_for_the_days_of_the_data():
    """Days to be written, to be matched and to be counted."""
    items = load_items(MODULE)
    for name, code in {"rd-bind-02": "ICCPR-OP1", "rd-bind-06": "ICRMW"}.items():
        assert items[name].choices[items[name].key].value == binds(code)
    matching = items["rd-bind-04"]
    for choice, target in matching.key.items():
        assert day(matching.targets[target].text) == joined(choice.upper())
    count = items["rd-bind-09"]
    assert count.choices[count.key].value == sum(joined(code) is not None for code in CORE)
    codes = {"op_cedaw": "OP-CEDAW", "death": "ICCPR-OP2", "opcat": "OPCAT", "op_icescr": "OP-ICESCR"}
    codes["op1"] = "ICCPR-OP1"
    assert set(items["rd-bind-03"].choices) == set(codes)
    assert set(items["rd-bind-03"].key) == {choice for choice, code in codes.items() if joined(code)}


def test_the_assignment_sorts_as_the_data_do():
    """Joined, or no joining found."""
    folder = ROOT / "assignments/a01-rights-and-duties"
    asked = next(f for f in load_assignment(folder / "assignment.yml").form.fields if f.id == "bound")
    page = (folder / "a01.ipynb").read_text(encoding="utf-8")
    for choice in asked.choices:
        target = "joined" if joined(choice.upper().replace("_", "-")) else "not_found"
        assert f'\\"{choice}\\": \\"{target}\\"' in page


def test_the_hunt_ends_at_a_document_that_was_seen():
    """Its symbol is real, and the list has the line."""
    parts = load_items(MODULE)["rd-bind-11"].parts
    right = {name: part.choices[part.key].values[0] for name, part in parts.items()}
    assert right["symbol"] in {row.symbol for row in documents("MAR")}
    found = [
        row
        for row in country("MAR").recommendations
        if (row.symbol, row.paragraph) == (right["symbol"], right["paragraph"])
    ]
    assert [row.decides for row in found] == [True]


def test_the_number_of_signatures_is_that_of_the_data():
    """Printed for motions and for national petitions, as the laws of 2021 have it."""
    facts = country("MAR").facts
    numbers = [facts[law]["signatures"] for law in ("law-motions", "law-petitions")]
    assert all(number.decides for number in numbers)
    page = (ROOT / "modules" / MODULE / "04-your-place-in-the-constitution.ipynb").read_text(encoding="utf-8")
    assert set(re.findall(r"\b\d{1,2},\d{3}\b", page)) == {f"{number.number:,}" for number in numbers}


@pytest.mark.parametrize("article", ["12", "13", "14", "15", "139"])
def test_an_article_of_the_constitution_was_read_where_it_is_quoted(article):
    """The lesson teaches none that is only recalled."""
    assert all(value.decides for value in country("MAR").facts[f"constitution-art-{article}"].values())
