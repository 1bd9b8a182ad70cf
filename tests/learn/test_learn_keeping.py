"""The start page brings my work in, saves, erases and prints it: a real server, no browser."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from types import SimpleNamespace

import pytest

from course.work import open_work
from tests.learn.garden import course_learn, make_garden

QUIZ = "01-garden/every-kind"
FIRST = {"quiz": QUIZ, "item": "garden-one", "revision": 1, "objective": "LO-01.1", "language": "en"}
BROWSER = {
    "format": "course-browser-answers",
    "version": 1,
    "quizzes": {QUIZ: {"garden-day": {"response": "2027-09-13", "score": 1, "at": "2026-01-01T09:00:00Z"}}},
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """`course learn` on the invented course, once for all tests of this file."""
    place = tmp_path_factory.mktemp("keeping")
    with course_learn(make_garden(place / "course"), place / "mine") as server:
        server.work = open_work(place / "mine" / "my-work.db")
        yield server


@pytest.fixture
def visitor(server):
    """A browser without a window: it has the key and the cookies; my work is empty."""
    server.work.erase()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    begun = opener.open(server.address).read().decode()
    key = re.search(r'name="_xsrf" value="([^"]+)"', begun)[1]

    def get(path):
        return opener.open(server.base + path).read()

    def post(path, *fields, key=key):
        """Fields are (name, content), or (name, content, file name)."""
        line = "a-line-between"
        parts = [("_xsrf", key.encode()), *fields] if key else list(fields)
        body = b"".join(
            f'--{line}\r\nContent-Disposition: form-data; name="{name}"{_named(file)}\r\n\r\n'.encode()
            + content
            + b"\r\n"
            for name, content, *file in parts
        )
        request = urllib.request.Request(server.base + path, body + f"--{line}--\r\n".encode())
        request.add_header("Content-Type", f"multipart/form-data; boundary={line}")
        return opener.open(request).read().decode()

    return SimpleNamespace(get=get, post=post, work=server.work)


def _named(file):
    return f'; filename="{file[0]}"' if file else ""


def test_a_copy_from_another_computer_is_brought_in_beside_what_is_here(visitor, tmp_path):
    """Both sides stand afterwards; the page says how many were new; a second time there are none."""
    visitor.work.record_response(**FIRST, response="noon", score=0.0)
    (tmp_path / "other").mkdir()
    other = open_work(tmp_path / "other" / "my-work.db")
    other.record_response(**{**FIRST, "item": "garden-many"}, response=["mint"], score=0.5)
    copy = other.export_to(tmp_path / "copy.db").read_bytes()
    assert "New entries: 1." in visitor.post("my-work/bring", ("file", copy, "copy.db"))
    assert set(visitor.work.latest_responses(QUIZ)) == {"garden-one", "garden-many"}
    assert "nothing in this file that is not here" in visitor.post("my-work/bring", ("file", copy, "copy.db"))


def test_answers_of_a_browser_are_brought_in_and_given_back(visitor):
    """The file that a static page saved stands in my work; the file for a browser holds it again."""
    sent = json.dumps(BROWSER).encode()
    assert "New entries: 1." in visitor.post("my-work/bring", ("file", sent, "answers.json"))
    given = json.loads(visitor.get("my-work/browser"))
    assert given["quizzes"][QUIZ]["garden-day"]["response"] == "2027-09-13"


@pytest.mark.parametrize("content", [b"{}", b'{"format": "course-browser-answers"', b"a picture" * 999, b""])
def test_a_wrong_file_changes_nothing(visitor, content):
    """It is said in one sentence, and my work stays as it was."""
    visitor.work.record_response(**FIRST, response="noon", score=0.0)
    before = visitor.work.path.read_bytes()
    said = visitor.post("my-work/bring", ("file", content, "file"))
    assert "Nothing was changed." in said
    assert visitor.work.path.read_bytes() == before


def test_erasing_needs_a_yes(visitor):
    """Without the mark nothing is deleted; with it nothing is left."""
    visitor.work.record_response(**FIRST, response="noon", score=0.0)
    assert "Nothing was erased" in visitor.post("my-work/erase")
    assert visitor.work.path.exists()
    assert "Erased." in visitor.post("my-work/erase", ("sure", b"yes"))
    assert not visitor.work.path.exists()


def test_another_page_cannot_erase_or_bring_in(visitor):
    """Without the page's own key, which no other site knows, both are refused."""
    visitor.work.record_response(**FIRST, response="noon", score=0.0)
    for path, field in (("my-work/erase", ("sure", b"yes")), ("my-work/bring", ("file", b"{}", "x"))):
        with pytest.raises(urllib.error.HTTPError, match="403"):
            visitor.post(path, field, key=None)
    assert visitor.work.path.exists()


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_transcript_says_words_and_leaves_the_name_open(visitor, language):
    """Each objective with its word, never a percentage."""
    visitor.work.record_response(**FIRST, response="evening", score=1.0)
    visitor.work.record_response(**{**FIRST, "item": "garden-many"}, response=["mint"], score=1.0)
    page = visitor.get(f"my-work/transcript?lang={language}").decode()
    assert page.count('data-word="alone"') == 1
    assert 'class="by-hand"' in page
    assert "%" not in re.sub(r"<[^>]*>", "", page)
