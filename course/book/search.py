"""The search of the book: one index of every page, looked through in the browser, from a file too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bs4 import BeautifulSoup

from course.book.navigation import Outline


def index_pages(outline: Outline, site: Path) -> list[dict[str, Any]]:
    """Title, language and text of every page of the book in `site`, in reading order.

    Quizzes are left out: their texts are in every language's own form, and a found key
    would give the answer away.
    """
    entries = []
    for page in outline.pages.values():
        document = (site / f"{page.name}.html").read_text(encoding="utf-8")
        article = BeautifulSoup(document, "html.parser").find("article", id="text")
        for left_out in article.select("script, style, .course-quiz"):
            left_out.decompose()
        headings = [each.get_text(" ", strip=True) for each in article.find_all(["h2", "h3"])]
        entries.append(
            {
                "url": f"{page.name}.html",
                "title": page.title,
                "lang": page.language,
                "dir": page.direction,
                "headings": " · ".join(headings),
                "text": " ".join(article.get_text(" ").split()),
            }
        )
    return entries


def write_index(outline: Outline, site: Path) -> None:
    """Writes `search-index.js`: a script, because a page opened from a file may not fetch."""
    entries = json.dumps(index_pages(outline, site), ensure_ascii=False, separators=(",", ":"))
    (site / "_static" / "search-index.js").write_text(f"window.courseIndex={entries}\n", encoding="utf-8")
