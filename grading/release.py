"""Releases an assignment: nbgrader makes the learners' version, and nothing hidden may be in it."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from nbgrader.converters import GenerateAssignment

from course.errors import CourseError
from course.files import find_root
from grading.converters import run_converter
from grading.leaks import find_leaks
from grading.workspace import Workspace

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
LEFT_BEHIND = shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__", ".*")


def release_assignment(
    workspace: Workspace,
    assignment: str,
    handout: Path | None = None,
    due: datetime | None = None,
    assignments: Path | None = None,
) -> Path:
    """Make the learners' version of `assignment` in the workspace; returns its folder.

    The instructor's version comes from `assignments/ASSIGNMENT-*` of the course (or of the
    folder `assignments`); where the course has none, `source/ASSIGNMENT` of the workspace is
    taken as it stands. `handout` receives a copy as `handout/ASSIGNMENT`. `due` is stored in
    the gradebook in UTC; None leaves what stands there. Each student of `students.csv` gets
    a row in the gradebook. Doing it again changes nothing.

    Raises CourseError where there is no such assignment, where nbgrader refuses it, and
    where a hidden test, a solution or the rubric could be read by learners; then nothing is
    released.
    """
    _fetch_source(workspace, assignment, assignments)
    source, released = workspace.source(assignment), workspace.release(assignment)
    if (source / "answers.json").exists():
        raise CourseError(
            f"source/{assignment}/answers.json: this file would replace the learners' answers when they are "
            "graded; remove it from the assignment."
        )
    with _set_aside(released):
        config = workspace.config()
        config.CourseDirectory.assignment_id = assignment
        config.GenerateAssignment.force = True
        reason = run_converter(GenerateAssignment, config)
        if reason is not None:
            raise CourseError(f"{assignment}: nbgrader cannot release it: {reason}")
        leaks = find_leaks(source, released)
        if leaks:
            raise CourseError(
                f"{assignment}: not released, since learners could read what is hidden: {'; '.join(leaks)}. "
                "Put it between ### BEGIN HIDDEN TESTS and ### END HIDDEN TESTS, or add the file to "
                "CourseDirectory.ignore in nbgrader_config.py."
            )
    workspace.enroll()
    if due is not None:
        with workspace.open_gradebook() as gradebook:
            moment = due if due.tzinfo else due.replace(tzinfo=UTC)
            gradebook.update_or_create_assignment(
                assignment, duedate=moment.astimezone(UTC).replace(tzinfo=None)
            )
    if handout is not None:
        _replace_folder(released, Path(handout) / assignment)
    return released


def _fetch_source(workspace: Workspace, assignment: str, assignments: Path | None) -> None:
    """Copy the course's assignment to `source/`, whole; raises CourseError where there is none."""
    if not NAME.fullmatch(assignment):
        raise CourseError(f"{assignment!r} cannot name an assignment; write its id, such as a03.")
    folder = assignments or find_root() / "assignments"
    found = sorted(path for path in folder.glob(f"{assignment}-*") if path.is_dir())
    if len(found) > 1:
        raise CourseError(
            f"{assignment}: {' and '.join(path.name for path in found)} share this id; give each its own."
        )
    source = workspace.source(assignment)
    if not found and not source.is_dir():
        raise CourseError(
            f"{assignment}: there is no folder {folder.name}/{assignment}-... in the course and no "
            f"source/{assignment} in the workspace; correct the id."
        )
    if found:
        _replace_folder(found[0], source)


def _replace_folder(origin: Path, target: Path) -> None:
    """Copy a folder beside the target, then put it in its place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}.", dir=target.parent) as beside:
        shutil.copytree(origin, Path(beside) / "new", ignore=LEFT_BEHIND)
        if target.exists():
            target.replace(Path(beside) / "old")
        (Path(beside) / "new").replace(target)


@contextmanager
def _set_aside(released: Path) -> Iterator[None]:
    """Keep what was released before until the block has succeeded; put it back if it fails."""
    aside = released.parent / f".{released.name}.before"
    if aside.exists() and not released.exists():
        aside.replace(released)
    shutil.rmtree(aside, ignore_errors=True)
    if released.exists():
        released.replace(aside)
    try:
        yield
    except BaseException:
        shutil.rmtree(released, ignore_errors=True)
        if aside.exists():
            aside.replace(released)
        raise
    shutil.rmtree(aside, ignore_errors=True)
