"""The second build of the book against the cold one, beside jupyter-book as it comes."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from rich.table import Table

from course.book.build import build_book

STOCK_CONFIG = "title: The same lessons\nonly_build_toc_files: true\n"
NOT_COPIED = shutil.ignore_patterns("_build", ".*", "cohorts", "my-course", "__pycache__")


def time_builds(root: Path, folder: Path) -> Table:
    """Seconds of a cold and a second build of one and the same course, ours and the stock tool's."""
    ours = folder / "ours"
    shutil.copytree(root, ours, ignore=NOT_COPIED)
    stock = make_stock_book(root, folder / "stock")
    table = Table("book", "cold, s", "second, s", "second / cold", title="Building the book")
    for name, build in (
        ("this course", lambda: build_book(ours)),
        ("jupyter-book as it comes, the same lessons", lambda: build_stock_book(stock)),
    ):
        cold, second = seconds(build), seconds(build)
        table.add_row(name, f"{cold:.1f}", f"{second:.1f}", f"{second / cold:.2f}")
    return table


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes, by the clock."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def make_stock_book(root: Path, folder: Path) -> Path:
    """The lessons of the course with jupyter-book's default settings: what they are compared with."""
    lessons = sorted((root / "modules").glob("*/*.ipynb"))
    folder.mkdir()
    toc = ["format: jb-book", "root: index", "chapters:"]
    for lesson in lessons:
        name = f"{lesson.parent.name}-{lesson.stem}".replace(".", "-")
        shutil.copy(lesson, folder / f"{name}.ipynb")
        toc.append(f"  - file: {name}")
    (folder / "_toc.yml").write_text("\n".join(toc) + "\n")
    (folder / "_config.yml").write_text(STOCK_CONFIG)
    (folder / "index.md").write_text("# The same lessons\n\nA page of plain text.\n")
    return folder


def build_stock_book(folder: Path) -> Path:
    """One run of jupyter-book's own command with its own theme and settings."""
    command = "from jupyter_book.cli.main import main; main()"
    subprocess.run(
        [sys.executable, "-c", command, "build", str(folder), "-q"], check=True, capture_output=True
    )
    return folder / "_build" / "html"
