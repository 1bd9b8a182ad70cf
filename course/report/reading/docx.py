"""Reads a .docx: everything a reader of the page sees, in the order of the page.

python-docx gives paragraphs only and misses tables, text boxes, content controls and notes; this
walks the parts of ECMA-376 itself. Deleted text and the codes of fields are left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from course.report.draft import BlockKind, Draft, Place, Traces
from course.report.reading.bounds import Archive, damaged, open_archive, refuse, without_text
from course.report.reading.building import Builder, Text
from course.report.reading.docx_styles import Numbering, Styles, read_numbering, read_styles

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
CHANGES = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange")
SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "\u2011"}
LEFT_OUT = {W + name for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr")}
MAIN = "word/document.xml"
CORE = {
    "creator": "author",
    "lastModifiedBy": "last_modified_by",
    "title": "title",
    "subject": "subject",
    "keywords": "keywords",
    "description": "description",
    "category": "category",
}
APP = {"Company": "company", "Manager": "manager"}


def read_docx(path: Path, data: bytes) -> Draft:
    """The draft in a .docx. Raises CourseError for one with macros, damaged, or without text."""
    archive = open_archive(path, data)
    types = archive.part("[Content_Types].xml") if "[Content_Types].xml" in archive.names else b""
    if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in archive.names):
        raise refuse(path, "it carries macros, small programs", "save it again as a plain .docx")
    document = archive.xml(MAIN)
    body = None if document is None else document.find(W + "body")
    if body is None:
        raise damaged(path)
    reader = _Reader(
        styles=read_styles(archive),
        numbering=read_numbering(archive),
        links=_links(archive),
    )
    if document.find(f".//{W}lastRenderedPageBreak") is not None:
        reader.builder.page = 1
    reader.read_blocks(body)
    if not any(block.text for block in reader.builder.blocks):
        raise without_text(path)
    _read_notes(archive, reader)
    _read_comments(archive, reader)
    return Draft(
        name=path.name,
        format="docx",
        blocks=tuple(reader.builder.blocks),
        notes=tuple(reader.builder.notes),
        traces=_traces(archive, document, reader),
    )


@dataclass
class _Reader:
    styles: Styles
    numbering: Numbering
    links: dict[str, str]
    builder: Builder = field(default_factory=Builder)
    called: dict[tuple[str, str], Place] = field(default_factory=dict)
    commented: dict[str, Place] = field(default_factory=dict)
    hidden: int = 0
    placeholders: int = 0

    def read_blocks(self, parent: etree._Element, kind: BlockKind = "paragraph") -> None:
        """The paragraphs below `parent`, in their order."""
        for element in parent:
            if element.tag == W + "p":
                self.read_paragraph(element, kind)
            elif element.tag == W + "tbl":
                self.read_blocks(element, "table-cell")
            elif element.tag not in LEFT_OUT and isinstance(element.tag, str):
                if element.tag == W + "sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
                    self.placeholders += 1
                self.read_blocks(element, kind)

    def read_paragraph(self, paragraph: etree._Element, kind: BlockKind) -> None:
        text, boxes = Text(), []
        self.read_runs(paragraph, text, boxes)
        properties = paragraph.find(W + "pPr")
        style = self.styles.of(properties)
        number, level, listed = self.numbering.next(properties, style)
        if kind == "paragraph":
            if style.title:
                kind, level = "title", 0
            elif style.heading:
                kind, level = "heading", style.heading
            elif style.caption:
                kind = "caption"
            elif listed and not number:
                kind = "list-item"
        self.builder.add(kind, text, level=level, number=number, style=style.name)
        for box in boxes:
            self.read_blocks(box, "text-box")

    def read_runs(self, parent: etree._Element, text: Text, boxes: list[etree._Element]) -> None:
        """The text of a paragraph; the boxes that hang on it come after it."""
        for element in parent:
            tag = element.tag
            if tag in LEFT_OUT or not isinstance(tag, str):
                continue
            if tag == W + "t":
                text.add(element.text or "")
            elif tag in SIGNS:
                text.add(SIGNS[tag])
            elif tag == W + "lastRenderedPageBreak":  # where a page ended when the file was last drawn
                self.builder.page += 1
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                self.read_call(element, text)
            elif tag == W + "commentReference":
                self.commented[element.get(W + "id", "")] = self.builder.place()
            elif tag == W + "txbxContent":
                boxes.append(element)
            elif tag == DRAWN + "docPr":
                text.alternatives.append((element.get("descr") or "").strip() or None)
            elif tag == W + "r" and element.find(f"{W}rPr/{W}vanish") is not None:
                self.hidden += 1
            else:
                self.read_runs(self.opened(element, text), text, boxes)

    def opened(self, element: etree._Element, text: Text) -> etree._Element:
        """What is read of an element that holds runs: of two versions of the same, the newer one."""
        if element.tag == MC + "AlternateContent":
            chosen = element.find(MC + "Choice")
            return element if chosen is None else chosen
        if element.tag == W + "hyperlink" and (target := self.links.get(element.get(R + "id", ""))):
            text.links.append(target)
        if element.tag == W + "sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None:
            self.placeholders += 1
        return element

    def read_call(self, element: etree._Element, text: Text) -> None:
        kind = "footnote" if element.tag == W + "footnoteReference" else "endnote"
        identifier = element.get(W + "id", "")
        self.called[(kind, identifier)] = self.builder.place()
        text.call(f"{kind}-{identifier}")


def _read_notes(archive: Archive, reader: _Reader) -> None:
    for kind in ("footnote", "endnote"):
        root = archive.xml(f"word/{kind}s.xml")
        for element in () if root is None else root.findall(W + kind):
            identifier = element.get(W + "id", "")
            place = reader.called.get((kind, identifier))
            if place is not None:  # separators are notes too, but nobody calls them
                reader.builder.note(f"{kind}-{identifier}", kind, _all_text(element, reader), place)


def _read_comments(archive: Archive, reader: _Reader) -> None:
    root = archive.xml("word/comments.xml")
    for element in () if root is None else root.findall(W + "comment"):
        place = reader.commented.get(element.get(W + "id", ""))
        reader.builder.comment(_all_text(element, reader), place)


def _all_text(element: etree._Element, reader: _Reader) -> str:
    """The text of all paragraphs below an element, a line each."""
    lines = []
    for paragraph in element.iter(W + "p"):
        text = Text()
        reader.read_runs(paragraph, text, [])
        lines.append(str(text))
    return "\n".join(lines)


def _links(archive: Archive) -> dict[str, str]:
    root = archive.xml("word/_rels/document.xml.rels")
    return {} if root is None else {one.get("Id", ""): one.get("Target", "") for one in root}


def _traces(archive: Archive, document: etree._Element, reader: _Reader) -> Traces:
    properties: dict[str, str] = {}
    for part, names in (("docProps/core.xml", CORE), ("docProps/app.xml", APP)):
        root = archive.xml(part)
        for element in () if root is None else root:
            name = names.get(etree.QName(element).localname)
            if name and (value := "".join(element.itertext()).strip()):
                properties[name] = value
    custom = archive.xml("docProps/custom.xml")
    for element in () if custom is None else custom:
        if value := "".join(element.itertext()).strip():
            properties[element.get("name", "custom")] = value
    margins, numbered = [], False
    for name in sorted(archive.names):
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
            root = archive.xml(name)
            codes = [e.text or "" for e in root.iter(W + "instrText")]
            codes += [e.get(W + "instr", "") for e in root.iter(W + "fldSimple")]
            numbered = numbered or any("PAGE" in code.split()[:1] for code in codes)
            if text := _all_text(root, reader).strip():
                margins.append(text)
    changed = {W + name for name in CHANGES}
    return Traces(
        properties=properties,
        margins=tuple(margins),
        comments=tuple(reader.builder.comments),
        tracked_changes=sum(1 for _ in document.iter(*changed)),
        hidden=reader.hidden,
        placeholders=reader.placeholders,
        numbered_pages=numbered,
    )
