"""LNG: does the body read the language of the text, and do our own checks?"""

from __future__ import annotations

from collections.abc import Iterator

from course.facts import rule
from course.report.draft import Draft
from course.report.findings import Check, Finding, Setting
from course.report.languages import SUPPORTED, languages, main_language

ACCEPTED, ARABIC_ONLY, UNREAD = "LNG001", "LNG002", "LNG003"
MOST = 0.9  # of the text in one language: it is a text in that language alone
SOME = 0.1  # below, it is a quotation


def check_accepted(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """LNG001, an error where the languages of the body are verified and this is none of them."""
    main = main_language(draft)
    if main is None:
        yield Finding(ACCEPTED, "not-checked", "unclear")
        return
    accepted = rule(setting.body, setting.stage, "languages", on=setting.on)
    values = {"language": main}
    if accepted is None or not accepted.value:
        yield Finding(ACCEPTED, "not-checked", "unknown", values, rule=accepted)
    elif not accepted.decides:
        yield Finding(ACCEPTED, "not-checked", "recalled", values, rule=accepted)
    elif main not in accepted.value.split(";"):
        yield Finding(ACCEPTED, "error", "refused", values, rule=accepted)


def check_arabic_only(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """LNG002: a text in Arabic alone always gets the question in which language it will be sent."""
    if languages(draft).get("ar", 0.0) > MOST:
        yield Finding(ARABIC_ONLY, "warning", "alone")


def check_unread(draft: Draft, setting: Setting) -> Iterator[Finding]:
    """LNG003: what is written in another language than ours is not checked, and that is said."""
    for language, share in languages(draft).items():
        if language not in SUPPORTED and share > SOME:
            yield Finding(
                UNREAD, "not-checked", "unread", {"language": language, "percent": round(share * 100)}
            )


CHECKS = (
    Check(ACCEPTED, "error", check_accepted),
    Check(ARABIC_ONLY, "warning", check_arabic_only),
    Check(UNREAD, "not-checked", check_unread),
)
