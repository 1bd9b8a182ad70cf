"""The few files that every page shares, and the page that leads into the book."""

from __future__ import annotations

import shutil
from functools import cache
from html import escape
from pathlib import Path

from course.book.navigation import Outline
from course.quizzes.assets import EXTRA, extra_modes, mode_script, page_script, page_style
from course.texts import text

STATIC = Path(__file__).resolve().parent / "static"
ENTRANCE = """<!DOCTYPE html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="0; url={url}">
<title>{title}</title>
<link rel="icon" href="_static/mark.svg" type="image/svg+xml">
</head>
<body><main><h1>{title}</h1><p><a href="{url}">{moved}</a></p></main></body>
</html>
"""


@cache
def style(*names: str) -> str:
    """The named style sheets of the book one after another."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in names)


def write_assets(site: Path) -> None:
    """Writes the styles and scripts to `_static`; those of quizzes apart, for pages that have one.

    Whatever else stands there is taken away: Sphinx and its extensions leave styles and
    scripts that no page of this book asks for.
    """
    static = site / "_static"
    shutil.rmtree(static, ignore_errors=True)
    static.mkdir()
    (static / "book.css").write_text(
        style("tokens.css", "text.css", "layout.css", "print.css"), encoding="utf-8"
    )
    for name in ("book.js", "search.js", "facts.js", "mark.svg"):
        (static / name).write_bytes((STATIC / name).read_bytes())
    (static / "quiz.css").write_text(page_style(), encoding="utf-8")
    (static / "quiz.js").write_text(page_script(), encoding="utf-8")
    for mode in extra_modes(EXTRA):
        (static / f"quiz-{mode}.js").write_text(mode_script(mode), encoding="utf-8")


def write_entrance(outline: Outline, site: Path) -> None:
    """Writes `index.html`, which leads to the first page."""
    root = outline.pages[outline.root]
    (site / "index.html").write_text(
        ENTRANCE.format(
            language=root.language,
            direction=root.direction,
            url=f"{root.name}.html",
            title=escape(text("book.title", root.language)),
            moved=escape(text("book.moved", root.language)),
        ),
        encoding="utf-8",
    )
