"""Writes a report to a file: whole or not at all, and never over something else by surprise."""

from __future__ import annotations

from pathlib import Path

from course.errors import CourseError
from course.files import write_whole
from course.report.compose.model import Report
from course.report.writing.docx import as_docx
from course.report.writing.html import as_html
from course.report.writing.outline import outline
from course.report.writing.pdf import as_pdf

ENDINGS = (".docx", ".html", ".pdf")


def write_report(report: Report, path: Path, *, unfinished: bool = False) -> Path:
    """The document of a report as .docx, .html or .pdf, by the ending of `path`; returns `path`.

    Raises CourseError for another ending, and for a claim without evidence unless `unfinished`.
    """
    pieces = outline(report, unfinished=unfinished)
    match path.suffix.lower():
        case ".docx":
            write_whole(path, as_docx(report, pieces))
        case ".html":
            write_whole(path, as_html(report, pieces))
        case ".pdf":
            write_whole(path, as_pdf(as_html(report, pieces)))
        case ending:
            raise CourseError(
                f"{path.name}: no document is written as {ending or 'nothing'}; choose {', '.join(ENDINGS)}."
            )
    return path
