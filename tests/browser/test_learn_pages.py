"""`course learn`: real pages of a real server, answered by keyboard, read back from my work."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import time
import zipfile

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe

from course.work import open_work
from tests.browser.quiz_pages import RIGHT, answer_by_keyboard, check_by_keyboard, item
from tests.learn.garden import course_learn, make_garden

pytestmark = pytest.mark.browser
LESSON = "course/modules/01-garden/"
DRAWN = ".course-quiz[data-ready=true][data-live=true]"
SAVED = '[data-state="saved"]'


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """The invented course and the learner's folder, for all tests of this file."""
    return tmp_path_factory.mktemp("learn")


@pytest.fixture(scope="module")
def server(place):
    """`course learn` on it, once for all."""
    with course_learn(make_garden(place / "course"), place / "mine") as server:
        yield server


@pytest.fixture
def tab(offline_page, server):
    """A browser that has come in by the address that the command printed."""
    offline_page.goto(server.address)
    return offline_page


@pytest.fixture
def clean_tab(tab):
    """The same, and at the end nothing was asked outside and no error was reported."""
    yield tab
    assert tab.outside_requests == []
    assert tab.problems == []


def open_lesson(tab, server, name, drawn=1):
    """Go to a lesson and wait until so many quizzes and forms are drawn and listened to."""
    tab.goto(f"{server.base}{LESSON}{name}.ipynb")
    tab.locator(DRAWN).nth(drawn - 1).wait_for()


def answer(tab, identifier, response, quiz):
    """Answer one item of one quiz by keyboard, and wait until my work has it."""
    tab.locator(f'[data-id="{quiz}"] [data-item="{identifier}"]').scroll_into_view_if_needed()
    answer_by_keyboard(tab, identifier, response)
    check_by_keyboard(tab, identifier)
    tab.locator(f'[data-id="{quiz}"] [data-item="{identifier}"]{SAVED}').wait_for()


def kernels(server):
    """The processes of the open pages; those that have just ended are not among them."""
    found = []
    for process in psutil.Process(server.pid).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if "ipykernel_launcher" in process.cmdline():
                found.append(process)
    return found


def wait_until(true, seconds=20):
    """Wait for what the browser cannot see."""
    begun = time.monotonic()
    while not true():
        assert time.monotonic() - begun < seconds
        time.sleep(0.1)


def test_the_start_page_shows_what_there_is(clean_tab):
    """Lessons in their order with their minutes, the form, my work, the card for who is at risk."""
    assert "token" not in clean_tab.url
    titles = clean_tab.locator(".lessons li > a:first-child").all_text_contents()
    assert titles == ["Sowing", "Watering", "Frost", "Two invented questions of each kind"]
    assert clean_tab.locator(".lessons .other").all_text_contents() == ["العربية"]
    assert clean_tab.get_by_text("5 minutes").count() == 3
    assert clean_tab.locator(".path").text_content().endswith("my-work.db")
    clean_tab.get_by_role("link", name="I am at risk").click()
    assert clean_tab.get_by_role("heading", name="I am at risk").is_visible()
    assert clean_tab.get_by_text("Leave this page.").is_visible()


def test_every_kind_reaches_my_work_and_is_there_again(clean_tab, server, place, browser):
    """By keyboard alone; Python scores again; a new browser shows the answers; the start page counts them."""
    quiz = "01-garden/every-kind"
    open_lesson(clean_tab, server, "01-sowing")
    for identifier, response in RIGHT.items():
        answer(clean_tab, identifier, response, quiz)
    stored = open_work(place / "mine" / "my-work.db").latest_responses(quiz)
    said = {name: entry["response"] for name, entry in stored.items()}
    assert said | {"garden-many": sorted(said["garden-many"])} == RIGHT
    assert {entry["score"] for entry in stored.values()} == {1.0}

    other = browser.new_context().new_page()
    other.goto(server.address)
    open_lesson(other, server, "01-sowing")
    other.locator(f'[data-id="{quiz}"] .cq-result[data-score=right]').nth(len(RIGHT) - 1).wait_for()
    other.context.close()


def test_what_is_done_shows_on_the_start_page(clean_tab, server):
    """All questions at the end of a lesson answered: it is done, and the next one is offered."""
    open_lesson(clean_tab, server, "02-watering")
    answer(clean_tab, "garden-many", ["bean"], "01-garden/check-02")
    clean_tab.goto(server.base)
    row = clean_tab.locator(".lessons li", has_text="Watering")
    assert "1 of 2 answered" in row.inner_text()
    open_lesson(clean_tab, server, "02-watering")
    answer(clean_tab, "garden-day", RIGHT["garden-day"], "01-garden/check-02")
    clean_tab.goto(server.base)
    assert "Done" in row.inner_text()
    assert clean_tab.locator("main .button").first.inner_text().startswith("Continue")


def test_the_reading_is_there_before_the_questions_and_no_code_ever(clean_tab, server):
    """The text comes at once; each question takes the place that was kept for it; the source of the
    page holds no call."""
    clean_tab.goto(f"{server.base}{LESSON}01-sowing.ipynb", wait_until="commit")
    clean_tab.get_by_text("Seeds need water.").wait_for()
    assert clean_tab.locator(DRAWN).count() == 0
    assert clean_tab.locator(".waiting").first.is_visible()
    clean_tab.locator(DRAWN).nth(1).wait_for()
    assert clean_tab.locator(".waiting").count() == 0
    assert "import course" not in clean_tab.content()
    assert "course.quiz(" not in clean_tab.content()


def test_one_goes_from_page_to_page(clean_tab, server):
    """To the next, back, to the Arabic one, and to all pages."""
    clean_tab.goto(f"{server.base}{LESSON}01-sowing.ipynb")
    assert clean_tab.get_by_role("link", name="Previous page").count() == 0
    clean_tab.get_by_role("link", name="Next page").click()
    clean_tab.get_by_role("heading", name="Watering", level=1).wait_for()
    clean_tab.get_by_role("link", name="Previous page").click()
    clean_tab.get_by_role("heading", name="Sowing", level=1).wait_for()
    clean_tab.get_by_role("link", name="العربية").click()
    clean_tab.get_by_role("heading", name="البذر", level=1).wait_for()
    clean_tab.locator(".around").get_by_role("link", name="كل الصفحات").click()
    clean_tab.locator(".lessons").first.wait_for()


def test_an_arabic_page_runs_from_right_to_left(clean_tab, server):
    """Language and direction come from the page itself; what stands around the text follows."""
    clean_tab.goto(f"{server.base}{LESSON}01-sowing.ar.ipynb")
    root = clean_tab.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == ("ar", "rtl")
    assert clean_tab.get_by_role("link", name="أنا في خطر").is_visible()
    heading = clean_tab.locator("h1").bounding_box()
    column = clean_tab.locator("main").bounding_box()
    assert heading["x"] + heading["width"] > column["x"] + column["width"] - 40


def look_closely(tab):
    """Axe at the two widths, and nothing wider than the screen."""
    for width in (1280, 360):
        tab.set_viewport_size({"width": width, "height": 800})
        found = Axe().run(tab)
        assert found.violations_count == 0, found.generate_report()
        assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("page", ["", "?lang=ar", "course/pages/at-risk.md", "course/no-such-page.md"])
def test_axe_finds_no_violation_around_the_lessons(clean_tab, server, page):
    """The start page in both directions, the card for who is at risk, an address with a slip."""
    clean_tab.goto(server.base + page)
    clean_tab.locator("h1").wait_for()
    look_closely(clean_tab)
    clean_tab.problems[:] = [said for said in clean_tab.problems if "404" not in said]


@pytest.mark.parametrize("page", ["01-sowing", "01-sowing.ar", "03-frost"])
def test_axe_finds_no_violation_in_a_lesson(clean_tab, server, page):
    """With every question drawn, also beside a part that failed."""
    open_lesson(clean_tab, server, page)
    look_closely(clean_tab)


def test_a_part_that_fails_is_a_card_and_the_rest_works(clean_tab, server):
    """Plain words with one thing to do; a traceback never; the questions after it can be answered."""
    open_lesson(clean_tab, server, "03-frost")
    cards = clean_tab.locator("main .trouble[role=alert]")
    assert cards.count() == 2
    assert [card.locator("a, button").count() for card in cards.all()] == [1, 1]
    assert "ZeroDivision" not in clean_tab.content()
    assert "nobody-wrote-this" not in clean_tab.content()
    assert "Traceback" not in clean_tab.content()
    answer(clean_tab, "garden-one", "noon", "01-garden/practice")


def test_a_form_is_kept_field_by_field_and_handed_in(clean_tab, server, place):
    """Each field is in answers.json once it is left; the button gives the one file to hand in."""
    folder = place / "mine" / "assignments" / "a91"
    clean_tab.goto(f"{server.base}course/assignments/a91/a91.ipynb")
    clean_tab.locator(f'{DRAWN}[data-mode="form"]').wait_for()
    clean_tab.locator('[data-field="student_id"] input').fill("ori-01")
    clean_tab.keyboard.press("Tab")
    clean_tab.locator(f'[data-field="student_id"]{SAVED}').wait_for()
    clean_tab.locator('[data-field="body"] input[value="crc"]').check()
    clean_tab.locator(f'[data-field="body"]{SAVED}').wait_for()
    answers = json.loads((folder / "answers.json").read_text())
    assert answers["student_id"] == "ori-01"
    assert answers["answers"]["body"] == "crc"
    with clean_tab.expect_download() as download:
        clean_tab.locator('[data-action="submit"]').click()
    assert download.value.suggested_filename == "a91-ori-01.zip"
    with zipfile.ZipFile(download.value.path()) as archive:
        assert json.loads(archive.read("answers.json"))["answers"]["body"] == "crc"
    clean_tab.reload()
    assert clean_tab.locator('[data-field="body"] input[value="crc"]').is_checked()
    clean_tab.goto(server.base)
    assert "fields written" in clean_tab.locator(".lessons li", has_text="invented questions").inner_text()


def test_three_pages_write_at_once(clean_tab, server, place):
    """Each has its own process; all that they confirm is in the one file."""
    quizzes = {
        "01-sowing": "01-garden/every-kind",
        "02-watering": "01-garden/check-02",
        "03-frost": "01-garden/practice",
    }
    wanted = {"01-sowing": "garden-one", "02-watering": "garden-many", "03-frost": "garden-one"}
    tabs = {}
    for name, quiz in quizzes.items():
        tabs[name] = clean_tab.context.new_page()
        open_lesson(tabs[name], server, name)
        tabs[name].locator(f'[data-id="{quiz}"]').wait_for()
    work = open_work(place / "mine" / "my-work.db")
    before = len(work.responses())
    for _ in range(2):
        for name, quiz in quizzes.items():
            here = tabs[name].locator(f'[data-id="{quiz}"] [data-item="{wanted[name]}"]')
            retry = here.locator('[data-action="retry"]')
            if retry.is_visible():
                retry.click()
            here.locator("input").first.check()
            here.locator('[data-action="check"]').click()  # not waiting for the answer: they overlap
        for name, quiz in quizzes.items():
            tabs[name].locator(f'[data-id="{quiz}"] [data-item="{wanted[name]}"]{SAVED}').wait_for()
    assert len(work.responses()) == before + 6
    for tab in tabs.values():
        tab.close()


def test_a_killed_process_costs_nothing_that_was_confirmed(tab, server, place):
    """The page says that it stopped; what was answered since is kept, and saved when it is opened again."""
    quiz = "01-garden/practice"
    before = {process.pid for process in kernels(server)}
    open_lesson(tab, server, "03-frost")
    (own,) = [process for process in kernels(server) if process.pid not in before]
    here = tab.locator(f'[data-id="{quiz}"] [data-item="garden-one"]')
    if here.locator('[data-action="retry"]').is_visible():
        here.locator('[data-action="retry"]').click()
    here.locator('input[value="evening"]').check()
    here.locator('[data-action="check"]').click()
    tab.locator(f'[data-id="{quiz}"] [data-item="garden-one"]{SAVED}').wait_for()
    os.kill(own.pid, signal.SIGKILL)
    answer_by_keyboard(tab, "garden-many", ["melon"])
    check_by_keyboard(tab, "garden-many")
    tab.locator("#notice-lost").wait_for()
    assert item(tab, "garden-many").get_attribute("data-state") != "saved"
    stored = open_work(place / "mine" / "my-work.db").latest_responses(quiz)
    assert stored["garden-one"]["response"] == "evening"
    tab.locator("#notice-lost [data-reload]").click()
    tab.locator(f'[data-item="garden-many"]{SAVED}').wait_for()
    stored = open_work(place / "mine" / "my-work.db").latest_responses(quiz)
    assert stored["garden-many"]["response"] == ["melon"]
    assert stored["garden-one"]["response"] == "evening"


def test_a_copy_of_my_work_is_saved_from_the_start_page(clean_tab, server, place, tmp_path):
    """It holds what my work holds."""
    mine = open_work(place / "mine" / "my-work.db")
    mine.save_field(form="01-garden/plan", field="name", value="The long bed")
    clean_tab.goto(server.base)
    with clean_tab.expect_download() as download:
        clean_tab.get_by_role("link", name="Save a copy of my work").click()
    download.value.save_as(tmp_path / "copy.db")
    copy = open_work(tmp_path / "copy.db")
    assert copy.fields("01-garden/plan") == mine.fields("01-garden/plan") != {}


def test_a_closed_page_gives_its_memory_back(clean_tab, server):
    """Its process ends soon after."""
    before = {process.pid for process in kernels(server)}
    page = clean_tab.context.new_page()
    open_lesson(page, server, "01-sowing")
    (own,) = [process for process in kernels(server) if process.pid not in before]
    page.close(run_before_unload=True)
    wait_until(lambda: own.pid not in {process.pid for process in kernels(server)})


def test_the_page_says_when_the_course_was_closed(browser, tmp_path):
    """Ctrl-C ends the server and every page's process; a page that is still open says what to do."""
    page = browser.new_page()
    with course_learn(make_garden(tmp_path / "course"), tmp_path / "mine") as server:
        page.goto(server.address)
        open_lesson(page, server, "01-sowing")
        running = kernels(server)
        assert running
    assert server.returncode == 0
    assert server.rest == ""
    assert not [process for process in running if process.is_running()]
    page.locator("#notice-closed").wait_for()
    page.close()
