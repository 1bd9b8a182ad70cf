"""The words of a file of the kit."""

from __future__ import annotations

from docx import Document
from docx.oxml.ns import qn
from pptx import Presentation


def plain(text: str) -> str:
    """The text with single spaces."""
    return " ".join(text.split())


def words_of(path) -> str:
    """All words of a file of the kit."""
    if path.suffix == ".txt":
        return path.read_text(encoding="utf-8")
    if path.suffix == ".pptx":
        slides = Presentation(path).slides
        return "\n".join(
            text.text or ""
            for slide in slides
            for root in (slide._element, slide.notes_slide._element)
            for text in root.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}t")
        )
    paragraphs = Document(path).element.body.iter(qn("w:p"))
    return "\n".join("".join(text.text or "" for text in one.iter(qn("w:t"))) for one in paragraphs)
