"""Gives the work back: a plain page for what is graded, one sentence for what is refused.

For a form the page shows the answers, the reasons and the points, and no code: hidden
tests would stand in nbgrader's own page.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from nbconvert.exporters import HTMLExporter
from nbgrader.converters import GenerateFeedback
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor

from course.errors import CourseError
from course.files import write_whole
from course.texts import LANGUAGES, direction, section, text
from grading.converters import run_converter
from grading.findings import HandIn, load_collection
from grading.graded import is_graded
from grading.workspace import Workspace

TEMPLATES = Path(__file__).resolve().parent / "templates"
REFUSED = "refused"
WIDGET = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True)
class Feedback:
    """What was written: a page for each graded student, a sentence for each refused hand-in.

    `failed` gives the reason for each student whose page could not be made.
    """

    pages: tuple[Path, ...]
    sentences: tuple[Path, ...]
    failed: dict[str, str]


class PlainParts(NbGraderPreprocessor):
    """Takes the code out of a graded form, and puts the words of the page beside each part."""

    def preprocess(self, nb, resources):
        """Runs after GetGrades, which brings scores and comments."""
        language = nb.metadata.get("course", {}).get("lang", LANGUAGES[0])
        number = 0
        nb.cells = [cell for cell, following in pairwise([*nb.cells, None]) if _belongs(cell, following)]
        for cell in nb.cells:
            about = cell.metadata.get("nbgrader", {})
            if cell.cell_type == "code":
                cell.source = ""
            if about.get("task"):
                cell.metadata["part_title"] = text("grading.criterion", language)
            elif about.get("grade"):
                number += 1
                cell.metadata["part_title"] = text("grading.question", language, number=number)
            if about.get("task") or about.get("grade"):
                cell.metadata["part_points"] = self._points(about, resources, language)
        told = resources["nbgrader"]
        resources["language"] = language
        resources["direction"] = direction(language)
        resources["texts"] = section("grading", language)
        resources["title"] = text("grading.title", language, assignment=told["assignment"])
        resources["total"] = text(
            "grading.total", language, score=_number(told["score"]), points=_number(told["max_score"])
        )
        return nb, resources

    def _points(self, about, resources, language: str) -> str:
        if about["grade_id"] in resources["unread"]:
            resources["pending"] = True
            return text("grading.not-yet", language)
        return text(
            "grading.earned", language, score=_number(about["score"]), points=_number(about["points"])
        )


class GetUnread(GetGrades):
    """nbgrader's scores and comments, and which parts a person has not read yet."""

    def preprocess(self, nb, resources):
        """Adds `unread`, the ids of those parts, to the resources."""
        nb, resources = super().preprocess(nb, resources)
        told = resources["nbgrader"]
        with self.gradebook as gradebook:
            page = gradebook.find_submission_notebook(told["notebook"], told["assignment"], told["student"])
            resources["unread"] = {
                grade.name for grade in page.grades if grade.auto_score is None and grade.manual_score is None
            }
        return nb, resources


def generate_feedback(workspace: Workspace, assignment: str) -> Feedback:
    """Write `feedback/STUDENT/ASSIGNMENT/` for all that is graded, anew each time.

    Each refused hand-in gets one text file in `refused/ASSIGNMENT/`, with its sentence in
    every language of the course and nothing else. One page that fails never stops the
    others. Raises CourseError where the assignment is not released or nothing can be written.
    """
    workspace.require_released(assignment)
    pages: list[Path] = []
    failed: dict[str, str] = {}
    for folder in sorted(workspace.root.glob(f"autograded/*/{assignment}")):
        student = folder.parent.name
        if not is_graded(workspace, student, assignment):
            continue
        reason = _write_page(workspace, student, assignment)
        if reason is None:
            pages.extend(sorted(workspace.feedback(student, assignment).glob("*.html")))
        else:
            failed[student] = reason
    try:
        sentences = _write_sentences(workspace, assignment)
    except OSError as error:
        raise CourseError(
            f"{error.filename or workspace.root}: cannot be written ({error.strerror}); "
            "make room or change the folder's rights, then run it again."
        ) from error
    return Feedback(tuple(pages), sentences, failed)


def _belongs(cell, following) -> bool:
    """Whether a learner needs this part again: answers, marks and their headings, not the form."""
    about = cell.metadata.get("nbgrader", {})
    if cell.cell_type == "code" or about.get("task") or about.get("grade"):
        return not _is_live(cell)
    return following is not None and following.cell_type == "code" and not _is_live(following)


def _is_live(cell) -> bool:
    """Whether it shows the form itself, which would be dead here."""
    return any(WIDGET in output.get("data", {}) for output in cell.get("outputs", ()))


def _write_page(workspace: Workspace, student: str, assignment: str) -> str | None:
    """Make one student's page with nbgrader's converter; returns why it failed, or None."""
    config = workspace.config()
    config.CourseDirectory.assignment_id = assignment
    config.CourseDirectory.student_id = student
    config.GenerateFeedback.force = True
    config.GenerateFeedback.exporter_class = HTMLExporter
    if workspace.is_form(assignment):
        config.GenerateFeedback.preprocessors = [GetUnread, PlainParts]
        config.HTMLExporter.template_name = "learner"
        config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]
    return run_converter(GenerateFeedback, config)


def _write_sentences(workspace: Workspace, assignment: str) -> tuple[Path, ...]:
    folder = workspace.root / REFUSED / assignment
    shutil.rmtree(folder, ignore_errors=True)
    refused = load_collection(workspace.root, assignment).refused
    if not refused:
        return ()
    folder.mkdir(parents=True)
    written: list[Path] = []
    for number, hand_in in enumerate(refused, start=1):
        path = folder / f"{number:03d}-{_file_name(hand_in)}.txt"
        reason = next(finding for finding in hand_in.findings if finding.refuses)
        write_whole(path, "\n\n".join(reason.for_learner(language) for language in LANGUAGES) + "\n")
        written.append(path)
    return tuple(written)


def _file_name(hand_in: HandIn) -> str:
    """The student's id where it is known, else what of the file's name any system can store."""
    return hand_in.student or re.sub(r"[^\w.-]+", "-", hand_in.file).strip("-.")[:60] or "hand-in"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
