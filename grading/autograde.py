"""Grades what was collected for an assignment, one submission apart from the others.

What counts as graded is read from the graded page itself, so that a run that was killed is
finished by the next one.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from course.errors import CourseError
from grading.grade import Grading, grade_submission
from grading.graded import is_graded
from grading.workers import grade_in_processes
from grading.workspace import Workspace

MAX_WORKERS = 2  # SQLite takes one writer at a time; two were measured, with no lock and the same grades
WORTH_A_WORKER = 4  # submissions; starting a second process takes as long as grading a few


def autograde_assignment(
    workspace: Workspace,
    assignment: str,
    *,
    students: Iterable[str] | None = None,
    force: bool = False,
    workers: int | None = None,
    trust_submissions: bool = False,
    on_progress: Callable[[Grading, int, int], None] | None = None,
) -> tuple[Grading, ...]:
    """Grade every collected submission of `assignment`, or those of `students`.

    A submission that is graded and unchanged is skipped unless `force`; one that fails never
    stops the others. `workers` processes share the work (by default as many as pay off, at
    most two). `on_progress` hears of each result, with how many are done and how many there are.
    An assignment that is no form runs the learners' own code with the rights of whoever
    grades it: that needs `trust_submissions`.

    Returns the results in the order of the students. Raises CourseError where the
    assignment is not released, a student handed nothing in, or trust is missing.
    """
    workspace.require_released(assignment)
    form = workspace.is_form(assignment)
    if not form and not trust_submissions:
        raise CourseError(
            f"{assignment} is no form: grading it runs the learners' own code on this computer with your "
            "rights; say --trust-submissions if you have read it."
        )
    wanted = _submitted_students(workspace, assignment, students)
    pending = [s for s in wanted if force or not is_graded(workspace, s, assignment)]
    results = {s: Grading(s, "skipped") for s in wanted if s not in pending}
    for done, result in enumerate(_grade_all(workspace, assignment, pending, form, workers), start=1):
        results[result.student] = result
        if on_progress is not None:
            on_progress(result, done, len(pending))
    return tuple(results[student] for student in wanted)


def _submitted_students(workspace: Workspace, assignment: str, students: Iterable[str] | None) -> list[str]:
    there = sorted(path.parent.name for path in workspace.root.glob(f"submitted/*/{assignment}"))
    if students is None:
        return there
    wanted = list(dict.fromkeys(students))
    for student in wanted:
        if student not in there:
            raise CourseError(
                f"{student}: no hand-in for {assignment} is collected; "
                f"see `grading status {assignment}` for the reason."
            )
    return wanted


# The work, in this process or in two --------------------------------------------------------------


def _grade_all(
    workspace: Workspace, assignment: str, pending: list[str], form: bool, workers: int | None
) -> Iterator[Grading]:
    if workers is None:
        workers = min(MAX_WORKERS, os.cpu_count() or 1, max(1, len(pending) // WORTH_A_WORKER))
    tasks = [
        {"root": str(workspace.root), "assignment": assignment, "student": student, "form": form}
        for student in pending
    ]
    if workers <= 1:
        return (grade_submission(**task) for task in tasks)
    return grade_in_processes(tasks, workers)
