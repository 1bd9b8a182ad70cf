"""The small parts: language of a page, mending of its body, lists for the service worker and the search."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup

from course.book.body import headings, mend_body
from course.book.navigation import page_language, split_language
from course.book.offline import list_files
from course.texts import LANGUAGES, section

QUIZ = """<div class="course-quiz"><style data-course="style">p {color: red}</style><p>Which?</p>
<script type="application/json" data-course="payload">{"id": "q"}</script>
<script data-course="code">draw()</script></div>"""
WIDGETS = """<script type="application/vnd.jupyter.widget-view+json">{}</script>
<script type="application/vnd.jupyter.widget-state+json">{}</script><p>text</p>"""


@pytest.mark.parametrize(
    ("name", "metadata", "language"),
    [
        ("modules/m/01-lesson", {}, "en"),
        ("modules/m/01-lesson.ar", {}, "ar"),
        ("modules/m/01-lesson", {"course": '{"lang": "ar"}'}, "ar"),
        ("modules/m/01-lesson", {"course": {"lang": "fr"}}, "fr"),
        ("pages/index", {"lang": "fr"}, "fr"),
        ("pages/index", {"lang": "tlh"}, "en"),
        ("pages/index", {"course": "not json"}, "en"),
    ],
)
def test_the_language_of_a_page(name, metadata, language):
    """Front matter or notebook decides, then the name; what is no language of the course is English."""
    assert page_language(name, metadata) == language


@pytest.mark.parametrize(
    ("name", "parts"),
    [("m/02-two.ar", ("m/02-two", "ar")), ("m/02-two", ("m/02-two", None)), ("m/v1.2", ("m/v1.2", None))],
)
def test_the_name_of_a_translation(name, parts):
    """Only an ending that is a language makes a translation."""
    assert split_language(name) == parts


def test_a_quiz_leaves_its_style_and_script_behind():
    """They are served once for all quizzes; the payload stays, else there is nothing to draw."""
    mended = mend_body(QUIZ, "en")
    assert "color: red" not in mended
    assert "draw()" not in mended
    assert '{"id": "q"}' in mended


def test_widget_state_and_views_are_taken_out():
    """Each would pull scripts from another host."""
    assert "jupyter.widget" not in mend_body(WIDGETS, "en")


def test_places_that_said_nothing_are_taken_out():
    """A hidden call without output leaves no gap."""
    mended = mend_body('<div class="cell"><div></div></div><div class="cell"><p>said</p></div>', "en")
    assert mended.count('class="cell"') == 1


def test_the_frame_of_a_table_is_named_by_its_caption_or_in_the_language_of_the_page():
    """A frame that is already there is not framed again."""
    plain = mend_body("<table><tr><td>1</td></tr></table>", "fr")
    assert f'aria-label="{section("book", "fr")["table"]}"' in plain
    titled = mend_body("<table><caption>Limits</caption><tr><td>1</td></tr></table>", "en")
    assert 'aria-label="Limits"' in titled
    framed = '<div role="region" tabindex="0" aria-label="x"><table><tr><td>1</td></tr></table></div>'
    assert "table-region" not in mend_body(framed, "en")


def test_an_empty_corner_of_a_table_heads_nothing():
    """An empty header cell would be announced as one."""
    soup = BeautifulSoup(mend_body("<table><tr><th></th><th>Body</th></tr></table>", "en"), "html.parser")
    assert [cell.name for cell in soup.find("tr").find_all(True, recursive=False)] == ["td", "th"]


def test_a_block_in_another_language_says_so():
    """`{.lang-ar}` before a block gives it `lang` and `dir`."""
    soup = BeautifulSoup(mend_body('<p class="lang-ar">نص</p><p class="lang-xx">x</p>', "en"), "html.parser")
    assert (soup.p["lang"], soup.p["dir"]) == ("ar", "rtl")
    assert "lang" not in soup.find_all("p")[1].attrs


def test_a_link_outwards_tells_nobody_where_it_was_followed():
    """The address of a page of this course must not reach another site's log."""
    mended = mend_body('<a href="https://www.ohchr.org/">x</a><a href="b.html">y</a>', "en")
    assert mended.count('rel="noopener noreferrer"') == 1


def test_headings_for_on_this_page():
    """Second level only, each with its anchor."""
    html = '<section id="a"><h1>A</h1><section id="b"><h2>B <em>c</em></h2></section></section>'
    assert headings(html) == [("b", "B c")]


def test_the_texts_of_the_book_are_the_same_in_each_language():
    """No language lacks a text, and none has one that nobody reads."""
    keys = {language: set(section("book", language)) for language in LANGUAGES}
    assert keys["fr"] == keys["en"]
    assert keys["ar"] == keys["en"]


def test_the_service_worker_keeps_every_page_but_no_file_twice(mini_site):
    """The single files repeat the pages, and learners pay for each megabyte."""
    kept = list_files(mini_site)
    pages = {path.relative_to(mini_site).as_posix() for path in mini_site.rglob("*.html")}
    assert {name for name in pages if not name.startswith("single/")} <= set(kept)
    assert not [name for name in kept if name.startswith("single/") or name == "sw.js"]
    assert json.loads((mini_site / "sw.js").read_text("utf-8").split("FILES = ")[1].split(";")[0]) == kept


def test_the_search_knows_every_page_and_no_answer(mini_site):
    """The index holds the text of pages in each language."""
    script = (mini_site / "_static" / "search-index.js").read_text(encoding="utf-8")
    entries = json.loads(script.removeprefix("window.courseIndex="))
    assert {entry["url"] for entry in entries} == {
        "pages/index.html",
        "pages/at-risk.html",
        "modules/01-mini/index.html",
        "modules/01-mini/01-lesson.html",
        "modules/01-mini/01-lesson.ar.html",
    }
    arabic = next(entry for entry in entries if entry["lang"] == "ar")
    assert "الوثيقة" in arabic["text"]
