"""The document as one HTML page: the same outline, notes at the end, ready to be read and printed."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from course.report.compose.model import Report
from course.report.writing.outline import Piece
from course.texts import direction, section

STYLE = Path(__file__).with_name("document.css")


def as_html(report: Report, pieces: Iterable[Piece]) -> str:
    """The whole page."""
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(report.title)}</title><style>{STYLE.read_text(encoding='utf-8')}</style>"
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{report.language}" dir="{direction(report.language)}">'
        f"<head>{head}</head><body><main>{as_fragment(report, pieces)}</main></body></html>\n"
    )


def as_fragment(report: Report, pieces: Iterable[Piece], *, prefix: str = "", top: int = 1) -> str:
    """What stands inside the page. Paragraphs are counted through; contents link to the headings.

    `prefix` keeps the anchors of several reports on one page apart; `top` is the level of the title.
    """
    pieces = list(pieces)
    texts = section("document", report.language)
    why = escape(section("models", report.language)["why"])
    notes: list[str] = []
    body: list[str] = []
    count, headings = 0, [piece for piece in pieces if piece.kind == "heading" and piece.level == 1]
    for piece in pieces:
        calls = ""
        for note in piece.notes:
            notes.append(note)
            n = len(notes)
            space = " " if calls else ""  # else 1 and 2 are read as 12
            anchor = f'id="{prefix}call-{n}" href="#{prefix}note-{n}"'
            calls += f'{space}<sup><a {anchor} role="doc-noteref">{n}</a></sup>'
        text = f"{escape(piece.text)}{calls}"
        match piece.kind:
            case "title":
                body.append(f"<h{top}>{text}</h{top}>")
            case "heading":
                identifier = f' id="{prefix}part-{headings.index(piece) + 1}"' if piece.level == 1 else ""
                level = top + piece.level
                body.append(f"<h{level}{identifier}>{text}</h{level}>")
            case "contents":
                entries = "".join(
                    f'<li><a href="#{prefix}part-{n}">{escape(one.text)}</a></li>'
                    for n, one in enumerate(headings, 1)
                )
                title = f"<h{top + 1}>{text}</h{top + 1}>"
                body.append(f'<nav aria-label="{text}">{title}<ol>{entries}</ol></nav>')
            case "numbered" | "demand":
                count += 1
                body.append(f'<p class="{piece.kind}"><span class="number">{count}.</span> {text}</p>')
            case "point":
                body.append(f'<p class="point">{text}</p>')
            case "break":
                body.append('<div class="break"></div>')
            case _:
                body.append(f'<p class="{piece.kind}">{text}</p>')
        if piece.aside:
            body.append(f'<aside class="aside"><b>{why}</b> {escape(piece.aside)}</aside>')
    if notes:
        back = f'aria-label="{escape(texts["back"])}"'
        entries = "".join(
            f'<li id="{prefix}note-{n}">{escape(note)} <a href="#{prefix}call-{n}" {back}>↩</a></li>'
            for n, note in enumerate(notes, start=1)
        )
        body.append(
            f'<section role="doc-endnotes"><h{top + 1}>{escape(texts["notes"])}</h{top + 1}>'
            f"<ol>{entries}</ol></section>"
        )
    return "".join(body)
