"""The findings for a person at the command line, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from course.report.codes import codes, message, page_of
from course.report.counting import count_words
from course.report.draft import Draft, Place
from course.report.findings import SEVERITIES, Finding, Setting
from course.texts import section


def as_text(draft: Draft, setting: Setting, findings: Iterable[Finding]) -> str:
    """The findings by weight, each with its place and what to do; what was not checked is said last."""
    texts = section("report", setting.language)
    findings = list(findings)
    lines = [headline(draft, setting), ""]
    for severity in SEVERITIES:
        chosen = [finding for finding in findings if finding.severity == severity]
        if chosen:
            lines += [texts[f"severity-{severity}"].format(count=len(chosen)), ""]
        for finding in chosen:
            code = codes(setting.language)[finding.code]
            place = f" ({say_place(finding.place, setting.language)})" if finding.place else ""
            lines += [f"{finding.code} {code.title}{place}", f"    {message(finding, setting.language)}"]
            lines += [f"    {texts['do']} {code.do}", ""]
    return "\n".join([*lines, closing(findings, setting)])


def headline(draft: Draft, setting: Setting) -> str:
    """Which draft was checked for what, and how many words it has."""
    count = count_words(draft)
    texts = section("report", setting.language)
    stage = section("facts", setting.language)[f"stage-{setting.stage}"]
    return texts["checked" if draft.countable else "checked-pdf"].format(
        name=draft.name, body=setting.body, stage=stage, words=count.body, with_notes=count.with_notes
    )


def closing(findings: Iterable[Finding], setting: Setting) -> str:
    """How many of each weight; never a word that could be read as: safe to send."""
    counts = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        counts[finding.severity] += 1
    texts = section("report", setting.language)
    open_rules = counts["not-checked"]
    said = texts["sum"].format(**{name.replace("-", "_"): count for name, count in counts.items()})
    return f"{said} {texts['read-by-a-person' if not open_rules else 'open-rules']}"


def say_place(place: Place, language: str) -> str:
    """A place in words: the heading above, the paragraph, and the page or line where known."""
    texts = section("report", language)
    parts = [texts["under"].format(heading=place.heading)] if place.heading else []
    parts.append(texts["paragraph"].format(number=place.paragraph))
    if place.page is not None:
        parts.append(texts["page"].format(number=place.page))
    if place.line is not None:
        parts.append(texts["line"].format(number=place.line))
    return texts["join"].join(parts)


def as_json(draft: Draft, setting: Setting, findings: Iterable[Finding], book: str = "") -> dict[str, Any]:
    """`{draft, body, stage, words, findings: [{code, severity, message, place, rule}], pages}`.

    `pages` leads from each code that spoke to its page in the book.
    """
    count, findings = count_words(draft), list(findings)
    above = f"{book.rstrip('/')}/" if book else ""
    return {
        "draft": draft.name,
        "body": setting.body,
        "stage": setting.stage,
        "joint": setting.joint,
        "final": setting.final,
        "on": setting.on.isoformat(),
        "words": {"body": count.body, "with_notes": count.with_notes} if draft.countable else None,
        "findings": [_plain(finding, setting.language) for finding in findings],
        "pages": {
            code: above + page_of(code, setting.language)
            for code in sorted({finding.code for finding in findings})
        },
    }


def _plain(finding: Finding, language: str) -> dict[str, Any]:
    place, rule = finding.place, finding.rule
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": message(finding, language),
        "place": place
        and {
            "heading": place.heading,
            "paragraph": place.paragraph,
            "page": place.page,
            "line": place.line,
            "span": list(finding.span) if finding.span else None,
        },
        "rule": rule
        and {
            "id": rule.id,
            "value": rule.value,
            "unit": rule.unit,
            "source": rule.source,
            "as_of": rule.as_of,
            "checked": rule.checked.isoformat(),
            "confidence": rule.confidence,
        },
    }
