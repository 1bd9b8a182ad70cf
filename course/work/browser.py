"""The answers of a browser: what the static page keeps, as a file that goes both ways."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from course.content.reading import load_bank
from course.errors import CourseError, WorkError
from course.work.answers import with_answers
from course.work.moments import now_stamp
from course.work.records import (
    MOST_HINTS,
    AnswersCopy,
    AssignmentId,
    FieldEntry,
    FieldName,
    Language,
    Name,
    Response,
    Value,
)
from course.work.records import Stamp as Moment

FORMAT = "course-browser-answers"
VERSION = 1
_ASSIGNMENT = TypeAdapter(AssignmentId)


class Entry(BaseModel):
    """One answer as a page keeps it. What else a page keeps beside it is no concern of ours.

    `earlier` are the scored answers to the same item before this one: the review counts with them.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    response: Value
    at: Moment
    score: Annotated[float, Field(ge=0, le=1)] | None = None
    revision: Annotated[int, Field(ge=0)] | None = None  # a form has none
    lang: Language = ""
    hints: Annotated[int, Field(ge=0, le=MOST_HINTS)] = 0
    earlier: tuple[Entry, ...] = ()


class BrowserFile(BaseModel):
    """What a browser exports: entries by quiz and item, and by form and field."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    format: Literal["course-browser-answers"]
    version: Literal[1]
    quizzes: dict[Name, dict[Name, Entry]] = {}
    forms: dict[Name, dict[FieldName, Entry]] = {}


def response_entry(record: Response, attempt: int) -> dict[str, Any]:
    """A response as a page draws it."""
    return {
        "response": record.response,
        "score": record.score,
        "attempt": attempt,
        "at": record.at,
        "revision": record.revision,
        "lang": record.language,
        "hints": record.hints,
    }


def field_entry(record: FieldEntry, attempt: int) -> dict[str, Any]:
    """What stands in a field, as a page draws it; it has no score and no revision."""
    return {
        "response": record.value,
        "score": None,
        "attempt": attempt,
        "at": record.at,
        "revision": None,
        "lang": "",
    }


def browser_document(responses: Sequence[Response], entries: Sequence[FieldEntry]) -> dict[str, Any]:
    """The file that a browser imports, from records in the order of time."""
    quizzes: dict[str, dict[str, Any]] = {}
    for record in responses:
        items = quizzes.setdefault(record.quiz, {})
        before = items.get(record.item)
        items[record.item] = entry = response_entry(record, before["attempt"] + 1 if before else 1)
        if before:
            entry["earlier"] = [*before.pop("earlier", ()), before]
    forms: dict[str, dict[str, Any]] = {}
    for record in entries:
        fields = forms.setdefault(record.form, {})
        fields[record.field] = field_entry(record, fields.get(record.field, {}).get("attempt", 0) + 1)
    return {"format": FORMAT, "version": VERSION, "exported": now_stamp(), "quizzes": quizzes, "forms": forms}


def read_browser_document(document: Any) -> tuple[list[Response], list[FieldEntry | AnswersCopy]]:
    """The records in a browser's file. Raises WorkError, one sentence, for any other file."""
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise WorkError("this is not a file of answers of a browser; export it once more from the page.")
    if document.get("version") != VERSION:
        raise WorkError(
            f"this file has version {document.get('version')!r}, this course reads {VERSION}; "
            "bring the course up to date, then try again."
        )
    try:
        file = BrowserFile.model_validate(document)
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        place = ".".join(str(part)[:80] for part in fault["loc"])
        raise WorkError(
            f"this file of answers is damaged at {place} ({fault['msg']}); export it once more from the page."
        ) from None
    objectives = _objectives()
    responses = [
        Response(
            quiz=quiz,
            item=item,
            revision=given.revision or 0,
            objective=objectives.get(item, ""),
            language=given.lang,
            response=given.response,
            score=given.score,
            hints=given.hints,
            at=given.at,
        )
        for quiz, items in file.quizzes.items()
        for item, entry in items.items()
        for given in (*entry.earlier, entry)
    ]
    return responses, [record for form, fields in file.forms.items() for record in _written(form, fields)]


def _written(form: str, fields: dict[str, Entry]) -> list[FieldEntry | AnswersCopy]:
    """The entries of a form; those of an assignment belong into its `answers.json`."""
    try:
        assignment = _ASSIGNMENT.validate_python(form)
    except ValidationError:
        return [
            FieldEntry(form=form, field=field, value=entry.response, at=entry.at)
            for field, entry in fields.items()
        ]
    answers = with_answers(
        assignment,
        {field: entry.response for field, entry in fields.items()},
        {field: entry.at for field, entry in fields.items()},
    )
    return [AnswersCopy(assignment=assignment, document=answers.model_dump())]


def _objectives() -> dict[str, str]:
    """The objective of each item of the course: a browser's file does not say it."""
    try:
        return {item: entry.objective for item, (_, entry) in load_bank().items()}
    except CourseError:  # a fault in some other module must not keep a learner's answers out
        return {}
