"""What M4 and a04 print of days, minutes, words and paragraphs is what the data say, on the same day."""

from __future__ import annotations

import ast
import json
import re
from datetime import date

import nbformat
import pytest

from course.content import load_items
from course.facts import all_rules, country
from course.files import find_root

ROOT = find_root()
MODULE = "04-upr"
RULES = {found.id: found.value for found in all_rules()}
ASKED = {row.paragraph: row for row in country("MAR").recommendations if row.symbol == "A/HRC/21/3"}
PARAGRAPH = re.compile(r"\b1(?:29|3[0-2])\.\d+\b")


def lesson(name: str) -> str:
    """The text of one lesson as a learner reads it."""
    cells = json.loads((ROOT / "modules" / MODULE / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in cells)


def marked(field: str) -> dict[str, object]:
    """The key and the choices of a question of a04, from the hidden part of the page."""
    path = ROOT / "assignments" / "a04-upr" / "a04.ipynb"
    [source] = [
        c.source for c in nbformat.read(path, as_version=4).cells if f'"{field}",\n    points' in c.source
    ]
    hidden = source.split("### BEGIN HIDDEN TESTS")[1].split("### END HIDDEN TESTS")[0]
    call = ast.parse(hidden.strip()).body[-1].value
    return {k.arg: ast.literal_eval(k.value) for k in call.keywords}


def said(day: date) -> str:
    """A day as the lessons write it."""
    return f"{day.day} {day:%B %Y}"


def test_the_days_of_the_last_review_are_those_of_the_data():
    """Portal, last day and opening of session 41, and the days between the first two."""
    portal, last, opening = (
        date.fromisoformat(RULES[f"upr-any-session-41-{name}"]) for name in ("portal", "deadline", "opening")
    )
    text = lesson("01-states-ask")
    assert all(said(day) in text for day in (portal, last, opening))
    assert f"{(last - portal).days} days before" in text
    wrong = load_items(MODULE)["up-who-07"].choices["wait"].feedback
    assert f"open for {(last - portal).days} days" in wrong


def test_the_months_of_the_four_reviews_are_those_of_the_data():
    """Morocco stood in the first session of each round, in these months."""
    days = [
        date.fromisoformat(row.review_dates) for row in country("MAR").reviews if row.id.startswith("upr-")
    ]
    assert ", ".join(f"{day:%B %Y}" for day in days) in lesson("01-states-ask")


def test_minutes_members_and_years_are_those_of_the_data():
    """A rule that changes changes the lesson."""
    text = lesson("01-states-ask")
    state, others = RULES["upr-any-state-time"], RULES["upr-any-dialogue-time"]
    assert f"{state} minutes for the State itself, {others} for all the others" in text
    assert int(state) + int(others) == int(RULES["upr-any-review-length"]) == 3.5 * 60
    assert f"the {RULES['upr-any-working-group']} members of the working group" in text
    assert f"a round takes {RULES['upr-any-cycle-length']} years" in text
    item = load_items(MODULE)["up-who-04"]
    assert item.choices[item.key].value == int(RULES["upr-any-working-group"])


def test_the_deduced_month_is_that_of_the_calendar_and_is_called_deduced():
    """Nobody announced it: whoever prints it says so."""
    [row] = [row for row in country("MAR").calendar if row.id == "upr-cycle-5-ngo-deadline"]
    month = f"{date.fromisoformat(f'{row.date_or_month}-01'):%B %Y}"
    index = (ROOT / "modules" / MODULE / "index.md").read_text(encoding="utf-8")
    for text in (index, lesson("01-states-ask").replace("**", "")):
        assert month in text
        assert "deduced" in text
    item = load_items(MODULE)["up-who-07"]
    assert month in item.choices[item.key].text


def test_limits_in_words_are_those_of_the_rule_and_are_called_unchecked():
    """Both limits stand in the table of lesson 2, with the mark that nobody confirmed them."""
    alone, joint = (int(RULES[f"upr-{kind}-length-words"]) for kind in ("individual", "joint"))
    [row] = [line for line in lesson("02-in-few-words").splitlines() if line.startswith("| Words |")]
    assert f"| {alone:,} | {joint:,} | NOT CHECKED" in row


def test_sums_with_the_limits_follow_the_rule():
    """The right number and the near miss of each sum."""
    alone, joint = (int(RULES[f"upr-{kind}-length-words"]) for kind in ("individual", "joint"))
    items = load_items(MODULE)
    cut, share = items["up-draft-01"], items["up-joint-02"]
    assert cut.choices[cut.key].value == 6020 - joint
    assert cut.choices["alone"].value == 6020 - alone
    assert share.choices[share.key].value == (joint - 630) / 5
    graded = marked("words_to_cut")
    assert graded["choices"][graded["key"]]["value"] == 6105 - joint
    assert graded["choices"]["alone"]["value"] == 6105 - alone


@pytest.mark.parametrize("name", ["01-states-ask", "02-in-few-words", "03-a-line-for-a-state", "items"])
def test_every_paragraph_that_is_printed_stands_in_the_data(name):
    """A number of A/HRC/21/3 that nobody has seen is not taught."""
    text = (
        (ROOT / "modules" / MODULE / "items.yml").read_text(encoding="utf-8")
        if name == "items"
        else lesson(name)
    )
    assert set(PARAGRAPH.findall(text)) <= {number for number, row in ASKED.items() if row.decides}


def test_the_soft_and_the_firm_lines_are_in_the_words_of_the_data():
    """Six lines, each with its number; Morocco supported all of them, as the lesson says."""
    text = lesson("03-a-line-for-a-state")
    lines = re.findall(r"\| ([^|(]+) \((1\d\d\.\d+)\)", text)
    assert len(lines) == 6
    for words, number in lines:
        assert (
            ASKED[number].paraphrase.removesuffix(" (OPCAT)").startswith(words.split(" on the death")[0])
        ), number
    assert "Morocco supported all six" in text
    assert {ASKED[number].position for _, number in lines} == {"supported"}


@pytest.mark.parametrize(
    ("item", "number", "who"),
    [("up-draft-04", "129.62", "Mexico"), (None, "130.10", "Greece")],
)
def test_the_state_that_is_named_is_the_one_that_recommended(item, number, who):
    """The source of the row names it in brackets."""
    assert f"{number} ({who})" in ASKED[number].source
    text = (
        load_items(MODULE)[item].gaps["who"].choices["states"].feedback if item else lesson("02-in-few-words")
    )
    assert who in text
