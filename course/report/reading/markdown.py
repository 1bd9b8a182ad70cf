"""Reads Markdown with footnotes, tables and a front matter, the way of writing without an office program."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from course.report.draft import Draft, Traces
from course.report.reading.bounds import refuse, without_text
from course.report.reading.building import Builder, Text

MAX_CHARACTERS = 5_000_000


def read_markdown(path: Path, data: bytes) -> Draft:
    """The draft in a .md or .txt file. Raises CourseError for one that is not UTF-8 text."""
    builder, properties = Builder(), {}
    read_text(decode(path, data), builder, properties)
    if not builder.blocks:
        raise without_text(path)
    return Draft(
        name=path.name,
        format="md",
        blocks=tuple(builder.blocks),
        notes=tuple(builder.notes),
        traces=Traces(properties=properties, comments=tuple(builder.comments)),
    )


def decode(path: Path, data: bytes) -> str:
    """The bytes as text: UTF-8, with or without a mark at the start, or UTF-16 with one."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(path, "it is not text in UTF-8", "save it again and choose UTF-8 as encoding") from None
    if "\x00" in text:
        raise refuse(path, "it is no text", "give the document itself")
    if len(text) > MAX_CHARACTERS:
        raise refuse(path, f"it has more than {MAX_CHARACTERS:,} characters", "split it into parts")
    return text


def read_text(text: str, builder: Builder, properties: dict[str, str]) -> None:
    """The blocks of a Markdown text, added to `builder`; the front matter goes to `properties`."""
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    parser.use(footnote_plugin).use(front_matter_plugin)
    _Walk(builder, properties, len(builder.notes)).read(parser.parse(text))


class _Walk:
    """One pass over the parser's tokens, which open and close blocks."""

    def __init__(self, builder: Builder, properties: dict[str, str], notes_before: int) -> None:
        self.builder = builder
        self.properties = properties
        self.before = notes_before
        self.lists: list[int | None] = []  # the next number of each list around; None for a bullet
        self.number = ""
        self.note: str | None = None
        self.note_lines: list[str] = []
        self.kind = "paragraph"
        self.level = 0

    def read(self, tokens: Sequence[Token]) -> None:
        """Add every block."""
        for token in tokens:
            if token.type == "inline":
                self.read_inline(token)
            elif token.type == "front_matter":
                self.read_front_matter(token.content)
            elif token.type == "html_block":
                self.read_html(token.content)
            elif token.type in ("fence", "code_block"):
                text = Text()
                text.add(token.content.rstrip("\n"))
                self.builder.add("paragraph", text, line=_line(token))
            elif handler := getattr(self, f"on_{token.type}", None):
                handler(token)

    def on_heading_open(self, token: Token) -> None:
        self.kind, self.level = "heading", int(token.tag[1])

    def on_heading_close(self, token: Token) -> None:
        self.kind, self.level = "paragraph", 0

    def on_th_open(self, token: Token) -> None:
        self.kind = "table-cell"

    def on_th_close(self, token: Token) -> None:
        self.kind = "paragraph"

    on_td_open, on_td_close = on_th_open, on_th_close

    def on_bullet_list_open(self, token: Token) -> None:
        self.lists.append(None)

    def on_ordered_list_open(self, token: Token) -> None:
        self.lists.append(int(token.attrGet("start") or 1))

    def on_bullet_list_close(self, token: Token) -> None:
        self.lists.pop()

    on_ordered_list_close = on_bullet_list_close

    def on_list_item_open(self, token: Token) -> None:
        count = self.lists[-1]
        self.number = "" if count is None else f"{count}."
        if count is not None:
            self.lists[-1] = count + 1

    def on_footnote_open(self, token: Token) -> None:
        self.note, self.note_lines = self.name_of(token), []

    def on_footnote_close(self, token: Token) -> None:
        self.builder.note(self.note, "footnote", "\n".join(self.note_lines), self.places.get(self.note))
        self.note = None

    @property
    def places(self) -> dict[str, object]:
        """Where each note is called."""
        return {call.note: block.place for block in self.builder.blocks for call in block.notes}

    def name_of(self, token: Token) -> str:
        return f"footnote-{token.meta['id'] + self.before + 1}"

    def read_inline(self, token: Token) -> None:
        text = Text()
        for child in token.children or ():
            if child.type in ("text", "code_inline"):
                text.add(child.content)
            elif child.type == "softbreak":
                text.add(" ")
            elif child.type == "hardbreak":
                text.add("\n")
            elif child.type == "image":
                text.alternatives.append(child.content.strip() or None)
            elif child.type == "link_open":
                text.links.append(str(child.attrGet("href")))
            elif child.type == "footnote_ref":
                text.call(self.name_of(child))
            elif child.type == "html_inline":
                self.read_html(child.content)
        if self.note is not None:
            self.note_lines.append(str(text))
            return
        kind = self.kind
        if kind == "paragraph" and self.lists and not self.number:
            kind = "list-item"
        level = self.level if kind == "heading" else len(self.lists)
        number = self.number if kind == "paragraph" else ""
        self.builder.add(kind, text, level=level, number=number, line=_line(token))
        self.number = ""

    def read_html(self, content: str) -> None:
        """Markup is no text; a comment in it is kept as one."""
        for piece in content.split("<!--")[1:]:
            self.builder.comment(piece.partition("-->")[0])

    def read_front_matter(self, content: str) -> None:
        """Lines of `name: value`; deeper structures are nobody's name."""
        for line in content.splitlines():
            name, colon, value = line.partition(":")
            if colon and value.strip() and not line[0].isspace():
                self.properties[name.strip().lower()] = value.strip().strip("\"'")


def _line(token: Token) -> int | None:
    return token.map[0] + 1 if token.map else None
