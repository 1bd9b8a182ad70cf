"""The document as .docx: real styles, counted paragraphs, footnotes, right to left where Arabic stands.

python-docx makes the package; it knows no footnotes and no lists of one's own, so these parts of
ECMA-376 are written here. No name stands in the file's properties.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime

from docx import Document
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from course.report.compose.model import Report
from course.report.writing.outline import Piece
from course.texts import direction, section

FONT, ARABIC_FONT = "Liberation Serif", "Noto Naskh Arabic"
FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
STYLES = {"title": "Title", "point": "List Bullet"}
LIST_ID = 7_001  # of our counted paragraphs; far from those that the template brings


def as_docx(report: Report, pieces: Iterable[Piece]) -> bytes:
    """The bytes of the .docx."""
    pieces = list(pieces)
    writer = _Writer(report, [one.text for one in pieces if one.kind == "heading" and one.level == 1])
    for piece in pieces:
        writer.add(piece)
    return writer.finish()


class _Writer:
    def __init__(self, report: Report, headings: list[str]) -> None:
        self.report = report
        self.headings = headings
        self.rtl = direction(report.language) == "rtl"
        self.document = Document()
        self.notes: list[str] = []
        self.set_page()
        self.set_fonts()
        self.add_counting()

    def add(self, piece: Piece) -> None:
        if piece.kind == "break":
            self.document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            return
        if piece.kind == "contents":
            self.add_contents(piece.text)
            return
        style = f"Heading {piece.level}" if piece.kind == "heading" else STYLES.get(piece.kind, "Normal")
        paragraph = self.document.add_paragraph(style=style)
        self.write(paragraph, piece.text)
        if piece.kind in ("numbered", "demand"):
            self.count(paragraph)
        if piece.kind in ("line", "plain") and self.report.stage != "oral":
            paragraph.paragraph_format.space_after = Pt(4)  # the first page has to hold the priorities too
        if piece.kind == "demand":
            paragraph.paragraph_format.left_indent = Cm(1)
        for place, note in enumerate(piece.notes):
            self.call_note(paragraph, note, after_another=place > 0)
        if piece.aside:
            self.add_aside(piece.aside)

    def add_aside(self, text: str) -> None:
        """A shaded paragraph, no comment: LibreOffice 7.4 mixes up the notes of a file that has comments."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(1)
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EFEBDD")):
            shade.set(qn(f"w:{name}"), value)
        paragraph._p.get_or_add_pPr().append(shade)
        self.write(paragraph, f"{section('models', self.report.language)['why']} {text}")
        paragraph.runs[0].font.size = Pt(9.5)

    def write(self, paragraph: Paragraph, text: str) -> None:
        """The text as one run; direction is a property of paragraph and run, never a mark in the text."""
        run = paragraph.add_run(text)
        self.turn(paragraph, run)

    def turn(self, paragraph: Paragraph, run: object) -> None:
        if self.rtl:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
            run._r.get_or_add_rPr().append(OxmlElement("w:rtl"))

    def count(self, paragraph: Paragraph) -> None:
        """The program itself counts this paragraph, so that a new one shifts all others."""
        numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbering.get_or_add_ilvl().val = 0
        numbering.get_or_add_numId().val = LIST_ID

    def call_note(self, paragraph: Paragraph, text: str, *, after_another: bool) -> None:
        self.notes.append(text)
        run = paragraph.add_run(" " if after_another else "")  # else 1 and 2 are read as 12
        run.font.superscript = True
        call = OxmlElement("w:footnoteReference")
        call.set(qn("w:id"), str(len(self.notes)))
        run._r.append(call)

    def add_contents(self, title: str) -> None:
        """The headings as they are now, inside a field that the word processor can bring up to date."""
        self.write(self.document.add_paragraph(style="Heading 1"), title)
        lines = [self.document.add_paragraph() for _ in self.headings] or [self.document.add_paragraph()]
        for line in lines:
            line.paragraph_format.space_after = Pt(2)
        for kind in ("begin", "code", "separate"):
            self.add_field_sign(lines[0], kind)
        for line, heading in zip(lines, self.headings, strict=False):
            self.write(line, heading)
        self.add_field_sign(lines[-1], "end")

    def add_field_sign(self, paragraph: Paragraph, kind: str) -> None:
        run = paragraph.add_run()
        if kind == "code":
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = ' TOC \\o "1-1" \\h \\z \\u '
            run._r.append(code)
            return
        sign = OxmlElement("w:fldChar")
        sign.set(qn("w:fldCharType"), kind)
        run._r.append(sign)

    def set_page(self) -> None:
        """A4 with a footer that counts pages."""
        page = self.document.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(2.2)
        if self.rtl:
            page._sectPr.append(OxmlElement("w:bidi"))
        footer = page.footer.paragraphs[0]
        for text in (" PAGE ", None, " NUMPAGES "):
            if text is None:
                footer.add_run(" / ")
                continue
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), text)
            footer._p.append(field)

    def set_fonts(self) -> None:
        """One face for Latin and one for Arabic letters, and the language for spelling and reading aloud."""
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Bullet"):
            style = self.document.styles[name]
            properties = style.element.get_or_add_rPr()
            fonts = properties.get_or_add_rFonts()
            for attribute in list(fonts.attrib):
                del fonts.attrib[attribute]
            for name_of_distance in ("w:spacing", "w:kern"):  # they tear joined Arabic letters apart
                for distance in properties.findall(qn(name_of_distance)):
                    properties.remove(distance)
            for attribute, face in (("ascii", FONT), ("hAnsi", FONT), ("cs", ARABIC_FONT)):
                fonts.set(qn(f"w:{attribute}"), face)
        title = self.document.styles["Title"]
        title.font.size = Pt(20)
        for size in title.element.rPr.findall(qn("w:szCs")):
            size.set(qn("w:val"), "40")
        normal = self.document.styles["Normal"]
        normal.font.size = Pt(11)
        properties = normal.element.get_or_add_rPr()
        size = OxmlElement("w:szCs")
        size.set(qn("w:val"), "24")
        language = OxmlElement("w:lang")
        language.set(qn("w:bidi" if self.rtl else "w:val"), self.report.language)
        properties.extend([size, language])

    def add_counting(self) -> None:
        """One list for the whole text: 1. 2. 3. through all sections."""
        numbering = self.document.part.numbering_part.element
        pattern = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{LIST_ID}">'
            '<w:multiLevelType w:val="singleLevel"/>'
            '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
            '<w:lvlJc w:val="left"/><w:pPr><w:ind w:start="567" w:hanging="567"/></w:pPr></w:lvl>'
            "</w:abstractNum>"
        )
        numbering.insert(0, pattern)
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{LIST_ID}"><w:abstractNumId w:val="{LIST_ID}"/></w:num>'
            )
        )

    def finish(self) -> bytes:
        """Notes and properties, then the bytes; no field of the properties names a person."""
        if self.notes:
            self.add_notes()
        properties = self.document.core_properties
        for name in ("author", "last_modified_by", "comments", "keywords", "subject", "category"):
            setattr(properties, name, "")
        properties.title = self.report.title
        properties.language = self.report.language
        properties.created = properties.modified = datetime(2000, 1, 1, tzinfo=UTC)  # no trace of nights
        target = io.BytesIO()
        self.document.save(target)
        return target.getvalue()

    def add_notes(self) -> None:
        root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        for identifier, kind in ((-1, "separator"), (0, "continuationSeparator")):
            root.append(
                parse_xml(
                    f'<w:footnote {nsdecls("w")} w:type="{kind}" w:id="{identifier}"><w:p><w:r><w:{kind}/>'
                    "</w:r></w:p></w:footnote>"
                )
            )
        for number, text in enumerate(self.notes, start=1):
            note = parse_xml(
                f'<w:footnote {nsdecls("w")} w:id="{number}"><w:p><w:pPr>{"<w:bidi/>" if self.rtl else ""}'
                '<w:spacing w:after="40"/></w:pPr>'
                '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
                f'<w:r><w:rPr><w:sz w:val="18"/><w:szCs w:val="21"/>{"<w:rtl/>" if self.rtl else ""}</w:rPr>'
                '<w:t xml:space="preserve"></w:t></w:r>'
                "</w:p></w:footnote>"
            )
            note.find(f".//{qn('w:t')}").text = f" {text}"
            root.append(note)
        part = Part(
            PackURI("/word/footnotes.xml"),
            FOOTNOTES_TYPE,
            serialize_part_xml(root),
            self.document.part.package,
        )
        self.document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
