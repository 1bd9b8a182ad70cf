"""What a check says of a draft to somebody else: codes and numbers, and not one of its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from course.report.counting import count_words
from course.report.draft import Draft
from course.report.findings import SEVERITIES, Finding, Setting


def summarise(draft: Draft, setting: Setting, findings: Sequence[Finding]) -> dict[str, Any]:
    """The values of `course.forms.scores.ReportScores`: codes with numbers and severities, and counts.

    No text, no name of a file, and no checksum: who guesses a text could confirm it by one. A
    code that was found with several severities has the gravest.
    """
    gravest: dict[str, str] = {}
    for finding in sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity)):
        gravest.setdefault(finding.code, finding.severity)
    counts = count_words(draft) if draft.countable else None
    return {
        "format": "course-report-scores",
        "version": 1,
        "setting": {
            "body": setting.body,
            "stage": setting.stage,
            "joint": setting.joint,
            "on": setting.on.isoformat(),
        },
        "findings": dict(sorted(Counter(finding.code for finding in findings).items())),
        "severities": dict(sorted(gravest.items())),
        "words": counts.body if counts else None,
        "words_with_notes": counts.with_notes if counts else None,
    }
