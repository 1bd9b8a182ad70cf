"""The findings of one check as text, JSON, SARIF and HTML."""

from course.report.printing.html import as_html
from course.report.printing.plain import as_json, as_text
from course.report.printing.sarif import as_sarif

__all__ = ["as_html", "as_json", "as_sarif", "as_text"]
