"""Grades what was collected for an assignment, one submission apart from the others.

What is graded is there as a whole or not at all, so that a run that was killed is finished
by the next one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from nbgrader.converters import NbGraderException
from nbgrader.coursedir import CourseDirectory

from course.errors import CourseError
from grading.engine.converter import FastAutograde
from grading.engine.jobs import Graded
from grading.workspace import Workspace


@dataclass(frozen=True)
class Grading:
    """What became of one submission; `reason` is a sentence where it was not graded."""

    student: str
    outcome: Literal["graded", "skipped", "refused", "failed"]
    reason: str = ""


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
    stops the others. `workers` processes share the work (by default one on each core).
    `on_progress` hears of each result, with how many are done and how many there are.
    An assignment that is no form runs the learners' own code, shut in; where this system
    cannot shut it in, that needs `trust_submissions`.

    Returns the results in the order of the students. Raises CourseError where the
    assignment is not released, a student handed nothing in, or trust is missing.
    """
    workspace.require_released(assignment)
    there = sorted(path.parent.name for path in workspace.root.glob(f"submitted/*/{assignment}"))
    wanted = there if students is None else list(dict.fromkeys(students))
    for student in wanted:
        if student not in there:
            raise CourseError(
                f"{student}: no hand-in for {assignment} is collected; "
                f"see `grading status {assignment}` for the reason."
            )
    if not wanted:
        return ()
    config = workspace.config()
    config.CourseDirectory.assignment_id = assignment
    config.BaseConverter.force = force
    config.FastAutograde.workers = workers or 0
    config.FastAutograde.trust_submissions = trust_submissions
    config.FastAutograde.students = wanted

    def tell(graded: Graded, done: int, total: int) -> None:
        if on_progress is not None:
            on_progress(Grading(graded.student, graded.outcome, graded.reason), done, total)

    converter = FastAutograde(
        coursedir=CourseDirectory(config=config),
        config=config,
        log=logging.Logger("grading", logging.WARNING),  # what it says comes back as reasons
        on_progress=tell,
    )
    try:
        converter.start()
    except NbGraderException as error:
        if not converter.results:
            raise CourseError(str(error)) from None
    results = {r.student: Grading(r.student, r.outcome, r.reason) for r in converter.results}
    return tuple(results[student] for student in wanted if student in results)
