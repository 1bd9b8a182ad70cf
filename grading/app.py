"""`grading autograde` as nbgrader's own application: its arguments, its configuration, its exit codes."""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from typing import ClassVar

from nbgrader.apps.autogradeapp import AutogradeApp, aliases, flags
from nbgrader.converters import NbGraderException
from traitlets import CaselessStrEnum, default
from traitlets.config import Config
from traitlets.traitlets import MetaHasTraits

from course.errors import CourseError
from grading.console import print_json, show_progress
from grading.engine.converter import FastAutograde
from grading.engine.jobs import Graded
from grading.environment import changed_environment, path_with_commands

WITHOUT_GRADE = ("failed", "refused")


class GradingAutogradeApp(AutogradeApp):
    """nbgrader's AutogradeApp with the fast, shut-in engine behind it."""

    name = "grading autograde"
    examples = "Example: grading autograde a03" + AutogradeApp.examples.replace(
        "nbgrader auto", "grading auto"
    )
    aliases: ClassVar = {
        **aliases,
        ("w", "workspace"): "CourseDirectory.root",
        "engine": "FastAutograde.engine",
        "workers": "FastAutograde.workers",
        "format": "GradingAutogradeApp.format",
    }
    flags: ClassVar = {
        **flags,
        "trust-submissions": (
            {"FastAutograde": {"trust_submissions": True}},
            "Run submissions with your own rights where they cannot be shut in. Only if you have read them.",
        ),
    }
    format = CaselessStrEnum(
        ["text", "json"], default_value="text", help="Words, or JSON alone on stdout."
    ).tag(config=True)

    @default("classes")
    def _classes_default(self) -> list[MetaHasTraits]:
        return [*super()._classes_default(), FastAutograde]

    def parse_command_line(self, argv: Sequence[str] | None = None) -> None:
        """nbgrader's arguments; `--student` may be given several times."""
        rest, students = split_students(sys.argv[1:] if argv is None else argv)
        if len(students) > 1:
            self.update_config(Config({"FastAutograde": {"students": students}}))
        else:
            rest = list(argv) if argv is not None else sys.argv[1:]
        super().parse_command_line(rest)

    def start(self) -> None:
        """Grade. Ends the process with 1 where something was not graded, as nbgrader does."""
        super(AutogradeApp, self).start()
        if len(self.extra_args) > 1:
            self.fail("Only one argument (the assignment id) may be specified")
        elif self.extra_args and self.coursedir.assignment_id != "":
            self.fail("The assignment cannot both be specified in config and as an argument")
        elif not self.extra_args and self.coursedir.assignment_id == "":
            self.fail("An assignment id must be specified, either as an argument or with --assignment")
        elif self.extra_args:
            self.coursedir.assignment_id = self.extra_args[0]
        watched = sys.stderr.isatty() and self.log_level == logging.INFO
        if watched:
            self.log_level = logging.WARNING  # a bar in the place of several lines for each submission
        with show_progress("Grading") if watched else nullcontext() as advance:

            def tell(graded: Graded, done: int, total: int) -> None:
                if advance is not None:
                    advance(graded.student, done, total)

            converter = FastAutograde(coursedir=self.coursedir, parent=self, on_progress=tell)
            try:
                converter.start()
            except NbGraderException:
                self._report(converter)
                sys.exit(1)
            except CourseError as error:
                self.fail("%s", error)
        self._report(converter)

    def _report(self, converter: FastAutograde) -> None:
        results = sorted(converter.results, key=lambda graded: graded.student)
        if self.format == "json":
            entries = [{"student": r.student, "outcome": r.outcome, "reason": r.reason} for r in results]
            print_json({"assignment": self.coursedir.assignment_id, "submissions": entries})
            return
        for graded in results:
            if graded.outcome in WITHOUT_GRADE:
                print(f"{graded.student}: not graded. {graded.reason}")
        counts = {
            kind: sum(r.outcome == kind for r in results) for kind in ("graded", "skipped", *WITHOUT_GRADE)
        }
        print(", ".join(f"{count} {kind}" for kind, count in counts.items()))


def split_students(argv: Sequence[str]) -> tuple[list[str], list[str]]:
    """The arguments without `--student`, and what it was given, each time."""
    rest, students = [], []
    words = iter(argv)
    for word in words:
        if word == "--student":
            students.append(next(words, ""))
        elif word.startswith("--student="):
            students.append(word.partition("=")[2])
        else:
            rest.append(word)
    return rest, students


def run_autograde(argv: Sequence[str]) -> int:
    """One run of the command; returns nbgrader's exit code, 0 or 1."""
    app = GradingAutogradeApp()
    try:
        with changed_environment({"PATH": path_with_commands()}):
            app.initialize(list(argv))
            app.start()
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else int(left.code is not None)
    finally:
        app.deinit_logging()
    return 0
