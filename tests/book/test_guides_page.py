"""The pages of the annotated guides in the real book: a list, and a page for each."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from course.content.guides import load_guides


@pytest.fixture
def page(built_book):
    """`page(name)`: one page of the real book, with the plain apostrophes of the data."""

    def read(name):
        written = (built_book / f"{name}.html").read_text(encoding="utf-8")
        return BeautifulSoup(written.replace("’", "'"), "html.parser")

    return read


def test_the_list_leads_to_every_guide(page, built_book):
    """With its title and the first thing to take from it."""
    shown = page("pages/guides")
    text = " ".join(shown.get_text().split())
    links = {link["href"] for link in shown.select("article a")}

    for guide in load_guides().values():
        assert guide.title in text
        assert guide.take[0] in text
        assert f"guides/{guide.id}.html" in links
        assert (built_book / "pages" / "guides" / f"{guide.id}.html").is_file()


@pytest.mark.parametrize("name", load_guides())
def test_the_page_of_a_guide_has_its_sections_in_order(page, name):
    """Document, parts, rules, question, what to take, what to do otherwise; the answer is folded."""
    shown = page(f"pages/guides/{name}")
    headings = [heading.get_text().rstrip("#¶").strip() for heading in shown.select("article h2")]

    assert headings == [
        *("The document", "Part by part", "By today's rule", "A question to you"),
        *("Take from it", "Do otherwise"),
    ]
    assert [box for box in shown.select("details.course-guide-question") if box.has_attr("open")] == []
    parts = [part.title for part in load_guides()[name].parts]
    assert [heading.get_text().strip() for heading in shown.select("article .course-guide h3")] == parts
