"""Autograding: nbgrader's own, one submission apart from the others, and never the learner's code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from course.errors import CourseError
from grading.autograde import autograde_assignment
from grading.collect import collect_inbox
from grading.environment import changed_environment
from grading.graded import is_graded
from grading.release import release_assignment
from grading.status import read_standings
from grading.workspace import Workspace
from tests.grading.handins import parts_of, put, write_assignment


def points(workspace, assignment="a90"):
    """The points of each graded part, by student."""
    return {s.student.student_id: s.points for s in read_standings(workspace, assignment) if s.points}


@pytest.fixture
def copy(graded, tmp_path) -> Workspace:
    """A graded cohort to change."""
    return Workspace(Path(shutil.copytree(graded.root, tmp_path / "graded")))


def test_right_half_and_wrong_get_their_points(graded):
    """Partial points are kept, and a text waits for its reader."""
    assert points(graded) == {
        "ori-01": {"q1": 2.0, "q2": 2.0, "plan_reason": None},
        "ori-02": {"q1": 1.0, "q2": 0.0, "plan_reason": None},
        "dra-01": {"q1": 0.0, "q2": 0.0, "plan_reason": None},
    }


def test_a_hostile_page_is_never_run_and_forges_nothing(graded):
    """The page of dra-01 writes a file when it is run and claims a thousand points."""
    assert not (graded.root.parent / "pwned").exists()
    assert points(graded)["dra-01"]["q1"] == 0.0
    page = (graded.autograded("dra-01", "a90") / "a90.ipynb").read_text(encoding="utf-8")
    assert "forged" not in page
    assert "pwned" not in page


def test_nothing_but_the_test_speaks_in_a_graded_part(graded):
    """A word on stderr would cost all points: no notice of the kernel may reach a graded part."""
    page = json.loads((graded.autograded("ori-01", "a90") / "a90.ipynb").read_text(encoding="utf-8"))
    kinds = [output["output_type"] for cell in page["cells"] for output in cell.get("outputs", ())]
    assert kinds == ["display_data", "execute_result", "execute_result", "execute_result"]


def test_what_is_graded_and_unchanged_is_skipped(copy):
    """The second run does nothing; --force grades again; a newer hand-in is graded by itself."""
    assert {r.outcome for r in autograde_assignment(copy, "a90")} == {"skipped"}
    (again,) = autograde_assignment(copy, "a90", students=["ori-02"], force=True)
    assert again.outcome == "graded"
    newer = parts_of("dra-01", created="2026-03-02T10:00:00+00:00", q1="right", q2=42)
    put(copy.root.parent, "inbox/newer.zip", newer)
    collect_inbox(copy, "a90", copy.root.parent / "inbox")
    assert not is_graded(copy, "dra-01", "a90")
    results = {r.student: r.outcome for r in autograde_assignment(copy, "a90")}
    assert results == {"dra-01": "graded", "ori-01": "skipped", "ori-02": "skipped"}
    assert points(copy)["dra-01"] == {"q1": 2.0, "q2": 2.0, "plan_reason": None}


def test_two_processes_give_the_same_grades_as_one(copy, graded):
    """The work is shared by submissions; SQLite takes the grades of both."""
    seen = []
    results = autograde_assignment(
        copy, "a90", force=True, workers=2, on_progress=lambda *progress: seen.append(progress[1:])
    )
    assert [r.outcome for r in results] == ["graded"] * 3
    assert points(copy) == points(graded)
    assert seen == [(1, 3), (2, 3), (3, 3)]


def test_one_bad_submission_never_stops_the_others(copy):
    """Answers that were damaged on the disk are told, the others are graded."""
    (copy.submitted("dra-01", "a90") / "answers.json").write_text("not json")
    bad, good = autograde_assignment(copy, "a90", students=["dra-01", "ori-01"], force=True, workers=1)
    assert (bad.outcome, good.outcome) == ("failed", "graded")
    assert "JSON" in bad.reason
    standings = {s.student.student_id: s.state for s in read_standings(copy, "a90")}
    assert standings["dra-01"] == "not graded"
    assert standings["ori-01"] == "needs marking"


def test_a_run_that_was_stopped_midway_is_finished(copy):
    """nbgrader writes the page before it runs it; stock nbgrader would take that for graded."""
    page = copy.autograded("ori-01", "a90") / "a90.ipynb"
    content = json.loads(page.read_text(encoding="utf-8"))
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    page.chmod(0o644)
    page.write_text(json.dumps(content))
    with copy.open_gradebook() as gradebook:
        for grade in gradebook.find_submission("a90", "ori-01").notebooks[0].grades:
            grade.auto_score = None
        gradebook.db.commit()
    results = {r.student: r.outcome for r in autograde_assignment(copy, "a90")}
    assert results == {"dra-01": "skipped", "ori-01": "graded", "ori-02": "skipped"}
    assert points(copy)["ori-01"]["q1"] == 2.0


def test_the_instructors_own_settings_do_not_reach_the_grades(copy, tmp_path):
    """A startup file that warns, and warnings turned on, would cost every learner all points."""
    startup = tmp_path / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "00-noise.py").write_text("raise RuntimeError('noise')")
    noisy = tmp_path / "noise.py"
    noisy.write_text("import sys; print('noise', file=sys.stderr)")
    variables = {
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "PYTHONWARNINGS": "error",
        "PYTHONSTARTUP": str(noisy),
    }
    with changed_environment(variables):
        (result,) = autograde_assignment(copy, "a90", students=["ori-01"], force=True)
    assert result.outcome == "graded"
    assert points(copy)["ori-01"]["q1"] == 2.0


def test_a_test_that_does_not_work_gives_no_zero(copy, tmp_path):
    """Nobody writes code in a form: an error in a test is the course's, and is told as not graded."""
    broken = "### BEGIN HIDDEN TESTS\nraise ImportError('no module named marking')\n### END HIDDEN TESTS"
    write_assignment(tmp_path / "broken", q1=broken)
    release_assignment(copy, "a90", assignments=tmp_path / "broken")
    (result,) = autograde_assignment(copy, "a90", students=["ori-01"], force=True)
    assert result.outcome == "failed"
    assert result.reason == "The test of q1 did not work: ImportError: no module named marking."
    standings = {s.student.student_id: (s.state, s.score) for s in read_standings(copy, "a90")}
    assert standings["ori-01"] == ("not graded", None)
    with copy.open_gradebook() as gradebook:
        assert gradebook.find_grade("q1", "a90", "a90", "ori-01").auto_score is None


def test_a_student_without_a_hand_in_is_told(copy):
    """The sentence says where the reason stands."""
    with pytest.raises(CourseError, match="dra-02: no hand-in for a90"):
        autograde_assignment(copy, "a90", students=["dra-02"])
