"""What a page costs a reader on a slow line, beside the same page of a default jupyter-book."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.table import Table

from bench.build import build_stock_book, make_stock_book
from course.book.build import build_book
from course.book.weights import measure_weights

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PLAIN, QUIZ = "pages/at-risk.html", "modules/03-treaty-bodies/01-ten-bodies.html"
STOCK_PLAIN, STOCK_QUIZ = "index.html", "03-treaty-bodies-01-ten-bodies.html"


def weigh_pages(root: Path, folder: Path) -> Table:
    """Kilobytes under gzip and requests of a first visit, from an empty browser."""
    ours = build_book(root, folder / "html")
    stock = build_stock_book(make_stock_book(root, folder / "stock"))
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        plain, quiz = measure_weights(browser, ours, [PLAIN, QUIZ])
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
    more = (quiz.compressed - plain.compressed) / 1000
    for name, weight, other, aim in (
        ("plain", plain, stock_plain, "at most 250 KB, 0 outside"),
        ("with quizzes", quiz, stock_quiz, f"at most 20 KB more than plain; here {more:.0f}"),
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
