"""On a slow link a page arrives in pieces: nothing is drawn before it is whole."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from course.planner import plan
from tests.browser.quiz_pages import every_kind, form_page, write_page

pytestmark = pytest.mark.browser
PAUSE = 0.4  # seconds; a timer of the page fires long before


@pytest.fixture
def slowly():
    """A server that sends a page's bytes up to a place, waits, and sends the rest."""
    servers = []

    def serve(text, place):
        class Slow(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(text[:place].encode())
                self.wfile.flush()
                threading.Event().wait(PAUSE)
                self.wfile.write(text[place:].encode())

            def log_message(self, *words):
                """Silent: the test says what went wrong."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Slow)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize("drawn", ["quizzes", "planner"])
def test_a_page_cut_in_the_middle_of_its_last_payload_is_drawn_when_the_rest_arrives(
    offline_page, slowly, tmp_path, drawn
):
    """Three pieces, the third half there for a while: each is drawn whole, and no error is seen."""
    if drawn == "quizzes":
        pages, kind = [every_kind(), every_kind("ar"), form_page()], ".course-quiz"
    else:
        pages, kind = [plan(), plan("ar"), plan("fr")], ".course-planner"
    write_page(tmp_path, *pages)
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    start = text.rindex('<script type="application/json"')
    address = slowly(text, (start + text.index("</script>", start)) // 2)
    offline_page.goto(address)
    offline_page.locator(f"{kind}[data-ready=true]").nth(2).wait_for()
    assert offline_page.problems == []
