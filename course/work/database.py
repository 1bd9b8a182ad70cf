"""The file of "my work": SQLite, its versions, and its errors in words.

Every page is its own process and opens the file only for a moment: no write-ahead log
(it would make three files of one, and cannot lie on a shared folder), one writer at a
time, a patient wait for one's turn, and `synchronous=EXTRA`, so that what was confirmed
outlives a power cut.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from course.errors import WorkError

PATIENCE = 30.0  # seconds to wait for another page that is writing
APPLICATION_ID = 0x53685270  # marks a file as ours, so that another program's is never taken for it

# One entry a version, never changed once released: a file of any age is brought up step by step.
MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE responses (id TEXT PRIMARY KEY, quiz TEXT NOT NULL, item TEXT NOT NULL,"
        " revision INTEGER NOT NULL, objective TEXT NOT NULL, language TEXT NOT NULL,"
        " response TEXT NOT NULL, score REAL, at TEXT NOT NULL)",
        "CREATE INDEX responses_by_quiz ON responses (quiz, item, at)",
        "CREATE TABLE fields (id TEXT PRIMARY KEY, form TEXT NOT NULL, field TEXT NOT NULL,"
        " value TEXT NOT NULL, at TEXT NOT NULL)",
        "CREATE INDEX fields_by_form ON fields (form, field, at)",
    ),
    (
        "CREATE TABLE drafts (id TEXT PRIMARY KEY, draft TEXT NOT NULL, place TEXT NOT NULL,"
        " at TEXT NOT NULL)",
        "CREATE TABLE answers_copies (id TEXT PRIMARY KEY, assignment TEXT NOT NULL, document TEXT NOT NULL)",
    ),
    (
        "ALTER TABLE responses ADD COLUMN hints INTEGER NOT NULL DEFAULT 0",
        # All that the review of the day reads, in its order: the table itself is then not touched.
        "CREATE INDEX responses_in_time ON responses (at, quiz, item, score, hints, objective)",
    ),
)
VERSION = len(MIGRATIONS)

_REMEDY = {
    sqlite3.SQLITE_FULL: "the disk is full, so nothing was saved; free some space, then try again.",
    sqlite3.SQLITE_IOERR: (
        "the disk took no more, so nothing was saved; look whether it is full or unplugged, then try again."
    ),
    sqlite3.SQLITE_READONLY: (
        "this file or its folder may only be read, so nothing was saved; "
        "allow writing there, or copy the file to a folder of your own."
    ),
    sqlite3.SQLITE_CANTOPEN: "this file cannot be opened; see whether its folder exists and is yours.",
    sqlite3.SQLITE_NOTADB: (
        "this is not a file of my work; choose the right file, or move this one away to begin anew."
    ),
    sqlite3.SQLITE_CORRUPT: (
        "this file is damaged; move it away, then import your last export: `course work import FILE`."
    ),
    sqlite3.SQLITE_BUSY: (
        "another page has kept this file for too long, so nothing was saved; close that page, then try again."
    ),
}
_KINDS = {
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_IOERR: "disk-full",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_NOTADB: "work-foreign",
    sqlite3.SQLITE_CORRUPT: "work-damaged",
    sqlite3.SQLITE_BUSY: "work-busy",
}
UNREACHABLE = "work-unreachable"
_SAME = {
    errno.ENOSPC: sqlite3.SQLITE_FULL,
    errno.EDQUOT: sqlite3.SQLITE_FULL,
    errno.EFBIG: sqlite3.SQLITE_IOERR,
    errno.EIO: sqlite3.SQLITE_IOERR,
    errno.EROFS: sqlite3.SQLITE_READONLY,
    errno.EACCES: sqlite3.SQLITE_READONLY,
    errno.EPERM: sqlite3.SQLITE_READONLY,
}


@contextmanager
def told_in_words(path: Path) -> Iterator[None]:
    """Whatever the disk or SQLite says becomes a WorkError of one sentence about `path`."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        remedy = _REMEDY.get(
            code, f"this file cannot be used ({error}); try again, or import your last export."
        )
        raise WorkError(f"{path}: {remedy}", _KINDS.get(code, UNREACHABLE)) from error
    except OSError as error:
        code = _SAME.get(error.errno or 0, 0)
        remedy = _REMEDY.get(
            code,
            f"this cannot be read or written ({error.strerror}); see whether its folder exists and is yours.",
        )
        raise WorkError(f"{path}: {remedy}", _KINDS.get(code, UNREACHABLE)) from error


def _open(path: Path) -> sqlite3.Connection:
    if path.is_dir():
        raise WorkError(
            f"{path}: this is a folder; name the file of your work in it, such as my-work.db.",
            "work-foreign",
        )
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing; the turn to write is taken at the beginning, so nobody waits in a ring."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring an older file, or an empty one, to this version.

    Raises WorkError for a file of a newer course and for another program's database.
    """
    if _version(connection, path) == VERSION:
        return
    with transaction(connection):
        for number in range(_version(connection, path), VERSION):  # another page may have been first
            for statement in MIGRATIONS[number]:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _version(connection: sqlite3.Connection, path: Path) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and (version or application or tables):
        raise WorkError(
            f"{path}: this database belongs to another program; choose the file of your work.",
            "work-foreign",
        )
    if version > VERSION:
        raise WorkError(
            f"{path}: a newer course wrote this file (format {version}; this one reads up to {VERSION}); "
            "bring the course up to date, then try again.",
            "work-newer",
        )
    return version


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The existing file at `path`, brought to this version, for reading."""
    with told_in_words(path), closing(_open(path)) as connection:
        connection.execute("PRAGMA synchronous = EXTRA")
        connection.execute("PRAGMA journal_mode = DELETE")
        migrate(connection, path)
        yield connection


@contextmanager
def written(path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction on the file at `path`, made for its owner's eyes alone where it is missing."""
    with told_in_words(path):
        path.parent.mkdir(exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        with opened(path) as connection, transaction(connection):
            yield connection


def copied(path: Path) -> sqlite3.Connection:
    """The file at `path` in memory, whole, undamaged and of this version; the file stays as it is.

    The caller closes it. Raises WorkError where the file is missing, damaged or not ours.
    """
    if not path.is_file():
        raise WorkError(f"{path}: there is no such file; name the file that you exported.")
    memory = sqlite3.connect(":memory:", isolation_level=None)
    try:
        with told_in_words(path):
            memory.row_factory = sqlite3.Row
            with closing(_open(path)) as source:
                source.backup(memory)
            memory.execute("PRAGMA trusted_schema = OFF")
            (state,) = memory.execute("PRAGMA integrity_check(1)").fetchone()
            if state != "ok":
                raise WorkError(f"{path}: {_REMEDY[sqlite3.SQLITE_CORRUPT]}", "work-damaged")
            migrate(memory, path)
    except BaseException:
        memory.close()
        raise
    return memory
