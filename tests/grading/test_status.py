"""`grading status` in any course: what was refused, repaired, doubted, and what has changed since."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from grading.findings import Finding
from grading.records import Flag, Record, load_record, load_records, save_record, write_log
from grading.status import current_records, read_standings
from grading.workspace import Workspace, open_course
from tests.grading.courses import answered, hand_in
from tests.grading.handins import run

FLAG = Flag("test_square", "suspicious-code", "The submission uses what tampering with grading needs.")
pytestmark = pytest.mark.filterwarnings("ignore:Object of type <Submitted:sqlalchemy.exc.SAWarning")


def grade(place: Workspace, student: str, **points: float) -> None:
    """What a grading leaves of a submission: points in the gradebook, and the graded page."""
    shutil.copytree(place.submitted(student, "ps1"), place.autograded(student, "ps1"))
    with place.open_gradebook() as gradebook:
        gradebook.update_or_create_student(student)
        gradebook.update_or_create_submission("ps1", student)
        for name, value in points.items():
            row = gradebook.find_grade(name, "p1", "ps1", student)
            row.auto_score, row.needs_manual_grade = value, False
        gradebook.db.commit()


@pytest.fixture
def place(numbers, tmp_path) -> Workspace:
    """A course of others with one submission that was graded, flagged and repaired."""
    root = shutil.copytree(numbers, tmp_path / "course")
    hand_in(root, "amal", answered(root)).with_name("timestamp.txt").write_text("2026-03-01 10:00:00 UTC\n")
    place = open_course(root)
    grade(place, "amal", test_square=2.0, test_double=1.0)
    repairs = {"p1": (Finding("deleted", "test_square"),)}
    stamp = "2026-03-01 10:00:00 UTC"
    save_record(
        root, Record("amal", "ps1", "graded", timestamp=stamp, repairs=repairs, flags={"p1": (FLAG,)})
    )
    return place


def test_the_real_command_shows_flags_and_repairs_as_json(place):
    """Each flag with its page, cell, code and sentence; each repair as a sentence."""
    told = run("grading", "status", "ps1", "-w", place.root, "--format", "json")
    (row,) = json.loads(told.stdout)["ps1"]["students"]
    assert row["student_id"] == "amal"
    assert (row["state"], row["score"], row["max_score"]) == ("needs marking", 3.0, 6.0)
    assert row["repairs"] == ["Cells that had been deleted, put back as they were handed out: test_square."]
    assert row["flags"] == [
        {"notebook": "p1", "grade_id": "test_square", "code": "suspicious-code", "sentence": FLAG.sentence}
    ]


def test_what_was_said_of_an_earlier_hand_in_is_not_said_of_a_newer_one(place):
    """The learner handed in anew: flags, repairs and refusals of the old one are gone."""
    (place.submitted("amal", "ps1") / "timestamp.txt").write_text("2026-03-02 10:00:00 UTC\n")
    assert current_records(place, "ps1") == {}
    (row,) = read_standings(place, "ps1")
    assert (row.flags, row.repairs) == ((), ())


def test_a_failure_of_ours_is_not_graded_with_its_reason(place):
    """A full disk or a missing kernel is nobody's zero."""
    hand_in(place.root, "bilal", answered(place.root))
    save_record(place.root, Record("bilal", "ps1", "failed", reason="The disk is full."))
    row = next(row for row in read_standings(place, "ps1") if row.student.student_id == "bilal")
    assert (row.state, row.score, row.reasons) == ("not graded", None, ("The disk is full.",))


def test_folders_with_other_names_are_found(tmp_path):
    """Other courses configure where nbgrader keeps what, and in which order."""
    names = {
        "CourseDirectory.submitted_directory": "in",
        "CourseDirectory.autograded_directory": "out",
        "CourseDirectory.directory_structure": "{nbgrader_step}/{assignment_id}/{student_id}",
    }
    place = Workspace(tmp_path)
    lines = "\n".join(f"c.{name} = {value!r}" for name, value in names.items())
    (tmp_path / "nbgrader_config.py").write_text(f"c = get_config()\n{lines}\n", encoding="utf-8")
    (tmp_path / "in" / "ps1" / "amal").mkdir(parents=True)
    (tmp_path / "in" / "ps2" / "bilal").mkdir(parents=True)
    assert place.people_in("submitted", "ps1") == ["amal"]
    assert place.autograded("amal", "ps1") == tmp_path / "out" / "ps1" / "amal"


# Records -----------------------------------------------------------------------------------------


def test_a_record_comes_back_as_it_was_kept(tmp_path):
    """Refusals, repairs and flags included; a name that no file can have is written otherwise."""
    record = Record(
        "=cmd|calc/x",
        "ps1",
        "refused",
        refusal=Finding("page-name", "'=cmd|calc/x'"),
        timestamp="2026-03-01 10:00:00 UTC",
        engine="fast",
        seconds=0.25,
        repairs={"p1": (Finding("encoding", "UTF-16"),)},
        flags={"p1": (FLAG,), "p2": ()},
    )
    save_record(tmp_path, record)
    assert load_record(tmp_path, "=cmd|calc/x", "ps1") == record
    assert load_records(tmp_path, "ps1") == {"=cmd|calc/x": record}
    assert [path.parent for path in tmp_path.rglob("*.json")] == [tmp_path / "logs" / "ps1"]


@pytest.mark.parametrize(
    "half", ["", "{", '{"format": "course-grading"}', "[]", '{"format": "x", "version": 1}']
)
def test_half_a_record_is_none(tmp_path, half):
    """A power cut loses a record, which the next run writes again, and never stops a command."""
    save_record(tmp_path, Record("amal", "ps1", "graded"))
    (tmp_path / "logs" / "ps1" / "amal.json").write_text(half, encoding="utf-8")
    assert load_record(tmp_path, "amal", "ps1") is None
    assert load_records(tmp_path, "ps1") == {}


def test_a_log_begins_with_the_outcome_and_stays_short(tmp_path):
    """What a terminal would colour is plain, and of a very long log both ends are kept."""
    record = Record("amal", "ps1", "failed", reason="The disk is full.", seconds=1.5)
    write_log(tmp_path, record, "\x1b[31mfirst line\n" + "x" * 500_000 + "\nlast line")
    lines = (tmp_path / "logs" / "ps1" / "amal.log").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("amal, ps1: failed at ")
    assert (lines[1], lines[3], lines[-1]) == ("The disk is full.", "first line", "last line")
    assert Path(tmp_path / "logs" / "ps1" / "amal.log").stat().st_size < 250_000
