"""Slides as .pptx: wide, large, titles that a screen reader finds, and right to left where that is the way.

The same slides give the same bytes, and no name stands in the properties.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from course.kit.packing import pack_again
from course.kit.slides import LEAST, WIDE, Slide, column_shares
from course.texts import direction

FACE = "Arial"
INK, PAPER, SOFT = RGBColor(0x1A, 0x3E, 0x5C), RGBColor(0xFF, 0xFF, 0xFF), RGBColor(0xEF, 0xEB, 0xDD)
BLACK = RGBColor(0x1C, 0x1C, 0x1C)
SIDE, TOP, FOOT = Pt(40), Pt(110), Pt(492)
PAGE = (Pt(960), Pt(540))
PICTURE = (Pt(460), Pt(390))  # the room of a picture beside the points
TITLE_ONLY = 5  # the layout of the package's own template
TITLE_SIZE, LONG_TITLE = 36, 46  # points; signs from which a title is set smaller
WHEN = datetime(2000, 1, 1)  # no trace of the hour at which it was made


def as_pptx(title: str, slides: Iterable[Slide], lang: str) -> bytes:
    """The bytes of the presentation."""
    show = Presentation()
    show.slide_width, show.slide_height = PAGE
    for slide in slides:
        _Drawn(show, slide, lang).draw()
    properties = show.core_properties
    for name in ("author", "last_modified_by", "comments", "keywords", "subject", "category"):
        setattr(properties, name, "")
    properties.title, properties.language = title, lang
    properties.created = properties.modified = WHEN
    properties.revision = 1
    target = io.BytesIO()
    show.save(target)
    return pack_again(target.getvalue())


class _Drawn:
    def __init__(self, show: Any, slide: Slide, lang: str) -> None:
        self.slide, self.frame_lang = slide, lang
        self.lang = slide.lang or lang
        self.page = show.slides.add_slide(show.slide_layouts[TITLE_ONLY])

    def draw(self) -> None:
        """The whole slide with its notes."""
        dark = self.slide.kind in ("cover", "pause", "session")
        fill = self.page.background.fill
        fill.solid()
        fill.fore_color.rgb = INK if dark else PAPER
        ink = PAPER if dark else BLACK
        self.add_title(PAPER if dark else INK)
        if self.slide.table:
            self.add_table()
        elif self.slide.points:
            width = Pt(WIDE) if not self.slide.picture else Pt(400)
            self.add_points(ink, width)
        if self.slide.picture:
            self.add_picture()
        if self.slide.small:
            box = self.page.shapes.add_textbox(SIDE, FOOT, Pt(WIDE), Pt(36))
            self.write(box.text_frame, (self.slide.small,), LEAST, ink, self.frame_lang)
        notes = self.page.notes_slide.notes_text_frame
        notes.text = self.slide.notes

    def add_title(self, ink: RGBColor) -> None:
        title = self.page.shapes.title
        high = Pt(84) if self.slide.kind not in ("cover", "pause") else Pt(260)
        title.left, title.top, title.width, title.height = SIDE, Pt(20), Pt(WIDE), high
        size = TITLE_SIZE if len(self.slide.title) <= LONG_TITLE else 28
        size = 44 if self.slide.kind == "cover" else size
        title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        lang = self.lang if self.slide.kind in ("case", "content") else self.frame_lang
        self.write(title.text_frame, (self.slide.title,), size, ink, lang, bold=True)

    def add_points(self, ink: RGBColor, width: Emu) -> None:
        top = TOP if self.slide.kind != "pause" else Pt(300)
        left = SIDE if direction(self.lang) == "ltr" or width == Pt(WIDE) else PAGE[0] - SIDE - width
        box = self.page.shapes.add_textbox(left, top, width, Pt(370))
        self.write(box.text_frame, self.slide.points, self.slide.size, ink, self.lang, apart=True)

    def add_table(self) -> None:
        rows = self.slide.table
        columns = len(rows[0])
        frame = self.page.shapes.add_table(len(rows), columns, SIDE, TOP, Pt(WIDE), Pt(30 * len(rows)))
        told = f"{self.slide.title}: {', '.join(rows[0])}"
        frame._element.nvGraphicFramePr.cNvPr.set("descr", told)
        table = frame.table
        if direction(self.lang) == "rtl":
            table._tbl.tblPr.set("rtl", "1")
        for column, share in zip(table.columns, column_shares(rows), strict=True):
            column.width = Pt(WIDE * share)
        for place, row in enumerate(rows):
            table.rows[place].height = Pt(self.slide.size * 1.5)
            for cell, text in zip(table.rows[place].cells, row, strict=True):
                cell.fill.solid()
                cell.fill.fore_color.rgb = INK if place == 0 else SOFT if place % 2 else PAPER
                cell.margin_top = cell.margin_bottom = Pt(4)
                ink = PAPER if place == 0 else BLACK
                self.write(cell.text_frame, (text,), self.slide.size, ink, self.lang, bold=place == 0)

    def add_picture(self) -> None:
        picture = self.page.shapes.add_picture(str(self.slide.picture), 0, TOP)
        scale = min(PICTURE[0] / picture.width, PICTURE[1] / picture.height)
        picture.width, picture.height = round(picture.width * scale), round(picture.height * scale)
        picture.left = SIDE if direction(self.lang) == "rtl" else PAGE[0] - SIDE - picture.width
        picture._element.nvPicPr.cNvPr.set("descr", self.slide.alternative)

    def write(
        self,
        frame: Any,
        texts: Iterable[str],
        size: int,
        ink: RGBColor,
        lang: str,
        *,
        bold: bool = False,
        apart: bool = False,
    ) -> None:
        """The texts as paragraphs; direction is a property of the paragraph."""
        frame.word_wrap = True
        rtl = direction(lang) == "rtl"
        for place, text in enumerate(texts):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            paragraph.alignment = PP_ALIGN.RIGHT if rtl else PP_ALIGN.LEFT
            if rtl:
                paragraph._p.get_or_add_pPr().set("rtl", "1")
            if apart:
                paragraph.space_after = Pt(size * 0.4)
            run = paragraph.add_run()
            run.text = text
            font = run.font
            font.size, font.bold, font.name, font.color.rgb = Pt(size), bold, FACE, ink
            properties = run._r.get_or_add_rPr()
            properties.set("lang", lang)
            face = properties.makeelement(qn("a:cs"), {"typeface": FACE})
            properties.append(face)
