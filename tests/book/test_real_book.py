"""The real book, page by page, as files: no code, help on each page, languages, nothing from elsewhere."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from course.content.reading import toc_files
from course.texts import section

ROOT = Path(__file__).resolve().parents[2]


DRAWN = ("quiz", "drill", "paper", "form", "repair", "chain", "chains", "review", "report_form")
QUIZ_CALLS = tuple(f"course.{name}(" for name in DRAWN)
PAGES = toc_files(ROOT)
MODULES = sorted({name.split("/")[1] for name in PAGES if name.startswith("modules/")})


def calls_of(name):
    """The lines of code behind a page."""
    path = ROOT / f"{name}.ipynb"
    if not path.is_file():
        return []
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    return [line.strip() for source in code for line in source.splitlines() if line.strip()]


@pytest.fixture
def page(built_book):
    """`page(name)`: one page of the real book."""

    def read(name):
        return BeautifulSoup((built_book / f"{name}.html").read_text(encoding="utf-8"), "html.parser")

    return read


@pytest.mark.parametrize("name", PAGES)
def test_no_page_shows_code(page, name):
    """Not one line of the calls behind a page is in its text, nor a place for it."""
    shown = page(name)
    text = shown.get_text()
    assert [line for line in calls_of(name) if line in text] == []
    assert shown.select('.cell_input, [class*="highlight-ipython"], .thebe, .traceback') == []


@pytest.mark.parametrize("name", [*PAGES, "search", "search.ar"])
def test_every_page_links_the_card_in_its_language(built_book, page, name):
    """*I am at risk*, in the words of the page's own language, in the header; what it leads to is there."""
    shown = page(name)
    link = shown.select_one("header a.at-risk")
    assert link.get_text() == section("book", shown.html["lang"])["at-risk"]
    target = link["href"] if link["href"] != "#" else f"{name.rsplit('/')[-1]}.html"
    assert (built_book / name).parent.joinpath(target).resolve().is_file()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_language_it_is_in(page, name):
    """An Arabic page is `ar` and `rtl`, a French one `fr`, every other one `en`; each quiz says it again."""
    expected = {"ar": ("ar", "rtl"), "fr": ("fr", "ltr")}.get(name.rpartition(".")[2], ("en", "ltr"))
    shown = page(name)
    assert (shown.html["lang"], shown.html["dir"]) == expected
    assert {(quiz["lang"], quiz["dir"]) for quiz in shown.select(".course-quiz")} <= {expected}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_nothing_of_another_host(page, name):
    """No script, style, picture or frame from elsewhere, and no live view without its kernel."""
    shown = page(name)
    asked = [tag.get("src") or tag.get("href") for tag in shown.select("[src], link[href]")]
    assert [address for address in asked if "//" in address] == []
    assert "jupyter.widget" not in str(shown)
    assert shown.select('[data-course="style"], [data-course="code"]') == []


@pytest.mark.parametrize("name", PAGES)
def test_quizzes_bring_their_files_and_no_other_page_does(page, name):
    """A page without a quiz or a form does not load what draws them."""
    shown = page(name)
    loads = bool(shown.select('script[src$="quiz.js"]'))
    assert loads == bool(shown.select(".course-quiz"))
    drawn = any(call.startswith(QUIZ_CALLS) for call in calls_of(name))
    by_directive = name.startswith("pages/my-work") or name == "pages/paths"
    assert loads == (drawn or by_directive)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_is_one_file_that_needs_no_neighbour(built_book, page, module):
    """Under 2 MB; each link leads into it, to itself anew or to the open web; no id stands twice."""
    path = built_book / "single" / f"{module}.html"
    assert path.stat().st_size < 2_000_000
    alone = page(f"single/{module}")
    assert alone.select("script[src], link[rel=stylesheet], img:not([src^='data:'])") == []
    ids = [tag["id"] for tag in alone.select("[id]")]
    assert len(ids) == len(set(ids))
    for link in alone.select("a[href]"):
        assert not link["href"] or link["href"].startswith(("#", "http", "about:blank"))
        assert not link["href"].startswith("#") or link["href"][1:] in ids, link
    scripts = [tag.text for tag in alone.select('script:not([type="application/json"])')]
    own = len(alone.select("div.course-rates"))  # a tool that brings its script along
    assert len(scripts) == len(set(scripts)) == 1 + own


@pytest.mark.parametrize("module", MODULES)
def test_the_file_of_a_module_holds_all_its_pages(page, module):
    """Every lesson, in every language it has, each with its own direction, and the card."""
    alone = page(f"single/{module}")
    anchors = {each["id"]: (each["lang"], each["dir"]) for each in alone.select("main > section")}
    for name in PAGES:
        if name.startswith(f"modules/{module}/"):
            anchor = "page-" + name.rsplit("/", 1)[1].replace(".", "-")
            assert anchors[anchor] == (("ar", "rtl") if name.endswith(".ar") else ("en", "ltr"))
    assert "page-at-risk" in anchors
    assert len(alone.select("h1")) == 1
