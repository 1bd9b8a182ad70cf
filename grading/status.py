"""Where each association of the cohort stands with one assignment."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Literal

from nbgrader.api import Grade, Gradebook, MissingEntry, SubmittedAssignment

from grading.findings import HandIn, load_collection
from grading.graded import is_graded
from grading.records import Record, load_records, read_timestamp
from grading.workspace import Student, Workspace

State = Literal["graded", "needs marking", "not graded", "collected", "refused", "missing"]


@dataclass(frozen=True)
class Standing:
    """One association and one assignment.

    `state`: `graded`, `needs marking` (a person still reads a part), `collected` (not graded
    yet), `not graded` (it was tried, and `reasons` say what stopped it: never a zero),
    `refused` (with `reasons`), `missing`. `points` maps each graded part to its points, None
    where a person still has to read it; `score` is their sum and None as long as nothing is
    graded. `created` is an ISO date and time in UTC. `repairs` and `flags` are what grading
    put right and what it doubts; each flag names `notebook`, `grade_id` (empty for the whole
    page), `code` and `sentence`.
    """

    student: Student
    assignment: str
    state: State
    handed_in: bool
    late: bool
    created: str
    findings: tuple[str, ...]
    reasons: tuple[str, ...]
    score: float | None
    max_score: float
    points: dict[str, float | None] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()
    flags: tuple[dict[str, str], ...] = ()

    def as_dict(self) -> dict:
        """Plain JSON data, one level deep but for `points`."""
        plain = asdict(self)
        return plain.pop("student") | plain


def read_standings(workspace: Workspace, assignment: str) -> tuple[Standing, ...]:
    """The standing of every student of `students.csv`, in its order, and of any other who handed in.

    Raises CourseError where the assignment is not released.
    """
    workspace.require_released(assignment)
    latest = load_collection(workspace.root, assignment).latest()
    students = workspace.students()
    records = current_records(workspace, assignment)
    there = workspace.people_in("submitted", assignment)
    people = [*students.values(), *(Student(name) for name in there if name not in students)]
    with workspace.open_gradebook() as gradebook:
        parts = list_parts(gradebook, assignment)
        return tuple(
            _standing(
                workspace,
                gradebook,
                student,
                assignment=assignment,
                parts=parts,
                hand_in=latest.get(student.student_id),
                record=records.get(student.student_id),
            )
            for student in people
        )


def current_records(workspace: Workspace, assignment: str) -> dict[str, Record]:
    """What became of each submission that lies there, by student: not of one that was replaced since."""
    records = load_records(workspace.root, assignment)
    return {
        student: record
        for student, record in records.items()
        if record.timestamp == read_timestamp(workspace.submitted(student, assignment))
    }


def unclaimed_hand_ins(workspace: Workspace, assignment: str) -> tuple[HandIn, ...]:
    """The refused hand-ins that name no student of the cohort: somebody must look whose they are."""
    collected = load_collection(workspace.root, assignment)
    return tuple(hand_in for hand_in in collected.refused if not hand_in.student)


def released_assignments(workspace: Workspace) -> list[str]:
    """The assignments that nbgrader has released, by id."""
    with workspace.open_gradebook() as gradebook:
        return sorted(row.name for row in gradebook.assignments if row.notebooks)


def list_parts(gradebook: Gradebook, assignment: str) -> dict[str, float]:
    """Each graded part of an assignment with its highest points, in the order of the page."""
    parts: dict[str, float] = {}
    for notebook in sorted(gradebook.find_assignment(assignment).notebooks, key=lambda nb: nb.name):
        order = {cell.name: place for place, cell in enumerate(notebook.source_cells)}
        cells = [*notebook.grade_cells, *notebook.task_cells]
        for cell in sorted(cells, key=lambda cell: (order.get(cell.name, len(order)), cell.name)):
            parts[cell.name] = cell.max_score
    return parts


def _standing(
    workspace: Workspace,
    gradebook: Gradebook,
    student: Student,
    *,
    assignment: str,
    parts: dict[str, float],
    hand_in: HandIn | None,
    record: Record | None,
) -> Standing:
    name = student.student_id
    handed_in = workspace.submitted(name, assignment).is_dir()
    submission = _submission(gradebook, assignment, name)
    points: dict[str, float | None] = {}
    if handed_in and submission is not None and _is_done(workspace, name, assignment, record):
        given = {grade.name: grade for notebook in submission.notebooks for grade in notebook.grades}
        points = {part: _points(given.get(part)) for part in parts}
    refused = hand_in is not None and hand_in.state == "refused"
    state: State = "collected" if handed_in else "refused" if refused else "missing"
    if points:
        state = "needs marking" if submission.needs_manual_grade else "graded"
    elif handed_in and record is not None and record.outcome != "graded":
        state = "refused" if record.outcome == "refused" else "not graded"
    findings = hand_in.findings if hand_in is not None else ()
    reasons = [finding.for_instructor for finding in findings if finding.refuses]
    if state in ("refused", "not graded") and handed_in:
        reasons = [record.refusal.for_instructor if record.refusal is not None else record.reason]
    current = record if record is not None and handed_in else Record(name, assignment, "failed")
    return Standing(
        student=student,
        assignment=assignment,
        state=state,
        handed_in=handed_in,
        late=any(finding.code == "late" for finding in findings),
        created=hand_in.created if hand_in is not None else "",
        findings=tuple(finding.code for finding in findings),
        reasons=tuple(reasons),
        score=sum(value for value in points.values() if value is not None) if points else None,
        max_score=sum(parts.values()),
        points=points,
        repairs=tuple(finding.for_instructor for found in current.repairs.values() for finding in found),
        flags=tuple(
            {"notebook": notebook, "grade_id": flag.grade_id, "code": flag.code, "sentence": flag.sentence}
            for notebook, found in current.flags.items()
            for flag in found
        ),
    )


def _is_done(workspace: Workspace, student: str, assignment: str, record: Record | None) -> bool:
    """Whether its points count; those of another course may come from stock nbgrader."""
    if workspace.is_form(assignment):
        return is_graded(workspace, student, assignment)
    graded = record is None or record.outcome == "graded"
    return graded and workspace.autograded(student, assignment).is_dir()


def _points(grade: Grade | None) -> float | None:
    if grade is None or (grade.auto_score is None and grade.manual_score is None):
        return None
    return float(grade.score)


def _submission(gradebook: Gradebook, assignment: str, student: str) -> SubmittedAssignment | None:
    try:
        return gradebook.find_submission(assignment, student)
    except MissingEntry:
        return None
