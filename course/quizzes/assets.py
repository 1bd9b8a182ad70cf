"""The one script and the one style behind every quiz and form, as the text that is shipped."""

from __future__ import annotations

from functools import cache
from pathlib import Path

ASSETS = Path(__file__).resolve().parent / "assets"
PARTS = ("score.js", "dom.js", "store.js", "controls.js", "quiz.js", "form.js", "page.js")


@cache
def page_script() -> str:
    """The script of a static page: classic, since a page opened from a disk loads no modules.

    It draws every `.course-quiz` of the page once, and is harmless when it stands there twice.
    """
    parts = "\n".join(without_comments((ASSETS / name).read_text(encoding="utf-8")) for name in PARTS)
    return (
        '(() => {\n"use strict";\n'
        "if (globalThis.courseQuiz) {\nglobalThis.courseQuiz.drawWhenRead();\nreturn;\n}\n"
        f"{parts}\n}})();\n"
    )


@cache
def widget_script() -> str:
    """The same script as the module that anywidget loads: one export is added."""
    return f"{page_script()}export default {{ render: globalThis.courseQuiz.render }};\n"


@cache
def page_style() -> str:
    """The style of quizzes and forms; every rule lies below `.course-quiz`."""
    return without_comments((ASSETS / "page.css").read_text(encoding="utf-8"))


def without_comments(source: str) -> str:
    """The source without indents and without comments that begin a line: half the bytes of a page.

    Safe since no text in these files spans two lines.
    """
    kept = []
    inside = False
    for line in map(str.strip, source.splitlines()):
        inside = inside or line.startswith("/*")
        if line and not inside and not line.startswith("//"):
            kept.append(line)
        inside = inside and not line.endswith("*/")
    return "\n".join(kept)
