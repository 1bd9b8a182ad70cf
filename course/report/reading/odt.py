"""Reads an .odt (OASIS OpenDocument 1.2): text, tables, boxes and notes in the order of the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from course.report.draft import BlockKind, Draft, Traces
from course.report.reading.bounds import Archive, damaged, encrypted, open_archive, refuse, without_text
from course.report.reading.building import Builder, Text
from course.report.reading.numbering import Counters, ListLevel

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{OASIS}office:1.0}}"
TEXT = f"{{{OASIS}text:1.0}}"
TABLE = f"{{{OASIS}table:1.0}}"
DRAW = f"{{{OASIS}drawing:1.0}}"
STYLE = f"{{{OASIS}style:1.0}}"
SVG = f"{{{OASIS}svg-compatible:1.0}}"
META = f"{{{OASIS}meta:1.0}}"
XLINK = "{http://www.w3.org/1999/xlink}"
SHAPES = {"1": ("decimal", False), "a": ("letter", False), "A": ("letter", True)}
SHAPES |= {"i": ("roman", False), "I": ("roman", True), "": ("bullet", False)}
CONTAINERS = {
    *(
        TEXT + name
        for name in ("section", "index-body", "index-title", "table-of-content", "numbered-paragraph")
    ),
    *(TABLE + name for name in ("table-header-rows", "table-rows", "table-row-group", "table-row")),
}
MAX_SPACES = 200  # one element may stand for any number of spaces
MAX_PARENTS = 20
PROPERTIES = {
    "creator": "last_modified_by",
    "initial-creator": "author",
    "title": "title",
    "subject": "subject",
    "keyword": "keywords",
    "description": "description",
}


def read_odt(path: Path, data: bytes) -> Draft:
    """The draft in an .odt. Raises CourseError for one with a password, macros, or without text."""
    archive = open_archive(path, data)
    manifest = archive.part("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive.names else b""
    if b"encryption-data" in manifest:
        raise encrypted(path)
    if any(name.startswith(("Basic/", "Scripts/")) and not name.endswith("/") for name in archive.names):
        raise refuse(path, "it carries macros, small programs", "save it again without them")
    content = archive.xml("content.xml")
    body = None if content is None else content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise damaged(path)
    roots = [root for root in (archive.xml("styles.xml"), content) if root is not None]
    reader = _Reader(_parents(roots), _lists(roots), _hidden_styles(roots))
    if body.find(f".//{TEXT}soft-page-break") is not None:
        reader.builder.page = 1
    reader.read_blocks(body)
    if not any(block.text for block in reader.builder.blocks):
        raise without_text(path)
    margins, numbered = _margins(archive, reader)
    return Draft(
        name=path.name,
        format="odt",
        blocks=tuple(reader.builder.blocks),
        notes=tuple(reader.builder.notes),
        traces=Traces(
            properties=_properties(archive),
            margins=margins,
            comments=tuple(reader.builder.comments),
            tracked_changes=sum(1 for _ in body.iter(TEXT + "changed-region")),
            hidden=reader.hidden,
            placeholders=sum(1 for _ in body.iter(TEXT + "placeholder")),
            numbered_pages=numbered,
        ),
    )


@dataclass
class _Reader:
    parents: dict[str, str]
    lists: dict[str, dict[int, ListLevel]]
    hidden_styles: frozenset[str]
    builder: Builder = field(default_factory=Builder)
    counters: Counters = field(default_factory=Counters)
    hidden: int = 0

    def read_blocks(self, parent: etree._Element, kind: BlockKind = "paragraph") -> None:
        """The paragraphs below `parent`, in their order."""
        for element in parent:
            tag = element.tag
            if tag in (TEXT + "p", TEXT + "h"):
                self.read_paragraph(element, kind)
            elif tag == TEXT + "list":
                self.read_list(element, kind, element.get(TEXT + "style-name", ""), 0)
            elif tag == TABLE + "table":
                self.read_blocks(element, "table-cell")
            elif isinstance(tag, str) and tag.startswith(DRAW):
                self.read_blocks(element, "text-box")  # a frame holds a box, a shape its text at once
            elif tag == TABLE + "table-cell" or tag in CONTAINERS:
                self.read_blocks(element, kind)
            elif tag == TEXT + "soft-page-break":
                self.turn_page()

    def read_list(self, element: etree._Element, kind: BlockKind, style: str, level: int) -> None:
        """A list and those inside it; only the first paragraph of an entry carries the number."""
        style = element.get(TEXT + "style-name", style)
        if element.get(TEXT + "continue-numbering") != "true" and level == 0:
            self.counters.counts.pop(style, None)
        for entry in element.iterfind(TEXT + "list-item"):
            numbered = False
            for child in entry:
                if child.tag == TEXT + "list":
                    self.read_list(child, kind, style, level + 1)
                elif child.tag in (TEXT + "p", TEXT + "h"):
                    number = ""
                    if not numbered:
                        number = self.counters.next_number(style, level, self.lists.get(style, {}))
                    numbered = True
                    self.read_paragraph(child, kind, number, level + 1)
                else:
                    self.read_blocks([child], kind)

    def read_paragraph(
        self, element: etree._Element, kind: BlockKind, number: str = "", level: int = 0
    ) -> None:
        text, boxes = Text(), []
        self.read_runs(element, text, boxes)
        style = element.get(TEXT + "style-name", "")
        named = self.names_of(style)
        if element.tag == TEXT + "h":
            kind = "heading"
            level = min(int(element.get(TEXT + "outline-level") or 1), 9)
        elif kind == "paragraph":
            if "title" in named:
                kind = "title"
            elif named & {"caption", "illustration", "figure"}:
                kind = "caption"
            elif level and not number:
                kind = "list-item"
        self.builder.add(kind, text, level=level, number=number, style=style.lower())
        for box in boxes:
            self.read_blocks(box, "text-box")

    def read_runs(self, parent: etree._Element, text: Text, boxes: list[etree._Element]) -> None:
        """The text of a paragraph; the boxes that hang on it come after it."""
        text.add(_plain(parent.text))
        for element in parent:
            if isinstance(element.tag, str):
                self.read_run(element, text, boxes)
            text.add(_plain(element.tail))

    def read_run(self, element: etree._Element, text: Text, boxes: list[etree._Element]) -> None:
        name = element.tag
        if name == TEXT + "s":
            text.add(" " * min(_whole(element.get(TEXT + "c"), 1), MAX_SPACES))
        elif name == TEXT + "tab":
            text.add("\t")
        elif name == TEXT + "line-break":
            text.add("\n")
        elif name == TEXT + "soft-page-break":
            self.turn_page()
        elif name == TEXT + "note":
            self.read_note(element, text)
        elif name == OFFICE + "annotation":
            lines = ["".join(p.itertext()) for p in element.iter(TEXT + "p")]
            self.builder.comment("\n".join(lines))
        elif name.startswith(DRAW):
            if element.find(DRAW + "image") is not None:
                said = element.find(SVG + "desc")
                text.alternatives.append(((said.text if said is not None else "") or "").strip() or None)
            boxes.append(element)
        elif name == TEXT + "hidden-text" or element.get(TEXT + "style-name") in self.hidden_styles:
            self.hidden += 1
        elif name not in (TEXT + "ruby-text", OFFICE + "annotation-end"):
            if name == TEXT + "a" and (target := element.get(XLINK + "href")):
                text.links.append(target)
            self.read_runs(element, text, boxes)

    def read_note(self, element: etree._Element, text: Text) -> None:
        kind = "endnote" if element.get(TEXT + "note-class") == "endnote" else "footnote"
        identifier = f"{kind}-{len(self.builder.notes) + 1}"
        lines = []
        for paragraph in element.iterfind(f"{TEXT}note-body//{TEXT}p"):
            inner = Text()
            self.read_runs(paragraph, inner, [])
            lines.append(str(inner))
        text.call(identifier)
        self.builder.note(identifier, kind, "\n".join(lines))

    def turn_page(self) -> None:
        self.builder.page = (self.builder.page or 1) + 1

    def names_of(self, style: str) -> set[str]:
        """The style and those it rests on, in lower case."""
        names = set()
        for _ in range(MAX_PARENTS):
            if not style:
                break
            names.add(style.lower())
            style = self.parents.get(style, "")
        return names


def _plain(text: str | None) -> str:
    """Text as OpenDocument means it: runs of white space in the file are one space."""
    if not text:
        return ""
    words = " ".join(piece for piece in text.replace("\n", " ").replace("\t", " ").split(" ") if piece)
    left = " " if text[0] in " \n\t" else ""
    right = " " if words and text[-1] in " \n\t" else ""
    return f"{left}{words}{right}"


def _parents(roots: list[etree._Element]) -> dict[str, str]:
    return {
        style.get(STYLE + "name", ""): style.get(STYLE + "parent-style-name", "")
        for root in roots
        for style in root.iter(STYLE + "style")
    }


def _hidden_styles(roots: list[etree._Element]) -> frozenset[str]:
    return frozenset(
        style.get(STYLE + "name", "")
        for root in roots
        for style in root.iter(STYLE + "style")
        for properties in style.iterfind(STYLE + "text-properties")
        if properties.get(TEXT + "display") == "none"
    )


def _lists(roots: list[etree._Element]) -> dict[str, dict[int, ListLevel]]:
    lists: dict[str, dict[int, ListLevel]] = {}
    for root in roots:
        for style in root.iter(TEXT + "list-style"):
            levels = lists.setdefault(style.get(STYLE + "name", ""), {})
            for level in style:
                depth = _whole(level.get(TEXT + "level"), 1) - 1
                if level.tag != TEXT + "list-level-style-number":
                    levels[depth] = ListLevel("bullet", "")
                    continue
                shape, upper = SHAPES.get(level.get(STYLE + "num-format", ""), ("decimal", False))
                shown = _whole(level.get(TEXT + "display-levels"), 1)
                counters = ".".join(f"%{n + 1}" for n in range(max(0, depth - shown + 1), depth + 1))
                pattern = level.get(STYLE + "num-prefix", "") + counters + level.get(STYLE + "num-suffix", "")
                levels[depth] = ListLevel(shape, pattern, _whole(level.get(TEXT + "start-value"), 1), upper)
    return lists


def _properties(archive: Archive) -> dict[str, str]:
    root = archive.xml("meta.xml")
    found: dict[str, str] = {}
    for element in () if root is None else root.iterfind(f"{OFFICE}meta/*"):
        if not isinstance(element.tag, str):
            continue
        name = etree.QName(element).localname
        name = element.get(META + "name", name) if name == "user-defined" else PROPERTIES.get(name, "")
        if name and (value := "".join(element.itertext()).strip()):
            found[name] = value
    return found


def _margins(archive: Archive, reader: _Reader) -> tuple[tuple[str, ...], bool]:
    """The texts of headers and footers, and whether one of them counts pages."""
    root = archive.xml("styles.xml")
    margins, numbered = [], False
    for name in ("header", "footer", "header-left", "footer-left", "header-first", "footer-first"):
        for element in () if root is None else root.iter(STYLE + name):
            numbered = numbered or element.find(f".//{TEXT}page-number") is not None
            text = Text()
            for paragraph in element.iter(TEXT + "p"):
                reader.read_runs(paragraph, text, [])
            if said := str(text).strip():
                margins.append(said)
    return tuple(margins), numbered


def _whole(value: str | None, otherwise: int) -> int:
    if value is None or not (value.isascii() and value.isdigit() and len(value) < 9):
        return otherwise
    return int(value)
