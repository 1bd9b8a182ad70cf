"""Grades what was collected with nbgrader's own Autograde, one submission apart from the others.

The function for one submission takes plain arguments and returns a plain result, so that
worker processes run it as well as this one. What counts as graded is read from the graded
page itself, so that a run that was killed is finished by the next one.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde

from course.errors import CourseError
from grading.converters import run_converter
from grading.environment import quiet_kernels
from grading.graded import broken_test, is_graded
from grading.workspace import Workspace

MAX_WORKERS = 2  # SQLite takes one writer at a time; two were measured, with no lock and the same grades
WORTH_A_WORKER = 4  # submissions; starting a second process takes as long as grading a few


@dataclass(frozen=True)
class Grading:
    """What became of one submission; `reason` is a sentence where it was not graded."""

    student: str
    outcome: Literal["graded", "skipped", "failed"]
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


def grade_submission(root: str, assignment: str, student: str, form: bool) -> Grading:
    """Grade one submission in this process; `root` is the workspace's folder. Never raises."""
    workspace = Workspace(Path(root))
    try:
        config = workspace.config()
        config.CourseDirectory.assignment_id = assignment
        config.CourseDirectory.student_id = student
        config.Autograde.force = True
        config.Execute.shutdown_kernel = "immediate"
        with quiet_kernels(silence_warnings=form) as folder:
            if os.name == "posix":  # sockets in a folder of ours: no port for others on this computer
                config.KernelManager.transport = "ipc"
                config.KernelManager.ip = f"{folder}/kernel"
            reason = run_converter(Autograde, config)
        if reason is None and form:
            reason = broken_test(workspace, student, assignment)
            if reason is not None:
                _withdraw(workspace, student, assignment)
    except Exception as error:  # one submission must never stop the others
        reason = f"{type(error).__name__}: {error}"
    return Grading(student, "failed", reason) if reason else Grading(student, "graded")


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
    root = str(workspace.root)
    if workers is None:
        workers = min(MAX_WORKERS, os.cpu_count() or 1, max(1, len(pending) // WORTH_A_WORKER))
    if workers <= 1:
        for student in pending:
            yield grade_submission(root, assignment, student, form)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent) as pool:
        futures = {pool.submit(grade_submission, root, assignment, s, form): s for s in pending}
        try:
            for future in as_completed(futures):
                try:
                    yield future.result()
                except BrokenProcessPool:
                    yield Grading(futures[future], "failed", "The process that graded it was stopped.")
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    """Let a worker end when the command is killed; it would wait for work for ever."""

    def wait() -> None:
        multiprocessing.parent_process().join()
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def _withdraw(workspace: Workspace, student: str, assignment: str) -> None:
    """Take back the zeros of a test that did not work; the next run grades it again."""
    shutil.rmtree(workspace.autograded(student, assignment), ignore_errors=True)
    with workspace.open_gradebook() as gradebook:
        try:
            submission = gradebook.find_submission(assignment, student)
        except MissingEntry:
            return
        for notebook in submission.notebooks:
            for grade in notebook.grades:
                grade.auto_score = None
                grade.needs_manual_grade = True
        gradebook.db.commit()
