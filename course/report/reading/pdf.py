"""Reads the text of a PDF, and no more than the text: a PDF knows no paragraphs, headings or notes.

By pdfium. Its words are near enough to look for names and symbols, never to count or to judge the
structure: letters of Arabic can stand in the wrong order.
"""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2

from course.report.draft import Draft, Traces
from course.report.reading.bounds import damaged, encrypted, refuse, without_text
from course.report.reading.building import Builder, Text

MAX_PAGES = 600
MAX_CHARACTERS = 5_000_000
PARAGRAPH_END = re.compile(r"(?<=[.!?؟:;])\r?\n")
PASSWORD = 4  # FPDF_ERR_PASSWORD
PROPERTIES = {"Author": "author", "Title": "title", "Subject": "subject", "Keywords": "keywords"}


def read_pdf(path: Path, data: bytes) -> Draft:
    """The draft in a PDF; `countable` is False. Raises CourseError for one locked or without text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise encrypted(path) if getattr(error, "err_code", None) == PASSWORD else damaged(path) from None
    try:
        return _read(path, document)
    except pypdfium2.PdfiumError:
        raise damaged(path) from None
    finally:
        document.close()


def _read(path: Path, document: pypdfium2.PdfDocument) -> Draft:
    if len(document) > MAX_PAGES:
        raise refuse(path, f"it has more than {MAX_PAGES} pages", "give the report without its annexes")
    builder, length = Builder(), 0
    for number in range(len(document)):
        builder.page = number + 1
        page = document[number]
        words = page.get_textpage()
        said = words.get_text_range()
        words.close()
        page.close()
        length += len(said)
        if length > MAX_CHARACTERS:
            raise refuse(path, f"it has more than {MAX_CHARACTERS:,} characters", "split it into parts")
        for piece in PARAGRAPH_END.split(said):
            text = Text()
            text.add(" ".join(piece.replace("\ufffe", "").split()))
            builder.add("paragraph", text)
    if not builder.blocks:
        raise without_text(path)
    found = document.get_metadata_dict(skip_empty=True)
    return Draft(
        name=path.name,
        format="pdf",
        blocks=tuple(builder.blocks),
        traces=Traces(properties={PROPERTIES[k]: v for k, v in found.items() if k in PROPERTIES}),
        countable=False,
    )
