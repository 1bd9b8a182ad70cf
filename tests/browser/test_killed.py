"""A browser that is killed: what it called kept is there when it is opened again."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress

import psutil
import pytest

from tests.browser.quiz_pages import every_kind, write_page
from tests.conftest import CHROMIUM_FLAGS

pytestmark = pytest.mark.browser

# A reader in a process of its own: what is left of a killed browser must not disturb other tests.
READER = """
import json, sys
from playwright.sync_api import sync_playwright
profile, program, flags, address, answer = sys.argv[1:]
with sync_playwright() as playwright:
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=program, args=json.loads(flags)
    )
    page = context.new_page()
    page.goto(address)
    item = page.locator('[data-item="garden-one"]')
    if answer:
        item.locator(f'input[value="{answer}"]').check()
        item.locator("[data-action=check]").click()
    page.locator('[data-item="garden-one"][data-state=saved]').wait_for()
    kept = "() => localStorage.getItem('course:quiz:01-garden/every-kind')"
    print(page.evaluate(kept), flush=True)
    if answer:
        page.wait_for_timeout(60_000)  # until it is killed
    context.close()
"""


@pytest.fixture
def reader(browser, tmp_path):
    """`reader(answer)` opens the page in a Chromium whose profile stays, and answers where told to."""
    program = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
    address = write_page(tmp_path, every_kind())

    def open_page(answer=""):
        words = [str(tmp_path / "profile"), program, json.dumps(CHROMIUM_FLAGS), address, answer]
        return subprocess.Popen([sys.executable, "-c", READER, *words], stdout=subprocess.PIPE, text=True)

    return open_page


def test_an_answer_that_is_called_kept_outlives_the_browser(reader):
    """Killed with no warning in the moment in which the page says so."""
    first = reader("noon")
    assert json.loads(first.stdout.readline())["garden-one"]["response"] == "noon"
    for process in [*psutil.Process(first.pid).children(recursive=True), psutil.Process(first.pid)]:
        with suppress(ProcessLookupError):  # it went with the one before
            os.kill(process.pid, signal.SIGKILL)
    first.communicate()

    again, _ = reader().communicate(timeout=60)

    assert json.loads(again)["garden-one"]["response"] == "noon"
