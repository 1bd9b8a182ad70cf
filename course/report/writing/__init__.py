"""The report as a document: .docx, .html and .pdf from one outline."""

from course.report.writing.outline import Piece, outline
from course.report.writing.writer import write_report

__all__ = ["Piece", "outline", "write_report"]
