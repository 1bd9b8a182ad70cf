"""A mini book: one page, one module with a lesson in English and in Arabic, no quiz of the course."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from course.book.build import build_book
from course.work import open_work

ROOT = Path(__file__).resolve().parents[2]
TOC = """\
format: jb-book
root: pages/index
parts:
  - caption: Mechanisms
    chapters:
      - file: modules/01-mini/index
        sections:
          - file: modules/01-mini/01-lesson
          - file: modules/01-mini/01-lesson.ar
  - caption: For your work
    chapters:
      - file: pages/at-risk
"""
MODULE = """\
id: 01-mini
code: M1
title: A mini module
summary: One lesson, for the tests.
objectives:
  - {id: LO-01.1, bloom: remember, text: Say one thing.}
lessons:
  - {file: 01-lesson, title: The lesson, minutes: 12, objectives: [LO-01.1]}
tasks:
  - {id: task, title: The task, minutes: 20}
quizzes: {}
"""
ITEMS = """\
items:
  - id: mini-01
    revision: 1
    objective: LO-01.1
    bloom: remember
    kind: single-choice
    source: "CEDAW/C/1, para. 1"
    stem: Which is right?
    choices:
      one: {text: The first, feedback: It is the first.}
      two: {text: The second, feedback: It is not the second.}
    key: one
"""
PAGES = {
    "pages/index.md": "# The mini book\n\nSee [the module](../modules/01-mini/index.md).\n\n"
    "```{module-list}\n```\n\n| Step | When |\n|---|---|\n| Write | In March |\n",
    "pages/at-risk.md": "# I am at risk\n\nGo [home](index.md).\n\n## What to do\n\nStop writing.\n",
    "modules/01-mini/index.md": "# A mini module\n\n```{module-overview} 01-mini\n```\n",
}
LESSON = "# The lesson\n\n:::{note}\nA note.\n:::\n\n## One\n\nText of `CEDAW/C/1`.\n\n## Two\n\nText."
LESSON_AR = "# الدرس\n\n:::{note}\nملاحظة.\n:::\n\n## الأول\n\nنص الوثيقة `CEDAW/C/1`.\n\n## الثاني\n\nنص."


MY_ANSWERS = "from course.work import open_work\nprint('answers:', open_work().fields('01-mini/form'))"


def write_lesson(path: Path, text: str, *calls: str, lang: str = "en") -> None:
    """A notebook as lessons are: text, then calls, outputs cleared."""
    cells = [{"cell_type": "markdown", "id": "text", "metadata": {}, "source": text}]
    for place, call in enumerate(calls):
        cells.append(
            {
                "cell_type": "code",
                "id": f"call-{place}",
                "metadata": {},  # without the tag that hides it: the book must hide it all the same
                "execution_count": None,
                "outputs": [],
                "source": call,
            }
        )
    metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
        "course": {"lang": lang},
    }
    path.write_text(
        json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}),
        encoding="utf-8",
    )


@pytest.fixture(name="write_lesson")
def writer():
    """`write_lesson(path, text, *calls, lang="en")`."""
    return write_lesson


def make_mini_book(folder: Path) -> Path:
    """The root of a mini book below `folder`, not yet built; its lessons call nothing that takes time."""
    root = folder / "mini"
    module = root / "modules" / "01-mini"
    module.mkdir(parents=True)
    (root / "pages").mkdir()
    shutil.copy(ROOT / "_config.yml", root)
    (root / "_toc.yml").write_text(TOC, encoding="utf-8")
    (module / "module.yml").write_text(MODULE, encoding="utf-8")
    (module / "items.yml").write_text(ITEMS, encoding="utf-8")
    for name, text in PAGES.items():
        (root / name).write_text(text, encoding="utf-8")
    write_lesson(module / "01-lesson.ipynb", LESSON, "print('what the call says')", MY_ANSWERS)
    write_lesson(module / "01-lesson.ar.ipynb", LESSON_AR, "print('what the call says')", lang="ar")
    return root


@pytest.fixture
def mini_book(tmp_path) -> Path:
    """The mini book, for a test that changes it before it is built."""
    return make_mini_book(tmp_path)


@pytest.fixture(scope="package")
def mini_site(tmp_path_factory) -> Path:
    """The mini book, built by somebody who has answers of their own; for tests that only read it."""
    folder = tmp_path_factory.mktemp("mini-site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_WORK", str(folder / "my-work.db"))
        open_work().save_field(form="01-mini/form", field="problem", value="the well of our village")
        return build_book(make_mini_book(folder))
