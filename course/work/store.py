"""One learner's work: what was answered and written, on every page of the course."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from course.errors import WorkError
from course.work import aside, browser, transfer
from course.work.answers import FILE_NAME
from course.work.database import opened, told_in_words, written
from course.work.moments import now_stamp, stamp_after, today
from course.work.outline import SafetyCheck, load_outline
from course.work.records import TEST_QUIZZES, Answered, DraftPlace, FieldEntry, Record, Response
from course.work.schedule import Plan, plan_reviews
from course.work.summary import Summary, summarise

# What the shadow report leaves in the learner's folder: itself, and what was decided about persons in it.
OF_THE_REPORT = ("report.yml", "report-decisions.jsonl", "report-decisions.salt")


class Work:
    """The file at `path`. Nothing is kept in memory: each call opens the file, and closes it.

    What a method that writes returns is on the disk. Every method raises WorkError, one
    sentence, where the file cannot be used; what was in it is then unchanged.
    """

    def __init__(self, path: Path) -> None:
        self.path = Path(path)

    @property
    def assignments(self) -> Path:
        """The folder of the learner's assignments, beside the file."""
        return self.path.parent / "assignments"

    # Answers to items ------------------------------------------------------------------

    def record_response(
        self,
        *,
        quiz: str,
        item: str,
        revision: int,
        objective: str,
        language: str,
        response: Any,
        score: float | None,
        hints: int = 0,
    ) -> str:
        """Keep one response, beside all earlier ones; the moment it was saved (ISO 8601, UTC)."""
        with self._words_for_wrong_values():
            record = Response(
                quiz=quiz,
                item=item,
                revision=revision,
                objective=objective,
                language=language,
                response=response,
                score=score,
                hints=hints,
                at=now_stamp(),
            )
        return self._append(record, ("quiz", "item"))

    def responses(self) -> list[Response]:
        """Every response, the earliest first."""
        return self._read(Response)

    def latest_responses(self, quiz: str) -> dict[str, dict[str, Any]]:
        """The last response to each item of a quiz, as the page draws it: an entry by item id."""
        entries: dict[str, dict[str, Any]] = {}
        for record in self._read(Response, quiz=quiz):
            attempt = entries.get(record.item, {}).get("attempt", 0) + 1
            entries[record.item] = browser.response_entry(record, attempt)
        return entries

    def answers(self) -> list[Answered]:
        """What the schedule needs of every scored response, but those to tests, in the order of time."""
        with told_in_words(self.path):
            if not self.path.exists():
                return []
        wanted = ", ".join(Answered._fields)
        query = (
            f"SELECT {wanted} FROM responses WHERE score IS NOT NULL AND quiz NOT GLOB ? "
            "ORDER BY at, quiz, item, score"
        )
        with opened(self.path) as connection:
            connection.row_factory = None
            return list(map(Answered._make, connection.execute(query, (f"{TEST_QUIZZES}*",))))

    def plan(self, day: date | None = None, root: Path | None = None) -> Plan:
        """What to see again on `day` (of UTC; without it, today), among the items of the course."""
        known = load_outline(root).bank
        with self._words_for_damage():
            return plan_reviews(self.answers(), day or today(), known)

    def right_in(self, check: SafetyCheck) -> list[str]:
        """The questions of a check, as they are asked now, whose last answer was fully right."""
        given = self.latest_responses(check.quiz)
        return [
            item
            for item, revision in check.items.items()
            if item in given and (given[item]["revision"], given[item]["score"]) == (revision, 1.0)
        ]

    def has_passed(self, check: SafetyCheck) -> bool:
        """Whether the check is passed whole."""
        return len(self.right_in(check)) == len(check.items)

    # Forms ---------------------------------------------------------------------------------

    def save_field(self, *, form: str, field: str, value: Any) -> str:
        """Keep what now stands in one field of a form; the moment it was saved.

        What stood there before is kept as history.
        """
        with self._words_for_wrong_values():
            record = FieldEntry(form=form, field=field, value=value, at=now_stamp())
        return self._append(record, ("form", "field"))

    def fields(self, form: str) -> dict[str, dict[str, Any]]:
        """What stands in each field of a form, as the page draws it: an entry by field id."""
        entries: dict[str, dict[str, Any]] = {}
        for record in self._read(FieldEntry, form=form):
            attempt = entries.get(record.field, {}).get("attempt", 0) + 1
            entries[record.field] = browser.field_entry(record, attempt)
        return entries

    # Drafts ----------------------------------------------------------------------------

    def note_draft(self, *, draft: str, place: Path) -> str:
        """Remember where a draft of a report lies; the moment it was noted."""
        with self._words_for_wrong_values():
            record = DraftPlace(draft=draft, place=str(place), at=now_stamp())
        return self._append(record, ("draft",))

    def drafts(self) -> dict[str, str]:
        """The last known place of each draft."""
        return {record.draft: record.place for record in self._read(DraftPlace)}

    # The whole ---------------------------------------------------------------------------

    def summary(self, day: date | None = None) -> Summary:
        """What is there, how far each objective has come, and what to review on `day`."""
        copies = transfer.carried(self.assignments)
        return summarise(self.responses(), self._read(FieldEntry), self.drafts(), copies, day or today())

    def export_to(self, path: Path) -> Path:
        """One file that holds everything, the `answers.json` of assignments included."""
        return transfer.export_to(self.path, self.assignments, Path(path))

    def merge(self, path: Path) -> int:
        """Take in an export; how many records were new. Neither side loses anything.

        In a field that both sides wrote, what was saved last stands; the other is kept.
        """
        return transfer.merge(self.path, self.assignments, Path(path))

    def export_browser(self) -> dict[str, Any]:
        """The last answer to each question, as a file that the page in a browser can import."""
        return browser.browser_document(self._read(Response), self._read(FieldEntry))

    def import_browser(self, document: Any) -> int:
        """Take in what a browser exported; how many records were new.

        Raises WorkError, and keeps nothing, where it is another kind of file.
        """
        responses, entries = browser.read_browser_document(document)
        return transfer.take_in(self.path, self.assignments, [*responses, *entries])

    def erase(self) -> list[Path]:
        """Delete my work, the answers of assignments and the report beside it; what was deleted.

        Exports that were made before, and what browsers keep, are elsewhere; a sealed report stays.
        """
        journal = self.path.with_name(f"{self.path.name}-journal")
        beside = [self.path.with_name(name) for name in OF_THE_REPORT]
        found = [self.path, journal, *beside, *sorted(self.assignments.glob(f"*/{FILE_NAME}"))]
        deleted = []
        for path in found:
            with told_in_words(path):
                if path.is_file():
                    path.unlink()
                    deleted.append(path)
        return deleted

    def put_aside(self) -> list[Path]:
        """Rename what cannot be read, the file itself or answers beside it; what was renamed."""
        return aside.put_aside(self.path, self.assignments)

    # At the edge -------------------------------------------------------------------------

    def _append(self, record: Record, same: tuple[str, ...]) -> str:
        """Write one record, later than every one about the `same` thing."""
        where = " AND ".join(f"{name} = :{name}" for name in same)
        with written(self.path) as connection:
            (last,) = connection.execute(
                f"SELECT max(at) FROM {record.TABLE} WHERE {where}", record.as_row()
            ).fetchone()
            record = record.model_copy(update={"at": stamp_after(last)})
            transfer.insert(connection, record)
        return record.at

    def _read(self, kind: type[Record], **where: str) -> list[Any]:
        """The records of one kind, in the order of time. A missing file has none, and stays missing."""
        condition = " AND ".join(f"{name} = :{name}" for name in where) or "1"
        query = f"SELECT * FROM {kind.TABLE} WHERE {condition} ORDER BY at, id"
        with told_in_words(self.path):
            if not self.path.exists():
                return []
        with opened(self.path) as connection:
            return transfer.records(kind, connection.execute(query, where), self.path)

    @contextmanager
    def _words_for_damage(self) -> Iterator[None]:
        try:
            yield
        except (ValueError, TypeError):
            raise WorkError(transfer.say_damaged(self.path), "work-damaged") from None

    @contextmanager
    def _words_for_wrong_values(self) -> Iterator[None]:
        try:
            yield
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            name = ".".join(str(part) for part in fault["loc"])
            raise WorkError(f"{self.path}: {name} was not saved: {fault['msg']}.", "unexpected") from None
