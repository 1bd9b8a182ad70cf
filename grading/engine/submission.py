"""Grades one submission: a function of its job alone, so that any process can be handed it."""

from __future__ import annotations

import copy
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

import nbformat
from nbformat import NotebookNode
from nbgrader.nbgraderformat import SchemaTooNewError, SchemaTooOldError
from traitlets.log import get_logger

from grading.engine.execute import ShellExecute
from grading.engine.forms import FormExecute, FormParent
from grading.engine.jobs import Graded, Job, PageGrades, Said
from grading.engine.law import LawBook
from grading.engine.pages import Course, grade_page, sanitize_page, sanitizes_by_itself
from grading.engine.parent import Rules, ShellParent, clean_environment
from grading.engine.shells import ShellManager
from grading.engine.written import written
from grading.graded import broken_test
from grading.records import Flag
from grading.repair import prepare
from grading.repair.prepare import Prepared
from grading.sandbox.canary import second_look

MOST_COLLECTED = 64 * 1024 * 1024  # bytes of the files that the cells of one submission leave behind
NOT_COLLECTED = (".ipynb", "timestamp.txt")


def grade_submission(job: Job, parent: ShellParent | FormParent | None = None, worker: int = 0) -> Graded:
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


def _grade(job: Job, parent: ShellParent | FormParent, worker: int, log: logging.Logger) -> Graded:
    shutil.rmtree(job.stage, ignore_errors=True)
    job.stage.mkdir(parents=True)
    for name, path in job.files.items():
        copy_plain_file(path, job.stage / name)
    course = Course(job.config, job.db_url, job.kernels)
    pages: dict[str, PageGrades] = {}
    for name in job.pages:
        about = {"student": job.student, "assignment": job.assignment, "notebook": name}
        prepared = _sanitized(job, parent, about, course, log)
        if prepared.notebook is None:
            return Graded(
                job.student,
                job.assignment,
                "refused",
                prepared.refusal.for_instructor,
                refusal=prepared.refusal,
            )
        book = LawBook(job.laws[name])
        flags = _run_page(job, parent, worker, prepared.notebook, book, about, course, log)
        if job.form and (said := broken_test(prepared.notebook)) is not None:
            return Graded(job.student, job.assignment, "failed", said)
        write_page(prepared.notebook, job.stage / f"{name}.ipynb")
        pages[name] = PageGrades(
            scores={cell: grade.auto_score for cell, grade in book.grades.items()},
            comments={cell: comment.auto_comment for cell, comment in book.comments.items()},
            doubts=prepared.doubts | {flag.grade_id for flag in flags},
            repairs=prepared.repairs,
            flags=flags,
        )
    return Graded(job.student, job.assignment, "graded", pages=pages)


def _sanitized(
    job: Job, parent: ShellParent | FormParent, about: dict[str, str], course: Course, log: logging.Logger
) -> Prepared:
    """The page with all that a learner may not change as the source has it.

    A form's page is nobody's own: a worker brings it into order once, and copies it for each learner.
    """
    name = about["notebook"]
    known = parent.sanitized.get(name) if isinstance(parent, FormParent) else None
    if known is None:
        prepared = prepare(job.laws[name].skeleton, job.pages[name])
        if prepared.notebook is not None:
            sanitize_page(prepared.notebook, job.laws[name], about, course, log)
        if not isinstance(parent, FormParent) or sanitizes_by_itself(job.config):
            return prepared
        known = parent.sanitized[name] = prepared
    return replace(known, notebook=copy.deepcopy(known.notebook))


def _run_page(  # noqa: PLR0917 - as grade_page's
    job: Job,
    parent: ShellParent | FormParent,
    worker: int,
    notebook: NotebookNode,
    book: LawBook,
    about: dict[str, str],
    course: Course,
    log: logging.Logger,
) -> tuple[Flag, ...]:
    """Execute and judge a sanitized page; what a person must look at.

    The cells of a form are the instructor's: they run in the graded folder itself. Others see a
    copy of it, and may add to it.
    """
    if isinstance(parent, FormParent):
        shell = parent.shell()
        execute = FormExecute(shell, job.stage, job.limits.cpu_seconds, config=job.config, log=log)
        grade_page(notebook, book, about, course, log, execute)
        return ()
    folder = parent.folders / f"work-{worker}"

    def open_shell() -> ShellManager:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(job.stage, folder, ignore=shutil.ignore_patterns("*.ipynb"))
        parent.hand_over(folder)
        return ShellManager(
            parent.controls[worker],
            folder,
            clean_environment(job.form) | {"NBGRADER_EXECUTION": "autograde"},
            output_bytes=job.limits.output_bytes,
            watched=not job.form,
        )

    execute = ShellExecute(open_shell, None if job.form else second_look, config=job.config, log=log)
    try:
        grade_page(notebook, book, about, course, log, execute)
        if folder.exists():
            collect_files(folder, job.stage)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return execute.flags


def write_page(notebook: NotebookNode, path: Path) -> None:
    """Write a graded page as nbconvert's notebook exporter does. The page is not to be used afterwards."""
    try:
        nbformat.validate(notebook)
    except nbformat.ValidationError as error:
        get_logger().error("Notebook JSON is invalid: %s", error)
    path.write_text(written(notebook) + "\n", encoding="utf-8")


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
