"""What of a course is to be graded, and what a worker needs for each submission of it."""

from __future__ import annotations

import fnmatch
import os
import re
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde, NbGraderException
from nbgrader.utils import find_all_files
from traitlets import List, Unicode

from grading.engine.jobs import Graded, Job
from grading.engine.law import PageLaw
from grading.engine.parent import PRELOAD
from grading.findings import Finding
from grading.graded import is_executed
from grading.intake import find_page, inspect_folder

LOOKED_AT, LOOKED_INTO = 50, 200_000  # submissions and bytes of each that are searched for library names


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


class FindingAutograde(Autograde):
    """nbgrader's Autograde, as far as it looks for submissions; nothing is changed by that."""

    is_form = False
    students = List(
        Unicode(), help="Only students whose id is one of these, or matches one of these patterns."
    ).tag(config=True)
    preload = List(
        Unicode(), list(PRELOAD), help="Modules that are imported once, where the assignment names them."
    ).tag(config=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
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

    def _released(self, pending: Pending) -> Path:
        return Path(self.coursedir.format_path(self.coursedir.release_directory, ".", pending.assignment))

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
        excluded = {os.path.normpath(name) for name in self.exclude_overwriting.get(pending.assignment, ())}
        ours = self._own_files.items()
        return self._files_in(pending.submitted) | {name: path for name, path in ours if name not in excluded}

    @cached_property
    def _own_files(self) -> dict[str, Path]:
        """The instructor's files beside the pages, by their path there."""
        source = self.coursedir.format_path(
            self.coursedir.source_directory, ".", self.coursedir.assignment_id
        )
        return self._files_in(source)

    def _files_in(self, folder: str) -> dict[str, Path]:
        found = find_all_files(folder, [*self.coursedir.ignore, "*.ipynb"])
        return {os.path.relpath(path, folder): Path(path) for path in found}

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


def is_form(source: str) -> bool:
    """Whether an assignment is a form of this course: the instructor's version decides, never a hand-in."""
    return (Path(source) / "assignment.yml").is_file()
