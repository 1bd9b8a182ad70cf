"""Markdown of a page as HTML, with the few admonitions that the course's pages use."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt

# MyST's block directives: ```{note} Title ... ``` and :::{note} Title ... :::
DIRECTIVE = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{(?P<kind>[a-z-]+)\}[ \t]*(?P<title>[^\n]*)\n(?P<body>.*?)^(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
OPTION = re.compile(r"\A(?::[a-z-]+:[^\n]*\n)+")
LABEL = re.compile(r"^\([a-z0-9-]+\)=\n", re.MULTILINE)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def to_html(markdown: str) -> str:
    """The HTML of `markdown`: CommonMark, tables, raw HTML, admonitions as `<aside>` or `<details>`."""
    parts, end = [], 0
    text = LABEL.sub("", markdown)
    for match in DIRECTIVE.finditer(text):
        parts += [_parser().render(text[end : match.start()]), _directive(match)]
        end = match.end()
    return "".join([*parts, _parser().render(text[end:])])


def _directive(match: re.Match[str]) -> str:
    if match["kind"] == "raw":
        return match["body"]
    kind, title = match["kind"], _parser().renderInline(match["title"])
    body = to_html(OPTION.sub("", match["body"]))
    if kind == "dropdown":
        return f"<details><summary>{title}</summary>{body}</details>"
    heading = f'<p class="aside-title">{title}</p>' if title else ""
    return f'<aside class="aside aside-{kind}">{heading}{body}</aside>'
