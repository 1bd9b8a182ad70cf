"""No limit or deadline is written by hand: what a lesson says is what the data say, on the same day."""

from __future__ import annotations

import json
import re

import pytest

from course.facts import all_rules
from course.files import find_root

ROOT = find_root()
UNITS = {"word": "words", "page": "pages", "week": "weeks-before-session"}
WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
NAMED = {name: number for number, name in enumerate(WORDS, 1)}
NUMBER = r"(?P<number>\d[\d,\u00a0]*|" + "|".join(NAMED) + ")"
QUANTITY = re.compile(rf"\b{NUMBER}[ \u00a0-](?P<unit>word|page|week)s?\b", re.IGNORECASE)
# In figures every number is a limit; in words it is one where the sentence speaks of a limit or a last day.
OF_A_LIMIT = re.compile(
    r"(at most|limit|no more than|last day|deadline)[^.:]{0,60}$"
    r"|^[^.:]{0,30}(before|at most|or less)",
    re.I,
)
INVENTED = re.compile(r"\binvented\b|\bmade-up\b", re.I)


def findings(markdown: str) -> list[str]:
    """The limits and deadlines of a text that no verified rule has, paragraph by paragraph."""
    wrong = []
    for paragraph in re.split(r"\n\s*\n", markdown):
        if INVENTED.search(paragraph):
            continue
        for match in QUANTITY.finditer(paragraph):
            around = (paragraph[: match.start()], paragraph[match.end() :])
            in_figures = match["number"][0].isdigit()
            if not in_figures and not any(OF_A_LIMIT.search(part) for part in around):
                continue
            number = NAMED.get(match["number"].lower()) or int(re.sub(r"\D", "", match["number"]))
            if not is_known(number, UNITS[match["unit"].lower()]):
                wrong.append(match[0])
    return wrong


def is_known(number: int, unit: str) -> bool:
    """Whether a verified rule has this value, or tells it in its note as one that held earlier."""
    noted = re.compile(rf"\b{number} {unit.split('-', maxsplit=1)[0]}\b")
    return any(
        rule.decides
        and rule.holds(None)
        and ((rule.unit == unit and rule.value == str(number)) or noted.search(rule.note))
        for rule in all_rules()
    )


PAGES = sorted(ROOT.glob("modules/*/*.ipynb"))


@pytest.mark.parametrize("page", [pytest.param(page, id=f"{page.parent.name}/{page.stem}") for page in PAGES])
def test_a_lesson_says_what_the_data_say(page):
    """A number of words, pages or weeks is a verified value, or stands in an invented example."""
    cells = json.loads(page.read_text(encoding="utf-8"))["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    assert [found for text in texts for found in findings(text)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("CEDAW takes 3,300 words.", []),
        ("CEDAW takes 3,400 words.", ["3,400 words"]),
        ("CESCR takes 10 pages at most.", ["10 pages"]),
        ("Send it four weeks before the session.", []),
        ("Send it six weeks before the session.", ["six weeks"]),
        ("They wrote two pages and looked at them again.", []),
        ("An invented committee takes 999 words.", []),
    ],
)
def test_the_search_finds_what_disagrees(text, found):
    """It can fail: on a wrong number, on a recalled one, in figures and in words."""
    assert findings(text) == found
