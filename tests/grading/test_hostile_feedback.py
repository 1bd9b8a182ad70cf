"""`grading feedback` in any course: what learners wrote or printed does nothing in anybody's browser."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_output
from nbgrader.api import Gradebook

from grading.feedback import generate_feedback
from grading.sanitising import safe_html
from grading.workspace import Workspace, open_course
from tests.grading.courses import answered, cell_of, extra
from tests.grading.handins import run
from tests.grading.hostile import ACT, ELSEWHERE, HOSTILE_DATA, HOSTILE_HTML, PNG

pytestmark = [
    pytest.mark.filterwarnings("ignore:Object of type <Submitted:sqlalchemy.exc.SAWarning"),  # nbgrader's own
]


def grade_amal(root: Path) -> Path:
    """Make amal's page graded: its outputs are put there as a hostile page leaves them."""
    page = answered(root, why=HOSTILE_HTML["script"] + HOSTILE_HTML["handler"] + f"![p]({ELSEWHERE}/a.png)")
    source = nbformat.read(root / "source" / "ps1" / "p1.ipynb", as_version=4)
    test = cell_of(page, "test_square")
    test.source = cell_of(source, "test_square").source
    lines = ["\x1b[31mAssertionError\x1b[0m Traceback", *test.source.splitlines()]
    test.outputs = [
        new_output("error", ename="AssertionError", evalue="the square of three", traceback=lines)
    ]
    printing = extra("print(In)")
    printing.outputs = [new_output("stream", name="stdout", text=f"printed: {test.source!r}")]
    showing = extra("show everything")
    showing.outputs = [
        new_output("display_data", data)
        for data in [*({"text/html": html} for html in HOSTILE_HTML.values()), *HOSTILE_DATA]
    ]
    showing.outputs.append(new_output("stream", name="stderr", text=f"<script>{ACT}</script>\x1b[31mred"))
    page.cells += [printing, showing]
    folder = root / "autograded" / "amal" / "ps1"
    folder.mkdir(parents=True)
    nbformat.write(page, folder / "p1.ipynb")
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        gradebook.add_student("amal")
        gradebook.add_submission("ps1", "amal")
        for name, points in (("test_square", 0.0), ("test_double", 1.0)):
            grade = gradebook.find_grade(name, "p1", "ps1", "amal")
            grade.auto_score, grade.needs_manual_grade = points, name == "test_square"
        gradebook.find_comment("why", "p1", "ps1", "amal").manual_comment = HOSTILE_HTML["script"]
        gradebook.db.commit()
    return root


@pytest.fixture(scope="module")
def course(numbers, tmp_path_factory) -> Workspace:
    """A course with that page, and its feedback in Arabic."""
    root = shutil.copytree(numbers, tmp_path_factory.mktemp("hostile") / "course")
    place = open_course(grade_amal(root))
    made = generate_feedback(place, "ps1", language="ar")
    assert (len(made.pages), made.failed) == (1, {})
    return place


@pytest.fixture(scope="module")
def html(course) -> str:
    """amal's page."""
    return (course.feedback("amal", "ps1") / "p1.html").read_text(encoding="utf-8")


@pytest.mark.browser
def test_nothing_in_the_page_acts_in_a_real_browser(course, offline_page):
    """No script, no handler, no request, no dialog, no word on the console; also after clicks and keys."""
    dialogs: list[str] = []
    offline_page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    requests: list[str] = []
    offline_page.on("request", lambda request: requests.append(request.url))
    said: list[str] = []
    offline_page.on("console", lambda message: said.append(message.text))
    address = (course.feedback("amal", "ps1") / "p1.html").as_uri()
    offline_page.goto(address)
    title = offline_page.title()
    offline_page.get_by_text("bait", exact=True).first.click()
    offline_page.keyboard.press("Tab")
    offline_page.keyboard.press("Enter")
    offline_page.wait_for_timeout(300)
    assert (offline_page.title(), offline_page.url.partition("#")[0]) == (title, address)
    assert [url for url in requests if not url.startswith("data:")] == [address]
    assert (offline_page.outside_requests, offline_page.problems, dialogs, said) == ([], [], [], [])
    assert offline_page.locator("script, iframe, object, embed, form, link, base, svg, style").count() == 1
    assert offline_page.locator("html[dir=rtl][lang=ar]").count() == 1


@pytest.mark.browser
def test_the_policy_stops_what_the_sanitiser_would_miss(course, offline_page, tmp_path):
    """The second wall: hostile HTML put into the finished page unsanitised still does nothing."""
    page = (course.feedback("amal", "ps1") / "p1.html").read_text(encoding="utf-8")
    torn = tmp_path / "torn.html"
    added = "".join(html for name, html in HOSTILE_HTML.items() if name != "base and refresh")  # it navigates
    torn.write_text(page.replace("</main>", f"{added}</main>"), encoding="utf-8")
    offline_page.goto(torn.as_uri())
    offline_page.wait_for_timeout(300)
    assert offline_page.title() != "acted"
    assert offline_page.outside_requests == []


def test_hidden_tests_are_not_shown(html):
    """Not in the cell, not in the traceback, not where a learner's own code printed them."""
    assert "secret_square_of_three" not in html
    assert "HIDDEN TESTS" not in html
    assert "AssertionError: the square of three" in html


def test_hidden_tests_are_shown_where_they_are_asked_for(course):
    """By the option of the real command; the page is as safe as ever."""
    made = run("grading", "feedback", "ps1", "--show-hidden-tests", cwd=course.root)
    assert made.returncode == 0, made.stderr
    page = (course.feedback("amal", "ps1") / "p1.html").read_text(encoding="utf-8")
    generate_feedback(course, "ps1", language="ar")
    assert "secret_square_of_three" in page
    assert "<script" not in page


def test_the_page_keeps_what_is_worth_reading(html):
    """The learner's text, code and results, points of each part, and which part a person looks at again."""
    assert "product = x * x" in html.replace("</span>", "").replace('<span class="n">', "").replace(
        '<span class="o">', ""
    ).replace('<span class="w">', "")
    assert "<strong>strong</strong>" in html
    assert "0 من 2 نقاط" in html
    assert "سينظر شخص في هذا الجزء من جديد." in html


@pytest.mark.parametrize("name", HOSTILE_HTML)
def test_each_hostile_html_loses_what_acts(name):
    """No element that loads or runs, no attribute that acts, no address but a place of the page."""
    clean = safe_html(HOSTILE_HTML[name]).lower()
    for word in (
        "<script",
        "<iframe",
        "<svg",
        "<style",
        "<form",
        "<input",
        "<button",
        "<link",
        "<base",
        "<meta",
    ):
        assert word not in clean
    for word in (" on", "javascript:", "elsewhere.example", "src=", "url(", "position"):
        assert word not in clean.replace("&lt;", "")


def test_what_people_use_stays():
    """Tables of numbers, lists, emphasis, a picture whose bytes are in it, the direction of a text."""
    kept = (
        '<table><tr style="text-align:right"><th colspan="2">a</th></tr></table><ul><li><b>b</b></li></ul>'
        f'<p dir="rtl" lang="ar">ج</p><img src="data:image/png;base64,{PNG}" alt="a"><a href="#top">up</a>'
    )
    assert safe_html(kept).replace("<tbody>", "").replace("</tbody>", "") == kept
