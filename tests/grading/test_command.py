"""The command `grading`: its way through a cohort, its exit statuses, JSON alone on stdout."""

from __future__ import annotations

import json
import shutil

import pytest

from course.errors import CourseError
from grading.cli import main, read_due
from tests.grading.handins import parts_of, put


@pytest.fixture
def grading(monkeypatch, capsys):
    """Calls the command in this process: its exit status, and what it wrote to stdout and stderr."""

    def call(*arguments):
        monkeypatch.setattr("sys.argv", ["grading", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        written = capsys.readouterr()
        return left.value.code or 0, written.out, written.err

    return call


def test_a_cohort_goes_through_by_commands_alone(grading, assignments, tmp_path, monkeypatch):
    """new, release, collect, autograde, status, feedback, export: status 0, or 1 with findings."""
    students = tmp_path / "students.csv"
    students.write_text("student_id,region,association\nori-01,Oriental,Un\nori-02,Oriental,Deux\n")
    cohort = tmp_path / "cohort"
    assert grading("new", cohort, "--students", students)[0] == 0
    shutil.copytree(assignments / "a90-small-form", cohort / "source" / "a90")
    monkeypatch.chdir(cohort)
    handouts = tmp_path / "handouts"
    assert grading("release", "a90", "--due", "2026-03-01", "--handout", handouts)[0] == 0
    assert (handouts / "a90" / "assignment.yml").is_file()
    put(tmp_path, "inbox/one.zip", parts_of("ori-01", q1="right"))
    put(tmp_path, "inbox/late.zip", parts_of("ori-02", created="2026-03-02T08:00:00+00:00"))
    code, out, _ = grading("collect", "a90", tmp_path / "inbox", "--format", "json")
    assert (code, [h["state"] for h in json.loads(out)["hand_ins"]]) == (1, ["accepted", "accepted"])
    code, out, err = grading("autograde", "a90", "--format", "json")
    assert (code, [s["outcome"] for s in json.loads(out)["submissions"]]) == (0, ["graded", "graded"])
    assert "WARNING" not in err
    code, out, _ = grading("status", "--format", "json")
    rows = {row["student_id"]: row for row in json.loads(out)["a90"]["students"]}
    assert (code, rows["ori-01"]["score"]) == (0, 2.0)
    assert (rows["ori-01"]["late"], rows["ori-02"]["late"]) == (False, True)
    assert grading("feedback", "a90")[0] == 0
    assert grading("export", "a90", "--out", tmp_path / "tables")[0] == 0
    assert len(list((tmp_path / "tables").iterdir())) == 3


def test_the_tables_in_words_name_each_student_and_finding(grading, graded):
    """What an instructor reads without asking for JSON."""
    code, out, _ = grading("status", "a90", "-w", graded.root)
    assert code == 0
    assert "ori-01" in out
    assert "Whose? broken.zip" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["status"], "this is no course folder of nbgrader"),
        (["new", ".", "--students", "nowhere.csv"], "nowhere.csv: the file is missing"),
        (["release", "a90", "--due", "soon"], "'soon' is no date"),
        (["collect"], "Missing argument"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_status_2(grading, tmp_path, monkeypatch, arguments, said):
    """On stderr, without a traceback; nothing on stdout."""
    monkeypatch.chdir(tmp_path)
    code, out, err = grading(*arguments)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    "command", ["new", "release", "collect", "autograde", "status", "feedback", "export"]
)
def test_every_command_has_help_with_an_example(grading, command):
    """A beginner finds the next thing to type."""
    code, out, _ = grading(command, "--help")
    assert code == 0
    assert f"Example: grading {command}" in out


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2027-03-01", "2027-03-01T23:59:59+00:00"),
        ("2027-03-01T18:00", "2027-03-01T18:00:00+00:00"),
        ("2027-03-01T18:00+01:00", "2027-03-01T18:00:00+01:00"),
    ],
)
def test_a_due_day_lasts_until_its_end(written, meant):
    """A day means its last second, a moment itself, in UTC where no zone is named."""
    assert read_due(written).isoformat() == meant


def test_a_due_date_that_is_none_is_told():
    """The sentence shows how to write one."""
    with pytest.raises(CourseError, match="2027-03-01"):
        read_due("1 March")
