"""Who may open the learner's pages: the learner's own browser, with the key of this start."""

from __future__ import annotations

import http.client
import os
import re
import stat
import sys
import time
from urllib.parse import urlsplit

import pytest

from course.learn.copying import copy_course
from tests.learn.garden import course_learn, make_garden, started

PAGE = "/course/modules/01-garden/01-sowing.ipynb"
NO_KERNEL = "00000000-0000-0000-0000-000000000000"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """`course learn`, with nobody in it."""
    place = tmp_path_factory.mktemp("safety")
    with course_learn(make_garden(place / "course"), place / "mine") as server:
        server.folder = place / "mine"
        yield server


def ask(server, path, method="GET", **headers):
    """One request, following nothing: status, headers, text."""
    connection = http.client.HTTPConnection(urlsplit(server.base).netloc, timeout=20)
    connection.request(
        method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, text


@pytest.fixture(scope="module")
def cookie(server):
    """What a browser holds after it came in by the printed address."""
    status, headers, _ = ask(server, server.address.removeprefix(server.base.rstrip("/")))
    assert (status, headers["Location"]) == (302, "/")
    return "; ".join(value.partition(";")[0] for value in headers.get_all("Set-Cookie"))


@pytest.mark.parametrize("path", ["/", PAGE, "/my-work", "/course/pages/at-risk.md"])
def test_without_the_key_there_is_only_a_card(server, path):
    """It says where the key is to be found; the page itself is not shown."""
    status, headers, _ = ask(server, path)
    assert status == 302
    status, _, text = ask(server, headers["Location"])
    assert status == 200
    assert "the window where you started it" in text
    assert "Sowing" not in text


def test_with_the_key_the_pages_are_open(server, cookie):
    """The same request with the cookie."""
    status, headers, text = ask(server, "/", Cookie=cookie)
    assert status == 200
    assert "Sowing" in text
    assert "default-src 'self'" in headers["Content-Security-Policy"]


def test_a_name_from_elsewhere_is_refused(server, cookie):
    """A page elsewhere that gives its own name this machine's address gets nothing."""
    assert ask(server, "/", Host="evil.example", Cookie=cookie)[0] == 403


def test_the_connection_of_a_page_is_refused_to_another_origin(server, cookie):
    """Even with the cookie."""
    asked = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec_WebSocket_Version": "13",
        "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Cookie": cookie,
    }
    _, _, page = ask(server, PAGE, Cookie=cookie)
    kernel = re.search(r'course_arrived."([^"]+)"', page)[1]
    path = f"/api/kernels/{kernel}/channels"
    assert ask(server, path, Origin="http://evil.example", **asked)[0] == 403
    assert ask(server, path, Origin=server.base.rstrip("/"), **asked)[0] == 101


@pytest.mark.parametrize(
    ("method", "path"), [("POST", f"/goodbye/{NO_KERNEL}"), ("DELETE", f"/api/kernels/{NO_KERNEL}")]
)
def test_nothing_is_ended_by_a_form_of_another_page(server, cookie, method, path):
    """A request that changes something needs the page's own token."""
    assert ask(server, path, method, Cookie=cookie)[0] == 403


@pytest.mark.parametrize(
    "path",
    [
        "/voila/files/my-work.db",
        "/voila/tree",
        "/voila/render" + PAGE.removeprefix("/course"),
        "/api/contents",
        "/api/kernels",
        "/course/../../etc/passwd.md",
        "/course/..%2F..%2Fetc%2Fpasswd.md",
        "/course/modules/01-garden/items.yml.md",
        "/course/.course/learn.md",
        "/learn/server.py",
        "/static/base/images/logo.png",
    ],
)
def test_nothing_else_is_served(server, cookie, path):
    """No file browser, no files, nothing above the course."""
    status, _, text = ask(server, path, Cookie=cookie)
    assert status == 404
    assert "There is no such page" in text


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_the_server_listens_on_this_machine_alone(server):
    """Its one open port is on the loopback address; its processes talk over sockets in a private folder."""
    psutil = pytest.importorskip("psutil")
    open_ports = {
        connection.laddr.ip
        for process in [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert open_ports == {"127.0.0.1"}
    assert not [path for path in server.folder.iterdir() if stat.S_IMODE(path.stat().st_mode) & 0o022]


def test_a_page_that_nobody_is_connected_to_loses_its_process(tmp_path):
    """A browser that crashed says no goodbye; the memory comes back all the same."""
    copy_course(make_garden(tmp_path / "course"), tmp_path / "mine")
    call = (
        "import sys; from pathlib import Path; from course.learn.opening import Opened;"
        "from course.learn.server import serve;"
        "opened = Opened(Path(sys.argv[1]), Path(sys.argv[2]), 'en');"
        "serve(opened, port=0, open_browser=False, idle_seconds=2)"
    )
    with started([sys.executable, "-c", call, tmp_path / "course", tmp_path / "mine"]) as server:
        status, headers, _ = ask(server, server.address.removeprefix(server.base.rstrip("/")))
        assert status == 302
        cookie = "; ".join(value.partition(";")[0] for value in headers.get_all("Set-Cookie"))
        _, _, page = ask(server, PAGE, Cookie=cookie)
        kernel = re.search(r'course_arrived."([^"]+)"', page)[1]
        assert ask(server, f"/api/kernels/{kernel}", Cookie=cookie)[0] == 200
        begun = time.monotonic()
        while ask(server, f"/api/kernels/{kernel}", Cookie=cookie)[0] == 200:
            assert time.monotonic() - begun < 30
            time.sleep(0.5)
