"""Gives the work back: a safe page for what is graded, one sentence for what is refused.

For a form the page shows the answers, the reasons and the points, and no code; for any other
page the learner's own code as well. Nothing in a page acts: what learners wrote, and what
their code printed, is made harmless first, and the page's policy forbids the rest.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, select_autoescape
from nbconvert.exporters import HTMLExporter
from nbgrader.converters import GenerateFeedback
from traitlets.config import Config

from course.errors import CourseError
from course.files import write_whole
from course.texts import LANGUAGES, direction, section, text
from grading.converters import run_converter
from grading.findings import HandIn, load_collection
from grading.graded import is_graded
from grading.outputs import SafeOutputs
from grading.pages import CourseParts, GetUnread, HideTests, PlainParts, TellDamage
from grading.records import Record
from grading.sanitising import POLICY, safe_html
from grading.status import current_records
from grading.workspace import Workspace

TEMPLATES = Path(__file__).resolve().parent / "templates"
REFUSED = "refused"
FRAME = "frame.html.j2"


@dataclass(frozen=True)
class Feedback:
    """What was written: a page for each graded student, a sentence for each refused hand-in.

    `failed` gives the reason for each student whose page could not be made.
    """

    pages: tuple[Path, ...]
    sentences: tuple[Path, ...]
    failed: dict[str, str]


def generate_feedback(
    workspace: Workspace, assignment: str, *, show_hidden_tests: bool = False, language: str = LANGUAGES[0]
) -> Feedback:
    """Write `feedback/STUDENT/ASSIGNMENT/` for all that is graded, anew each time.

    In any course of nbgrader: its outputs and Markdown are made harmless, and hidden tests and
    mark schemes are left out unless `show_hidden_tests`. `language` is that of pages which
    name none. A submission that was refused gets a page with one sentence; each refused
    hand-in of an inbox gets one text file in `refused/ASSIGNMENT/`, with its sentence in every
    language of the course and nothing else. One page that fails never stops the others.
    Raises CourseError where the assignment is not released or nothing can be written.
    """
    workspace.require_released(assignment)
    records = current_records(workspace, assignment)
    config = _settings(workspace, assignment, show_hidden_tests, language)
    pages: list[Path] = []
    failed: dict[str, str] = {}
    try:
        for student in workspace.people_in("autograded", assignment):
            if not _is_done(workspace, student, assignment, records.get(student)):
                continue
            config.CourseDirectory.student_id = student
            reason = run_converter(GenerateFeedback, config)
            if reason is None:
                pages.extend(sorted(workspace.feedback(student, assignment).glob("*.html")))
            else:
                failed[student] = reason
        pages.extend(
            _write_refusal(workspace, record, language)
            for record in records.values()
            if record.refusal is not None and workspace.submitted(record.student, assignment).is_dir()
        )
        sentences = _write_sentences(workspace, assignment)
    except OSError as error:
        raise CourseError(
            f"{error.filename or workspace.root}: cannot be written ({error.strerror}); "
            "make room or change the folder's rights, then run it again."
        ) from error
    return Feedback(tuple(pages), sentences, failed)


def _settings(workspace: Workspace, assignment: str, show_hidden_tests: bool, language: str) -> Config:
    """nbgrader's settings for these pages; a course's own template would print what is hidden."""
    form = workspace.is_form(assignment)
    config = workspace.config()
    config.CourseDirectory.assignment_id = assignment
    config.GenerateFeedback.force = True
    config.GenerateFeedback.exporter_class = HTMLExporter
    parts = PlainParts if form else CourseParts
    config.GenerateFeedback.preprocessors = [GetUnread, TellDamage, HideTests, parts, SafeOutputs]
    config.HTMLExporter.template_name = "learner" if form else "course"
    config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]
    config.HTMLExporter.exclude_anchor_links = True
    config.HTMLExporter.embed_images = False
    config.HTMLExporter.filters = {"safe_html": safe_html}
    config.TellDamage.root = str(workspace.root)
    config.HideTests.enabled = form or not show_hidden_tests
    config.CourseParts.language = config.PlainParts.language = language
    return config


def _is_done(workspace: Workspace, student: str, assignment: str, record: Record | None) -> bool:
    """Whether there is something to give back: of another course, also what stock nbgrader graded."""
    if workspace.is_form(assignment):
        return is_graded(workspace, student, assignment)
    return record is None or record.outcome == "graded"


def _write_refusal(workspace: Workspace, record: Record, language: str) -> Path:
    """A page that says why the work could not be graded, and what to do."""
    loader = FileSystemLoader(TEMPLATES / "frame")
    frame = Environment(loader=loader, autoescape=select_autoescape(default=True)).get_template(FRAME)
    page = frame.render(
        nb={"cells": []},
        resources={
            "language": language,
            "direction": direction(language),
            "policy": POLICY,
            "texts": section("grading", language),
            "damage": section("damage", language),
            "title": text("grading.title", language, assignment=record.assignment),
            "total": text("damage.refused", language),
            "repaired": [record.refusal.for_learner(language)],
        },
    )
    folder = workspace.feedback(record.student, record.assignment)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    path = folder / f"{record.assignment}.html"
    write_whole(path, page)
    return path


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
