"""The page on which a report is written: live it fills the learner's own file, else the browser keeps it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.quizzes import Page
from course.quizzes.closed import closed_until_safe, refuse_while_closed
from course.report.compose.fields import is_place
from course.report.compose.filling import EntryError, entries_of, keep_entry, keep_new, read_own
from course.report.compose.form_data import form_payload
from course.report.compose.starting import start_report
from course.report.vault import ENDING
from course.texts import section
from course.work import open_work
from course.work.moments import EARLIEST, now_stamp

FILE = "report.yml"
EVIDENCE = "evidence."


class ReportPage(Page):
    """The form of a report: its fields are more than its payload lists, one set for each row."""

    def holds(self, name: str) -> bool:
        """Whether the form has this field."""
        return is_place(name)


def report_form(lang: str = "en") -> Page:
    """The form of the report `report.yml` beside my work.

    Live each field is kept in that file as soon as it is left, and what stands there is shown again.
    Where it cannot be read, or is sealed, the page says so. Raises CourseError for a language that
    the course does not have.
    """
    payload = form_payload(lang)
    payload["gate"] = closed_until_safe(lang).get("closed")
    path = report_path()
    try:
        entries = _entries(path, lang)
        live = {"gate": closed_until_safe(lang, live=True).get("closed"), "file": path.name}
    except EntryError as error:
        entries, live = {}, {"trouble": str(error)}

    def keep(place: str, entry: dict[str, Any]) -> str:
        if place.startswith(EVIDENCE):
            refuse_while_closed(lang)
        keep_entry(path, place, entry["response"], lang)
        return now_stamp()

    def act(name: str, value: Any = None) -> dict[str, Any]:
        if name == "begin":
            _begin(path, value, lang)
        return {"messages": [], "entries": _entries(path, lang)}

    return ReportPage(payload, entries, keep, act, live=live)


def report_path() -> Path:
    """The file of the learner's own report, beside my work."""
    return open_work().path.parent / FILE


def _entries(path: Path, lang: str) -> dict[str, Any]:
    """What stands in each field, as the page takes it; what it could not send before is newer."""
    sealed = path.with_name(path.name + ENDING)
    if not path.is_file():
        if sealed.is_file():
            raise EntryError(section("compose", lang)["sealed"].format(name=sealed.name))
        return {}
    return {
        place: {"response": value, "score": None, "attempt": 1, "at": EARLIEST, "revision": None, "lang": ""}
        for place, value in entries_of(read_own(path, lang)).items()
    }


def _begin(path: Path, value: Any, lang: str) -> None:
    match value:
        case {"body": str(body), "country": str(state), "stage": str(stage), "language": str(language)}:
            keep_new(path, start_report(body, state, stage, language=language), lang)
        case _:
            raise EntryError(section("compose", lang)["begin-first"])
