"""Grades one submission: a function of its job alone, so that any process can be handed it."""

from __future__ import annotations

import logging
import os
import shutil
import stat
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.nbgraderformat import SchemaTooNewError, SchemaTooOldError
from traitlets.log import get_logger

from grading.engine.execute import ShellExecute
from grading.engine.jobs import Graded, Job, PageGrades, Said
from grading.engine.kept import KeptShell
from grading.engine.law import LawBook
from grading.engine.pages import Course, grade_page
from grading.engine.parent import Rules, ShellParent, clean_environment
from grading.engine.shells import ShellManager
from grading.graded import broken_test
from grading.repair import prepare
from grading.sandbox.canary import second_look

MOST_COLLECTED = 64 * 1024 * 1024  # bytes of the files that the cells of one submission leave behind
NOT_COLLECTED = (".ipynb", "timestamp.txt")


def grade_submission(job: Job, parent: ShellParent | None = None, worker: int = 0) -> Graded:
    """Grade one submission. Never raises for what a submission holds or does.

    Without `parent` it starts the processes it needs and ends them again. The graded folder
    is made at `job.stage`; what the gradebook is to be told is returned.
    """
    if parent is None:
        with ShellParent(1, Rules(job.limits) if job.sandboxed else None, quiet=job.form) as own:
            return grade_submission(job, own)
    begun = time.perf_counter()
    with captured_log(job.log_level) as (log, said):
        try:
            graded = _grade(job, parent, worker, log)
        except (SchemaTooOldError, SchemaTooNewError) as error:
            graded = Graded(job.student, job.assignment, "failed", str(error))
        except Exception as error:  # one submission must never stop the others
            log.error(traceback.format_exc())
            graded = Graded(job.student, job.assignment, "failed", f"{type(error).__name__}: {error}")
        if graded.outcome != "graded":
            shutil.rmtree(job.stage, ignore_errors=True)
    return replace(graded, said=tuple(said), seconds=time.perf_counter() - begun)


def _grade(job: Job, parent: ShellParent, worker: int, log: logging.Logger) -> Graded:
    shutil.rmtree(job.stage, ignore_errors=True)
    job.stage.mkdir(parents=True)
    for name, path in job.files.items():
        copy_plain_file(path, job.stage / name)
    pages: dict[str, PageGrades] = {}
    for name, path in job.pages.items():
        prepared = prepare(job.laws[name].skeleton, path)
        if prepared.notebook is None:
            return Graded(
                job.student,
                job.assignment,
                "refused",
                prepared.refusal.for_instructor,
                refusal=prepared.refusal,
            )
        book = LawBook(job.laws[name])
        about = {"student": job.student, "assignment": job.assignment, "notebook": name}
        executed = _run_page(job, parent, worker, notebook=prepared.notebook, book=book, about=about, log=log)
        if job.form and (said := broken_test(prepared.notebook)) is not None:
            return Graded(job.student, job.assignment, "failed", said)
        write_page(prepared.notebook, job.stage / f"{name}.ipynb")
        pages[name] = PageGrades(
            scores={cell: grade.auto_score for cell, grade in book.grades.items()},
            comments={cell: comment.auto_comment for cell, comment in book.comments.items()},
            doubts=prepared.doubts | {flag.grade_id for flag in executed.flags},
            repairs=prepared.repairs,
            flags=executed.flags,
        )
    return Graded(job.student, job.assignment, "graded", pages=pages)


def _run_page(
    job: Job,
    parent: ShellParent,
    worker: int,
    *,
    notebook: NotebookNode,
    book: LawBook,
    about: dict[str, str],
    log: logging.Logger,
) -> ShellExecute:
    """All that nbgrader does with one page; its cells see a copy of the folder, and may add to it."""
    folder = parent.folders / f"work-{worker}"
    environment = clean_environment(job.form) | {"NBGRADER_EXECUTION": "autograde"}

    def open_shell() -> ShellManager:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(job.stage, folder, ignore=shutil.ignore_patterns("*.ipynb"))
        parent.hand_over(folder)
        if job.form and worker in parent.kept:
            return parent.kept[worker]
        kind = KeptShell if job.form else ShellManager
        shell = kind(
            parent.controls[worker],
            folder,
            environment,
            output_bytes=job.limits.output_bytes,
            watched=not job.form,
        )
        if job.form:
            parent.kept[worker] = shell
        return shell

    def make_execute(**kwargs: Any) -> ShellExecute:
        return ShellExecute(open_shell, None if job.form else second_look, **kwargs)

    course = Course(job.config, job.db_url, job.kernels, make_execute)
    try:
        executed = grade_page(notebook, book, about, course, log)
        if folder.exists():
            collect_files(folder, job.stage)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return executed


def write_page(notebook: NotebookNode, path: Path) -> None:
    """Write a graded page as nbconvert's notebook exporter does."""
    text = nbformat.writes(notebook, version=4)
    path.write_text(text if text.endswith("\n") else text + "\n", encoding="utf-8")


def copy_plain_file(path: Path, target: Path) -> None:
    """Copy a file with its mode; never what a link points at. Raises OSError."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(descriptor, "rb") as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)
        target.chmod(stat.S_IMODE(os.fstat(source.fileno()).st_mode) | stat.S_IWUSR | stat.S_IRUSR)


def collect_files(folder: Path, target: Path) -> None:
    """Bring back the plain files that cells made or changed, within bounds; links and devices stay behind."""
    left = MOST_COLLECTED
    for place, _, names in os.walk(folder):
        for name in sorted(names):
            path = Path(place) / name
            about = path.lstat()
            if not stat.S_ISREG(about.st_mode) or name.endswith(NOT_COLLECTED):
                continue
            left -= about.st_size
            if left < 0:
                return
            copy_plain_file(path, target / path.relative_to(folder))


class _Keeper(logging.Handler):
    def __init__(self, said: list[Said]) -> None:
        super().__init__()
        self.said = said

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.said.append(Said(record.levelno, record.getMessage()))


@contextmanager
def captured_log(level: int) -> Iterator[tuple[logging.Logger, list[Said]]]:
    """A log of its own for one submission; what libraries say to traitlets' log goes there too."""
    said: list[Said] = []
    log = logging.Logger("grading.submission", level)
    keeper = _Keeper(said)
    log.addHandler(keeper)
    shared = get_logger()
    shared.addHandler(keeper)
    try:
        yield log, said
    finally:
        shared.removeHandler(keeper)
