"""The command `grading`: its way through a cohort, its exit statuses, JSON alone on stdout."""

from __future__ import annotations

import json

import pytest

from course.errors import CourseError
from grading.cli import read_due
from tests.grading.handins import parts_of, put, run


def test_a_cohort_goes_through_by_commands_alone(assignments, tmp_path):
    """new, release, collect, autograde, status, feedback, export: status 0, or 1 with findings."""
    students = tmp_path / "students.csv"
    students.write_text("student_id,region,association\nori-01,Oriental,Un\nori-02,Oriental,Deux\n")
    cohort = tmp_path / "cohort"
    assert run("grading", "new", cohort, "--students", students).returncode == 0
    source = cohort / "source" / "a90"
    source.mkdir()
    for path in (assignments / "a90-small-form").iterdir():
        (source / path.name).write_bytes(path.read_bytes())
    released = run(
        "grading", "release", "a90", "--due", "2026-03-01", "--handout", tmp_path / "out", cwd=cohort
    )
    assert released.returncode == 0, released.stderr
    assert (tmp_path / "out" / "a90" / "assignment.yml").is_file()
    put(tmp_path, "inbox/one.zip", parts_of("ori-01", q1="right"))
    put(tmp_path, "inbox/late.zip", parts_of("ori-02", created="2026-03-02T08:00:00+00:00"))
    collected = run("grading", "collect", "a90", tmp_path / "inbox", "--format", "json", cwd=cohort)
    assert collected.returncode == 1
    assert [h["state"] for h in json.loads(collected.stdout)["hand_ins"]] == ["accepted", "accepted"]
    graded = run("grading", "autograde", "a90", "--format", "json", cwd=cohort)
    assert graded.returncode == 0
    assert [s["outcome"] for s in json.loads(graded.stdout)["submissions"]] == ["graded", "graded"]
    assert "WARNING" not in graded.stderr
    status = run("grading", "status", "--format", "json", cwd=cohort)
    assert status.returncode == 0
    rows = {row["student_id"]: row for row in json.loads(status.stdout)["a90"]["students"]}
    assert (rows["ori-01"]["score"], rows["ori-01"]["late"], rows["ori-02"]["late"]) == (2.0, False, True)
    assert run("grading", "feedback", "a90", cwd=cohort).returncode == 0
    assert run("grading", "export", "a90", "--out", tmp_path / "tables", cwd=cohort).returncode == 0
    assert len(list((tmp_path / "tables").iterdir())) == 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["status"], "this is no cohort's folder"),
        (["new", ".", "--students", "nowhere.csv"], "nowhere.csv: the file is missing"),
        (["release", "a90", "--due", "soon"], "'soon' is no date"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_status_2(tmp_path, arguments, said):
    """On stderr, without a traceback; nothing on stdout."""
    result = run("grading", *arguments, cwd=tmp_path)
    assert (result.returncode, result.stdout) == (2, "")
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_every_command_has_help_with_an_example():
    """A beginner finds the next thing to type."""
    for command in ("new", "release", "collect", "autograde", "status", "feedback", "export"):
        from typer.testing import CliRunner

        from grading.cli import app

        result = CliRunner().invoke(app, [command, "--help"])
        assert result.exit_code == 0
        assert f"Example: grading {command}" in result.output


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
