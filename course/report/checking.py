"""Checks a draft against the rules of the body it goes to: select, ignore, and ignore with a reason.

As linters of code do it: each code can be chosen or left out by its beginning, and a comment in
the draft takes one place out: `ignore REC003: our partner asked for this wording`. What is said of the
whole text is taken out by a comment anywhere in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from course.errors import CourseError
from course.facts import bodies, country_codes
from course.report.checks import CHECKS
from course.report.draft import Draft
from course.report.exceptions import Ignored, ignored_places
from course.report.findings import SEVERITIES, Check, Finding, Setting

STAGES = ("loi", "loipr", "session", "follow-up", "upr-individual", "upr-joint")


def check_draft(
    draft: Draft, setting: Setting, select: Sequence[str] = (), ignore: Sequence[str] = ()
) -> tuple[Finding, ...]:
    """All findings: the gravest first, those of one weight in the order of the text.

    `select` and `ignore` are codes or their beginnings (`REC`, `REC003`); without `select` every
    check runs, and `ignore` wins. Raises CourseError for a body, a stage or a code that does not
    exist.
    """
    require_known(setting)
    for beginning in (*select, *ignore):
        if not any(check.code.startswith(beginning) for check in CHECKS):
            families = ", ".join(sorted({check.code[:3] for check in CHECKS}))
            raise CourseError(f"no code begins with {beginning!r}; the families are {families}.")
    chosen = [check for check in CHECKS if _is_chosen(check, select, ignore)]
    ignored = tuple(one for one in ignored_places(draft) if one.reason)
    found = [
        finding
        for check in chosen
        for finding in check.run(draft, setting)
        if not any(_takes_out(one, finding) for one in ignored)
    ]
    return tuple(sorted(found, key=_weight))


def _takes_out(ignored: Ignored, finding: Finding) -> bool:
    """Whether a comment speaks of this finding: at its place, or anywhere if it is about the whole text.

    What was not checked stays open: no comment makes a rule known.
    """
    here = finding.place is None or finding.place.paragraph == ignored.place.paragraph
    return ignored.code == finding.code and here and finding.severity != "not-checked"


def require_known(setting: Setting) -> None:
    """Raises CourseError where the setting names a body, a stage or a country that does not exist."""
    known = (*bodies(), "UPR")
    if setting.body not in known:
        raise CourseError(f"{setting.body!r} is no body that reads reports; it is one of {', '.join(known)}.")
    if setting.stage not in STAGES:
        raise CourseError(f"{setting.stage!r} is no stage; it is one of {', '.join(STAGES)}.")
    if setting.country not in country_codes():
        raise CourseError(
            f"{setting.country!r} is no country with a file; it is one of {', '.join(country_codes())}."
        )
    if (setting.body == "UPR") != setting.stage.startswith("upr-"):
        fitting = [stage for stage in STAGES if stage.startswith("upr-") == (setting.body == "UPR")]
        raise CourseError(
            f"{setting.body} has no stage {setting.stage!r}; its stages are {', '.join(fitting)}."
        )


def exit_status(findings: Iterable[Finding], *, final: bool) -> int:
    """1 where something is wrong, or where the final text leaves a rule open; else 0."""
    grave = {"error", "not-checked"} if final else {"error"}
    return int(any(finding.severity in grave for finding in findings))


def _is_chosen(check: Check, select: Sequence[str], ignore: Sequence[str]) -> bool:
    if check.code.startswith(tuple(ignore)):
        return False
    return not select or check.code.startswith(tuple(select))


def _weight(finding: Finding) -> tuple:
    paragraph = finding.place.paragraph if finding.place else 0
    return SEVERITIES.index(finding.severity), paragraph, finding.code, finding.span or (0, 0)
