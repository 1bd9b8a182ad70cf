"""A browser that is killed: what it called kept is there when it is opened again."""

from __future__ import annotations

import os
import shutil
import signal

import psutil
import pytest
from playwright.sync_api import Browser

from tests.browser.quiz_pages import every_kind, item, kept_in_browser, write_page
from tests.conftest import CHROMIUM_FLAGS

pytestmark = pytest.mark.browser
QUIZ = "course:quiz:01-garden/every-kind"


@pytest.fixture
def reader(browser: Browser, tmp_path):
    """`reader()` opens Chromium on a profile that stays; called again, it is the same reader later."""
    program = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")

    def open_profile():
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "profile", executable_path=program, args=CHROMIUM_FLAGS
        )
        return context.new_page()

    return open_profile


def test_an_answer_that_is_called_kept_outlives_the_browser(reader, tmp_path):
    """Killed with no warning in the moment in which the page says so."""
    address = write_page(tmp_path, every_kind())
    page = reader()
    page.goto(address)
    item(page, "garden-one").locator('input[value="noon"]').check()
    item(page, "garden-one").locator("[data-action=check]").click()
    page.locator('[data-item="garden-one"][data-state=saved]').wait_for()
    for process in psutil.Process().children(recursive=True):
        if str(tmp_path / "profile") in " ".join(process.cmdline()):
            os.kill(process.pid, signal.SIGKILL)

    page = reader()
    page.goto(address)
    page.locator('[data-item="garden-one"][data-state=saved]').wait_for()

    assert kept_in_browser(page, QUIZ)["garden-one"]["response"] == "noon"
    page.context.close()
