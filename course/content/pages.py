"""Looks into the pages of lessons as text: light, since every page that a learner opens may do it."""

from __future__ import annotations

import json
from pathlib import Path

from course.content.models import Module


def page_with(call: str, module: Module, root: Path) -> str:
    """The lesson whose page makes a call that begins so, e.g. `course.quiz("00-start", "safety"`.

    As a path from the root without a suffix; where no page calls it, the module's first lesson.
    """
    written = json.dumps(call)[1:-1]
    for lesson in module.lessons:
        page = root / "modules" / module.id / f"{lesson.file}.ipynb"
        if page.is_file() and written in page.read_text(encoding="utf-8"):
            return f"modules/{module.id}/{lesson.file}"
    return f"modules/{module.id}/{module.lessons[0].file}"


def page_heading(path: Path) -> str:
    """The first heading of a page; empty where it has none or cannot be read: opening it says why."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        lines = (
            line
            for cell in cells
            if cell["cell_type"] == "markdown"
            for line in "".join(cell["source"]).splitlines()
        )
        return next((line[2:].strip() for line in lines if line.startswith("# ")), "")
    except (OSError, ValueError, KeyError, TypeError):
        return ""
