"""The shadow report: read a draft, check it against the committee's own rules, compose, write, log.

Each name is loaded when it is first asked for: who checks a draft does not wait for what writes one.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.report.checking import check_draft, exit_status
    from course.report.compose.model import Report
    from course.report.compose.reading import load_report, save_report
    from course.report.compose.starting import start_report
    from course.report.counting import Count, count_words
    from course.report.draft import Draft
    from course.report.findings import Finding, Setting
    from course.report.reading import read_draft
    from course.report.writing import write_report

PLACES = {
    "check_draft": "checking",
    "exit_status": "checking",
    "Report": "compose.model",
    "load_report": "compose.reading",
    "save_report": "compose.reading",
    "start_report": "compose.starting",
    "Count": "counting",
    "count_words": "counting",
    "Draft": "draft",
    "Finding": "findings",
    "Setting": "findings",
    "read_draft": "reading",
    "write_report": "writing",
}

__all__ = [
    "Count",
    "Draft",
    "Finding",
    "Report",
    "Setting",
    "check_draft",
    "count_words",
    "exit_status",
    "load_report",
    "read_draft",
    "save_report",
    "start_report",
    "write_report",
]


def __getattr__(name: str) -> Any:
    if name not in PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{PLACES[name]}"), name)
