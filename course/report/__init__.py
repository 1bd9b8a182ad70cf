"""The shadow report: read a draft, check it against the committee's own rules, compose, write, log."""

from course.report.checking import check_draft, exit_status
from course.report.counting import Count, count_words
from course.report.draft import Draft
from course.report.findings import Finding, Setting
from course.report.reading import read_draft

__all__ = [
    "Count",
    "Draft",
    "Finding",
    "Setting",
    "check_draft",
    "count_words",
    "exit_status",
    "read_draft",
]
