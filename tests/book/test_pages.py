"""What a page of the book is: its language, its neighbours, its contents; read from a built mini book."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

ENGLISH = "modules/01-mini/01-lesson"
ARABIC = "modules/01-mini/01-lesson.ar"
INDEX = "modules/01-mini/index"


@pytest.fixture
def page(mini_site):
    """`page(name)`: one page of the mini book."""

    def read(name):
        return BeautifulSoup((mini_site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")

    return read


def test_the_call_is_hidden_though_nothing_tags_it(page):
    """What a call says is on the page, the call is not."""
    shown = page(ENGLISH)
    assert "what the call says" in shown.get_text()
    assert "print(" not in str(shown)


def test_nobodys_answers_reach_the_book(page):
    """Whoever builds the book has a work of their own; no page may show a word of it."""
    shown = page(ENGLISH).get_text()
    assert "answers:" in shown
    assert "village" not in shown


@pytest.mark.parametrize(("name", "language", "direction"), [(ENGLISH, "en", "ltr"), (ARABIC, "ar", "rtl")])
def test_a_page_says_its_language_and_direction(page, name, language, direction):
    """`lang` and `dir` of the whole page come from the notebook's `course.lang`."""
    assert (page(name).html["lang"], page(name).html["dir"]) == (language, direction)


def test_a_page_links_its_translation_and_back(page):
    """The link is written in the other language, in its own direction."""
    there = page(ENGLISH).select_one(".languages a")
    assert (there["href"], there["lang"], there["dir"], there.get_text()) == (
        "01-lesson.ar.html",
        "ar",
        "rtl",
        "العربية",
    )
    back = page(ARABIC).select_one(".languages a")
    assert (back["href"], back["lang"], back.get_text()) == ("01-lesson.html", "en", "English")


def test_admonitions_are_titled_in_the_language_of_their_page(page):
    """Sphinx knows one language a book; *Note* on an Arabic page is Arabic."""
    assert page(ENGLISH).select_one(".admonition-title").get_text() == "Note"
    assert page(ARABIC).select_one(".admonition-title").get_text() == "ملاحظة"


def test_the_contents_show_each_lesson_once_in_the_readers_language(page):
    """On an English page the Arabic lesson is not listed twice; on its own page it stands in its place."""
    english = [link["href"] for link in page(ENGLISH).select(".contents a")]
    arabic = [link["href"] for link in page(ARABIC).select(".contents a")]
    assert "01-lesson.ar.html" not in english
    assert "01-lesson.html" not in arabic
    assert len(english) == len(arabic) == 4


def test_titles_in_another_language_are_marked_so(page):
    """An English title on an Arabic page is read out as English, from left to right."""
    title = page(ARABIC).find("bdi", string="A mini module")
    assert (title["lang"], title["dir"]) == ("en", "ltr")


def test_reading_order_passes_over_translations(page):
    """After the English lesson comes the next page, not the same lesson in Arabic."""
    assert page(ENGLISH).select_one(".neighbours .after")["href"] == "../../pages/at-risk.html"
    assert page(ENGLISH).select_one(".neighbours .before")["href"] == "index.html"


def test_the_overview_shows_objectives_minutes_lessons_and_tasks(page):
    """All from module.yml; the lesson links its page and its translation."""
    overview = page(INDEX).find("article", id="text")
    text = overview.get_text(" ", strip=True)
    assert "32 minutes in all" in text
    assert "Say one thing." in text
    assert "The task 20 minutes" in text
    links = {link["href"]: link for link in overview.select("ol.lessons a")}
    assert list(links) == ["01-lesson.html", "01-lesson.ar.html"]
    assert links["01-lesson.ar.html"].find_parent(lang="ar")["dir"] == "rtl"


def test_each_module_is_offered_as_one_file(page, mini_site):
    """From its own first page and from the list of modules; the file is there."""
    for name in (INDEX, "pages/index"):
        folder = (mini_site / name).parent
        links = [link["href"] for link in page(name).select('a[href*="single/"]')]
        assert links
        assert all((folder / link).resolve().is_file() for link in links)
    assert (mini_site.parent / "modules" / "01-mini.html").is_file()


def test_a_table_has_a_frame_with_a_name(page):
    """A wide table scrolls by keyboard and says what it is."""
    frame = page("pages/index").find("table").parent
    assert frame["tabindex"] == "0"
    assert frame["aria-label"].startswith("Table")


def test_every_link_of_the_site_leads_somewhere(mini_site):
    """No page, style, script or picture is missing, and no anchor."""
    for path in mini_site.rglob("*.html"):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        for tag in soup.select("[href], [src]"):
            link = tag["href"] if tag.has_attr("href") else tag["src"]
            address, _, anchor = link.partition("#")
            if address.startswith(("http", "data:")):
                continue
            target = (path.parent / address).resolve() if address else path
            assert target.is_file(), f"{path}: {link}"
            if anchor:
                there = BeautifulSoup(target.read_text(encoding="utf-8"), "html.parser")
                assert there.find(id=anchor) is not None, f"{path}: {link}"
