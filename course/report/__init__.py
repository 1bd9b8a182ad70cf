"""The shadow report: read a draft, check it against the committee's own rules, compose, write, log."""

from course.report.checking import check_draft, exit_status
from course.report.compose.model import Report
from course.report.compose.reading import load_report, save_report
from course.report.compose.starting import start_report
from course.report.counting import Count, count_words
from course.report.draft import Draft
from course.report.findings import Finding, Setting
from course.report.reading import read_draft
from course.report.writing import write_report

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
