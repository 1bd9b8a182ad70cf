"""`course learn --lab`: the same pages in JupyterLab, where a question is answered and kept too."""

from __future__ import annotations

import pytest

from course.work import open_work
from tests.learn.garden import course_learn, make_garden

pytestmark = pytest.mark.browser


def test_a_question_is_answered_in_jupyterlab(offline_page, tmp_path):
    """Run the page, answer, and Python has it; no code to be seen, nothing asked outside."""
    tab, mine = offline_page, tmp_path / "mine"
    with course_learn(make_garden(tmp_path / "course"), mine, "--lab") as server:
        tab.goto(server.address)
        tab.goto(f"{server.base}lab/tree/modules/01-garden/01-sowing.ipynb")
        tab.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for(timeout=60_000)
        tab.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=60_000)
        tab.get_by_role("menuitem", name="Run", exact=True).click()
        tab.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        here = tab.locator('[data-id="01-garden/every-kind"][data-ready=true] [data-item="garden-one"]')
        here.locator('input[value="evening"]').check(timeout=60_000)
        here.locator('[data-action="check"]').click()
        tab.locator('[data-item="garden-one"][data-state="saved"]').wait_for()
        assert not tab.get_by_text("course.quiz(").first.is_visible()
    assert server.returncode == 0
    assert server.rest == ""
    stored = open_work(mine / "my-work.db").latest_responses("01-garden/every-kind")
    assert stored["garden-one"]["response"] == "evening"
    assert tab.outside_requests == []
