"""What a reader does with the book: menu, search, languages, colours, answers, one file, no network."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from course.book.weights import measure_weights

LESSON = "modules/03-treaty-bodies/02-two-procedures"
OTHER = "modules/03-treaty-bodies/03-when-to-send"
PLAIN = "pages/at-risk"
SINGLE_CHOICE = '[data-kind="single-choice"]'

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(built_book, offline_page):
    """`visit(name)`: a page of the book, opened from the disk."""

    def go(name, width=1280):
        offline_page.set_viewport_size({"width": width, "height": 800})
        offline_page.goto((built_book / f"{name}.html").as_uri())
        return offline_page

    return go


def answer_first(page):
    """Choose the second choice of the first single choice on the page and have it checked."""
    item = page.locator(f".course-quiz[data-ready=true] {SINGLE_CHOICE}").first
    choice = item.locator("[data-choice]").nth(1)
    choice.locator("input").check()
    item.locator('[data-action="check"]').click()
    item.locator(".cq-result").first.wait_for()
    return item.get_attribute("data-item"), choice.get_attribute("data-choice")


def is_kept(page, item, choice):
    """Whether the page shows that answer, checked, with its reasons."""
    there = page.locator(f'.course-quiz[data-ready=true] [data-item="{item}"]').first
    there.wait_for()
    chosen = there.locator(f'[data-choice="{choice}"] input').is_checked()
    return chosen and there.locator(".cq-result").first.inner_text() != ""


def test_answers_survive_a_reload_from_the_disk(visit):
    """No server, no network: what was checked is there again, with its reasons."""
    page = visit(LESSON)
    answer = answer_first(page)
    page.reload()
    assert is_kept(page, *answer)
    assert page.problems == []


def test_a_page_whose_script_did_not_arrive_says_so_and_can_be_read(visit):
    """The questions stand there with their answers folded away; a card in words has one thing to do."""
    page = visit(LESSON)
    assert page.locator("#broken").is_hidden()
    page.route("**/_static/quiz.js", lambda route: route.abort())
    page.reload()
    page.locator("#broken[role=alert]").wait_for()
    assert page.locator("#broken a").count() == 1
    assert page.locator(".cq-plain > ol > li").first.is_visible()


def test_one_file_alone_keeps_answers(built_book, offline_page, tmp_path):
    """Sent to a telephone without its neighbours, the file draws its quizzes and keeps answers."""
    alone = tmp_path / "module.html"
    shutil.copy(built_book / "single" / "03-treaty-bodies.html", alone)
    offline_page.goto(alone.as_uri())
    answer = answer_first(offline_page)
    offline_page.reload()
    assert is_kept(offline_page, *answer)
    assert offline_page.outside_requests == []
    assert offline_page.problems == []


def test_the_menu_opens_and_closes_by_keyboard(visit):
    """On a telephone the contents are folded; Escape folds them again and gives the place back."""
    page = visit(LESSON, 360)
    menu, contents = page.locator("#menu"), page.locator("#contents")
    assert not contents.is_visible()
    menu.press("Enter")
    assert contents.is_visible()
    assert menu.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert not contents.is_visible()
    assert page.evaluate("document.activeElement.id") == "menu"


def test_the_search_finds_words_from_any_page(visit):
    """From a lesson, from the disk: results with the page's title, and how many were found is announced."""
    page = visit(LESSON)
    page.get_by_role("searchbox", name="Search in the course").fill("simplif")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=simplif")
    first = page.locator("#search-results li").first
    first.wait_for()
    assert "simplified" in first.inner_text().lower()
    assert page.locator("#search-status").inner_text().endswith("found")
    first.locator("a").click()
    page.wait_for_url("**/modules/03-treaty-bodies/*.html")
    assert page.problems == []


def test_the_search_finds_arabic_however_it_is_vowelled(visit):
    """Vowel signs and the forms of alef make no difference; the result reads from right to left."""
    page = visit("search.ar")
    page.locator("#search-form input").fill("الاجراء المبسّط")
    result = page.locator('#search-results li[lang="ar"]').first
    result.wait_for()
    assert result.get_attribute("dir") == "rtl"
    page.locator("#search-form input").fill("zzzz")
    page.locator("#search-results li").first.wait_for(state="detached")
    assert page.locator("#search-status").inner_text().startswith("لم يُعثر")


def test_the_arabic_lesson_mirrors_and_leads_back(visit):
    """Contents on the right, the text's symbols from left to right, and the link to English works."""
    page = visit(f"{LESSON}.ar")
    assert page.locator("#contents").bounding_box()["x"] > page.locator("article").bounding_box()["x"]
    assert page.locator("a.at-risk").inner_text() == "أنا في خطر"
    page.locator(".languages a", has_text="English").click()
    page.wait_for_url(f"**/{LESSON}.html")
    assert page.locator("#contents").bounding_box()["x"] < page.locator("article").bounding_box()["x"]


def test_the_chosen_colours_hold_on_the_next_page(visit):
    """Dark, once chosen, is there before the next page is painted, quizzes included."""
    page = visit(LESSON)
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="Dark or light").click()
    page = visit(OTHER)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert page.evaluate("getComputedStyle(document.querySelector('.course-quiz')).colorScheme") == "dark"
    assert page.get_by_role("button", name="Dark or light").get_attribute("aria-pressed") == "true"


def test_without_javascript_a_page_is_whole(built_book, browser):
    """Contents, text and questions with their answers can be read; no button is there that does nothing."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto((built_book / f"{LESSON}.html").as_uri())
    assert page.locator("#contents").is_visible()
    assert page.locator(".course-quiz details summary").first.is_visible()
    assert not page.locator("#menu").is_visible()
    assert not page.locator("#theme-switch").is_visible()
    context.close()


def test_a_page_is_light(built_book, browser):
    """A plain page has at most 250 KB compressed; what quizzes need besides, once for all, at most 20 KB."""
    plain, lesson = measure_weights(browser, built_book, [f"{PLAIN}.html", f"{LESSON}.html"])
    assert plain.outside == lesson.outside == ()
    assert plain.compressed <= 250_000
    assert lesson.compressed <= 250_000 + 20_000
    quiz_files = sum(lesson.files[name] for name in ("_static/quiz.css", "_static/quiz.js"))
    assert quiz_files <= 20_000
    assert lesson.requests == plain.requests + 2


class Quiet(SimpleHTTPRequestHandler):
    """A plain web server that prints nothing."""

    def log_message(self, *_):
        """Say nothing."""


def test_a_visited_book_is_read_with_the_server_gone(built_book, browser):
    """One visit keeps the whole book: another page opens with its quizzes after the server has stopped."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(built_book)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    context = browser.new_context()
    page = context.new_page()
    try:
        page.goto(f"{address}/{LESSON}.html")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    finally:
        server.shutdown()
        server.server_close()
    page.goto(f"{address}/{OTHER}.html")
    page.locator(".course-quiz[data-ready=true]").first.wait_for()
    page.goto(f"{address}/")
    page.wait_for_url("**/pages/index.html")
    assert page.locator("h1").is_visible()
    context.close()
