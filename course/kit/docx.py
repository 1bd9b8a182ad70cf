"""Blocks as .docx: real headings and tables, rows that are never cut, right to left where that is the way.

No name stands in the properties, and the same blocks give the same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from course.kit.blocks import Block, Heading, Lines, Para, Table, Text, plain
from course.kit.packing import pack_again
from course.texts import direction

FACE = "Arial"  # everywhere, with Arabic letters too; LibreOffice puts Liberation Sans in its place
INK, SHADE, BAND = "1A3E5C", "EFEBDD", "DCE6EE"
MARGIN = 1.7  # cm
SIZES = {"plain": 10.5, "bullet": 10.5, "numbered": 10.5, "small": 9, "box": 10.5, "label": 10.5}
# The order in which ECMA-376 wants the properties; a word processor may refuse another one.
ORDER = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs bidi spacing ind jc rPr",
    "w:rPr": "rStyle rFonts b bCs i iCs color spacing kern sz szCs shd rtl lang",
    "w:tblPr": "tblStyle bidiVisual tblW jc tblLayout tblLook",
    "w:tcPr": "tcW gridSpan vMerge shd",
    "w:trPr": "cantSplit tblHeader",
}
WHEN = datetime(2000, 1, 1, tzinfo=UTC)  # no trace of the hour at which it was made


def as_docx(title: str, blocks: Iterable[Block], lang: str, *, wide: bool = False) -> bytes:
    """The bytes of the document; `wide` turns the page."""
    writer = _Writer(title, lang, wide)
    for block, following in pairwise((*blocks, None)):
        writer.add(block, kept=_is_point(following) and (_is_point(block) or _is_label(block)))
    return writer.finish()


class _Writer:
    def __init__(self, title: str, lang: str, wide: bool) -> None:
        self.lang = lang
        self.title = title
        self.document = Document()
        self.begun = False  # whether anything stands on the page
        self.set_page(wide)
        self.set_styles()

    def add(self, block: Block, *, kept: bool) -> None:
        """One block; `kept` on the page of the next one, so that no question is torn apart."""
        match block:
            case Heading():
                self.add_heading(block)
            case Para():
                self.add_para(block, kept)
            case Table():
                self.add_table(block)
            case Lines():
                for _ in range(block.count):
                    self.rule(self.document.add_paragraph())
        self.begun = True

    def add_heading(self, block: Heading) -> None:
        paragraph = self.document.add_heading(level=block.level)
        if block.level == 1 and self.begun:
            paragraph.paragraph_format.page_break_before = True
        self.write(paragraph, plain(block.text), block.lang or self.lang)

    def add_para(self, block: Para, kept: bool) -> None:
        paragraph = self.document.add_paragraph()
        shape = paragraph.paragraph_format
        shape.space_after = Pt(3 if block.mark else 6)
        shape.keep_together, shape.keep_with_next = True, kept or None
        if block.style == "label":
            shape.space_before, shape.keep_with_next = Pt(9), True
        if block.mark:
            shape.left_indent, shape.first_line_indent = Cm(1.2), Cm(-0.9)
            shape.tab_stops.add_tab_stop(Cm(1.2))
        if block.style == "box":
            _shade(paragraph._p.get_or_add_pPr(), SHADE)
        lang = block.lang or self.lang
        spans = (*plain(f"{block.mark}\t"), *block.spans) if block.mark else block.spans
        self.write(paragraph, spans, lang, size=SIZES[block.style])

    def add_table(self, block: Table) -> None:
        columns = len(block.head)
        table = self.document.add_table(rows=0, cols=columns)
        table.style = "Table Grid"
        table.autofit = False
        lang = block.lang or self.lang
        if direction(lang) == "rtl":
            table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
        widths = [self.width * share for share in block.shares or [1 / columns] * columns]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)  # a merged row has only these
        size = 9 if block.small else 10
        head = self.add_row(table, block.head, widths, lang, size, band=True, bold=True)
        head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for place, cells in enumerate(block.rows):
            self.add_row(table, cells, widths, lang, size, band=place in block.bands)
        self.document.add_paragraph().paragraph_format.space_after = Pt(2)

    def add_row(
        self,
        table: Any,
        cells: Sequence[Text],
        widths: Sequence[float],
        lang: str,
        size: float,
        *,
        band: bool,
        bold: bool = False,
    ) -> Any:
        """One row; where it has a single text, this stands across the whole width."""
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
        places = [row.cells[0].merge(row.cells[-1])] if len(cells) == 1 else row.cells
        for cell, spans in zip(places, cells, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.keep_with_next = band
            self.write(paragraph, spans, lang, size=size, bold=bold)
            if band:
                _shade(cell._tc.get_or_add_tcPr(), BAND)
        return row

    def write(self, paragraph: Any, spans: Text, lang: str, *, size: float = 0, bold: bool = False) -> None:
        """The text in its faces; direction is a property of paragraph and run, never a mark in the text."""
        rtl = direction(lang) == "rtl"
        if rtl:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
        for span in spans:
            run = paragraph.add_run(span.text)
            run.bold, run.italic = (bold or span.bold) or None, span.italic or None
            properties = run._r.get_or_add_rPr()
            if size:
                run.font.size = Pt(size)
                _value(properties, "w:szCs", str(round(size * 2)))
            if rtl:
                properties.append(OxmlElement("w:rtl"))
            _value(properties, "w:lang", lang, "w:bidi" if rtl else "w:val")

    def rule(self, paragraph: Any) -> None:
        """A line to write on, with room above it for a hand."""
        paragraph.paragraph_format.space_before = Pt(12)
        paragraph.paragraph_format.space_after = Pt(0)
        borders = OxmlElement("w:pBdr")
        for place in ("bottom", "between"):  # lines that follow each other share their borders
            border = OxmlElement(f"w:{place}")
            for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "7A7A7A")):
                border.set(qn(f"w:{name}"), value)
            borders.append(border)
        paragraph._p.get_or_add_pPr().append(borders)

    def set_page(self, wide: bool) -> None:
        page = self.document.sections[0]
        sides = (29.7, 21.0) if wide else (21.0, 29.7)
        page.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        page.page_width, page.page_height = map(Cm, sides)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(MARGIN)
        self.width = sides[0] - 2 * MARGIN
        if direction(self.lang) == "rtl":
            page._sectPr.insert_element_before(OxmlElement("w:bidi"), "w:rtlGutter", "w:docGrid")
        footer = page.footer.paragraphs[0]
        self.write(footer, plain(f"{self.title}   "), self.lang, size=8.5)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), " PAGE ")
        footer._p.append(field)

    def set_styles(self) -> None:
        styles = self.document.styles
        for name, size in (("Normal", 11), ("Heading 1", 18), ("Heading 2", 14), ("Heading 3", 12)):
            style = styles[name]
            style.font.size = Pt(size)
            properties = style.element.get_or_add_rPr()
            fonts = properties.get_or_add_rFonts()
            for attribute in list(fonts.attrib):
                del fonts.attrib[attribute]
            for attribute in ("ascii", "hAnsi", "cs"):
                fonts.set(qn(f"w:{attribute}"), FACE)
            _value(properties, "w:szCs", str(size * 2))
            if name != "Normal":
                properties.get_or_add_color().set(qn("w:val"), INK)

    def finish(self) -> bytes:
        properties = self.document.core_properties
        for name in ("author", "last_modified_by", "comments", "keywords", "subject", "category"):
            setattr(properties, name, "")
        properties.title, properties.language = self.title, self.lang
        properties.created = properties.modified = WHEN
        for root in (self.document.element, self.document.styles.element):
            _put_in_order(root)
        target = io.BytesIO()
        self.document.save(target)
        return pack_again(target.getvalue())


def _is_point(block: Block | None) -> bool:
    return isinstance(block, Para) and bool(block.mark)


def _is_label(block: Block) -> bool:
    return isinstance(block, Para) and block.style == "label"


def _put_in_order(root: Any) -> None:
    for tag, names in ORDER.items():
        places = {qn(f"w:{name}"): place for place, name in enumerate(names.split())}
        for properties in root.iter(qn(tag)):
            if all(child.tag in places for child in properties):
                properties[:] = sorted(properties, key=lambda child: places[child.tag])


def _shade(properties: Any, fill: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill)):
        shade.set(qn(f"w:{name}"), value)
    properties.append(shade)


def _value(properties: Any, tag: str, value: str, attribute: str = "w:val") -> None:
    """One property of a run, in place of an earlier one."""
    for old in properties.findall(qn(tag)):
        properties.remove(old)
    element = OxmlElement(tag)
    element.set(qn(attribute), value)
    properties.append(element)
