"""My work: one portable file per learner, with every answer, and nothing that leaves the machine."""

from __future__ import annotations

import os
from pathlib import Path

from course.files import find_root
from course.work.store import Work
from course.work.summary import Summary, summary_lines

__all__ = ["Summary", "Work", "open_work", "summary_lines"]


def open_work(path: Path | str | None = None) -> Work:
    """The learner's own file: `path`, else COURSE_WORK of the environment, else the course's folder.

    The file is made by the first answer, never by looking.
    """
    chosen = path or os.environ.get("COURSE_WORK")
    if chosen:
        return Work(Path(chosen).expanduser().absolute())
    return Work(find_root(Path.cwd()) / "my-course" / "my-work.db")
