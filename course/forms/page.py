"""The form on a page: what it shows, where it saves, what its buttons do."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

from course.content.models import Assignment, Form
from course.content.reading import load_forms
from course.errors import CourseError, SubmissionError, WorkError
from course.files import find_root
from course.forms.answers import FILE_NAME, save_answer, usable_answers
from course.forms.payload import form_payload
from course.forms.readiness import readiness
from course.forms.showing import Shown, notice, trouble
from course.forms.submission import FORM_FILE, pack_submission, read_assignment
from course.forms.values import check_value
from course.quizzes import Page
from course.quizzes.closed import closed_until_safe, refuse_while_closed
from course.texts import text
from course.work import open_work

HANDED_IN = "timestamp.txt"  # nbgrader's mark of a submission: from there on the answers are only read
AUTHORS_OWN = "rubric.yml"  # stands where assignments are written, and is never released


def form(identifier: str, lang: str = "en") -> Page | Shown:
    """The form `identifier`, to be filled in.

    Beside the `assignment.yml` of that id it is the assignment's form, saved in
    `answers.json`; otherwise it is a form of a module (`"00-start/first-success"`), saved
    in my work. Each field is saved as soon as it is left. Raises CourseError for a form
    that does not exist; where the learner's own file cannot be read, the page says so.
    """
    folder = Path.cwd()
    try:
        if (folder / FORM_FILE).is_file():
            assignment = read_assignment(folder)
            if assignment.id == identifier:
                return _assignment_page(folder, assignment, lang)
        return _module_page(identifier, lang)
    except (SubmissionError, WorkError) as error:
        return trouble(error, lang)


def _assignment_page(folder: Path, assignment: Assignment, lang: str) -> Page | Shown:
    if (folder / HANDED_IN).is_file():
        return notice(text("submit.handed-in", lang), lang)
    if (folder / AUTHORS_OWN).is_file():
        return Page(
            form_payload(assignment.id, assignment.form, lang, graded=True, readonly=True), {}, None, None
        )
    path = folder / FILE_NAME
    answers = usable_answers(path, assignment)
    entries = {
        field: {
            "response": value,
            "score": None,
            "attempt": 1,
            "at": answers.saved_at.get(field, ""),
            "revision": 1,
            "lang": lang,
        }
        for field, value in answers.answers.items()
    }

    def keep(field: str, entry: dict[str, Any]) -> str:
        if assignment.form.needs_safety:
            refuse_while_closed(lang)
        return save_answer(path, assignment, field, entry.get("response"))

    payload = form_payload(assignment.id, assignment.form, lang, graded=True)
    return Page(
        payload | _closed(assignment.form, lang),
        entries,
        keep,
        actions_of(folder, assignment, lang),
        live=_closed(assignment.form, lang, live=True),
    )


def _closed(form: Form, lang: str, *, live: bool = False) -> dict[str, Any]:
    """What a form says until the safety check is passed, where it needs that."""
    return closed_until_safe(lang, live=live) if form.needs_safety else {}


def _module_page(identifier: str, lang: str) -> Page:
    found = _module_form(identifier)
    fields = {field.id: field for field in found.fields}
    work = open_work()

    def keep(field: str, entry: dict[str, Any]) -> str:
        if field not in fields:
            raise SubmissionError(f"{field}: the form {identifier} has no such field.")
        if found.needs_safety:
            refuse_while_closed(lang)
        value = check_value(fields[field], entry.get("response"))
        return work.save_field(form=identifier, field=field, value=value)

    entries = {
        field: entry
        for field, entry in work.fields(identifier).items()
        if field in fields and entry["response"] is not None
    }
    payload = form_payload(identifier, found, lang) | _closed(found, lang)
    return Page(payload, entries, keep, None, live=_closed(found, lang, live=True))


def _module_form(identifier: str) -> Form:
    module, _, name = identifier.partition("/")
    forms = load_forms(module, find_root(Path.cwd())) if name else {}
    if name not in forms:
        raise CourseError(
            f"there is no form {identifier!r} here; name a form of a module, such as "
            '"00-start/first-success", or open the page beside its assignment.yml.'
        )
    return forms[name]


def actions_of(folder: Path, assignment: Assignment, lang: str) -> Callable[[str], dict[str, Any]]:
    """What the buttons of an assignment's form do: `check` and `submit`, answered in messages.

    A message is `{"level": "ok" | "warning" | "error", "text": ...}`; `submit` adds the
    file to hand in as `download`.
    """

    def act(name: str) -> dict[str, Any]:
        try:
            missing = readiness(assignment, usable_answers(folder / FILE_NAME, assignment).answers, lang)
            said = [_message("warning", sentence) for sentence in missing]
            if name == "check":
                verdict = ("warning", "incomplete") if missing else ("ok", "complete")
                return {"messages": [_message(verdict[0], text(f"submit.{verdict[1]}", lang)), *said]}
            return _submitted(folder, assignment, lang, said)
        except CourseError as error:
            if error.kind:
                raise  # a fault and no slip: the page has its words
            return {"messages": [_message("error", str(error))]}

    return act


def _submitted(folder: Path, assignment: Assignment, lang: str, said: list[dict[str, str]]) -> dict[str, Any]:
    file_name, data = pack_submission(folder, assignment.id, lang=lang)
    student = file_name.removeprefix(f"{assignment.id}-").removesuffix(".zip")
    messages = [
        _message("ok", text("submit.made", lang, name=file_name)),
        _message("ok", text("submit.holds", lang, student_id=student)),
    ]
    if said:
        messages += [_message("warning", text("submit.incomplete", lang)), *said]
    return {
        "messages": messages,
        "download": {"name": file_name, "base64": base64.b64encode(data).decode("ascii")},
    }


def _message(level: str, sentence: str) -> dict[str, str]:
    return {"level": level, "text": sentence}
