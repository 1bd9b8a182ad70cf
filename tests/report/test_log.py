"""The log of submissions: nothing is lost, nothing is changed, the moment is Geneva's."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest

from course.errors import CourseError
from course.report.log import add_submission, moment_in_geneva, read_log

WHAT = {"report": "crc", "body": "CRC", "stage": "session", "channel": "email"}
MOMENT = datetime(2027, 9, 13, 20, 5, tzinfo=UTC)


@pytest.fixture
def book(tmp_path):
    """Where the log stands."""
    return tmp_path / "submissions.jsonl"


def test_a_submission_is_kept_with_genevas_time_and_the_files_fingerprint(book, tmp_path):
    """Which version it was can be shown years later."""
    sent = tmp_path / "report.docx"
    sent.write_bytes(b"the text as it was sent")
    add_submission(book, at=MOMENT, sent=sent, receipt="17", publication="public", **WHAT)
    (entry,) = read_log(book)
    assert f"{entry.at:%Y-%m-%d %H:%M}" == "2027-09-13 22:05"
    assert entry.sha256 == hashlib.sha256(b"the text as it was sent").hexdigest()
    assert (entry.receipt, entry.publication) == ("17", "public")


def test_a_correction_is_a_new_line(book):
    """The first line stays as it was."""
    first = add_submission(book, at=MOMENT, **WHAT)
    add_submission(book, at=MOMENT, corrects=1, link="https://example.org/posted", **WHAT)
    entries = read_log(book)
    assert entries[0] == first
    assert (entries[1].number, entries[1].corrects) == (2, 1)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"at": datetime(2027, 9, 13, 22, 5)}, "no time zone"),
        ({"corrects": 9}, "no line 9"),
        ({"channel": "pigeon"}, "channel"),
        ({"report": ""}, "report"),
    ],
)
def test_what_does_not_fit_is_refused_and_not_written(book, change, said):
    """The log stays as it was."""
    with pytest.raises(CourseError, match=said):
        add_submission(book, **{"at": MOMENT, **WHAT, **change})
    assert not book.exists()


def test_a_file_that_is_not_there_is_refused(book, tmp_path):
    """A log that names a file nobody has proves nothing."""
    with pytest.raises(CourseError, match="no such file"):
        add_submission(book, at=MOMENT, sent=tmp_path / "gone.docx", **WHAT)


def test_a_damaged_line_is_named(book):
    """With its number; nothing is guessed."""
    add_submission(book, at=MOMENT, **WHAT)
    book.write_text(book.read_text() + "{half a li\n")
    with pytest.raises(CourseError, match=r"submissions\.jsonl:2"):
        read_log(book)


def test_a_typed_moment_is_genevas(book):
    """In September Geneva is two hours ahead of universal time."""
    assert moment_in_geneva("2027-09-13T22:05").astimezone(UTC) == MOMENT
    with pytest.raises(CourseError, match="is no moment"):
        moment_in_geneva("tomorrow")
