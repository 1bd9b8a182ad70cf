"""Building: whole or not at all, executed once, never stale, and every fault in a sentence."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from course.book.build import build_book
from course.errors import ContentError, CourseError
from course.work import open_work

LESSON = "modules/01-mini/01-lesson"
COUNT = "open({path!r}, 'a').write('x')"


def page(site, name):
    """One page of a built book."""
    return BeautifulSoup((site / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


def test_pages_are_executed_once_until_their_items_change(mini_book, write_lesson, tmp_path):
    """A second build executes nothing; a changed items.yml executes again, or old quizzes would stay."""
    runs = tmp_path / "runs"
    write_lesson(mini_book / f"{LESSON}.ipynb", "# The lesson", COUNT.format(path=str(runs)))
    build_book(mini_book)
    build_book(mini_book)
    assert runs.read_text() == "x"
    items = mini_book / "modules" / "01-mini" / "items.yml"
    items.write_text(items.read_text(encoding="utf-8").replace("The first", "Number one"), encoding="utf-8")
    build_book(mini_book)
    assert runs.read_text() == "xx"


def test_a_broken_page_fails_each_time_by_name_and_leaves_the_old_book(mini_book, write_lesson):
    """Sphinx forgets its warnings after one run; here the second build fails as the first did."""
    site = build_book(mini_book)
    before = (site / f"{LESSON}.html").read_text(encoding="utf-8")
    write_lesson(mini_book / f"{LESSON}.ipynb", "# The lesson", "raise ValueError('no such set')")
    for _ in range(2):
        with pytest.raises(CourseError) as caught:
            build_book(mini_book)
        message = str(caught.value)
        assert message.startswith(f"{LESSON}.ipynb")
        assert "ValueError: no such set" in message
        assert "\n" not in message
        assert "Traceback" not in message
    assert (site / f"{LESSON}.html").read_text(encoding="utf-8") == before
    assert sorted(path.name for path in site.parent.iterdir()) == [".book", "html", "modules"]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        pytest.param("modules/01-mini/01-lesson.ipynb", "{ not json", "01-lesson", id="notebook-not-json"),
        pytest.param(
            "pages/at-risk.md", "# I am at risk\n\n[gone](gone.md)\n", "not there: gone.md", id="dead-link"
        ),
        pytest.param(
            "modules/01-mini/index.md",
            "# Mini\n\n```{module-overview} 09-none\n```\n",
            "modules/09-none/module.yml",
            id="overview-of-no-module",
        ),
        pytest.param("_toc.yml", "root: pages/none\nformat: jb-book\n", "pages/none", id="toc-names-no-page"),
    ],
)
def test_a_fault_is_told_in_words(mini_book, file, text, said):
    """What is wrong, and where; no traceback, no half a book."""
    (mini_book / file).write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        build_book(mini_book)
    assert said in str(caught.value)
    assert "Traceback" not in str(caught.value)
    assert not (mini_book / "_build" / "html").exists()


def test_a_faulty_module_is_told_once_with_its_line(mini_book):
    """The faults of module.yml come from the reader of the content, before any page is made."""
    path = mini_book / "modules" / "01-mini" / "module.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("minutes: 20", "minutes: 0"), encoding="utf-8")
    with pytest.raises(ContentError, match=r"modules/01-mini/module.yml:10: "):
        build_book(mini_book)


def test_nobodys_answers_reach_the_book(mini_book, write_lesson, tmp_path, monkeypatch):
    """Whoever builds the book has a work of their own; no page may show a word of it."""
    own = tmp_path / "my-work.db"
    monkeypatch.setenv("COURSE_WORK", str(own))
    open_work().save_field(form="01-mini/form", field="problem", value="the well of our village")
    call = "from course.work import open_work\nprint('answers:', open_work().fields('01-mini/form'))"
    write_lesson(mini_book / f"{LESSON}.ipynb", "# The lesson", call)
    shown = page(build_book(mini_book), LESSON).get_text()
    assert "answers:" in shown
    assert "village" not in shown
