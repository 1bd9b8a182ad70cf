"""Takes the sample cohort through real grading, and compares all that came out with the plan."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from course.errors import CourseError
from course.files import PACKAGE_ROOT
from grading.autograde import Grading, autograde_assignment
from grading.collect import collect_inbox
from grading.export import export_grades
from grading.feedback import Feedback, generate_feedback
from grading.findings import Collection
from grading.release import release_assignment
from grading.sample.inbox import make_inbox
from grading.sample.planted import ASSIGNMENT, DUE, SEED, Plan, draw_plan, sample_students
from grading.status import read_standings
from grading.workspace import Workspace, create_workspace, open_workspace

MARK = "sample.json"

# What decides the result: when one of these changes, an old sample is made anew.
DECIDING = ("assignments", "course/content", "course/forms", "course/quizzes", "grading")


@dataclass(frozen=True)
class Report:
    """What the sample run did, and every place where it is not as planned."""

    workspace: Path
    counts: dict[str, int]
    differences: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Whether exactly the planted damage was found and every score is as expected."""
        return not self.differences


def run_sample(
    path: Path,
    assignment: str = ASSIGNMENT,
    *,
    handout: Path | None = None,
    seed: int = SEED,
    on_progress: Callable[[Grading, int, int], None] | None = None,
) -> Report:
    """Make the sample cohort's workspace at `path`, grade one assignment, compare it with its plan.

    New, release, inbox, collect, autograde, feedback, export: the functions that an
    instructor's commands call. A sample that stands there is finished or checked, not graded
    twice, and takes a further assignment; one of older content is made anew. `handout`
    receives the released form.

    Raises CourseError where `path` holds something that is not the sample cohort.
    """
    workspace = _open_sample(Path(path).absolute(), seed)
    released = release_assignment(workspace, assignment, handout=handout, due=DUE)
    inbox = workspace.root / "inbox" / assignment
    if not inbox.exists():
        beside = workspace.root / f".inbox-{assignment}"
        shutil.rmtree(beside, ignore_errors=True)
        make_inbox(beside, released, seed, assignment)
        inbox.parent.mkdir(exist_ok=True)
        beside.replace(inbox)
    collection = collect_inbox(workspace, assignment, inbox)
    gradings = autograde_assignment(workspace, assignment, on_progress=on_progress)
    feedback = generate_feedback(workspace, assignment)
    exported = export_grades(workspace, assignment)[0]
    plan = draw_plan(seed, assignment)
    differences = (
        *compare_findings(plan, collection),
        *compare_points(plan, workspace, assignment, gradings),
        *compare_feedback(plan, feedback),
        *compare_export(plan, exported),
    )
    states = [standing.state for standing in read_standings(workspace, assignment)]
    counts = {
        "associations": len(states),
        "hand-ins": len(collection.hand_ins),
        "graded": states.count("graded") + states.count("needs marking"),
        "refused": states.count("refused") + states.count("missing"),
        "pages of feedback": len(feedback.pages),
    }
    return Report(workspace.root, counts, differences)


def _open_sample(path: Path, seed: int) -> Workspace:
    """The sample's own workspace: the one that stands there, or a new one."""
    mark = {"sample": "cohort", "seed": seed, "made from": _fingerprint()}
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        before = None
        with suppress(OSError, ValueError):
            before = json.loads((path / MARK).read_text(encoding="utf-8"))
        if not isinstance(before, dict) or before.get("sample") != "cohort":
            raise CourseError(
                f"{path}: this is not the sample cohort ({MARK} is not in it); name another folder."
            )
        if before == mark:
            return open_workspace(path)
        shutil.rmtree(path)
    workspace = create_workspace(path, sample_students())
    (path / MARK).write_text(json.dumps(mark) + "\n", encoding="utf-8")
    return workspace


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for folder in DECIDING:
        for file in sorted((PACKAGE_ROOT / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(file.relative_to(PACKAGE_ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


# Comparing -----------------------------------------------------------------------------------


def compare_findings(plan: Plan, collection: Collection) -> Iterator[str]:
    """A refused hand-in is compared by why it is refused, any other by all that was found."""
    found = {
        hand_in.file: {f.code for f in hand_in.findings if f.refuses or hand_in.state != "refused"}
        for hand_in in collection.hand_ins
    }
    for hand_in in plan.hand_ins:
        codes = found.pop(hand_in.file, None)
        if codes != hand_in.findings:
            planted = ", ".join(sorted(hand_in.findings)) or "nothing"
            reported = "it was not seen" if codes is None else ", ".join(sorted(codes)) or "nothing"
            yield f"inbox/{hand_in.file}: planted {planted}; found: {reported}."
    for file in found:
        yield f"inbox/{file}: found, but never planted."


def compare_points(
    plan: Plan, workspace: Workspace, assignment: str, gradings: Iterable[Grading]
) -> Iterator[str]:
    """Each student's points of each question; nothing may be graded of a refused hand-in."""
    for grading in gradings:
        if grading.outcome == "failed":
            yield f"{grading.student}: not graded: {grading.reason}"
    standings = {standing.student.student_id: standing for standing in read_standings(workspace, assignment)}
    for student, expected in plan.points.items():
        standing = standings.pop(student, None)
        if standing is None:
            yield f"{student}: has no row."
        elif expected is None and standing.points:
            yield f"{student}: is graded, although the hand-in is damaged."
        elif expected is not None:
            for field, points in expected.items():
                if standing.points.get(field) != points:
                    got = standing.points.get(field)
                    yield f"{student}: {field}: {got} points instead of {points:g}."
    for student in standings:
        yield f"{student}: has a row, but is not of this cohort."


def compare_feedback(plan: Plan, feedback: Feedback) -> Iterator[str]:
    """A page for each graded hand-in, a sentence for each refused one."""
    graded = sum(score is not None for score in plan.scores.values())
    refused = len(plan.scores) - graded
    for student, reason in feedback.failed.items():
        yield f"{student}: no page of feedback: {reason}"
    if (len(feedback.pages), len(feedback.sentences)) != (graded, refused):
        yield (
            f"feedback: {len(feedback.pages)} pages and {len(feedback.sentences)} sentences "
            f"instead of {graded} and {refused}."
        )


def compare_export(plan: Plan, exported: Path) -> Iterator[str]:
    """Each student's total in the exported table."""
    with exported.open(encoding="utf-8-sig", newline="") as file:
        totals = {row["student_id"]: row["total"] for row in csv.DictReader(file)}
    for student, score in plan.scores.items():
        total = totals.pop(student, "no row")
        read = None if total in ("", "no row") else round(float(total), 2)
        if total == "no row" or read != score:
            yield f"{exported.name}: {student}: {total or 'no total'} instead of {score}."
    for student in totals:
        yield f"{exported.name}: {student} is not of this cohort."
