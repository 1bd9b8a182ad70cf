"""Building: whole or not at all, executed once, never stale, and every fault in a sentence."""

from __future__ import annotations

import pytest

from course.book.build import build_book
from course.errors import ContentError, CourseError

LESSON = "modules/01-mini/01-lesson"
COUNT = "open({path!r}, 'a').write('x')"


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


def test_every_fault_of_one_build_is_told_in_words(mini_book):
    """A dead link and an overview of no module: a line each, with the place; nothing is half-built."""
    (mini_book / "pages" / "at-risk.md").write_text("# I am at risk\n\n[gone](gone.md)\n", encoding="utf-8")
    (mini_book / "modules" / "01-mini" / "index.md").write_text(
        "# Mini\n\n```{module-overview} 09-none\n```\n", encoding="utf-8"
    )
    with pytest.raises(CourseError) as caught:
        build_book(mini_book)
    message = str(caught.value)
    assert "pages/at-risk.md:3: a link leads to a page that is not there: gone.md. " in message
    assert "modules/01-mini/index.md:3: modules/09-none/module.yml: the file is missing" in message
    assert "Traceback" not in message
    assert not (mini_book / "_build" / "html").exists()


def test_a_page_in_the_toc_that_is_not_there_is_named(mini_book):
    """Here jupyter-book stops before it reads any page."""
    toc = mini_book / "_toc.yml"
    toc.write_text(toc.read_text(encoding="utf-8").replace("pages/index", "pages/none"), encoding="utf-8")
    with pytest.raises(CourseError, match="pages/none"):
        build_book(mini_book)


def test_a_notebook_that_is_not_json_is_named(mini_book):
    """jupyter-book would stop without saying which one it was."""
    (mini_book / f"{LESSON}.ipynb").write_text('{"cells": [\n oops', encoding="utf-8")
    with pytest.raises(ContentError, match=rf"{LESSON}.ipynb:2: this is not a notebook"):
        build_book(mini_book)


def test_a_faulty_module_is_told_once_with_its_line(mini_book):
    """The faults of module.yml come from the reader of the content, before any page is made."""
    path = mini_book / "modules" / "01-mini" / "module.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("minutes: 20", "minutes: 0"), encoding="utf-8")
    with pytest.raises(ContentError, match=r"modules/01-mini/module.yml:10: "):
        build_book(mini_book)


def test_a_folder_that_holds_something_else_is_left_alone(mini_book):
    """The book replaces its folder; somebody's documents, or the sources of the modules, it must not."""
    with pytest.raises(CourseError, match="something else than a book"):
        build_book(mini_book, mini_book / "modules")
    assert (mini_book / f"{LESSON}.ipynb").is_file()
    file = mini_book / "book"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(CourseError, match="something else than a book"):
        build_book(mini_book, file)
    assert file.read_text(encoding="utf-8") == "mine"
