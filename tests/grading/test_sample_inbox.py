"""The inbox of the sample cohort: real hand-ins, messy names, planted damage, the same bytes each time."""

from __future__ import annotations

import json
import zipfile

import pytest

from course.content import load_assignment
from course.errors import SubmissionError
from course.forms import read_answers
from grading.release import release_assignment
from grading.sample.inbox import write_hand_ins
from grading.sample.planted import ASSIGNMENT, draw_plan
from grading.workspace import create_workspace


@pytest.fixture(scope="module")
def hand_ins():
    """One hand-in of each layout and each damage, as the seed draws them."""
    chosen = {}
    for hand_in in draw_plan().hand_ins:
        chosen.setdefault((hand_in.layout, hand_in.damage), hand_in)
    return list(chosen.values())


@pytest.fixture(scope="module")
def handout(tmp_path_factory):
    """The released form."""
    workspace = create_workspace(tmp_path_factory.mktemp("handout") / "cohort")
    return release_assignment(workspace, ASSIGNMENT)


@pytest.fixture(scope="module")
def inbox(tmp_path_factory, hand_ins, handout):
    """These hand-ins, written."""
    folder = tmp_path_factory.mktemp("inbox")
    write_hand_ins(hand_ins, folder, handout)
    return folder


def files_of(folder):
    """Every file with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def of_damage(hand_ins, damage):
    """The hand-in with this damage."""
    return next(hand_in for hand_in in hand_ins if hand_in.damage == damage)


def test_the_same_seed_writes_the_same_bytes(tmp_path, hand_ins, handout, inbox):
    """Nothing of the clock, the machine or chance is in a hand-in."""
    write_hand_ins(hand_ins, tmp_path, handout)
    assert files_of(tmp_path) == files_of(inbox)


def test_a_sound_hand_in_is_what_the_learners_page_packs(inbox, hand_ins, handout):
    """Page, answers and manifest; the answers are read back as they were planted."""
    hand_in = next(h for h in hand_ins if h.layout == "zip" and h.damage is None)
    with zipfile.ZipFile(inbox / hand_in.file) as packed:
        assert sorted(packed.namelist()) == ["a03.ipynb", "answers.json", "manifest.json"]
        manifest = json.loads(packed.read("manifest.json"))
        packed.extract("answers.json", inbox.parent)
    form = load_assignment(handout / "assignment.yml", handout)
    answers = read_answers(inbox.parent / "answers.json", form).answers
    assert manifest["student_id"] == hand_in.student
    assert answers == {"student_id": hand_in.student, **hand_in.answers}


def test_a_folder_holds_the_same_files(inbox, hand_ins):
    """Some people unpack before they send."""
    hand_in = next(h for h in hand_ins if h.layout == "folder")
    names = sorted(path.name for path in (inbox / hand_in.file).iterdir())
    assert names == ["a03.ipynb", "answers.json", "manifest.json"]


def test_some_zips_hold_a_folder_and_what_systems_leave_behind(inbox, hand_ins):
    """Some people pack the folder instead of its files."""
    hand_in = next(h for h in hand_ins if h.layout == "zip with a folder in it")
    with zipfile.ZipFile(inbox / hand_in.file) as packed:
        names = packed.namelist()
    assert "my-course/a03/answers.json" in names
    assert ".DS_Store" in names


def test_a_truncated_zip_is_no_zip(inbox, hand_ins):
    """Half of the bytes: the table of contents at the end is gone."""
    assert not zipfile.is_zipfile(inbox / of_damage(hand_ins, "truncated zip").file)


def test_a_path_leads_out_of_the_zip(inbox, hand_ins):
    """One member would be written beside the folder it is unpacked in."""
    with zipfile.ZipFile(inbox / of_damage(hand_ins, "path out of the zip").file) as packed:
        assert "../a03.ipynb" in packed.namelist()


def test_answers_of_the_wrong_shape_cannot_be_read(inbox, hand_ins, handout):
    """The answers are a list where a mapping belongs."""
    with zipfile.ZipFile(inbox / of_damage(hand_ins, "answers of the wrong shape").file) as packed:
        packed.extract("answers.json", inbox.parent / "wrong")
    form = load_assignment(handout / "assignment.yml", handout)
    with pytest.raises(SubmissionError):
        read_answers(inbox.parent / "wrong" / "answers.json", form)


def test_another_assignment_says_so_itself(inbox, hand_ins):
    """Manifest and answers are those of another assignment."""
    with zipfile.ZipFile(inbox / of_damage(hand_ins, "another assignment").file) as packed:
        assert json.loads(packed.read("manifest.json"))["assignment"] == "a99"
        assert json.loads(packed.read("answers.json"))["assignment"] == "a99"


def test_two_people_stand_in_one_hand_in(inbox, hand_ins):
    """The manifest names one student of the cohort, the answers another."""
    with zipfile.ZipFile(inbox / of_damage(hand_ins, "two people").file) as packed:
        named = {json.loads(packed.read(name))["student_id"] for name in ("manifest.json", "answers.json")}
    assert len(named) == 2


def test_a_page_is_no_page(inbox, hand_ins):
    """The page is what a browser saved; the answers beside it are sound."""
    with zipfile.ZipFile(inbox / of_damage(hand_ins, "page that is no page").file) as packed:
        with pytest.raises(json.JSONDecodeError):
            json.loads(packed.read("a03.ipynb"))
        assert json.loads(packed.read("answers.json"))["assignment"] == "a03"
