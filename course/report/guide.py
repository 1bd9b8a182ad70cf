"""What is to be written in each part of a report, as a question in a gap that nobody can overlook.

The templates and the models with gaps ask the same questions. A gap is written so that the check
FMT007 knows it as a place that was not filled in.
"""

from __future__ import annotations

from course.report.compose.model import Report
from course.report.writing.outline import variant
from course.texts import section


def gap(report: Report, part: str, section_id: str = "") -> str:
    """The gap for one part: the question for this very section, for this stage, or the general one.

    `part` is the name of the part (`standard`, `claim`, `demand`, `method`).
    """
    texts = section("guide", report.language)
    names = (f"{part}-{section_id}", f"{part}-{variant(report.stage)}", part)
    return texts["gap"].format(question=next(texts[name] for name in names if name in texts))
