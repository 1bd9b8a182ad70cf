"""The document as a tagged PDF (PDF/UA-1), made by WeasyPrint from the same page."""

from __future__ import annotations

import logging

from course.errors import CourseError


def as_pdf(page: str) -> bytes:
    """The PDF of an HTML page. Raises CourseError where the system lacks the library that draws text."""
    try:
        from weasyprint import HTML  # noqa: PLC0415 (slow to load, and absent where Pango is)
    except OSError:
        raise CourseError(
            "no PDF can be made on this computer: Pango is not installed; "
            "write the .docx and save it as PDF in your word processor."
        ) from None
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    return HTML(string=page, url_fetcher=_fetch_nothing).write_pdf(pdf_variant="pdf/ua-1")


def _fetch_nothing(url: str, *_: object, **__: object) -> dict:
    raise CourseError(f"{url}: a report fetches nothing.")
