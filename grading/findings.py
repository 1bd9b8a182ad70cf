"""What collecting a hand-in found: for the instructor in English, for the learner by a text's id."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from course.errors import CourseError
from course.files import write_whole
from course.texts import LANGUAGES, text

COLLECTED = "collected.json"
FORMAT = "course-collection"
VERSION = 1

State = Literal["accepted", "unchanged", "superseded", "refused"]

REFUSALS = {
    "damaged-zip": "The zip cannot be read: {detail}.",
    "locked-zip": "The zip is locked with a password.",
    "unsafe-zip": "The zip holds {detail}, which nothing that the course packs does.",
    "too-big": "It is far larger than any hand-in: {detail}.",
    "unsafe-link": "{detail} is a link to another place of the computer; links are never followed.",
    "unreadable": "{detail} cannot be read.",
    "unknown-file": "This is neither a zip nor a hand-in's folder.",
    "no-answers": "There is no answers.json in it.",
    "bad-answers": "{detail}",
    "no-identity": "Neither manifest.json nor answers.json names a student_id.",
    "wrong-person": "The parts do not belong to one person: {detail}.",
    "two-people": "One hand-in holds the work of several people: {detail}.",
    "unknown-student": "{detail} is not in students.csv; add it there if it should be, and collect again.",
    "wrong-assignment": "This is {detail}.",
    "bad-notebook": "{detail} is missing or damaged.",
}
PAGE_REFUSALS = {
    "text-not-chosen": "{detail} came along, though the learner chose to send scores only; delete it unread.",
    "page-link": "{detail} is a link to another place of the computer; links are never followed.",
    "page-name": "{detail} is no name for a hand-in or a file of it.",
    "page-too-many": "It holds {detail}, far more than any hand-in.",
    "page-too-big": "{detail}, far more than any page needs.",
    "page-too-deep": "{detail}, deeper than any page.",
    "page-too-long": "{detail}, far more than any page has.",
    "page-unreadable": "{detail}.",
    "page-other": "{detail} holds the parts of another assignment.",
}
REPAIRS = {
    "encoding": "It was saved as {detail}, and is read all the same.",
    "truncated": "The file breaks off: {detail} arrived, the rest is as it was handed out; look at it.",
    "conflict": "Marks of a merge stood in the file; {detail}.",
    "format": "The format of the file was wrong ({detail}), and is right again.",
    "structure": "Cells without their proper shape, put right: {detail}.",
    "schema": "nbgrader's data of another version, renewed: {detail}.",
    "unnamed": "Cells that had lost nbgrader's data, recognised: {detail}.",
    "duplicated": "Cells that stood there more than once; one of each is graded: {detail}.",
    "split": "Cells that had been cut into pieces, joined again: {detail}.",
    "foreign": "Cells that claim to be graded and are not of this assignment: {detail}.",
    "deleted": "Cells that had been deleted, put back as they were handed out: {detail}.",
    "moved": "Cells that had been moved, put back in the order of the assignment: {detail}.",
    "retyped": "Cells that had been turned into another type, and back: {detail}.",
    "points": "Cells with other points than the assignment's, which count: {detail}.",
    "flags": "Cells with other marks of nbgrader than the assignment's, which count: {detail}.",
    "locked": "Locked cells that had been changed, as in the assignment again: {detail}.",
    "kernel": "It asked for the language {detail}; that of the assignment is used.",
    "renamed": "The page was called {detail}.",
}
NOTES = {
    "superseded": "The same learner's {detail} is graded instead.",
    "late": "Packed {detail} after the due date.",
    "edited": "{detail} changed after packing; graded from answers.json as it is.",
    "no-manifest": "There is no manifest.json; the date is that of {detail}.",
    "bad-manifest": "manifest.json cannot be read ({detail}); identity and date come from answers.json.",
    "future-date": "Packed {detail}, which is still to come: the clock of that computer is wrong.",
    "no-team": "team.json cannot be read; the work is graded, without the people's knowledge scores.",
    "repaired": "The page that was sent {detail}; a fresh one was taken, as always.",
}
DAMAGE = PAGE_REFUSALS | REPAIRS  # of a page, whose sentences for learners stand apart
SENTENCES = REFUSALS | NOTES | DAMAGE


@dataclass(frozen=True)
class Finding:
    """One thing that was found in a hand-in; `detail` completes the sentence of its code."""

    code: str
    detail: str = ""

    @property
    def refuses(self) -> bool:
        """Whether the hand-in cannot be graded because of it."""
        return self.code in REFUSALS or self.code in PAGE_REFUSALS

    @property
    def for_instructor(self) -> str:
        """What was found, with its detail."""
        return SENTENCES[self.code].format(detail=self.detail)

    def for_learner(self, language: str) -> str:
        """What to do, without any detail: it may hold what somebody else wrote."""
        if self.code in DAMAGE:
            return text(f"damage.{self.code}", language)
        return text(f"grading.{self.code}", language, button=text("submit.submit", language))


@dataclass(frozen=True)
class HandIn:
    """One hand-in: the file or folder in the inbox, whose it is, what became of it, and why.

    `student` is empty where it could not be told; `created` is an ISO date and time in UTC,
    empty where there is none.
    """

    file: str
    student: str
    created: str
    state: State
    findings: tuple[Finding, ...] = ()
    inbox: str = ""

    def as_dict(self) -> dict:
        """Plain JSON data, with both sentences of each finding."""
        return {
            "file": self.file,
            "student": self.student,
            "created": self.created,
            "state": self.state,
            "inbox": self.inbox,
            "findings": [
                {
                    "code": finding.code,
                    "detail": finding.detail,
                    "instructor": finding.for_instructor,
                    "learner": {language: finding.for_learner(language) for language in LANGUAGES},
                }
                for finding in self.findings
            ],
        }


@dataclass(frozen=True)
class Collection:
    """All that was found in the hand-ins of one assignment, in the order of their files."""

    assignment: str
    hand_ins: tuple[HandIn, ...] = ()

    def of_state(self, state: State) -> tuple[HandIn, ...]:
        """The hand-ins that ended so."""
        return tuple(hand_in for hand_in in self.hand_ins if hand_in.state == state)

    @property
    def clean(self) -> bool:
        """Whether there is nothing to tell."""
        return not any(hand_in.findings for hand_in in self.hand_ins)

    @property
    def refused(self) -> tuple[HandIn, ...]:
        """The hand-ins that cannot be graded."""
        return self.of_state("refused")

    def latest(self) -> dict[str, HandIn]:
        """For each known student the hand-in that counts: the newest to be graded, else one refused."""
        counting = [hand_in for hand_in in self.hand_ins if hand_in.student and hand_in.state != "superseded"]
        counting.sort(key=lambda hand_in: (hand_in.state != "refused", hand_in.created))
        return {hand_in.student: hand_in for hand_in in counting}

    def as_dict(self) -> dict:
        """Plain JSON data."""
        return {"assignment": self.assignment, "hand_ins": [hand_in.as_dict() for hand_in in self.hand_ins]}


def load_collection(folder: Path, assignment: str) -> Collection:
    """What was collected so far in the workspace at `folder`; empty where nothing was.

    Raises CourseError where `collected.json` is damaged.
    """
    entries = _read(folder / COLLECTED).get(assignment, [])
    return Collection(
        assignment,
        tuple(
            HandIn(
                file=entry["file"],
                student=entry["student"],
                created=entry["created"],
                state=entry["state"],
                findings=tuple(Finding(found["code"], found["detail"]) for found in entry["findings"]),
                inbox=entry["inbox"],
            )
            for entry in entries
        ),
    )


def save_collection(folder: Path, collection: Collection, inbox: str) -> Collection:
    """Put `collection` in the place of what was collected from the same `inbox` before.

    Returns everything that has been collected for the assignment, from every inbox.
    """
    before = load_collection(folder, collection.assignment)
    kept = tuple(hand_in for hand_in in before.hand_ins if hand_in.inbox != inbox)
    whole = Collection(collection.assignment, (*kept, *collection.hand_ins))
    assignments = _read(folder / COLLECTED) | {collection.assignment: whole.as_dict()["hand_ins"]}
    document = {"format": FORMAT, "version": VERSION, "assignments": assignments}
    write_whole(folder / COLLECTED, json.dumps(document, ensure_ascii=False, indent=1) + "\n")
    return whole


def _read(path: Path) -> dict:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if (document["format"], document["version"]) != (FORMAT, VERSION):
            raise ValueError("another format or version")
        return document["assignments"]
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError) as error:
        raise CourseError(
            f"{path}: the record of what was collected is damaged ({error}); "
            "rename the file and collect the inbox again."
        ) from None
