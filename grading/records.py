"""What became of each submission: one record for programs and one log for people, beside each other.

`logs/ASSIGNMENT/STUDENT.json` and `STUDENT.log` in the course's folder. They tell of a
submission what nbgrader's gradebook has no place for; they hold none of its text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

from grading.findings import Finding

FORMAT, VERSION = "course-grading", 1
MAX_LOG = 200_000  # characters; of a longer log the beginning and the end are kept
ANSI = re.compile(r"\x1b\[[0-9;]*m")

Outcome = Literal["graded", "refused", "failed"]


@dataclass(frozen=True)
class Flag:
    """A doubt about points: of one graded cell, or of the whole page where `grade_id` is empty."""

    grade_id: str
    code: str
    sentence: str


@dataclass(frozen=True)
class Record:
    """What became of one submission.

    `outcome`: graded; refused (the hand-in cannot be graded, `refusal` says why); failed
    (something of ours or of this computer, `reason` says what; the next run tries again).
    `timestamp` is what `read_timestamp` gives for the submission. `repairs` and `flags` are by
    notebook id.
    """

    student: str
    assignment: str
    outcome: Outcome
    reason: str = ""
    refusal: Finding | None = None
    timestamp: str = ""
    engine: str = ""
    seconds: float = 0.0
    repairs: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    flags: Mapping[str, tuple[Flag, ...]] = field(default_factory=dict)

    @property
    def told(self) -> tuple[str, ...]:
        """Every sentence for the instructor: why it is not graded, what was repaired, what is in doubt."""
        reasons = [self.refusal.for_instructor] if self.refusal is not None else [self.reason]
        repairs = [finding.for_instructor for found in self.repairs.values() for finding in found]
        flags = [flag.sentence for found in self.flags.values() for flag in found]
        return tuple(dict.fromkeys(sentence for sentence in (*reasons, *repairs, *flags) if sentence))

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON data."""
        return {
            "format": FORMAT,
            "version": VERSION,
            "student": self.student,
            "assignment": self.assignment,
            "outcome": self.outcome,
            "reason": self.reason,
            "refusal": _finding_as_dict(self.refusal) if self.refusal is not None else None,
            "timestamp": self.timestamp,
            "engine": self.engine,
            "seconds": round(self.seconds, 3),
            "repairs": {name: [_finding_as_dict(f) for f in found] for name, found in self.repairs.items()},
            "flags": {
                name: [
                    {"grade_id": flag.grade_id, "code": flag.code, "sentence": flag.sentence}
                    for flag in found
                ]
                for name, found in self.flags.items()
            },
        }


def read_timestamp(submitted: Path) -> str:
    """What the submission's timestamp.txt says; empty where there is none."""
    try:
        return (submitted / "timestamp.txt").read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def save_record(root: Path, record: Record) -> None:
    """Write the record into the course at `root`, whole or not at all; raises OSError."""
    path = _place(root, record.assignment, record.student, "json")
    _replace(path, json.dumps(record.as_dict(), ensure_ascii=False, indent=1) + "\n")


def load_record(root: Path, student: str, assignment: str) -> Record | None:
    """The last record of a submission; None where there is none, or a power cut has left half of one."""
    return _read(_place(root, assignment, student, "json"))


def load_records(root: Path, assignment: str) -> dict[str, Record]:
    """The last record of each submission of an assignment, by student."""
    records = [_read(path) for path in sorted((root / "logs" / assignment).glob("*.json"))]
    return {record.student: record for record in records if record is not None}


def write_log(root: Path, record: Record, log: str) -> None:
    """Write what was done with a submission in the place of its last log; raises OSError.

    First what became of it in sentences, then `log`, line by line as the grading said it.
    """
    log = ANSI.sub("", log).strip()
    if len(log) > MAX_LOG:
        half = MAX_LOG // 2
        log = f"{log[:half]}\n[... {len(log) - 2 * half:,} characters left out ...]\n{log[-half:]}"
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    head = f"{record.student}, {record.assignment}: {record.outcome} at {now} in {record.seconds:.2f} s"
    content = "\n".join([head, *record.told, "", log]).rstrip()
    _replace(_place(root, record.assignment, record.student, "log"), f"{content}\n")


def _place(root: Path, assignment: str, student: str, kind: str) -> Path:
    return root / "logs" / assignment / f"{quote(student, safe=' @+()')}.{kind}"


def _replace(path: Path, content: str) -> None:
    """Write beside, then rename; what a kill leaves beside is overwritten by the next run.

    Not flushed to the disk: of what a power cut takes, the next run writes what is missing.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}")
    try:
        beside.write_text(content, encoding="utf-8", errors="replace")
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _read(path: Path) -> Record | None:
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        if (stored["format"], stored["version"]) != (FORMAT, VERSION):
            return None
        return Record(
            student=stored["student"],
            assignment=stored["assignment"],
            outcome=stored["outcome"],
            reason=stored["reason"],
            refusal=Finding(**stored["refusal"]) if stored["refusal"] else None,
            timestamp=stored["timestamp"],
            engine=stored["engine"],
            seconds=stored["seconds"],
            repairs={name: tuple(Finding(**f) for f in found) for name, found in stored["repairs"].items()},
            flags={name: tuple(Flag(**f) for f in found) for name, found in stored["flags"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _finding_as_dict(finding: Finding) -> dict[str, str]:
    return {"code": finding.code, "detail": finding.detail}
