"""A small invented course with a lesson of each sort, and a learner's folder opened from it."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import nbformat

TESTS = Path(__file__).resolve().parents[1]
COURSE = Path(sys.executable).with_name("course")
MODULE = """\
id: 01-garden
code: M1
title: The garden
summary: Items of every kind about an invented garden.
objectives:
  - {id: LO-01.1, bloom: apply, text: Keep a garden.}
lessons:
  - {file: 01-sowing, title: Sowing, minutes: 5, objectives: [LO-01.1], languages: [en, ar]}
  - {file: 02-watering, title: Watering, minutes: 5, objectives: [LO-01.1]}
  - {file: 03-frost, title: Frost, minutes: 5, objectives: [LO-01.1]}
quizzes:
  every-kind:
    [garden-one, garden-many, garden-order, garden-match, garden-number, garden-day,
     garden-gaps, garden-sort, garden-word, garden-paragraphs, garden-hunt, garden-chain]
  check-01: [garden-hostile]
  check-02: [garden-many, garden-day]
  practice: [garden-one, garden-many]
"""
TOC = """\
format: jb-book
root: pages/index
parts:
  - caption: A garden, invented for these tests
    chapters:
      - file: modules/01-garden/index
        sections:
          - file: modules/01-garden/01-sowing
          - file: modules/01-garden/02-watering
          - file: modules/01-garden/03-frost
"""
READING = """\
## Reading

Seeds need water.

> Water in the evening.

| Tool | Use |
|---|---|
| Can | Water |
"""


def write_lesson(path: Path, *cells: str, lang: str = "en") -> None:
    """A page as authors write it: `course.…` is a call, everything else is text."""
    notebook = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
            "course": {"lang": lang},
        }
    )
    hidden = {"tags": ["remove-input"], "jupyter": {"source_hidden": True}}
    for place, source in enumerate(cells):
        if source.startswith("course."):
            cell = nbformat.v4.new_code_cell(f"import course\n{source}", metadata=hidden)
        else:
            cell = nbformat.v4.new_markdown_cell(source)
        cell["id"] = f"cell-{place}"
        notebook.cells.append(cell)
    path.write_text(nbformat.writes(notebook), encoding="utf-8")


def make_garden(root: Path) -> Path:
    """The invented course below `root`, with one form that was handed out."""
    module = root / "modules" / "01-garden"
    shutil.copytree(TESTS / "quizzes" / "sample" / "modules" / "01-garden", module)
    (root / "_toc.yml").write_text(TOC)
    (module / "module.yml").write_text(MODULE)
    write_lesson(
        module / "01-sowing.ipynb",
        "# Sowing",
        'course.quiz("01-garden", "every-kind")',
        READING,
        'course.quiz("01-garden", "check-01")',
    )
    write_lesson(
        module / "01-sowing.ar.ipynb",
        "# البذر",
        'course.quiz("01-garden", "every-kind", lang="ar")',
        lang="ar",
    )
    write_lesson(
        module / "02-watering.ipynb",
        "# Watering",
        'course.quiz("01-garden", "check-02")',
        'course.form("01-garden/plan")',
    )
    write_lesson(
        module / "03-frost.ipynb",
        "# Frost",
        'course.quiz("01-garden", "nobody-wrote-this")',
        "course.quiz(1 / 0)",
        'course.quiz("01-garden", "practice")',
    )
    (root / "pages").mkdir()
    (root / "pages" / "at-risk.md").write_text("# I am at risk\n\n:::{warning} Now\nLeave this page.\n:::\n")
    paper = TESTS / "forms" / "paper"
    shutil.copytree(paper, root / "_build" / "handouts" / "a91")
    return root


def course_learn(root: Path, folder: Path, *options: str):
    """`course learn` as a real process on a free port."""
    words = [COURSE, "learn", "--no-browser", "--port", "0", "--dir", folder, *options]
    return started(words, COURSE_ROOT=str(root))


@contextlib.contextmanager
def started(words: list, **environment: str):
    """A process that opens a learner's folder; its address, and its end by Ctrl-C.

    `said` is what it wrote until it was open, `rest` what it wrote after that.
    """
    process = subprocess.Popen(
        words,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,  # Ctrl-C reaches it alone, not the tests
    )
    process.said = ""
    while process.poll() is None and "Ctrl" not in process.said:
        process.said += process.stdout.readline()
    process.address = next((word for word in process.said.split() if word.startswith("http://")), None)
    assert process.address, process.said
    process.base = process.address.partition("?")[0].removesuffix("lab")
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.rest = process.communicate(timeout=30)[0]
        except subprocess.TimeoutExpired:
            process.kill()
            raise
