"""nbgrader's Autograde with the fast engine in it: the same arguments, files, rows and errors."""

from __future__ import annotations

import importlib
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from nbconvert.exporters import NotebookExporter
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import NbGraderException
from nbgrader.preprocessors import AssignLatePenalties, Execute
from sqlalchemy.exc import OperationalError
from traitlets import Bool, CaselessStrEnum, Integer

from grading.engine.finding import FindingAutograde, Pending, Refused, is_form
from grading.engine.forms import FormParent
from grading.engine.jobs import Graded, Job
from grading.engine.kernels import python_kernels
from grading.engine.law import PageLaw, read_page_law
from grading.engine.parent import Rules, ShellParent
from grading.engine.publishing import publish, remove, write_down
from grading.engine.workers import grade_jobs
from grading.engine.writer import Entry, GradeWriter
from grading.environment import quiet_kernels
from grading.lock import hold_course
from grading.repair import read_skeleton
from grading.sandbox import probe
from grading.sandbox.limits import Limits

LONG_CELLS = 20  # so many may take as long as one may, before the whole submission is ended
BATCH = 32  # submissions in one transaction
BATCH_SECONDS = 2.0  # and no longer than this until a grade is safe
ON_LINUX = sys.platform == "linux"  # files in memory, sockets that keep records apart, namespaces
OWN_MODULES = ("course", "grading.marking")  # what the tests of forms import


class FastAutograde(FindingAutograde):
    """Grades as nbgrader's Autograde does, by forks of one prepared process."""

    engine = CaselessStrEnum(
        ["fast", "stock"],
        default_value="fast",
        help="fast: forks of one prepared process, shut in. stock: nbgrader's own kernels, not shut in.",
    ).tag(config=True)
    workers = Integer(0, min=0, help="How many processes grade; 0 for one on each core.").tag(config=True)
    trust_submissions = Bool(
        False,
        help="Run submissions with your own rights where they cannot be shut in. Only if you have read them.",
    ).tag(config=True)
    memory = Integer(2048, min=64, help="Megabytes that one submission may take.").tag(config=True)

    def __init__(
        self, *args: Any, on_progress: Callable[[Graded, int, int], None] | None = None, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.on_progress = on_progress

    def convert_notebooks(self) -> None:
        """Grade all that is to be graded. Raises NbGraderException where something was not.

        Raises CourseError where another command is at work in this course.
        """
        with hold_course(Path(self.coursedir.root), "autograde"):
            self._convert()

    def _convert(self) -> None:
        self.is_form = is_form(
            self.coursedir.format_path(self.coursedir.source_directory, ".", self._assignment)
        )
        wanted = self._find_wanted()
        if self.engine == "stock" or not ON_LINUX or self.exporter_class is not NotebookExporter:
            self._grade_with_kernels(wanted, "The stock engine runs submissions with your own rights.")
            return
        sandboxed = not self.is_form and bool(wanted) and self._is_sandboxed()
        with Gradebook(self.coursedir.db_url, self.coursedir.course_id) as self.gradebook:
            laws = self._read_laws()
            kernels = python_kernels()
            foreign = {
                kernel for law in laws.values() if (kernel := kernel_of(law)) and kernel not in kernels
            }
            if not foreign & set(KernelSpecManager().get_all_specs()):
                self._grade(wanted, laws, kernels, sandboxed)
                self._report_errors()
                return
        self._grade_with_kernels(
            wanted, f"The kernel {', '.join(sorted(foreign))} is for the stock engine alone."
        )

    def _grade_with_kernels(self, wanted: list[Pending], why: str) -> None:
        """nbgrader's own way, one after the other, each with a kernel of its own."""
        if self.is_form:
            self._require_released_pages(wanted)
        else:
            self._require_trust(why)
        self._errors = []  # nbgrader finds them once more
        try:
            with quiet_kernels(silence_warnings=self.is_form) if self.is_form else nullcontext():
                super().convert_notebooks()
        finally:
            for pending in wanted:
                done = all((pending.dest / Path(path).name).exists() for path in pending.notebooks)
                outcome = "graded" if done else "failed"
                reason = "" if done else "See the log above."
                self.results.append(Graded(pending.student, pending.assignment, outcome, reason))

    def _require_released_pages(self, wanted: list[Pending]) -> None:
        """A form is never run as it was handed in. Raises NbGraderException."""
        for pending in wanted:
            for path in map(Path, pending.notebooks):
                if path.read_bytes() != (self._released(pending) / path.name).read_bytes():
                    message = f"{path}: this is not the released page; take it in with `grading collect`."
                    self.log.error(message)
                    raise NbGraderException(message)

    @property
    def _assignment(self) -> str:
        return self.coursedir.assignment_id

    # Whether and how it may run -----------------------------------------------------------------

    def _is_sandboxed(self) -> bool:
        capabilities = probe((Path(self.coursedir.root),))
        for sentence in capabilities.missing:
            self.log.warning(sentence)
        if capabilities.usable:
            return True
        self._require_trust(capabilities.refusal)
        return False

    def _require_trust(self, why: str) -> None:
        if not self.trust_submissions and not self.is_form:
            self.log.error("%s Say --trust-submissions if you have read what was handed in.", why)
            raise NbGraderException(why)

    def _read_laws(self) -> dict[str, PageLaw]:
        try:
            row = self.gradebook.find_assignment(self._assignment)
        except MissingEntry:
            message = f"No assignment with ID '{self._assignment}' exists in the database"
            self.log.error(message)
            raise NbGraderException(message) from None
        source = Path(self.coursedir.format_path(self.coursedir.source_directory, ".", self._assignment))
        return {
            page.name: read_page_law(
                self.gradebook,
                self._assignment,
                read_skeleton(self.gradebook, self._assignment, page.name, source / f"{page.name}.ipynb"),
            )
            for page in row.notebooks
        }

    # Grading ------------------------------------------------------------------------------------

    def _grade(
        self, wanted: list[Pending], laws: dict[str, PageLaw], kernels: frozenset[str], sandboxed: bool
    ) -> None:
        late = AssignLatePenalties(parent=self)
        late.enabled = late.enabled and AssignLatePenalties in self.autograde_preprocessors
        late.init_plugin()
        self.grade_writer = GradeWriter(self.gradebook, self._assignment, late)
        seconds = max(Limits.wall_seconds, LONG_CELLS * (Execute(parent=self).timeout or 0))
        limits = Limits(memory=self.memory * 1024 * 1024, wall_seconds=seconds, cpu_seconds=seconds)
        settings = {
            "db_url": self.coursedir.db_url,
            "config": self.config,
            "kernels": kernels,
            "form": self.is_form,
            "sandboxed": sandboxed,
            "limits": limits,
            "log_level": min(logging.INFO, getattr(self.parent, "log_level", logging.INFO)),
        }
        self._on_the_way: dict[str, Pending] = {}
        self._total, self._done = len(wanted), 0
        self._batch: list[tuple[Pending, Graded]] = []
        self._batch_begun = time.monotonic()
        if not wanted:
            return
        workers = min(self.workers or os.cpu_count() or 1, len(wanted))
        with self._open_parent(workers, Rules(limits) if sandboxed else None, wanted, laws) as parent:
            for graded in grade_jobs(self._jobs(wanted, laws, settings), parent):
                self._take(self._on_the_way.pop(graded.student), graded)
        self._flush()

    def _open_parent(
        self, workers: int, rules: Rules | None, wanted: list[Pending], laws: dict[str, PageLaw]
    ) -> ShellParent | FormParent:
        if self.is_form:
            for name in OWN_MODULES:  # before the workers, which are forks of this process
                importlib.import_module(name)
            return FormParent(workers)
        if rules is not None:
            rules = replace(rules, private=(str(self.coursedir.root),))
        return ShellParent(workers, rules, preload=self._find_used(wanted, laws))

    def _jobs(
        self, wanted: list[Pending], laws: dict[str, PageLaw], settings: dict[str, Any]
    ) -> Iterator[Job]:
        for pending in wanted:
            self.notebooks = list(pending.notebooks)
            self.run_pre_convert_hook()
            try:
                ready = self._prepare(pending, laws, settings)
            except Refused as refused:
                said = refused.finding.for_instructor
                self._take(
                    pending, Graded(pending.student, pending.assignment, "refused", said, refused.finding)
                )
            except Exception as error:
                self._take(pending, Graded(pending.student, pending.assignment, "failed", str(error)))
            else:
                self._on_the_way[pending.student] = ready
                yield ready.job

    def _take(self, pending: Pending, graded: Graded) -> None:
        self.log.info("Autograding %s", pending.submitted)
        for said in graded.said:  # all of it stands in the log of the submission
            self.log.log(said.level if said.level >= logging.ERROR else logging.DEBUG, "%s", said.text)
        self._batch.append((pending, graded))
        if len(self._batch) >= BATCH or time.monotonic() - self._batch_begun > BATCH_SECONDS:
            self._flush()

    def _flush(self) -> None:
        """Commit the grades of a batch, then put its pages in their places."""
        batch, self._batch = self._batch, []
        self._batch_begun = time.monotonic()
        entries = [
            Entry(
                pending.student,
                pending.timestamp,
                pending.absent,
                graded.pages,
                withdraw=self.is_form and graded.outcome == "failed",
            )
            for pending, graded in batch
            if graded.outcome != "refused"
        ]
        try:
            self.grade_writer.write(entries)
        except OperationalError as error:
            self.log.error(
                "The gradebook could not be written: %s. After an upgrade see `nbgrader db upgrade`.",
                error,
            )
            raise NbGraderException(str(error)) from error
        whole = self.coursedir.notebook_id == "*"
        for pending, graded in batch:
            try:  # before the page is in its place: a page that is there is never graded again
                write_down(Path(self.coursedir.root), pending, graded)
            except OSError as error:
                self.log.warning("The record of %s could not be written: %s", pending.student, error)
            if graded.outcome == "graded":
                publish(pending, whole=whole)
                self.set_permissions(pending.assignment, pending.student)
                self.notebooks = list(pending.notebooks)
                self.run_post_convert_hook()
            else:
                remove(pending, whole=whole)
                self._errors.append((pending.assignment, pending.student))
                self.log.error("%s: not graded. %s", pending.student, graded.reason)
            self.results.append(graded)
            self._done += 1
            if self.on_progress is not None:
                self.on_progress(graded, self._done, self._total)

    def _report_errors(self) -> None:
        for assignment, student in self._errors:
            self.log.error(
                "There was an error processing assignment '%s' for student '%s'", assignment, student
            )
        if self._errors:
            message = "Please see the error log above for the reasons of these failures."
            self.log.error(message)
            raise NbGraderException(message)


def kernel_of(law: PageLaw) -> str | None:
    """The name of the kernel that the source of a page asks for, if it names one."""
    return (json.loads(law.kernelspec or "null") or {}).get("name")
