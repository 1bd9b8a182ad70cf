"""The one script and the one style behind every quiz and form, as the text that is shipped."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

ASSETS = Path(__file__).resolve().parent / "assets"
PARTS = (
    "dom.js",
    "fault.js",
    "store.js",
    "journal.js",
    "score.js",
    "controls.js",
    "written.js",
    "rows.js",
    "reasons.js",
    "quiz.js",
    "channel.js",
    "keeping.js",
    "page.js",
)
# Modes that not every page has, each with the files that draw it: only those pages carry them.
EXTRA = {
    "form": ("form.js", "links.js", "gate.js"),
    "repair": ("examine.js", "repair.js"),
    "chain": ("chain.js",),
    "review": ("schedule.js", "review.js"),
    "compose": ("links.js", "gate.js", "report.js", "report-fields.js", "report-parts.js", "report-form.js"),
    "progress": ("schedule.js", "links.js", "progress.js"),
    "path": ("links.js", "path.js"),
}


def extra_modes(modes: Iterable[str]) -> tuple[str, ...]:
    """Those of a page's modes that the script of every page cannot draw, in a fixed order."""
    wanted = set(modes)
    return tuple(mode for mode in EXTRA if mode in wanted)


@cache
def page_script(*modes: str) -> str:
    """The script of a static page: classic, since a page opened from a disk loads no modules.

    It draws every `.course-quiz` of the page once, and is harmless when it stands there twice.
    `modes` are those of the page's payloads; those that few pages have bring files of their own.
    """
    guard = "if (globalThis.courseQuiz) {\nglobalThis.courseQuiz.drawWhenRead();\nreturn;\n}"
    return _joined(guard, PARTS) + "".join(mode_script(mode) for mode in extra_modes(modes))


@cache
def mode_script(mode: str) -> str:
    """The script of one extra mode, to stand after that of every page."""
    guard = f"if (courseQuiz.kit.MODES[{mode!r}]) return;"
    return _joined(guard, EXTRA[mode], "courseQuiz.drawWhenRead();")


@cache
def widget_script(*modes: str) -> str:
    """The same script as the module that anywidget loads: one export is added."""
    return f"{page_script(*modes)}export default {{ render: globalThis.courseQuiz.render }};\n"


@cache
def page_style() -> str:
    """The style of quizzes and forms; every rule lies below `.course-quiz`."""
    return shortened("text/css", _read("page.css"))


def _joined(guard: str, names: Iterable[str], last: str = "") -> str:
    """Files as one function of their own, which the guard leaves where it has run already."""
    parts = "\n".join(["(() => {", '"use strict";', guard, *map(_read, names), last, "})();"])
    return shortened("application/javascript", parts).rstrip(";\n") + ";\n"


def _read(name: str) -> str:
    return without_comments((ASSETS / name).read_text(encoding="utf-8"))


def shortened(kind: str, source: str) -> str:
    """The source with short names inside, a fifth less under gzip; as it is on a system without the tool."""
    try:
        import minify  # noqa: PLC0415  (no wheel for every system)
    except ImportError:
        return source
    return minify.string(kind, source)


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
