"""LEN: is the text within the limit of the body and the stage?"""

from __future__ import annotations

from collections.abc import Iterator

from course.facts import Rule, rule
from course.report.counting import count_words
from course.report.draft import Draft
from course.report.findings import Check, Finding, Setting

OVER, NEAR = "LEN001", "LEN002"
# Programs count a little differently (dashes, list numbers); 97 % of the limit is the edge of that.
EDGE = 0.97
WITH_NOTES = "text-and-notes"


def find_limit(setting: Setting) -> Rule | None:
    """The rule on length that this text falls under; a coalition's own where there is one."""
    if setting.joint:
        own = rule(setting.body, setting.stage, "length-joint", on=setting.on)
        if own is not None:
            return own
    return rule(setting.body, setting.stage, "length", on=setting.on)


def notes_count(setting: Setting) -> bool | None:
    """Whether the limit counts the notes too; None where nobody confirmed it."""
    counted = rule(setting.body, setting.stage, "counted-parts", on=setting.on)
    if counted is None or not counted.decides:
        return None
    return WITH_NOTES in counted.value.split(";")


def check_limit(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """LEN001, an error where the limit is verified and passed for certain.

    Where nobody confirmed whether notes count, a text that is over with its notes alone is a
    warning. A limit that is recalled, a gap, or in pages is not checked; nor is a PDF.
    """
    limit = find_limit(setting)
    count = count_words(draft)
    values = {"words": count.body, "with_notes": count.with_notes}
    if limit is None or not limit.value:
        yield Finding(OVER, "not-checked", "unknown", values, rule=limit)
    elif not draft.countable:
        yield Finding(OVER, "not-checked", "pdf", values, rule=limit)
    elif limit.unit != "words":
        yield Finding(OVER, "not-checked", "pages", values, rule=limit)
    elif not limit.decides:
        yield Finding(OVER, "not-checked", "recalled", values, rule=limit)
    else:
        most = int(float(limit.value))
        counted = notes_count(setting)
        certain = count.with_notes if counted else count.body
        if certain > most:
            yield Finding(OVER, "error", "over", {**values, "over": certain - most}, rule=limit)
        elif counted is None and count.with_notes > most:
            yield Finding(OVER, "warning", "notes", {**values, "over": count.with_notes - most}, rule=limit)


def check_edge(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """LEN002: within 3 % of the limit another program may count more."""
    limit = find_limit(setting)
    if limit is None or not limit.decides or limit.unit != "words" or not draft.countable:
        return
    most, count = int(float(limit.value)), count_words(draft)
    if most * EDGE < count.with_notes <= most:
        yield Finding(
            NEAR, "warning", "near", {"words": count.with_notes, "left": most - count.with_notes}, rule=limit
        )


CHECKS = (Check(OVER, "error", check_limit), Check(NEAR, "warning", check_edge))
