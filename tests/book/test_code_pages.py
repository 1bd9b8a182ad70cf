"""The pages of the codes: one a code and language with all that the check knows, and a list of them."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from course.book import code_pages as pages
from course.book.navigation import Outline, Page
from course.facts import all_rules
from course.report.checks import CHECKS
from course.report.codes import codes, page_of
from course.report.measured import Measured
from course.texts import LANGUAGES, section

LISTS = {
    language: Page(f"{pages.LIST}{end}", "List", language, pages.LIST)
    for language, end in zip(LANGUAGES, ("", ".fr", ".ar"), strict=True)
}


@pytest.fixture
def outline():
    """A book that has the list of codes in every language."""
    return Outline(
        root="pages/index",
        parts=(),
        pages={page.name: page for page in LISTS.values()},
        versions={pages.LIST: {page.language: page.name for page in LISTS.values()}},
    )


@pytest.fixture
def made(outline):
    """Every page by its name, as the template gets it."""
    return {page.name: page.context for page in pages.code_pages(outline)}


def text_of(html):
    """What a reader sees."""
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def test_every_code_has_a_page_in_every_language(made):
    """Why, what to do, both examples; above it the list in its language, beside it its translations."""
    assert set(made) == {page_of(check.code, each)[:-5] for check in CHECKS for each in LANGUAGES}
    for check in CHECKS:
        for language in LANGUAGES:
            context = made[page_of(check.code, language)[:-5]]
            texts, seen = codes(language)[check.code], text_of(context["body"])
            for said in (texts.title, texts.why, texts.do, texts.bad, texts.good):
                assert " ".join(said.split()) in seen, (check.code, language)
            assert section("codes", language)[f"means-{check.severity}"] in seen
            assert f"ignore {check.code}:" in seen
            assert context["above"] == [LISTS[language]]
            assert [page.language for page, _ in context["translations"]] == [
                each for each in LANGUAGES if each != language
            ]


def test_a_book_without_the_list_gets_no_pages(outline):
    """The small books of tests and of other courses."""
    assert not list(pages.code_pages(Outline("pages/index", (), {})))


def test_the_rows_that_decide_stand_on_the_page_with_their_sources(made):
    """All committees' limits on that of LEN001, each with its source; a limit that was replaced does not."""
    body = BeautifulSoup(made["codes/len001"]["body"], "html.parser")
    shown = body.select("#source dd[data-confidence]")
    rows = [
        row
        for row in all_rules()
        if row.pack in pages.PACKS and row.rule in pages.ROWS["LEN001"] and not row.valid_until
    ]
    assert len(shown) == len(rows) > 10
    sources = " ".join(one.get_text(" ") for one in shown)
    assert all(row.source.split()[0].split(";")[0] in sources for row in rows)


def test_what_was_not_measured_says_so(outline, monkeypatch):
    """A figure with what it was counted on, and words where there is none."""
    figures = {"REF001": {"en": Measured(precision=0.975, recall=0.5, n=40)}}
    monkeypatch.setattr(pages, "measured", lambda: figures)
    made = {page.name: page.context["body"] for page in pages.code_pages(outline)}
    rows = BeautifulSoup(made["codes/ref001"], "html.parser").select("#measured tbody tr")
    nothing = section("codes", "en")["not-measured"]
    assert [[cell.get_text() for cell in row] for row in rows] == [
        ["English", "0.97", "0.50", "40"],
        ["French", nothing, nothing, "0"],
        ["Arabic", nothing, nothing, "0"],
    ]


def test_the_book_has_them_all_and_every_link_between_them_leads_somewhere(built_book):
    """The real book: the list, the pages, what they link to; and they are kept to be read offline."""
    assert '"codes/len001.ar.html"' in (built_book / "sw.js").read_text(encoding="utf-8")
    for page in (*built_book.glob("pages/codes*.html"), *built_book.glob("codes/*.html")):
        document = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        own = [link["href"] for link in document.select("main a[href]") if "://" not in link["href"]]
        assert own, page.name
        for link in own:
            target = page.parent / link.partition("#")[0] if not link.startswith("#") else page
            assert target.exists(), (page.name, link)
    assert len(list(built_book.glob("codes/*.html"))) == len(CHECKS) * len(LANGUAGES)
