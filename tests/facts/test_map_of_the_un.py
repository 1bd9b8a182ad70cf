"""What M2 and a02 say of open doors, courts and last days is what the data say, on the same day."""

from __future__ import annotations

import ast
import json
import re
from datetime import date

import nbformat
import pytest

from course.content import load_items
from course.facts import all_rules, bodies, country
from course.files import find_root

ROOT = find_root()
MODULE = "02-map-of-the-un"
RULES = {found.id: found for found in all_rules()}
ACCEPTED = country("MAR").treaties
TREATY_OF = {code.lower(): body.treaty for code, body in bodies().items()}
LESSON = ROOT / "modules" / MODULE / "03-open-or-closed.ipynb"
# Bodies as the questions name them, where that is not their code.
NAMED = {
    "hr_committee": "hrcttee",
    "child": "crc",
    "torture": "cat",
    "race": "cerd",
    "migrants": "cmw",
    "disability": "crpd",
}


def takes_complaints(body: str) -> bool:
    """Whether the data say that one person can complain to this committee against Morocco."""
    return ACCEPTED[TREATY_OF[body]]["complaints"].value.startswith("yes")


def key_of_a02(field: str):
    """The key in the hidden part of the page."""
    path = ROOT / "assignments" / "a02-right-mechanism" / "a02.ipynb"
    [source] = [
        cell.source
        for cell in nbformat.read(path, as_version=4).cells
        if f'"{field}",\n    points' in cell.source
    ]
    hidden = source.split("### BEGIN HIDDEN TESTS")[1].split("### END HIDDEN TESTS")[0]
    call = ast.parse(hidden.strip()).body[-1].value
    return next(ast.literal_eval(keyword.value) for keyword in call.keywords if keyword.arg == "key")


def test_open_complaints_are_those_that_morocco_accepted():
    """A door that the data call closed is never taught as open, nor the other way round."""
    item = load_items(MODULE)["un-open-02"]
    assert {body: target == "open" for body, target in item.key.items()} == {
        body: takes_complaints(body) for body in item.choices
    }


def test_the_table_of_the_lesson_is_that_of_the_data():
    """Nine committees, each open or not, as the country's file has it."""
    text = "\n".join(
        "".join(cell["source"]) for cell in json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    )
    rows = dict(re.findall(r"^\| (Human Rights Committee|[A-Z]+) \| (.+?) \|", text, re.MULTILINE))
    rows["HRCttee"] = rows.pop("Human Rights Committee")
    assert {code: said.startswith("**open**") for code, said in rows.items()} == {
        code: takes_complaints(code.lower()) for code, body in bodies().items() if body.reads_state_reports
    }


def test_the_open_doors_of_a02_are_those_of_the_data():
    """The key of the graded question follows from the country's file."""
    assert set(key_of_a02("open_doors")) == {
        code.lower()
        for code, body in bodies().items()
        if body.reads_state_reports and takes_complaints(code.lower())
    }


def test_the_day_of_the_protocols_is_that_of_the_data():
    """Morocco acceded on the near miss; the key is three months later."""
    item = load_items(MODULE)["un-open-03"]
    acceded = date.fromisoformat(ACCEPTED["ICCPR-OP1"]["ratification"].value)
    assert item.choices["accession"].value == acceded
    assert item.choices[item.key].value == acceded.replace(month=acceded.month + 3)
    assert ACCEPTED["OP-CEDAW"]["ratification"].value == acceded.isoformat()


def test_the_last_day_of_a_complaint_on_racial_discrimination_follows_the_rule():
    """Months of the rule, counted from the invented last decision; half a year is not a year."""
    item, limit = load_items(MODULE)["un-open-04"], RULES["cerd-complaint-time-limit"]
    decided = date(2027, 1, 12)
    assert (limit.unit, limit.decides) == ("months", True)
    assert item.choices[item.key].value == decided.replace(month=decided.month + int(limit.value))


@pytest.mark.parametrize(
    ("choice", "rule"),
    [
        ("complaint", "cedaw-complaint-exhaustion"),
        ("council", "hrc-any-complaint-exhaustion"),
        ("appeal", "sp-any-exhaustion"),
        ("allegation", "sp-any-exhaustion"),
        ("ced", "ced-complaint-urgent-action-exhaustion"),
    ],
)
def test_courts_come_first_where_the_rule_says_so(choice, rule):
    """And nowhere else."""
    assert RULES[rule].decides
    asked = load_items(MODULE)["un-door-14"].key[choice] == "first"
    assert asked == (RULES[rule].value == "required")


@pytest.mark.parametrize("key", ["un-family-01", "un-family-03", "un-family-07", "a02"])
def test_every_treaty_body_is_sorted_as_one_and_nothing_else_is(key):
    """Who is in the data of treaty bodies is treaty based; whoever is not there is not."""
    sorted_as = key_of_a02("families") if key == "a02" else load_items(MODULE)[key].key
    for name, family in sorted_as.items():
        assert (family == "treaty") == (NAMED.get(name, name) in TREATY_OF), name
