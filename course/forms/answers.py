"""The answers to an assignment, checked against its form: reading them and saving one field."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from course.content.models import Assignment
from course.errors import SubmissionError
from course.forms.values import check_value
from course.work.answers import FILE_NAME, Answers, change_answers, load_answers, with_answers
from course.work.moments import stamp_after

__all__ = ["FILE_NAME", "Answers", "check_answers", "read_answers", "save_answer", "usable_answers"]


def read_answers(path: Path, assignment: Assignment) -> Answers:
    """The file at `path`, every answer of the kind that its field asks for; empty ones are left out.

    The strict reading, for what is handed in. Raises SubmissionError, one sentence that
    begins with the name of the file, for a file that is missing, too long, of another
    shape or assignment, and for an answer that the form could not have saved.
    """
    global _LAST  # noqa: PLW0603 - a page asks once for each question, and its file does not change
    answers = load_answers(path)
    if answers is None:
        raise SubmissionError(f"{path.name}: this file is missing; fill in the form first.")
    if _LAST is None or _LAST[0] is not answers or _LAST[1] is not assignment:
        _LAST = answers, assignment, check_answers(answers, assignment, path.name)
    return _LAST[2]


_LAST: tuple[Answers, Assignment, Answers] | None = None  # as read, for which form, as checked


def check_answers(answers: Answers, assignment: Assignment, name: str = FILE_NAME) -> Answers:
    """Answers whose every value fits the form of `assignment`; see `read_answers`."""
    if answers.assignment != assignment.id:
        raise SubmissionError(
            f"{name}: these are answers to {answers.assignment}, not to {assignment.id}; "
            f"hand in the file of {assignment.id}."
        )
    fields = {field.id: field for field in assignment.form.fields}
    checked: dict[str, Any] = {}
    for field, value in answers.answers.items():
        if field not in fields:
            raise SubmissionError(
                f"{name}: {field}: {assignment.id} has no such question; hand in the file that the form made."
            )
        try:
            checked[field] = check_value(fields[field], value)
        except SubmissionError as error:
            raise SubmissionError(f"{name}: {error}") from None
    for field in answers.saved_at:
        if field not in answers.answers:
            raise SubmissionError(
                f"{name}: {field}: has a time and no answer; hand in the file that the form made."
            )
    answered = with_answers(
        assignment.id,
        {field: value for field, value in checked.items() if value is not None},
        {field: at for field, at in answers.saved_at.items() if checked[field] is not None},
        answers.student_id,
    )
    if answers.student_id and answered.student_id != answers.student_id:
        raise SubmissionError(
            f"{name}: two course numbers stand in it, {answers.student_id} and another; "
            "write your own in the first field of the form."
        )
    return answered


def usable_answers(path: Path, assignment: Assignment) -> Answers:
    """What the form can show of the file at `path`: an answer that no longer fits is passed over.

    The reading for the learner's own page: a question that changed must not close the form.
    Raises SubmissionError where the file as a whole cannot be read.
    """
    answers = load_answers(path)
    if answers is None or answers.assignment != assignment.id:
        return with_answers(assignment.id, {}, {})
    usable: dict[str, Any] = {}
    for field in assignment.form.fields:
        try:
            value = check_value(field, answers.answers.get(field.id))
        except SubmissionError:
            continue
        if value is not None:
            usable[field.id] = value
    return with_answers(
        assignment.id, usable, {field: at for field, at in answers.saved_at.items() if field in usable}
    )


def save_answer(path: Path, assignment: Assignment, field: str, value: Any) -> str:
    """Save one field of the form in the file at `path`; the moment it was saved (ISO 8601, UTC).

    What other pages save at the same time stays. Raises SubmissionError for a field or a
    value that the form does not have and WorkError where the disk refuses; the file is
    then as it was.
    """
    known = {entry.id: entry for entry in assignment.form.fields}
    if field not in known:
        raise SubmissionError(f"{field}: {assignment.id} has no such question.")
    checked = check_value(known[field], value)

    def with_field(before: Answers | None) -> Answers:
        if before is not None and before.assignment != assignment.id:
            raise SubmissionError(
                f"{path.name}: the answers beside this page belong to {before.assignment}; "
                "move that file away, then answer again."
            )
        answers: Mapping[str, Any] = before.answers if before else {}
        saved_at: Mapping[str, str] = before.saved_at if before else {}
        return with_answers(
            assignment.id,
            {**answers, field: checked},
            {**saved_at, field: stamp_after(saved_at.get(field))},
        )

    return change_answers(path, with_field).saved_at[field]
