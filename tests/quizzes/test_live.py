"""With a real kernel: the output holds the live view, and a message reaches my work."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from jupyter_client.manager import start_new_kernel

from course.quizzes.page import WIDGET_VIEW
from course.work import open_work

SAMPLE = Path(__file__).parent / "sample"
SHOW = "import course; course.quiz('01-garden', 'every-kind')"
AT = "2026-11-23T10:00:00.000Z"


@pytest.fixture
def work(tmp_path, monkeypatch):
    """The file of my work that the kernel writes."""
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "my-work.db"))
    return tmp_path / "my-work.db"


def start():
    """A kernel that works in the sample course."""
    return start_new_kernel(kernel_name="python3", cwd=str(SAMPLE))


def output_of(client, code):
    """The mime bundle that a page's call shows."""
    shown = []

    def note(message):
        if message["msg_type"] in ("execute_result", "error"):
            shown.append(message["content"])

    client.execute_interactive(code, output_hook=note, timeout=60)
    assert "data" in shown[0], shown
    return shown[0]["data"]


def test_an_answer_travels_through_a_real_kernel_into_my_work(work):
    """The view's message is kept, scored again and confirmed; a restarted kernel shows it again."""
    manager, client = start()
    try:
        bundle = output_of(client, SHOW)
        assert set(bundle) == {"text/plain", "text/html", WIDGET_VIEW}
        assert not work.exists()
        entry = {"response": "noon", "score": 1, "attempt": 1, "at": AT, "revision": 1, "lang": "en"}
        content = {"type": "response", "id": "garden-one", "entry": entry}
        comm = {"comm_id": bundle[WIDGET_VIEW]["model_id"], "data": {"method": "custom", "content": content}}
        client.shell_channel.send(client.session.msg("comm_msg", comm))
        said = None
        end = time.monotonic() + 30
        while said is None and time.monotonic() < end:
            message = client.get_iopub_msg(timeout=30)
            if message["msg_type"] == "comm_msg" and message["content"]["data"].get("method") == "custom":
                said = message["content"]["data"]["content"]
        assert (said["type"], said["id"], said["sent"]) == ("saved", "garden-one", AT)
        assert open_work(work).latest_responses("01-garden/every-kind")["garden-one"]["score"] == 0.0
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_two_kernels_show_the_same_output(work):
    """Also the id of the live view follows from the page: an output can be compared with another's."""
    bundles = []
    for _ in range(2):
        manager, client = start()
        try:
            bundles.append(output_of(client, SHOW))
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    assert bundles[0] == bundles[1]
