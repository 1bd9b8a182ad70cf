"""Parts of a lesson as blocks: the same Markdown that the book shows, for paper and for slides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from course.content.workshops import lesson_cells
from course.kit.blocks import Block, Heading, Para, ParaStyle, Span, Table, Text, said
from course.texts import LANGUAGES

# "**By when:** before the first letter": a label in bold with its sign, and what is said.
ANSWER = re.compile(r"\*\*([^*]+?[.:])\*\*")
ANSWERS_BEGIN = re.compile(r"^(?:> ?)?\*\*[^*]+[.:]\*\*\s+\S")
FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)  # what a page says of itself
ADDRESS = re.compile(r"https?://")


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table")


def cell_blocks(markdown: str, lang: str) -> list[Block]:
    """A part of a lesson as blocks; of a link its words stay, and an outside address in brackets."""
    return list(_blocks(SyntaxTreeNode(_parser().parse(markdown)), lang))


def page_blocks(path: Path) -> list[Block]:
    """A page of the book as blocks; its language is that of its name."""
    lang = path.suffixes[0].lstrip(".") if len(path.suffixes) > 1 else LANGUAGES[0]
    text = FRONT.sub("", path.read_text(encoding="utf-8"))
    first, *others = cell_blocks(text, lang)
    return [replace(first, level=1) if isinstance(first, Heading) else first, *others]


def objectives(title_cell: str) -> list[Text]:
    """What one can do after a lesson: the points of its first part."""
    return [block.spans for block in cell_blocks(title_cell, "") if isinstance(block, Para) and block.mark]


def lesson_title(title_cell: str) -> str:
    """The title with which a lesson opens."""
    return title_cell.splitlines()[0].removeprefix("# ").strip()


def four_answers(module: str, lesson: str, root: Path, lang: str) -> list[tuple[str, Text]]:
    """What an association can do here, by when, in which language, what needs no ECOSOC status.

    From the page that opens the module; where that has not all, from the lesson. Each with its label.
    """
    index = root / "modules" / module / "index.md"
    first = next(iter(lesson_cells(module, lesson, root, lang).values()))
    found = [_answers(text) for text in (index.read_text(encoding="utf-8"), first)]
    return max(found, key=len)


def _answers(markdown: str) -> list[tuple[str, Text]]:
    """The labels in bold and what follows each, from the one paragraph that begins with such a label."""
    for paragraph in markdown.split("\n\n"):
        if ANSWERS_BEGIN.match(paragraph):
            pieces = ANSWER.split(" ".join(re.sub(r"^> ?", "", paragraph, flags=re.MULTILINE).split()))
            # what stands before the first label is empty; then label and text take turns
            labelled = zip(pieces[1::2], pieces[2::2], strict=True)
            return [(label, _inline_of(text.strip())) for label, text in labelled]
    return []


def _inline_of(markdown: str) -> Text:
    return tuple(_spans(_parser().parseInline(markdown)[0].children or []))


def _blocks(node: SyntaxTreeNode, lang: str, style: ParaStyle = "plain") -> Iterator[Block]:
    for child in node.children:
        match child.type:
            case "heading":
                yield Heading(said(_words(child)), 3, lang)
            case "paragraph":
                yield Para(_words(child), style, lang=lang)
            case "blockquote":
                yield from _blocks(child, lang, "box")
            case "bullet_list" | "ordered_list":
                yield from _points(child, lang)
            case "table":
                lines = [row for part in child.children for row in part.children]
                yield _table([tuple(_words(cell) for cell in row.children) for row in lines], lang)


def _points(node: SyntaxTreeNode, lang: str) -> Iterator[Block]:
    """The points of a list; each has its number or its dot before its first paragraph."""
    for place, point in enumerate(node.children, start=int(node.attrs.get("start", 1))):
        mark = "•" if node.type == "bullet_list" else f"{place}."
        for block in _blocks(point, lang, "bullet"):
            yield replace(block, mark=mark) if isinstance(block, Para) and not block.mark else block
            mark = ""


def _words(node: SyntaxTreeNode) -> Text:
    return tuple(_spans(node.children[0].to_tokens()[0].children or []))


def _table(rows: list[tuple[Text, ...]], lang: str) -> Table:
    """Columns as wide as their longest words ask, within bounds, so that a short one leaves room."""
    head, *body = rows
    longest = [
        max(sum(len(span.text) for span in line[place]) for line in rows) for place in range(len(head))
    ]
    wanted = [min(60, max(12, length)) for length in longest]
    return Table(head, tuple(body), tuple(width / sum(wanted) for width in wanted), lang=lang)


def _spans(tokens: Sequence[Token]) -> Iterator[Span]:
    bold = italic = False
    link = ""
    for token in tokens:
        match token.type:
            case "strong_open" | "strong_close":
                bold = token.type == "strong_open"
            case "em_open" | "em_close":
                italic = token.type == "em_open"
            case "link_open":
                link = str(token.attrGet("href") or "")
            case "link_close":
                if ADDRESS.match(link):
                    yield Span(f" ({link})", bold, italic)
                link = ""
            case "softbreak" | "hardbreak":
                yield Span(" ", bold, italic)
            case "text" | "code_inline" if token.content:
                yield Span(token.content, bold, italic)
