"""The findings as SARIF 2.1.0 (OASIS), which editors and other programs show beside the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from course.report.codes import codes, message, page_of
from course.report.draft import Draft
from course.report.findings import Finding, Setting
from course.report.printing.plain import say_place

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
# What nobody could check is open work, not a failure of the text: SARIF's `open` says just that.
KINDS = {"error": "fail", "warning": "fail", "info": "fail", "not-checked": "open"}
LEVELS = {"error": "error", "warning": "warning", "info": "note", "not-checked": "none"}


def as_sarif(draft: Draft, setting: Setting, findings: Iterable[Finding], book: str = "") -> dict[str, Any]:
    """One run with the rules that spoke and a result for each finding.

    `book` is where the book stands. Only a whole address may be a `helpUri`; another one stands
    among the properties of the rule.
    """
    findings = list(findings)
    used = sorted({finding.code for finding in findings})
    texts = codes(setting.language)
    rules = [
        {
            "id": code,
            "name": code,
            "shortDescription": {"text": texts[code].title},
            "fullDescription": {"text": texts[code].why},
            "help": {"text": texts[code].do},
            **_page(code, setting.language, book),
        }
        for code in used
    ]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {"name": "course report check", "language": setting.language, "rules": rules}
                },
                "results": [_result(draft, setting, finding, used) for finding in findings],
            }
        ],
    }


def _page(code: str, language: str, book: str) -> dict[str, Any]:
    page = page_of(code, language)
    if "://" in book:
        return {"helpUri": f"{book.rstrip('/')}/{page}"}
    return {"properties": {"page": f"{book.rstrip('/')}/{page}" if book else page}}


def _result(draft: Draft, setting: Setting, finding: Finding, used: list[str]) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(draft.name)}}
    if finding.place and finding.place.line is not None:
        physical["region"] = {"startLine": finding.place.line}
    location: dict[str, Any] = {"physicalLocation": physical}
    if finding.place:
        location["logicalLocations"] = [{"fullyQualifiedName": say_place(finding.place, setting.language)}]
    return {
        "ruleId": finding.code,
        "ruleIndex": used.index(finding.code),
        "kind": KINDS[finding.severity],
        "level": LEVELS[finding.severity],
        "message": {"text": message(finding, setting.language)},
        "locations": [location],
    }
