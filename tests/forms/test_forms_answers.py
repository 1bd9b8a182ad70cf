"""Answers are read strictly and saved so that nothing confirmed is lost."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from course.errors import SubmissionError, WorkError
from course.forms import read_answers, save_answer

SAVER = Path(__file__).resolve().parent / "saver.py"


# Reading ------------------------------------------------------------------------------------


def test_what_a_learner_wrote_is_read_as_it_was_written(write, assignment, full):
    """A complete file gives every answer and the course number."""
    answers = read_answers(write(full), assignment)
    assert (answers.answers, answers.student_id, answers.assignment) == (full, "ori-01", "a91")


def test_empty_answers_are_no_answers(write, assignment):
    """A field that was cleared is not handed in as an empty answer."""
    answers = read_answers(write({"body": None, "plan": " ", "belongs": [], "words": 3}), assignment)
    assert answers.answers == {"words": 3}
    assert list(answers.saved_at) == ["words"]


@pytest.mark.parametrize(
    ("answers", "changes", "problem"),
    [
        ({}, {"format": "course-browser-answers"}, "not a file of answers of the course"),
        ({}, {"version": 2}, "bring the course up to date"),
        ({}, {"assignment": "a92"}, "answers to a92, not to a91"),
        ({}, {"assignment": "../a91"}, "assignment"),
        ({}, {"student_id": "=cmd()"}, "student_id"),
        ({}, {"student_id": 7}, "student_id"),
        ({}, {"note": "hello"}, "note"),
        ({}, {"answers": []}, "answers"),
        ({}, {"answers": {"../x": 1}}, "answers"),
        ({}, {"saved_at": {"body": "2026-11-23T10:00:00Z"}}, "has a time and no answer"),
        ({"body": "crc"}, {"saved_at": {"body": "soon"}}, "saved_at.body"),
        ({"unheard": "x"}, {}, "unheard: a91 has no such question"),
        ({"body": "cat"}, {}, "body: this answer names 'cat'"),
        ({"steps": ["report"]}, {}, "steps: this answer puts 1 of 4"),
        ({"plan": "word " * 31}, {}, "plan: this answer has 31 words"),
        ({"student_id": "ori-01"}, {"student_id": "dra-02"}, "two course numbers"),
    ],
    ids=[
        "another-format",
        "newer",
        "another-assignment",
        "assignment-a-path",
        "number-a-formula",
        "number-a-number",
        "unknown-key",
        "answers-a-list",
        "field-a-path",
        "time-of-nothing",
        "time-in-words",
        "unknown-field",
        "no-choice",
        "half-an-order",
        "far-too-long",
        "two-people",
    ],
)
def test_a_file_of_the_wrong_shape_is_refused_in_one_sentence(write, assignment, answers, changes, problem):
    """The sentence begins with the file's name and says what is wrong."""
    with pytest.raises(SubmissionError) as refused:
        read_answers(write(answers, **changes), assignment)
    sentence = str(refused.value)
    assert sentence.startswith("answers.json: ")
    assert problem in sentence
    assert "\n" not in sentence


DEEP = b'{"format": "course-answers", "version": 1, "answers": ' + b"[" * 200_000


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "not the JSON"),
        (b"{", "not the JSON"),
        (b"\xff\xfe{}", "not the JSON"),
        (b'{"format": NaN}', "NaN is no number"),
        (b'{"format": "course-answers", "format": "x"}', "a name stands twice"),
        (b'{"version": ' + b"9" * 5000 + b"}", "not the JSON"),
        (DEEP, "too deep"),
        (b"[]", "not a file of answers"),
        (b" " * 1_048_577, "longer than 1 MiB"),
    ],
    ids=["empty", "cut", "utf-16", "nan", "twice", "huge-number", "deep", "a-list", "too-long"],
)
def test_a_file_that_no_form_wrote_is_refused_in_one_sentence(folder, assignment, data, problem):
    """Whatever bytes stand in it, reading ends in one sentence."""
    path = folder / "answers.json"
    path.write_bytes(data)
    with pytest.raises(SubmissionError, match=r"^answers\.json: ") as refused:
        read_answers(path, assignment)
    assert problem in str(refused.value)
    assert len(str(refused.value)) < 300


def test_a_missing_file_and_a_folder_in_its_place_are_said(folder, assignment):
    """Reading what is not there never makes it."""
    with pytest.raises(SubmissionError, match="this file is missing"):
        read_answers(folder / "answers.json", assignment)
    (folder / "answers.json").mkdir()
    with pytest.raises(SubmissionError, match="cannot be read"):
        read_answers(folder / "answers.json", assignment)


# Saving -----------------------------------------------------------------------------------------


def test_a_saved_field_is_in_the_file_at_once(folder, assignment):
    """What a save returns stands in the file, and the rest of the answers stays."""
    path = folder / "answers.json"
    first = save_answer(path, assignment, "body", "crc")
    second = save_answer(path, assignment, "words", 12)
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document == {
        "format": "course-answers",
        "version": 1,
        "assignment": "a91",
        "student_id": "",
        "answers": {"body": "crc", "words": 12},
        "saved_at": {"body": first, "words": second},
    }


def test_the_course_number_is_taken_from_its_field(folder, assignment):
    """The number in the first field marks the whole file as that learner's, and can be corrected."""
    path = folder / "answers.json"
    save_answer(path, assignment, "student_id", "ori-1")
    assert read_answers(path, assignment).student_id == ""
    save_answer(path, assignment, "student_id", "ori-01")
    assert read_answers(path, assignment).student_id == "ori-01"


def test_a_course_number_pasted_with_a_space_is_the_number(folder, assignment):
    """Spaces around a short text are not part of it, or the hand-in would be refused for one."""
    path = folder / "answers.json"
    save_answer(path, assignment, "student_id", " ori-01 ")
    answers = read_answers(path, assignment)
    assert (answers.student_id, answers.answers) == ("ori-01", {"student_id": "ori-01"})


def test_a_cleared_field_is_cleared(folder, assignment):
    """A learner may take an answer back."""
    path = folder / "answers.json"
    save_answer(path, assignment, "plan", "something")
    save_answer(path, assignment, "plan", "")
    assert read_answers(path, assignment).answers == {}


@pytest.mark.parametrize(
    ("field", "value"), [("body", "cat"), ("nothing", "x"), ("plan", "word " * 40), ("steps", "report")]
)
def test_what_does_not_fit_is_not_saved(write, assignment, field, value):
    """A refused value leaves the file as it was."""
    path = write({"body": "crc"})
    before = path.read_bytes()
    with pytest.raises(SubmissionError):
        save_answer(path, assignment, field, value)
    assert path.read_bytes() == before


def test_damaged_answers_are_not_overwritten(folder, assignment):
    """A file that cannot be read may still be mended: saving refuses and leaves it."""
    path = folder / "answers.json"
    path.write_text('{"answers": {"plan": "an hour of work"', encoding="utf-8")
    with pytest.raises(SubmissionError, match=r"answers\.json: this is not the JSON"):
        save_answer(path, assignment, "body", "crc")
    assert "an hour of work" in path.read_text(encoding="utf-8")


def test_the_answers_of_another_assignment_are_not_overwritten(write, assignment):
    """A file that was copied into the wrong folder is named, not mixed in."""
    path = write({"body": "crc"}, assignment="a92")
    before = path.read_bytes()
    with pytest.raises(SubmissionError, match="belong to a92"):
        save_answer(path, assignment, "body", "crc")
    assert path.read_bytes() == before


def test_an_answer_that_no_longer_fits_keeps_no_other_from_being_saved(write, assignment):
    """After a question changed, the rest of the form can still be filled in."""
    path = write({"body": "gone"})
    save_answer(path, assignment, "words", 12)
    save_answer(path, assignment, "body", "crc")
    assert read_answers(path, assignment).answers == {"body": "crc", "words": 12}


def test_a_read_only_folder_is_said(sealable, assignment):
    """Where nothing can be written the learner reads why, and nothing is left behind."""
    sealable.seal()
    with pytest.raises(WorkError, match=r"this cannot be read or written|this file cannot be opened|read"):
        save_answer(sealable.path / "answers.json", assignment, "body", "crc")
    assert list(sealable.path.iterdir()) == []


FILL = """
import resource, sys
from pathlib import Path
from course.content import load_assignment
from course.errors import WorkError
from course.forms import save_answer

folder = Path(sys.argv[1])
assignment = load_assignment(folder / "assignment.yml", folder)
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
save_answer(folder / "answers.json", assignment, "body", "crc")
try:
    save_answer(folder / "answers.json", assignment, "opening", "x" * 3000)
except WorkError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the limit of a file's size is POSIX's")
def test_a_full_disk_keeps_the_answers_that_were_there(folder, assignment):
    """What cannot be written whole is not written at all, and nothing half-written lies beside."""
    done = subprocess.run([sys.executable, "-c", FILL, folder], capture_output=True, text=True, check=True)
    assert "so nothing was saved" in done.stdout
    assert read_answers(folder / "answers.json", assignment).answers == {"body": "crc"}
    assert {path.name for path in folder.iterdir()} == {
        "assignment.yml",
        "a91.ipynb",
        "answers.json",
        ".answers.lock",
    }


def start(folder, field, count) -> subprocess.Popen:
    """A page that saves one field again and again."""
    command = [sys.executable, SAVER, folder, field, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_three_pages_save_different_fields_at_once_and_all_are_there(folder, assignment):
    """Three processes begin with no file and save 40 times each: the last value of each field stands."""
    pages = [start(folder, field, 40) for field in ("plan", "words", "body")]
    outcomes = [page.communicate(timeout=120) for page in pages]
    assert [errors for _, errors in outcomes] == ["", "", ""]
    answers = read_answers(folder / "answers.json", assignment).answers
    assert answers == {"plan": "plan 39", "words": 39, "body": "crc"}


@pytest.mark.parametrize("after", [1, 5, 25])
def test_a_page_killed_at_any_moment_leaves_whole_answers(folder, assignment, after):
    """After a kill the file is readable, holds what was confirmed, and another page can go on."""
    with start(folder, "words", 100_000) as page:
        confirmed = [page.stdout.readline() for _ in range(after)]
        time.sleep(0.002 * after)
        page.kill()
        confirmed += [line for line in page.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        page.stderr.close()
    path = folder / "answers.json"
    assert read_answers(path, assignment).answers["words"] >= int(confirmed[-1])
    save_answer(path, assignment, "body", "crc")
    assert read_answers(path, assignment).answers["body"] == "crc"
