"""The file that is handed in holds the page, the answers and a manifest, and nothing of the machine."""

from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import UTC, datetime

import nbformat
import pytest

from course.content import load_assignment
from course.errors import SubmissionError, WorkError
from course.forms import read_answers, write_submission

MOMENT = datetime(2026, 11, 23, 10, tzinfo=UTC)


@pytest.fixture
def handed_in(folder, write, full, tmp_path):
    """The file to hand in, made from full answers."""
    write(full)
    return write_submission(folder, "a91", tmp_path / "out", MOMENT)


def contents(path) -> dict[str, bytes]:
    """The files in a zip by name."""
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_file_holds_three_files_and_says_what_it_is(handed_in):
    """Its name and its manifest name the assignment and the course number, and the sums are right."""
    files = contents(handed_in)
    assert handed_in.name == "a91-ori-01.zip"
    assert list(files) == ["a91.ipynb", "answers.json", "manifest.json"]
    manifest = json.loads(files.pop("manifest.json"))
    assert manifest == {
        "format": "course-submission",
        "version": 1,
        "assignment": "a91",
        "student_id": "ori-01",
        "contents": "text",
        "created": "2026-11-23T10:00:00.000000Z",
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }


def test_the_answers_in_it_are_those_of_the_form(handed_in, assignment, full, tmp_path):
    """What the instructor reads is what the learner wrote."""
    path = tmp_path / "answers.json"
    path.write_bytes(contents(handed_in)["answers.json"])
    assert read_answers(path, assignment).answers == full


def test_nothing_in_it_tells_of_a_person_or_a_machine(handed_in):
    """Outputs, authors, the name of the kernel and times of editing are left behind."""
    text = contents(handed_in)["a91.ipynb"].decode("utf-8")
    for trace in ("D:", "Somebody", "somebody", "iopub", "widget-state", "3.11"):
        assert trace not in text
    assert str(handed_in.parent.parent).encode() not in handed_in.read_bytes()


def test_the_page_in_it_is_a_valid_page_with_its_grading_marks(handed_in):
    """nbformat accepts it, and nbgrader's metadata is unchanged."""
    page = nbformat.reads(contents(handed_in)["a91.ipynb"].decode("utf-8"), as_version=4)
    nbformat.validate(page)
    assert page.cells[1].metadata.nbgrader.grade_id == "form"
    assert page.cells[1].source == 'import course\ncourse.form("a91")'
    assert page.cells[1].outputs == []


def test_the_same_answers_give_the_same_bytes(handed_in, folder, tmp_path):
    """Apart from the moment in the manifest, the file depends on nothing but the answers."""
    first = handed_in.read_bytes()
    assert write_submission(folder, "a91", tmp_path / "again", MOMENT).read_bytes() == first


def test_handing_in_again_replaces_the_file_whole(handed_in, folder, write, full):
    """The newer file takes the place of the older, and nothing lies beside it."""
    write(full | {"words": 7})
    write_submission(folder, "a91", handed_in.parent)
    assert [path.name for path in handed_in.parent.iterdir()] == ["a91-ori-01.zip"]
    assert json.loads(contents(handed_in)["answers.json"])["answers"]["words"] == 7


def test_unfinished_work_can_be_handed_in(folder, write, tmp_path):
    """Only the course number is needed: whoever answered half hands in half."""
    write({"student_id": "ori-01", "words": 3})
    assert write_submission(folder, "a91", tmp_path).is_file()


def spoil_page(folder):
    """The page is cut in the middle."""
    (folder / "a91.ipynb").write_text('{"cells": [', encoding="utf-8")


def lose_page(folder):
    """The page is gone."""
    (folder / "a91.ipynb").unlink()


def lose_answers(folder):
    """There are no answers."""
    (folder / "answers.json").unlink()


def lose_form(folder):
    """There is no assignment in the folder."""
    (folder / "assignment.yml").unlink()


def empty_page(folder):
    """The page is JSON of another kind."""
    (folder / "a91.ipynb").write_text("[7]", encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (spoil_page, r"a91\.ipynb: the page of this assignment is damaged; .* your answers stay"),
        (empty_page, r"a91\.ipynb: the page of this assignment is damaged"),
        (lose_page, r"a91\.ipynb: the page of this assignment is missing"),
        (lose_answers, r"answers\.json: this file is missing; fill in the form first"),
        (lose_form, r"a91/assignment\.yml: the form of this assignment cannot be read"),
    ],
    ids=["page-cut", "page-of-another-kind", "no-page", "no-answers", "no-form"],
)
def test_what_cannot_be_handed_in_is_said_and_makes_no_file(folder, write, full, spoil, sentence):
    """One sentence, and no zip that nobody could mark."""
    write(full)
    spoil(folder)
    with pytest.raises(SubmissionError, match=sentence) as refused:
        write_submission(folder, "a91", folder.parent / "out")
    assert "\n" not in str(refused.value)
    assert not (folder.parent / "out").exists()


@pytest.mark.parametrize("number", [None, "Ori 1", "ori-001"])
def test_without_a_course_number_nothing_is_handed_in(folder, write, full, tmp_path, number):
    """A file that nobody could return to its learner is not made."""
    write(full | {"student_id": number}, student_id="")
    with pytest.raises(SubmissionError, match="Your course number is still missing"):
        write_submission(folder, "a91", tmp_path / "out")


def test_the_folder_of_another_assignment_is_said(folder, write, full, tmp_path):
    """Who names a92 in the folder of a91 is told so."""
    write(full)
    with pytest.raises(SubmissionError, match="this is the folder of a91; choose that of a92"):
        write_submission(folder, "a92", tmp_path)


def test_a_folder_where_nothing_can_be_written_is_said(folder, write, full, sealable):
    """Nothing half-written is left where the file should have been."""
    folder.chmod(0o755)
    write(full)
    here = sealable.path / "a91"
    here.mkdir()
    for path in folder.iterdir():
        (here / path.name).write_bytes(path.read_bytes())
    sealable.seal()
    with pytest.raises(WorkError, match="may only be read, so nothing was saved"):
        write_submission(here, "a91", sealable.path)
    assert [path.name for path in sealable.path.iterdir()] == ["a91"]


def test_the_first_assignment_can_be_handed_in(root):
    """The real a03 takes a course number in its first field, under the name that all of this relies on."""
    a03 = load_assignment(root / "assignments" / "a03-treaty-bodies" / "assignment.yml", root)
    first = a03.form.fields[0]
    assert (first.id, first.pattern, first.required) == ("student_id", "[a-z]{3}-[0-9]{2}", True)
