"""Grades one submission with nbgrader's own Autograde.

Takes plain arguments and gives a plain result, so that any process can run it; it knows
nothing of the others.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from nbgrader.api import MissingEntry
from nbgrader.converters import Autograde

from grading.converters import run_converter
from grading.environment import quiet_kernels
from grading.graded import broken_test
from grading.workspace import Workspace


@dataclass(frozen=True)
class Grading:
    """What became of one submission; `reason` is a sentence where it was not graded."""

    student: str
    outcome: Literal["graded", "skipped", "failed"]
    reason: str = ""


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
