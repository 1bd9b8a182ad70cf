"""Runs nbgrader's own converters in this process, and tells in one sentence why one failed."""

from __future__ import annotations

import re
import warnings

from nbgrader.converters.base import BaseConverter
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import capture_log
from sqlalchemy.exc import SAWarning
from traitlets.config import Config

ANSI = re.compile(r"\x1b\[[0-9;]*m")


def run_converter(converter: type[BaseConverter], config: Config) -> str | None:
    """Run one converter with `config`, which names assignment and students.

    Returns None where it succeeded, else the reason: the last error that is no summary.
    """
    with warnings.catch_warnings():
        # nbgrader 0.9.6 adds rows while SQLAlchemy 2 looks at them: harmless, and said at each hand-in
        warnings.filterwarnings("ignore", message="Object of type <Submitted", category=SAWarning)
        result = capture_log(converter(coursedir=CourseDirectory(config=config), config=config))
    if result["success"]:
        return None
    return _reason(ANSI.sub("", result.get("log", "")), result["error"])


def _reason(log: str, error: str) -> str:
    """The line that a traceback in the log ends with, else the raised error's own."""
    lines = [line for line in log.splitlines() if line.strip()]
    causes = [
        line for line in lines if re.match(r"[A-Za-z_.]+(Error|Exception|Entry|Warning|Interrupt)\b", line)
    ]
    said = causes[-1] if causes else error.strip().splitlines()[-1]
    return re.sub(r"^[\w.]+: ", "", said).rstrip(".") + "."
