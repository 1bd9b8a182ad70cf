"""The findings as one page that opens anywhere, with the draft's own words beside each."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path

from course.report.codes import codes, message, page_of
from course.report.draft import Draft
from course.report.findings import SEVERITIES, Finding, Setting
from course.report.printing.plain import closing, headline, say_place
from course.texts import direction, section

STYLE = Path(__file__).with_name("page.css")
SIGNS = {"error": "✕", "not-checked": "?", "warning": "!", "info": "i"}
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
AROUND = 60  # characters of the draft on each side of what was seen


def as_html(draft: Draft, setting: Setting, findings: Iterable[Finding], book: str = "") -> str:
    """The page: no script, no request, readable without colour.

    `book` is where the book stands, as seen from the page; each finding then leads to its code.
    """
    findings = list(findings)
    texts = section("report", setting.language)
    parts = []
    for severity in SEVERITIES:
        chosen = [finding for finding in findings if finding.severity == severity]
        if chosen:
            entries = "".join(_entry(draft, setting, finding, book) for finding in chosen)
            named = escape(texts[f"severity-{severity}"].format(count=len(chosen)))
            parts.append(f'<section class="{severity}"><h2>{named}</h2>{entries}</section>')
    head = escape(headline(draft, setting))
    title = f"{escape(texts['title'])}: {escape(draft.name)}"
    return (
        f'<!DOCTYPE html>\n<html lang="{setting.language}" dir="{direction(setting.language)}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        f'<meta name="color-scheme" content="light dark"><title>{title}</title>'
        f"<style>{STYLE.read_text(encoding='utf-8')}</style></head><body><main>"
        f"<h1>{escape(texts['title'])}</h1><p>{head}</p>{''.join(parts)}"
        f"<p><strong>{escape(closing(findings, setting))}</strong></p></main></body></html>\n"
    )


def _entry(draft: Draft, setting: Setting, finding: Finding, book: str) -> str:
    texts = section("report", setting.language)
    code = codes(setting.language)[finding.code]
    place = (
        f'<p class="place">{escape(say_place(finding.place, setting.language))}</p>' if finding.place else ""
    )
    source = ""
    if finding.rule is not None:
        said = texts["source"].format(source=finding.rule.source, as_of=finding.rule.as_of)
        source = f'<p class="source" dir="auto">{escape(said)}</p>'
    if book:
        address = escape(f"{book.rstrip('/')}/{page_of(finding.code, setting.language)}")
        more = escape(section("codes", setting.language)["page"])
        source += f'<p class="source"><a href="{address}">{more}</a></p>'
    return (
        f'<article><h3><span class="sign" aria-hidden="true">{SIGNS[finding.severity]}</span> '
        f"<bdi>{finding.code}</bdi> {escape(code.title)}</h3>{place}{_quoted(draft, finding)}"
        f"<p>{escape(message(finding, setting.language))}</p><p>{escape(code.why)}</p>"
        f"<p><strong>{escape(texts['do'])}</strong> {escape(code.do)}</p>{source}</article>"
    )


def _quoted(draft: Draft, finding: Finding) -> str:
    """The words that were seen, marked, with a few around them."""
    if finding.place is None or finding.span is None:
        return ""
    text = draft.blocks[finding.place.paragraph - 1].text
    start, end = finding.span
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return (
        f'<blockquote dir="auto">{"…" if start > AROUND else ""}{escape(before)}'
        f"<mark>{escape(text[start:end])}</mark>{escape(after)}"
        f"{'…' if end + AROUND < len(text) else ''}</blockquote>"
    )
