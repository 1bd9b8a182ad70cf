"""What M10 cites of the country's recommendations stands in the list, at that very place."""

from __future__ import annotations

import json
import re
from itertools import chain

import pytest

from course.facts import country

CITED = re.compile(
    r"\b((?:[A-Z]+(?:/C|\.\d+)?|E/C\.12)(?:/[\w.]+)+(?:/\d+(?:-\d+)?)?),? "
    r"(?:para\.|paragraph) (\d+(?:\.\d+)?(?: ?\([a-z]\))*)"
)
KNOWN = {(row.symbol, row.paragraph) for row in country("MAR").recommendations}
SYMBOLS = {symbol for symbol, _ in KNOWN}
OTHER = {("A/HRC/21/3", "3")}  # no recommendation: it names the three papers of the review


def cited(text):
    """Symbol and paragraph of each citation of a document that the list of recommendations holds."""
    for symbol, paragraph in CITED.findall(text):
        if symbol in SYMBOLS:
            yield symbol, paragraph.replace(" ", "")


def pages(root):
    """The texts of the module on citing and of its cases, by name."""
    for path in sorted(chain(root.glob("modules/10-*/*"), (root / "course/data/cases").glob("10-*.yml"))):
        if path.suffix == ".ipynb":
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            yield path.name, "\n".join("".join(cell["source"]) for cell in cells)
        elif path.suffix in (".yml", ".md"):
            yield path.name, " ".join(path.read_text(encoding="utf-8").split())


@pytest.fixture(scope="module")
def found(root):
    """Every citation, with the file that holds it."""
    return [(name, *citation) for name, text in pages(root) for citation in cited(text)]


def test_a_cited_paragraph_stands_in_the_list(found):
    """A slip in a number would send a learner to another recommendation."""
    whole = {(symbol, re.sub(r"\(.*", "", paragraph)) for symbol, paragraph in KNOWN}
    assert [citation for citation in found if citation[1:] not in KNOWN | whole | OTHER] == []


def test_citations_are_found_at_all(found):
    """Else the test above could not fail."""
    assert len(found) > 20
    assert [*cited("see A/HRC/21/3, para. 130.1000 there")] == [("A/HRC/21/3", "130.1000")]


def test_the_table_of_module_ten_is_as_its_questions_say():
    """Five lines of the committee on children, two lines not checked, four letters of one paragraph."""
    rows = [row for row in country("MAR").recommendations if row.theme == "nationality"]
    assert sum(row.body == "CRC" for row in rows) == 5
    assert sum(not row.decides for row in rows) == 2
    assert len(rows) == 8
    letters = [row.paragraph for row in rows if row.symbol == "CRC/C/MAR/CO/3-4"]
    assert letters == ["31(a)", "31(b)", "31(c)", "31(d)"]
