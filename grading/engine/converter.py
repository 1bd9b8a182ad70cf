"""nbgrader's Autograde with the fast engine in it: the same arguments, files, rows and errors."""

from __future__ import annotations

import fnmatch
import json
import logging
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from nbgrader import utils
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, NbGraderException
from nbgrader.preprocessors import AssignLatePenalties
from nbgrader.utils import find_all_files
from sqlalchemy.exc import OperationalError
from traitlets import Any as AnyTrait
from traitlets import Bool, CaselessStrEnum, Integer, Unicode
from traitlets import List as ListTrait

from grading.engine.jobs import Graded, Job
from grading.engine.kernels import python_kernels
from grading.engine.law import PageLaw, read_page_law
from grading.engine.shells import PRELOAD, Rules, ShellParent
from grading.engine.workers import grade_jobs
from grading.engine.writer import Entry, GradeWriter
from grading.environment import quiet_kernels
from grading.findings import Finding
from grading.graded import is_executed
from grading.intake import find_page, inspect_folder
from grading.lock import hold_course
from grading.records import Record, read_timestamp, save_record, write_log
from grading.repair import read_skeleton
from grading.sandbox import Capabilities, probe
from grading.sandbox.limits import Limits

BATCH = 32  # submissions in one transaction
BATCH_SECONDS = 2.0  # and no longer than this until a grade is safe
CAN_FORK = hasattr(os, "fork")
NO_FORK = "Windows has no forks, on which the fast engine is built."
LOOKED_AT, LOOKED_INTO = 50, 200_000  # submissions and bytes of each that are searched for library names
OWN_MODULES = ("course", "grading.marking")  # what the tests of forms import


class Refused(Exception):  # noqa: N818 - the hand-in is refused, nothing went wrong
    """A submission that cannot be graded as it lies there."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.for_instructor)
        self.finding = finding


@dataclass(frozen=True)
class Pending:
    """One submission on its way: where it is, where it goes, and what the gradebook is told."""

    student: str
    assignment: str
    submitted: str
    dest: Path
    notebooks: tuple[str, ...]
    timestamp: datetime | None = None
    absent: tuple[str, ...] = ()
    job: Job | None = None


class FastAutograde(Autograde):
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
    students = ListTrait(
        Unicode(), help="Only students whose id is one of these, or matches one of these patterns."
    ).tag(config=True)
    preload = ListTrait(
        AnyTrait(), list(PRELOAD), help="Modules that are imported once, before all submissions."
    ).tag(config=True)
    memory = Integer(2048, min=64, help="Megabytes that one submission may take.").tag(config=True)

    def __init__(
        self, *args: Any, on_progress: Callable[[Graded, int, int], None] | None = None, **kwargs: Any
    ):
        super().__init__(*args, **kwargs)
        self.on_progress = on_progress
        self.results: list[Graded] = []
        self._errors: list[tuple[str, str]] = []

    def init_notebooks(self) -> None:
        """Find what was handed in. Raises NbGraderException where nothing was, or not by a named student."""
        super().init_notebooks()
        if not self.students:
            return
        pattern = self._format_source("(?P<assignment_id>.*)", "(?P<student_id>.*)", escape=True)
        by_student = {re.match(pattern, path)["student_id"]: path for path in self.assignments}
        kept = {
            by_student[name]
            for name in by_student
            if any(fnmatch.fnmatchcase(name, asked) for asked in self.students)
        }
        for asked in self.students:
            if not fnmatch.filter(by_student, asked):
                self.log.error("No notebooks were matched by the student '%s'", asked)
                raise NbGraderException(f"No notebooks were matched by the student '{asked}'")
        self.assignments = {path: found for path, found in self.assignments.items() if path in kept}

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
        if self.engine == "stock" or not CAN_FORK:
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

    def _released(self, pending: Pending) -> Path:
        return Path(self.coursedir.format_path(self.coursedir.release_directory, ".", pending.assignment))

    @property
    def _assignment(self) -> str:
        return self.coursedir.assignment_id

    # Whether and how it may run -----------------------------------------------------------------

    def _is_sandboxed(self) -> bool:
        capabilities = probe((Path(self.coursedir.root),)) if CAN_FORK else Capabilities(False, (NO_FORK,))
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

    # What is to be graded -----------------------------------------------------------------------

    def _find_wanted(self) -> list[Pending]:
        """The submissions that are not graded yet, or are to be graded again; nothing is removed yet."""
        pattern = self._format_source("(?P<assignment_id>.*)", "(?P<student_id>.*)", escape=True)
        wanted = []
        for submitted in sorted(self.assignments):
            match = re.match(pattern, submitted)
            if match is None:
                message = f"Could not match '{submitted}' with regexp '{pattern}'"
                self.log.error(message)
                raise NbGraderException(message)
            about = match.groupdict()
            dest = Path(os.path.normpath(self._format_dest(about["assignment_id"], about["student_id"])))
            notebooks = tuple(sorted(self.assignments[submitted]))
            pending = Pending(about["student_id"], about["assignment_id"], submitted, dest, notebooks)
            try:
                if self._is_wanted(pending):
                    wanted.append(pending)
                else:
                    self.results.append(Graded(pending.student, pending.assignment, "skipped"))
            except Exception as error:
                self.log.error("%s: %s", pending.student, error)
                self._errors.append((pending.assignment, pending.student))
                self.results.append(Graded(pending.student, pending.assignment, "failed", str(error)))
        return wanted

    def _is_wanted(self, pending: Pending) -> bool:
        """nbgrader's own rule, but what is there is removed only when the new takes its place."""
        if pending.student in self.coursedir.student_id_exclude.split(","):
            return False
        whole = self.coursedir.notebook_id == "*"
        graded = [pending.dest / Path(path).name for path in pending.notebooks]
        if not pending.dest.exists() or (not whole and not all(path.exists() for path in graded)):
            return True
        if self.force:
            self.log.warning("Removing existing assignment: %s", pending.dest)
            return True
        new = self.coursedir.get_existing_timestamp(pending.submitted)
        old = self.coursedir.get_existing_timestamp(str(pending.dest))
        if new is not None and old is not None and new > old:
            self.log.warning("Updating existing assignment: %s", pending.dest)
            return True
        if self.is_form and not all(is_executed(path) for path in graded):
            self.log.warning("Grading again what was not graded to its end: %s", pending.dest)
            return True
        self.log.info("Skipping existing assignment: %s", pending.dest)
        return False

    def _prepare(self, pending: Pending, laws: dict[str, PageLaw], settings: dict[str, Any]) -> Pending:
        """All that a worker needs for one submission. Raises where it cannot be graded."""
        refusal = inspect_folder(Path(pending.submitted))
        if refusal is not None:
            raise Refused(refusal)
        if not self.create_student and pending.student not in self.grade_writer.students:
            raise NbGraderException(f"No student with ID '{pending.student}' exists in the database")
        timestamp = self.coursedir.get_existing_timestamp(pending.submitted)
        pages = self._find_pages(pending, laws)
        if not pages:
            raise NbGraderException(
                "No notebooks found, did you forget to run 'nbgrader generate_assignment'?"
            )
        absent = tuple(
            name
            for name in laws
            if name not in pages and find_page(Path(pending.submitted), name, laws) is None
        )
        for name in absent:
            self.log.warning("No submitted file: %s", Path(pending.submitted) / f"{name}.ipynb")
        job = Job(
            student=pending.student,
            assignment=pending.assignment,
            pages=pages,
            files=self._find_files(pending),
            laws={name: laws[name] for name in pages},
            stage=pending.dest.with_name(f".{pending.dest.name}.grading"),
            **settings,
        )
        return replace(pending, timestamp=timestamp, absent=absent, job=job)

    def _find_pages(self, pending: Pending, laws: dict[str, PageLaw]) -> dict[str, Path]:
        pages = {}
        for path in map(Path, pending.notebooks):
            if path.stem not in laws:
                self.log.warning("Skipping unknown notebook: %s", path)
            elif self.is_form:  # what was handed in is never looked at, whatever stands there
                pages[path.stem] = self._released(pending) / path.name
            else:
                pages[path.stem] = path
        if self.coursedir.notebook_id == "*" and not self.is_form:
            for name in laws:
                copy = find_page(Path(pending.submitted), name, laws)
                if name not in pages and copy is not None:
                    self.log.warning("%s is taken for %s.ipynb", copy, name)
                    pages[name] = copy
        return pages

    def _find_files(self, pending: Pending) -> dict[str, Path]:
        """What lies beside the pages, with the instructor's own files in the place of a learner's."""
        source = self.coursedir.format_path(self.coursedir.source_directory, ".", pending.assignment)
        excluded = {
            os.path.join(source, name) for name in self.exclude_overwriting.get(pending.assignment, ())
        }
        ignored = [*self.coursedir.ignore, "*.ipynb"]
        theirs = {
            os.path.relpath(path, pending.submitted): Path(path)
            for path in find_all_files(pending.submitted, ignored)
        }
        ours = {
            os.path.relpath(path, source): Path(path)
            for path in find_all_files(source, ignored)
            if path not in excluded
        }
        return theirs | ours

    # Grading ------------------------------------------------------------------------------------

    def _grade(
        self, wanted: list[Pending], laws: dict[str, PageLaw], kernels: frozenset[str], sandboxed: bool
    ) -> None:
        late = AssignLatePenalties(parent=self)
        late.enabled = late.enabled and AssignLatePenalties in self.autograde_preprocessors
        late.init_plugin()
        self.grade_writer = GradeWriter(self.gradebook, self._assignment, late)
        limits = Limits(memory=self.memory * 1024 * 1024)
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
        rules = Rules(limits, private=(str(self.coursedir.root),)) if sandboxed else None
        preload = OWN_MODULES if self.is_form else self._find_used(wanted, laws)
        with ShellParent(workers, rules, preload=preload, quiet=self.is_form) as parent:
            for graded in grade_jobs(self._jobs(wanted, laws, settings), parent):
                self._take(self._on_the_way.pop(graded.student), graded)
        self._flush()

    def _find_used(self, wanted: list[Pending], laws: dict[str, PageLaw]) -> tuple[str, ...]:
        """Those of `preload` that are named in the source or in one of the first submissions."""
        texts = [cell.source.encode() for law in laws.values() for cell in law.source_cells]
        for pending in wanted[:LOOKED_AT]:
            if inspect_folder(Path(pending.submitted)) is None:
                for path in pending.notebooks:
                    with Path(path).open("rb") as file:
                        texts.append(file.read(LOOKED_INTO))
        words = b" ".join(texts)
        return tuple(name for name in self.preload if name.partition(".")[0].encode() in words)

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
                "The gradebook could not be written: %s. If nbgrader was upgraded, see `nbgrader db upgrade`.",
                error,
            )
            raise NbGraderException(str(error)) from error
        for pending, graded in batch:
            if graded.outcome == "graded":
                self._publish(pending)
            else:
                self._remove(pending)
                self._errors.append((pending.assignment, pending.student))
                self.log.error("%s: not graded. %s", pending.student, graded.reason)
            self._record(pending, graded)
            self.results.append(graded)
            self._done += 1
            if self.on_progress is not None:
                self.on_progress(graded, self._done, self._total)

    def _publish(self, pending: Pending) -> None:
        stage, dest = pending.job.stage, pending.dest
        if self.coursedir.notebook_id == "*" or not dest.exists():
            if dest.exists():
                utils.rmtree(str(dest))
            stage.rename(dest)
        else:
            for path in sorted(stage.rglob("*")):
                if path.is_file():
                    target = dest / path.relative_to(stage)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    path.replace(target)
            shutil.rmtree(stage)
        self.set_permissions(pending.assignment, pending.student)
        self.notebooks = list(pending.notebooks)
        self.run_post_convert_hook()

    def _remove(self, pending: Pending) -> None:
        """As nbgrader: what could not be graded has no graded folder, or page."""
        if self.coursedir.notebook_id == "*":
            if pending.dest.exists():
                utils.rmtree(str(pending.dest))
            return
        for path in pending.notebooks:
            graded = pending.dest / Path(path).name
            if graded.exists():
                utils.remove(str(graded))

    def _record(self, pending: Pending, graded: Graded) -> None:
        record = Record(
            graded.student,
            graded.assignment,
            graded.outcome,
            reason="" if graded.refusal else graded.reason,
            refusal=graded.refusal,
            timestamp=read_timestamp(Path(pending.submitted)),
            engine="fast",
            seconds=graded.seconds,
            repairs={name: page.repairs for name, page in graded.pages.items() if page.repairs},
            flags={name: page.flags for name, page in graded.pages.items() if page.flags},
        )
        try:
            save_record(Path(self.coursedir.root), record)
            log = "\n".join(f"{logging.getLevelName(said.level)} {said.text}" for said in graded.said)
            write_log(Path(self.coursedir.root), record, log)
        except OSError as error:
            self.log.warning("The record of %s could not be written: %s", graded.student, error)

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


def is_form(source: str) -> bool:
    """Whether an assignment is a form of this course: the instructor's version decides, never a hand-in."""
    return (Path(source) / "assignment.yml").is_file()
