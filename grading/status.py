"""Where each association of the cohort stands with one assignment."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Literal

from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment

from grading.findings import HandIn, load_collection
from grading.graded import is_graded
from grading.workspace import Student, Workspace

State = Literal["graded", "needs marking", "collected", "refused", "missing"]


@dataclass(frozen=True)
class Standing:
    """One association and one assignment.

    `state`: `graded`, `needs marking` (a person still reads a part), `collected` (not graded
    yet), `refused` (with `reasons`), `missing`. `points` maps each graded part to its
    points, None where a person still has to read it; `score` is their sum and None as long
    as nothing is graded. `created` is an ISO date and time in UTC.
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
    there = sorted(path.parent.name for path in workspace.root.glob(f"submitted/*/{assignment}"))
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
            )
            for student in people
        )


def unclaimed_hand_ins(workspace: Workspace, assignment: str) -> tuple[HandIn, ...]:
    """The refused hand-ins that name no student of the cohort: somebody must look whose they are."""
    collected = load_collection(workspace.root, assignment)
    return tuple(hand_in for hand_in in collected.refused if not hand_in.student)


def released_assignments(workspace: Workspace) -> list[str]:
    """The assignments that learners have, by id."""
    return sorted({path.parent.name for path in workspace.root.glob("release/*/*.ipynb")})


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
) -> Standing:
    name = student.student_id
    handed_in = workspace.submitted(name, assignment).is_dir()
    submission = _submission(gradebook, assignment, name)
    points: dict[str, float | None] = {}
    if handed_in and submission is not None and is_graded(workspace, name, assignment):
        points = {
            grade.name: None
            if grade.auto_score is None and grade.manual_score is None
            else float(grade.score)
            for notebook in submission.notebooks
            for grade in notebook.grades
        }
        points = {part: points.get(part) for part in parts}
    refused = hand_in is not None and hand_in.state == "refused"
    state: State = "collected" if handed_in else "refused" if refused else "missing"
    if points:
        state = "needs marking" if submission.needs_manual_grade else "graded"
    findings = hand_in.findings if hand_in is not None else ()
    return Standing(
        student=student,
        assignment=assignment,
        state=state,
        handed_in=handed_in,
        late=any(finding.code == "late" for finding in findings),
        created=hand_in.created if hand_in is not None else "",
        findings=tuple(finding.code for finding in findings),
        reasons=tuple(finding.for_instructor for finding in findings if finding.refuses),
        score=sum(value for value in points.values() if value is not None) if points else None,
        max_score=sum(parts.values()),
        points=points,
    )


def _submission(gradebook: Gradebook, assignment: str, student: str) -> SubmittedAssignment | None:
    try:
        return gradebook.find_submission(assignment, student)
    except MissingEntry:
        return None
