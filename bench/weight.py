"""What a page costs a reader on a slow line, beside the same page of a default jupyter-book."""

from __future__ import annotations

import shutil
from pathlib import Path

from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright
from rich.table import Table

from bench.build import build_stock_book, make_stock_book
from course.book.build import build_book
from course.book.weights import measure_weights

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PLAIN, QUIZ = "pages/at-risk.html", "modules/03-treaty-bodies/01-ten-bodies.html"
STOCK_PLAIN, STOCK_QUIZ = "index.html", "03-treaty-bodies-01-ten-bodies.html"


def without_quizzes(page: Path) -> Path:
    """The same page beside it with its quizzes and what draws them taken out: what they add is the rest."""
    soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
    drawn_by = soup.select('.course-quiz, link[href*="quiz.css"], script[src*="_static/quiz"]')
    for part in drawn_by:
        part.decompose()
    bare = page.with_name(f"{page.stem}-without-quizzes.html")
    bare.write_text(str(soup), encoding="utf-8")
    return bare


def weigh_pages(root: Path, folder: Path) -> Table:
    """Kilobytes under gzip and requests of a first visit, from an empty browser."""
    ours = build_book(root, folder / "html")
    stock = build_stock_book(make_stock_book(root, folder / "stock"))
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        bare_name = without_quizzes(ours / QUIZ).relative_to(ours).as_posix()
        plain, quiz, bare = measure_weights(browser, ours, [PLAIN, QUIZ, bare_name])
        stock_plain, stock_quiz = measure_weights(browser, stock, [STOCK_PLAIN, STOCK_QUIZ])
        browser.close()
    table = Table(
        "page",
        "KB, gzip",
        "requests",
        "asked outside",
        "stock KB",
        "ratio",
        "aim",
        title="First visit to a page",
    )
    more = (quiz.compressed - bare.compressed) / 1000
    for name, weight, other, aim in (
        ("plain", plain, stock_plain, "at most 250 KB, 0 outside"),
        ("with quizzes", quiz, stock_quiz, f"quizzes add at most 20 KB; here {more:.1f}"),
    ):
        table.add_row(
            name,
            f"{weight.compressed / 1000:.0f}",
            str(weight.requests),
            f"{len(weight.outside)} (stock {len(other.outside)})",
            f"{other.compressed / 1000:.0f}",
            f"{weight.compressed / other.compressed:.2f}",
            aim,
        )
    return table
