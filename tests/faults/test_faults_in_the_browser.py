"""Faults in the browser, each really there: a full store, damaged answers, half a page, a lost server."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import sqlite3
from contextlib import closing

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe

from course.practice.review import review_payload
from course.quizzes import Page
from course.quizzes.assets import page_script
from course.texts import section
from course.work import open_work
from tests.browser.quiz_pages import SAMPLE, every_kind, item, kept_in_browser, wait_until_kept, write_page
from tests.faults.in_python import scratch
from tests.learn.garden import COURSE, course_learn, make_garden, started

pytestmark = pytest.mark.browser
QUIZ = "course:quiz:01-garden/every-kind"
ENTRY = {
    "response": "noon",
    "score": 0,
    "attempt": 1,
    "at": "2026-01-01T00:00:00.000Z",
    "revision": 1,
    "lang": "en",
}
LESSON = "course/modules/01-garden/"
COURSE_PACKAGE = SAMPLE.parents[2] / "course"


def the_card(tab, kind, within="body", lang="en"):
    """The one card of a kind: an alert with one thing to do, without a traceback or a name of an error."""
    card = tab.locator(f'{within} [data-fault="{kind}"][role=alert]:visible')
    card.first.wait_for()
    assert card.count() == 1
    assert card.locator("a, button").count() == 1
    assert not re.search(r"Error|Traceback|undefined|JSON|at \w+ \(", card.inner_text())
    assert card.get_by_text(section("quiz", lang)[f"fault-{kind}-title"]).is_visible()
    return card


def answer(tab, name="garden-one", choice="noon"):
    """Choose and check."""
    item(tab, name).locator(f'input[value="{choice}"]').check()
    item(tab, name).locator("[data-action=check]").click()


def opened(tab, address):
    """Go there and wait until the quiz is drawn."""
    tab.goto(address)
    tab.locator(".course-quiz[data-ready=true]").first.wait_for()


def broken_page(folder, name, change):
    """A page whose payload is changed as text; its address."""
    address = write_page(folder, every_kind(), name=name)
    path = folder / f"{name}.html"
    found = re.search(r'(?<=data-course="payload">).*?(?=</script>)', path.read_text("utf-8"), re.DOTALL)
    text = path.read_text("utf-8")
    path.write_text(text[: found.start()] + change(found[0]) + text[found.end() :], "utf-8")
    return address


def of_an_item(name, **fields):
    """A change of the payload: one item is otherwise."""

    def change(text):
        payload = json.loads(text)
        for one in payload["items"]:
            if one["id"] == name:
                one.update(fields)
        return json.dumps(payload).replace("<", "\\u003c")

    return change


@pytest.fixture
def tab(browser):
    """A tab of its own, whose store is empty."""
    page = browser.new_context().new_page()
    yield page
    page.context.close()


def test_what_the_browser_keeps_may_be_full_damaged_or_newer(tab, tmp_path):
    """Full: the answers are saved as a file. Damaged: put aside, not overwritten. Newer: not touched."""
    address = write_page(tmp_path, every_kind())
    opened(tab, address)
    tab.evaluate(  # real room, to the last letter
        """() => { for (let size = 2 ** 22; size >= 1; size /= 2)
          try { while (true) localStorage.setItem(`x${Math.random()}`, "x".repeat(size)); } catch {} }"""
    )
    answer(tab)
    card = the_card(tab, "kept", '[data-item="garden-one"]')
    assert Axe().run(tab).response["violations"] == []
    with tab.expect_download() as download:
        card.locator("button").click()
    saved = json.loads(download.value.path().read_text("utf-8"))
    assert saved["quizzes"]["01-garden/every-kind"]["garden-one"]["response"] == "noon"

    damaged = json.dumps({"garden-one": ENTRY})[:40]
    tab.evaluate(
        """async ([key, text]) => { localStorage.clear(); localStorage.setItem(key, text);
          await courseQuiz.kit.clearJournal(); }""",
        [QUIZ, damaged],
    )
    opened(tab, address)
    with tab.expect_file_chooser():
        the_card(tab, "damaged").locator("button").click()
    answer(tab)
    kept = tab.evaluate("() => Object.entries(localStorage)")
    assert [text for key, text in kept if key.startswith("course:damaged:")] == [damaged]
    assert set(kept_in_browser(tab, QUIZ)) == {"garden-one"}

    later = {"garden-one": {"answer": ["noon"], "when": 1}}
    tab.evaluate(
        """async (kept) => { localStorage.clear(); Object.assign(localStorage, kept);
          await courseQuiz.kit.clearJournal(); }""",
        {QUIZ: json.dumps(later), "course:store": "2"},
    )
    opened(tab, address)
    the_card(tab, "newer")
    answer(tab)
    the_card(tab, "newer", '[data-item="garden-one"]')
    assert kept_in_browser(tab, QUIZ) == later

    newer = tmp_path / "newer.json"
    newer.write_text('{"format": "course-browser-answers", "version": 2}', encoding="utf-8")
    tab.locator(".cq-keep summary").click()
    tab.locator(".cq-keep input[type=file]").set_input_files(newer)
    tab.get_by_text("A newer version of this book wrote this file.").wait_for()


def test_where_nothing_may_be_kept_the_questions_still_work(tab, tmp_path):
    """A frame without rights, as some programs for courses show pages in: the browser refuses its store."""
    write_page(tmp_path, every_kind())
    frame = '<iframe sandbox="allow-scripts" src="page.html" width=900 height=900>'
    (tmp_path / "frame.html").write_text(f"<!DOCTYPE html><title>A frame</title>{frame}")
    tab.goto((tmp_path / "frame.html").as_uri())
    inside = tab.frames[1]
    inside.locator(".course-quiz[data-ready=true]").wait_for()
    answer(inside)
    assert item(inside, "garden-one").locator(".cq-result").get_attribute("data-score") == "wrong"
    the_card(inside, "kept", '[data-item="garden-one"]')


def test_a_page_that_is_not_whole_can_still_be_read(tab, tmp_path):
    """Cut off in its data, an item of a kind to come, an item that breaks when checked, a script that is
    missing: what is well works, and the rest is a card in the place of what is not.
    """
    tab.goto(broken_page(tmp_path, "cut", lambda text: text[: len(text) // 2]))
    the_card(tab, "unread")
    assert tab.locator(".cq-plain > ol > li:visible").count() == len(every_kind().payload["items"])

    opened(tab, broken_page(tmp_path, "kind", of_an_item("garden-many", kind="of-next-year")))
    the_card(tab, "part", '[data-item="garden-many"]')
    answer(tab)
    wait_until_kept(tab, "garden-one")

    tab.evaluate("() => { localStorage.clear(); return courseQuiz.kit.clearJournal(); }")
    opened(tab, broken_page(tmp_path, "check", of_an_item("garden-many", key=None)))
    answer(tab, "garden-many", "mint")
    the_card(tab, "page", '[data-item="garden-many"]')
    answer(tab)
    wait_until_kept(tab, "garden-one")

    address = write_page(tmp_path, Page(review_payload("ar", SAMPLE)), lang="ar", name="review")
    path = tmp_path / "review.html"
    path.write_text(path.read_text("utf-8").replace(page_script("review"), page_script()), "utf-8")
    tab.goto(address)
    card = the_card(tab, "unread", lang="ar")
    assert card.evaluate("node => getComputedStyle(node).direction") == "rtl"


def test_a_live_visit_on_which_everything_goes_wrong(tab, tmp_path):
    """Addresses, pages, the file of my work, processes, scripts, the server: each time a card."""
    with course_learn(make_garden(tmp_path / "course"), tmp_path / "mine") as server:
        mine = tmp_path / "mine"
        tab.goto(server.address)
        for go_wrong in (miss_pages, slip_in_arabic, scratch_work, kill_the_process, break_a_script):
            go_wrong(tab, server, mine)
        read_the_log(mine)
        damage_the_course(tab, server, tmp_path)
    # Now the server has stopped: the page that is still open says so.
    tab.locator("#notice-closed").wait_for()
    assert tab.locator("#notice-closed button").count() == 1


def miss_pages(tab, server, mine):
    """A page that was never there, one that is no page any more, a copy where there is nothing yet."""
    assert tab.goto(f"{server.base}course/modules/01-garden/09-none.ipynb").status == 404
    plain_card(tab, "There is no such page")
    watering = mine / "modules" / "01-garden" / "02-watering.ipynb"
    whole = watering.read_text("utf-8")
    watering.write_text(whole[:200], "utf-8")
    tab.goto(f"{server.base}{LESSON}02-watering.ipynb")
    plain_card(tab, "This page could not be opened")
    watering.write_text(whole, "utf-8")

    assert tab.request.get(f"{server.base}my-work").status == 500
    tab.goto(f"{server.base}my-work")
    plain_card(tab, "There is nothing to save yet")


def slip_in_arabic(tab, server, mine):
    """An author's slip in an Arabic page: the card speaks its language."""
    arabic = mine / "modules" / "01-garden" / "01-sowing.ar.ipynb"
    arabic.write_text(arabic.read_text("utf-8").replace("every-kind", "nobody-wrote-this"), "utf-8")
    tab.goto(f"{server.base}{LESSON}01-sowing.ar.ipynb")
    card = tab.locator("main .trouble[role=alert]")
    card.wait_for()
    assert card.get_by_text(section("fault", "ar")["unexpected-title"]).is_visible()
    assert card.locator("a, button").count() == 1
    assert "nobody-wrote-this" not in tab.content()


def scratch_work(tab, server, mine):
    """The file of my work is damaged: the page says so, the start page puts it aside, nothing is deleted."""
    work = mine / "my-work.db"
    open_work(work).save_field(form="01-garden/plan", field="name", value="The long bed")
    scratch(work)
    damaged = work.read_bytes()
    tab.goto(f"{server.base}{LESSON}02-watering.ipynb")
    tab.locator("main .course-fault").get_by_role("link", name="Go to the start page").click()
    tab.get_by_role("button", name="Put the damaged file aside and go on").click()
    tab.get_by_text("The damaged file was put aside as my-work-damaged-").wait_for()
    (aside,) = mine.glob("my-work-damaged-*.db")
    assert aside.read_bytes() == damaged
    assert not work.exists()
    assert tab.locator("[data-fault]").count() == 0


def kill_the_process(tab, server, mine):
    """The process behind a page is killed; what was confirmed stays."""
    work = mine / "my-work.db"
    tab.goto(f"{server.base}{LESSON}02-watering.ipynb")
    tab.locator(".course-quiz[data-live=true][data-ready=true]").first.wait_for()
    answer(tab, "garden-many", "mint")
    tab.locator('[data-item="garden-many"][data-state=saved]').wait_for()
    with closing(sqlite3.connect(work)) as connection:
        assert connection.execute("SELECT count(*) FROM responses").fetchone() == (1,)
    kill_pages(server)
    tab.locator("#notice-lost").wait_for()
    assert tab.locator("#notice-lost button").count() == 1
    assert len(open_work(work).responses()) == 1


def break_a_script(tab, server, mine):
    """A script on the page breaks where nothing catches it."""
    tab.goto(f"{server.base}{LESSON}02-watering.ipynb")
    tab.locator(".course-quiz[data-live=true][data-ready=true]").first.wait_for()
    tab.evaluate("() => { setTimeout(() => document.getElementById('nothing').focus()); }")
    tab.locator("#notice-broken").wait_for()
    assert tab.locator("#notice-broken button").count() == 1


def read_the_log(mine):
    """A helper finds what went wrong, and nothing that the learner wrote."""
    log = (mine / ".course" / "faults.log").read_text("utf-8")
    assert "The long bed" not in log
    assert len(log.splitlines()) >= 4


def damage_the_course(tab, server, place):
    """A file of the course is damaged while it is open."""
    items = place / "course" / "modules" / "01-garden" / "module.yml"
    kept = items.read_text("utf-8")
    items.write_text(kept[:150] + '\n  - {id: "', "utf-8")
    other = tab.context.new_page()
    other.goto(f"{server.base}course/modules/01-garden/03-frost.ipynb")
    other.locator("main .trouble[role=alert]").first.wait_for()
    other.close()
    items.write_text(kept, "utf-8")


def test_a_course_that_is_not_whole_says_so_on_its_start_page(tab, tmp_path):
    """In words; and where the words themselves are damaged, in a page that needs none of them."""
    root = make_garden(tmp_path / "course")
    module = root / "modules" / "01-garden" / "module.yml"
    module.write_text(module.read_text("utf-8")[:150] + '\n  - {id: "', "utf-8")
    program = tmp_path / "program"
    shutil.copytree(COURSE_PACKAGE, program / "course", ignore=shutil.ignore_patterns("__pycache__"))
    texts = program / "course" / "data" / "ui.fr.yml"
    texts.write_text(texts.read_text("utf-8")[:9000] + '\n  - {id: "', "utf-8")
    command = [COURSE, "learn", "--no-browser", "--port", "0", "--dir", tmp_path / "mine"]
    with started(command, COURSE_ROOT=str(root), PYTHONPATH=str(program)) as server:
        tab.goto(server.address)
        plain_card(tab, "A piece of the course is missing or damaged")
        tab.goto(f"{server.base}?lang=fr")
        assert tab.get_by_role("alert").get_by_text("Un morceau du cours manque ou est abîmé").is_visible()
        assert tab.get_by_role("link").count() == 1
        assert "Traceback" not in tab.content()


def plain_card(tab, title):
    """The page is one card with one thing to do."""
    card = tab.locator("main .trouble[role=alert]")
    assert card.get_by_role("heading", name=title).is_visible()
    assert card.locator("a, button").count() == 1
    assert "Traceback" not in tab.content()


def kill_pages(server):
    """End every page's process as a system without memory does."""
    for process in psutil.Process(server.pid).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if "ipykernel_launcher" in process.cmdline():
                os.kill(process.pid, signal.SIGKILL)
