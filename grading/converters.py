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
TRACEBACK_END = re.compile(r"^ {4}([\w.]+)(?:: (.*))?$", re.MULTILINE)  # nbgrader's log indents by four


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
    """The line that the last traceback in the log ends with, else that of the raised error."""
    raised = f"    {error.strip().splitlines()[-1]}"
    kind, said = (TRACEBACK_END.findall(log) or TRACEBACK_END.findall(raised) or [("", "unknown error")])[-1]
    return (said or kind).rstrip(".") + "."
