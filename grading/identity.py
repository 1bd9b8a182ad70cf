"""Tells whose hand-in a package is and from when, from what stands in it, never from its name."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from course.forms.scores import SCORES_FILE, Contents
from grading.findings import Finding
from grading.packages import ANSWERS, MANIFEST, Package, printable
from grading.workspace import STUDENT_ID

CLOCK_TOLERANCE = timedelta(days=1)


@dataclass
class Claim:
    """What a package says of itself. `student` is empty where it names nobody, or several.

    `answers` is the content of answers.json, None where there is none or where it is no
    JSON object; `created` is in UTC. `contents` is what the learner chose to send: "text", or
    "scores" alone, which is also taken where a report's scores come without that choice.
    `validated`, `scores` and `team` are filled in by who checks the answers against their form,
    the scores of a report and the people of a team: what will be kept, as text.
    """

    package: Package
    student: str
    named: tuple[str, ...]
    answers: dict[str, Any] | None
    created: datetime
    findings: list[Finding] = field(default_factory=list)
    contents: Contents = "text"
    validated: str = ""
    scores: str = ""
    team: str = ""

    @property
    def refused(self) -> bool:
        """Whether one of the findings forbids to grade it."""
        return any(finding.refuses for finding in self.findings)


def read_claim(package: Package, assignment: str, form: bool, now: datetime) -> Claim:
    """What the package says of itself, and every contradiction in it.

    `form` tells that answers.json is what is graded, so that it must be there.
    """
    findings = list(package.faults)
    answers, answers_problem = _read_object(package, ANSWERS)
    manifest, manifest_problem = _read_object(package, MANIFEST)
    if not findings and form:
        if ANSWERS not in package.files:
            findings.append(Finding("no-answers"))
        elif answers is None:
            findings.append(Finding("bad-answers", f"answers.json {answers_problem}."))
    claims = _named_students(answers, manifest)
    named = tuple(dict.fromkeys(claims.values()))
    if not any(finding.refuses for finding in findings):
        findings.extend(_identity_faults(claims, assignment, answers, manifest))
    created, origin = _created(answers, manifest, package.modified)
    if manifest is None and package.files:
        problem = Finding("bad-manifest", manifest_problem) if MANIFEST in package.files else None
        findings.append(problem or Finding("no-manifest", origin))
    elif manifest is not None:
        findings.extend(_edited(package, manifest))
    if created > now + CLOCK_TOLERANCE:
        findings.append(Finding("future-date", _shown(created)))
    student = named[0] if len(named) == 1 else ""
    contents = _chosen(package, manifest)
    return Claim(package, student, named, answers, created, findings, contents)


def _chosen(package: Package, manifest: dict | None) -> Contents:
    """What the learner chose to send; nobody has chosen to send a report's text by saying nothing."""
    unsaid = "scores" if SCORES_FILE in package.files else "text"
    said = (manifest or {}).get("contents", unsaid)
    return "text" if said == "text" else "scores"


def _read_object(package: Package, name: str) -> tuple[dict[str, Any] | None, str]:
    if name not in package.files:
        return None, "is missing"
    try:
        document = json.loads(package.files[name].decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError:
        return None, "is not UTF-8 text"
    except (ValueError, RecursionError):
        return None, "is not JSON"
    return (document, "") if isinstance(document, dict) else (None, "holds no JSON object")


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _named_students(answers: dict | None, manifest: dict | None) -> dict[str, str]:
    """Each place that names a student, with what it says."""
    places: dict[str, Any] = {}
    if manifest is not None:
        places["manifest.json"] = manifest.get("student_id")
    if answers is not None:
        places["answers.json"] = answers.get("student_id")
        fields = answers.get("answers")
        if isinstance(fields, dict):
            places["the form"] = fields.get("student_id")
    return {
        place: printable(name.strip())[:40]
        for place, name in places.items()
        if isinstance(name, str) and name.strip()
    }


def _identity_faults(claims: dict[str, str], assignment: str, answers: dict | None, manifest: dict | None):
    named = set(claims.values())
    if not named:
        yield Finding("no-identity")
    elif len(named) > 1:
        yield Finding("wrong-person", ", ".join(f"{place} says {name}" for place, name in claims.items()))
    elif not all(STUDENT_ID.fullmatch(name) for name in named):
        yield Finding("unknown-student", repr(named.pop()))
    for document in (manifest, answers):
        said = document.get("assignment", assignment) if document is not None else assignment
        if said != assignment:
            yield Finding(
                "wrong-assignment", f"a hand-in of {printable(str(said))[:40]!r}, not of {assignment}"
            )
            return


def _created(answers: dict | None, manifest: dict | None, modified: float) -> tuple[datetime, str]:
    """When it was packed, else when the last answer was saved, else the file's own date."""
    packed = _read_moment((manifest or {}).get("created"))
    if packed is not None:
        return packed, "packing"
    saved = (answers or {}).get("saved_at")
    moments = [_read_moment(value) for value in saved.values()] if isinstance(saved, dict) else []
    last = max((moment for moment in moments if moment is not None), default=None)
    if last is not None:
        return last, "the last answer"
    return datetime.fromtimestamp(modified, UTC), "the file"


def _read_moment(value: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return None


def _edited(package: Package, manifest: dict):
    sums = manifest.get("files")
    for name, expected in sums.items() if isinstance(sums, dict) else ():
        content = package.files.get(str(name).lower())
        if content is not None and hashlib.sha256(content).hexdigest() != expected:
            yield Finding("edited", printable(str(name))[:80])


def _shown(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M UTC")
