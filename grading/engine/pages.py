"""One page through nbgrader's own preprocessors, as data: what is executed runs elsewhere.

The order is nbgrader's: sanitize, execute, save. Preprocessors that ask the gradebook are
given the page's law in its place; an instructor's own stay as they are.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import fastjsonschema
import jsonschema
from jupyter_client.kernelspec import NoSuchKernel
from nbformat import NotebookNode
from nbgrader.converters import Autograde
from nbgrader.nbgraderformat import MetadataValidator, ValidationError
from nbgrader.nbgraderformat import common as nbgrader_schemas
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    Execute,
    OverwriteCells,
    OverwriteKernelspec,
    SaveAutoGrades,
)
from traitlets.config import Config
from traitlets.utils.importstring import import_item

from grading.engine.law import LawBook, PageLaw


class OverwriteKernelspecByLaw(OverwriteKernelspec):
    """The source decides the kernel; where it names none, the page must name one that is this Python."""

    book: LawBook
    kernels: frozenset[str]

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Overwrite the page's kernelspec. Raises NoSuchKernel."""
        kernelspec = json.loads(self.book.law.kernelspec or "null")
        if kernelspec:
            nb.metadata["kernelspec"] = kernelspec
        name = nb.metadata.get("kernelspec", {}).get("name") or "python3"
        if name not in self.kernels:
            raise NoSuchKernel(name)
        return nb, resources


class OverwriteCellsByLaw(OverwriteCells):
    """nbgrader's own, asking the law of the page."""

    book: LawBook

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Overwrite what a learner may not change."""
        about = resources["nbgrader"]
        self.notebook_id, self.assignment_id = about["notebook"], about["assignment"]
        self.gradebook = self.book
        nb, resources = super(OverwriteCells, self).preprocess(nb, resources)
        if self.add_missing_cells:
            nb, resources = self.add_missing_grade_cells(nb, resources)
            nb, resources = self.add_missing_task_cells(nb, resources)
        return nb, resources


class SaveAutoGradesByLaw(SaveAutoGrades):
    """nbgrader's own, writing into the law's book."""

    book: LawBook

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Judge each graded cell by its outputs."""
        about = resources["nbgrader"]
        self.notebook_id, self.assignment_id = about["notebook"], about["assignment"]
        self.student_id = about["student"]
        self.gradebook = self.book
        return super(SaveAutoGrades, self).preprocess(nb, resources)


VALIDATOR = MetadataValidator()
_quick = fastjsonschema.compile(VALIDATOR.schema, use_default=False)  # it only looks


def _validate(instance: Any, schema: dict[str, Any]) -> None:
    """As jsonschema.validate, which checks the schema itself anew for each cell, half of a page's time."""
    try:
        _quick(instance)
    except fastjsonschema.JsonSchemaException:
        jsonschema.validate(instance, schema)  # for its own words


class CheckCellMetadataOnce(CheckCellMetadata):
    """nbgrader's own, with its schema read and checked once."""

    def preprocess(self, nb: NotebookNode, resources: dict) -> tuple[NotebookNode, dict]:
        """Raises ValidationError where nbgrader's metadata are not sound."""
        before = nbgrader_schemas.jsonschema
        nbgrader_schemas.jsonschema = SimpleNamespace(validate=_validate)
        try:
            VALIDATOR.validate_nb(nb)
        except ValidationError as error:
            self.log.error("%s", error)
            raise ValidationError(
                "Notebook failed to validate; the nbgrader metadata may be corrupted."
            ) from error
        finally:
            nbgrader_schemas.jsonschema = before
        return nb, resources


@dataclass(frozen=True)
class Course:
    """What is the same for every page of an assignment."""

    config: Config
    db_url: str
    kernels: frozenset[str]


def sanitize_page(
    nb: NotebookNode, law: PageLaw, about: Mapping[str, str], course: Course, log: logging.Logger
) -> None:
    """Give a page, in place, what a learner may not change, as nbgrader does before it is executed.

    `about` names student, assignment and notebook.
    """
    chosen = Autograde(config=course.config).sanitize_preprocessors
    _preprocess(nb, chosen, LawBook(law), about, course, log)


def grade_page(  # noqa: PLR0917 - what a page is, what it is graded by, how it is executed
    nb: NotebookNode,
    book: LawBook,
    about: Mapping[str, str],
    course: Course,
    log: logging.Logger,
    execute: Execute,
) -> None:
    """Execute and judge a sanitized page in place; grades and comments are then in `book`."""
    chosen = Autograde(config=course.config).autograde_preprocessors
    _preprocess(nb, chosen, book, about, course, log, execute)


def sanitizes_by_itself(config: Config) -> bool:
    """Whether what an instructor configured may look at the learner before a page is executed."""
    return Autograde(config=config).sanitize_preprocessors != Autograde.sanitize_preprocessors.default()


def _preprocess(  # noqa: PLR0917 - as grade_page's
    nb: NotebookNode,
    chosen: Iterable[Any],
    book: LawBook,
    about: Mapping[str, str],
    course: Course,
    log: logging.Logger,
    execute: Execute | None = None,
) -> None:
    resources: dict[str, Any] = {
        "unique_key": about["notebook"],
        "nbgrader": {**about, "db_url": course.db_url},
        "metadata": {"name": about["notebook"]},
    }
    page = nb
    for preprocessor_class in chosen:
        preprocessor = _replaced(preprocessor_class, execute, book, course, log)
        if preprocessor is not None:
            page, resources = preprocessor(page, resources)
    if page is not nb:  # a preprocessor of the instructor's own made another
        nb.clear()
        nb.update(page)


def _replaced(
    chosen: Any, execute: Execute | None, book: LawBook, course: Course, log: logging.Logger
) -> Callable | None:
    """The preprocessor that stands for `chosen`; None for late penalties, which the writer assigns."""
    chosen = import_item(chosen) if isinstance(chosen, str) else chosen
    if chosen is Execute:
        return execute
    if chosen is AssignLatePenalties:
        return None
    by_law = {
        CheckCellMetadata: CheckCellMetadataOnce,
        OverwriteKernelspec: OverwriteKernelspecByLaw,
        OverwriteCells: OverwriteCellsByLaw,
        SaveAutoGrades: SaveAutoGradesByLaw,
    }.get(chosen)
    if by_law is None:
        return chosen(config=course.config, log=log) if isinstance(chosen, type) else chosen
    preprocessor = by_law(config=course.config, log=log)
    preprocessor.book, preprocessor.kernels = book, course.kernels
    return preprocessor
