"""Taking records from one file of my work to another, so that neither side loses anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from course.errors import SubmissionError, WorkError
from course.files import write_whole
from course.work.answers import FILE_NAME, Answers, change_answers, joined, load_answers
from course.work.database import copied, migrate, told_in_words, transaction, written
from course.work.records import KINDS, AnswersCopy, Record


def insert(connection: sqlite3.Connection, record: Record) -> bool:
    """Add one record; False where it was there already. An objective that was not known is filled in."""
    row = record.as_row()
    names = ", ".join(row)
    places = ", ".join(f":{name}" for name in row)
    known = connection.execute(f"SELECT 1 FROM {record.TABLE} WHERE id = :id", row).fetchone()
    fill = ", ".join(f"{name} = max({name}, excluded.{name})" for name in sorted(record.BESIDE))
    action = f"UPDATE SET {fill}" if fill else "NOTHING"
    connection.execute(
        f"INSERT INTO {record.TABLE} ({names}) VALUES ({places}) ON CONFLICT (id) DO {action}", row
    )
    return known is None


def records(kind: type[Record], rows: Iterable[sqlite3.Row], path: Path) -> list[Any]:
    """Rows as records; raises WorkError where one is damaged, since the rest may be as well."""
    try:
        return [kind.from_row(dict(row)) for row in rows]
    except (ValidationError, ValueError, RecursionError, KeyError, TypeError):
        raise WorkError(say_damaged(path), "work-damaged") from None


def say_damaged(path: Path) -> str:
    """The sentence for a file with a record that cannot be one."""
    return f"{path}: a record in this file is damaged; move the file away, then import your last export."


def export_to(source: Path, assignments: Path, target: Path) -> Path:
    """Everything in `source`, and the answers of assignments beside it, as the one file `target`.

    An export that was there before is replaced by a whole one, or stays. Raises WorkError
    where there is nothing to export yet.
    """
    if target.is_dir():
        raise WorkError(f"{target}: this is a folder; name a file in it, such as my-work-export.db.")
    copies = carried(assignments)
    with told_in_words(source):
        if not source.exists() and not copies:
            raise WorkError(
                f"{source}: there is no work to export yet; answer a question first.", "work-none"
            )
        if target.exists() and source.exists() and target.samefile(source):
            raise WorkError(f"{target}: this is your work itself; name another file for the export.")
        work = copied(source) if source.exists() else sqlite3.connect(":memory:", isolation_level=None)
    with told_in_words(target), closing(work):
        migrate(work, source)
        with transaction(work):
            for record in copies:
                insert(work, record)
        write_whole(target, work.serialize())
    return target


def merge(path: Path, assignments: Path, other: Path) -> int:
    """Add every record of `other` that `path` does not have; how many were new."""
    if other.is_file() and other.stat().st_size == 0:
        raise WorkError(
            f"{other}: this file is empty, so it was not copied whole; copy your export once more."
        )
    with closing(copied(other)) as source:
        found = [
            record
            for kind in KINDS
            for record in records(kind, source.execute(f"SELECT * FROM {kind.TABLE}"), other)
        ]
    return take_in(path, assignments, found)


def take_in(path: Path, assignments: Path, found: list[Record]) -> int:
    """Keep `found` in one transaction, then bring the answers of assignments up to date.

    Answers of this machine that are about to be replaced are first kept as a copy.
    """
    arriving = [record for record in found if isinstance(record, AnswersCopy)]
    names = {record.assignment for record in arriving}
    here = [record for record in carried(assignments) if record.assignment in names]
    documents = [_document(record) for record in arriving]
    with written(path) as connection:
        for record in here:
            insert(connection, record)
        new = sum(insert(connection, record) for record in found)
    for document in documents:
        folder = assignments / document.assignment
        with told_in_words(folder):
            folder.mkdir(parents=True, exist_ok=True)
        change_answers(
            folder / FILE_NAME,
            lambda before, arrived=document: joined(before, arrived) if before else arrived,
        )
    return new


def carried(assignments: Path) -> list[AnswersCopy]:
    """The readable answers of the learner's assignments; a damaged file cannot be carried."""
    found = []
    for path in sorted(assignments.glob(f"*/{FILE_NAME}")):
        try:
            answers = load_answers(path)
        except SubmissionError as error:
            raise WorkError(
                f"{path.parent.name}/{error} Move this file away, then try again.", "answers-damaged"
            ) from error
        if answers is not None:
            found.append(AnswersCopy(assignment=answers.assignment, document=answers.model_dump()))
    return found


def _document(record: AnswersCopy) -> Answers:
    try:
        answers = Answers.model_validate(record.document)
    except ValidationError:
        answers = None
    if answers is None or answers.assignment != record.assignment:
        raise WorkError(f"the answers of {record.assignment} in this file are damaged; export it once more.")
    return answers
