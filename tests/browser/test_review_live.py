"""The review and a closed task as live pages of the real course: Python chooses, keeps and refuses."""

from __future__ import annotations

import contextlib
import os
import signal
from datetime import UTC, datetime, timedelta

import psutil
import pytest

from course.content.reading import load_bank
from course.report import load_report
from course.work import open_work
from course.work.database import written
from course.work.moments import stamp
from course.work.records import Response
from course.work.transfer import insert
from tests.learn.garden import course_learn

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def server(root, tmp_path_factory):
    """`course learn` on the real course, for somebody with two questions due: single choices, to be quick."""
    mine = tmp_path_factory.mktemp("mine")
    work = open_work(mine / "my-work.db")
    names = [name for name, (_, item) in load_bank(root).items() if item.kind == "single-choice"][:2]
    with written(work.path) as connection:
        for name in names:
            response = Response(
                quiz="00-start/check-01",
                item=name,
                revision=1,
                objective="",
                language="en",
                response="x",
                score=1.0,
                at=stamp(datetime.now(UTC) - timedelta(days=2)),
            )
            insert(connection, response)
    with course_learn(root, mine) as server:
        server.work, server.due = work, names
        yield server


def kill_pages(server):
    """The processes behind all open pages end at once, as in a power cut."""
    for process in psutil.Process(server.pid).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if "ipykernel_launcher" in process.cmdline():
                os.kill(process.pid, signal.SIGKILL)


def test_a_due_question_is_answered_live_and_outlives_its_process(offline_page, server, root):
    """What is confirmed is in my work, even after a kill, and is not asked again."""
    offline_page.goto(server.address)
    assert offline_page.locator('[data-part="due"]').get_attribute("data-due") == "2"
    offline_page.locator('[data-part="due"] a').click()
    first, second = server.due
    item = load_bank(root)[first][1]
    box = offline_page.locator(f'[data-id="review"][data-live=true] [data-item="{first}"]')
    box.locator(f'input[value="{item.key}"]').check()
    box.locator("[data-action=check]").click()
    offline_page.locator(f'[data-item="{first}"][data-state=saved]').wait_for()
    kill_pages(server)
    kept = server.work.latest_responses("review")[first]
    assert (kept["response"], kept["score"], kept["hints"]) == (item.key, 1.0, 0)
    assert [review.item for review in server.work.plan().today] == [second]
    offline_page.goto(f"{server.base}course/pages/review.ipynb")
    offline_page.locator('[data-id="review"][data-live=true]').wait_for()
    asked = offline_page.locator("[data-item]").evaluate_all(
        "nodes => nodes.map((node) => node.dataset.item)"
    )
    assert asked == [second]


def test_a_closed_task_says_so_and_leads_to_the_check(offline_page, server):
    """No field, one sentence, and a link to the page of the safety check."""
    offline_page.goto(server.address)
    offline_page.goto(f"{server.base}course/modules/00-start/03-safe-before-you-write.ipynb")
    form = offline_page.locator('[data-id="00-start/safe-paragraph"][data-live=true]')
    form.wait_for()
    assert form.locator("[data-field]").count() == 0
    assert form.locator(".cq-gate a").get_attribute("href").endswith("03-safe-before-you-write.ipynb")


def test_a_report_is_written_live_and_outlives_its_process(offline_page, server):
    """A field is kept in `report.yml`; after a kill it is there, and what was typed then is sent later."""
    path = server.work.path.parent / "report.yml"
    offline_page.goto(server.address)
    offline_page.goto(f"{server.base}course/pages/report.ipynb")
    form = offline_page.locator('[data-id="report"][data-live=true]')
    form.locator("[data-choice=body]").select_option("CRC")
    form.locator("[data-choice=stage]").select_option("session")
    form.locator("[data-action=begin]").click()
    form.locator("[data-part=opening] > summary").click()
    form.locator("[data-field=summary] textarea").fill("Two concerns.")
    form.locator("[data-field=summary] textarea").blur()
    form.locator("[data-field=summary][data-state=saved]").wait_for()
    assert load_report(path).summary == "Two concerns."
    kill_pages(server)
    form.locator("[data-field=method] textarea").fill("We counted.")
    form.locator("[data-field=method] textarea").blur()
    assert load_report(path).summary == "Two concerns."
    offline_page.goto(f"{server.base}course/pages/report.ipynb")
    form.wait_for()
    form.locator("[data-part=opening] > summary").click()
    assert form.locator("[data-field=summary] textarea").input_value() == "Two concerns."
    form.locator("[data-field=method][data-state=saved]").wait_for()
    assert load_report(path).method == "We counted."
