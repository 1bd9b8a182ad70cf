"""The main job, end to end: 93 hand-ins through real nbgrader, each score as given by hand."""

from __future__ import annotations

import csv
import subprocess
import sys
from dataclasses import replace

import pytest

from course.errors import CourseError
from grading.findings import load_collection
from grading.sample.planted import ASSIGNMENT, draw_plan, sample_students
from grading.sample.run import compare_export, compare_findings, compare_points, run_sample
from grading.workspace import create_workspace, open_workspace

PLAN = draw_plan()
CRITERIA = ("plan_entry_point", "plan_reason", "plan_dates", "plan_tasks")


@pytest.fixture(scope="session")
def report(tmp_path_factory):
    """The one run that every test here looks at; it takes minutes."""
    folder = tmp_path_factory.mktemp("sample")
    return run_sample(folder / "cohort", handout=folder / "handouts")


@pytest.fixture(scope="session")
def cohort(report):
    """The cohort of that run."""
    return open_workspace(report.workspace)


@pytest.fixture(scope="session")
def gradebook(cohort):
    """What stands in nbgrader's own gradebook: for each student the points by part, or None."""
    with cohort.open_gradebook() as opened:
        rows = {}
        for student in opened.students:
            handed_in = [s for s in student.submissions if s.assignment.name == ASSIGNMENT]
            grades = [grade for s in handed_in for page in s.notebooks for grade in page.grades]
            rows[student.id] = {grade.name: grade for grade in grades} or None
        for grades in rows.values():  # read while the database is open
            for name, grade in (grades or {}).items():
                grades[name] = (grade.auto_score, grade.max_score, grade.needs_manual_grade)
        return rows


@pytest.fixture(scope="session")
def exported(cohort):
    """The exported table of grades, by student."""
    path = cohort.root / "exports" / "a03-grades.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["student_id"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("student", sorted(PLAN.scores))
def test_each_association_gets_the_score_given_by_hand(gradebook, student):
    """The points in nbgrader's gradebook are those a person gave to the planted answers."""
    expected = PLAN.points[student]
    grades = gradebook[student]
    if expected is None:
        assert grades is None
    else:
        assert {field: grades[field][0] for field in expected} == expected


def test_the_run_finds_exactly_what_was_planted(report):
    """No difference: start.py may end well."""
    assert report.differences == ()
    assert report.ok


def test_the_run_counts_everybody(report):
    """93 associations, 97 hand-ins, 88 graded, 5 refused, a page of feedback for each graded one."""
    assert report.counts == {
        "associations": 93,
        "hand-ins": 97,
        "graded": 88,
        "refused": 5,
        "pages of feedback": 88,
    }


def test_every_association_has_its_row_in_the_gradebook(gradebook):
    """Who is refused stands there too, so that nobody is forgotten."""
    assert set(gradebook) == {student.student_id for student in sample_students()}


def test_the_free_answer_waits_for_a_person(gradebook):
    """Each criterion of a graded hand-in needs marking by hand; nothing marked by itself does."""
    for grades in gradebook.values():
        if grades is not None:
            waiting = {name for name, (_, _, needs_hand) in grades.items() if needs_hand}
            assert waiting == set(CRITERIA)


def test_the_gradebook_knows_the_points_of_each_part(gradebook):
    """18 points marked by itself and 24 by hand for everybody."""
    for grades in gradebook.values():
        if grades is not None:
            assert sum(most for name, (_, most, _) in grades.items() if name in CRITERIA) == 24
            assert sum(most for name, (_, most, _) in grades.items() if name not in CRITERIA) == 18


def test_the_late_are_told_to_be_late(cohort):
    """Exactly the eight who packed after the due date."""
    late = {
        h.student
        for h in load_collection(cohort.root, ASSIGNMENT).hand_ins
        if "late" in {f.code for f in h.findings}
    }
    assert late == {h.student for h in PLAN.hand_ins if h.role == "late"}


def test_the_export_has_93_rows_with_their_totals(exported):
    """The table for the programme's reports says the same as the gradebook."""
    totals = {
        student: round(float(row["total"]), 2) if row["total"] else None for student, row in exported.items()
    }
    assert totals == PLAN.scores


def test_the_learners_page_was_never_graded(cohort):
    """What is graded is the released page, whatever was in the zip."""
    released = (cohort.release(ASSIGNMENT) / "a03.ipynb").read_bytes()
    pages = list(cohort.root.glob("submitted/*/a03/a03.ipynb"))
    assert len(pages) == 88
    assert all(page.read_bytes() == released for page in pages)


def test_the_feedback_gives_the_reasons_and_no_hidden_test(cohort):
    """Each page shows why, and neither the call that marks nor anything a learner wrote as markup."""
    pages = [path.read_text(encoding="utf-8") for path in cohort.root.glob("feedback/*/a03/*.html")]
    assert all("Remember:" in page for page in pages)
    assert all("grading.marking" not in page and "HIDDEN TESTS" not in page for page in pages)
    assert not any('<script>document.title = "changed"' in page for page in pages)
    assert any("&lt;script&gt;document.title" in page for page in pages)


def test_a_wrong_expectation_would_be_reported(cohort):
    """The comparison can fail: one point more expected is one difference."""
    student = next(name for name, score in PLAN.scores.items() if score)
    hand_ins = [
        replace(h, points=dict(h.points, words_to_cut=h.points["words_to_cut"] + 1))
        if h.student == student
        else h
        for h in PLAN.hand_ins
    ]
    [difference] = compare_points(replace(PLAN, hand_ins=tuple(hand_ins)), cohort, ASSIGNMENT, ())
    assert difference.startswith(f"{student}: words_to_cut: ")


def test_damage_that_is_not_found_would_be_reported(cohort):
    """The comparison can fail: a finding too many and a hand-in that was never planted are told."""
    collection = load_collection(cohort.root, ASSIGNMENT)
    sound = next(h for h in PLAN.hand_ins if not h.findings)
    others = tuple(h for h in PLAN.hand_ins if h is not sound)
    changed = replace(PLAN, hand_ins=(*others, replace(sound, findings=frozenset({"late"}))))
    assert [*compare_findings(changed, collection)] == [f"inbox/{sound.file}: planted late; found: nothing."]
    assert [*compare_findings(replace(PLAN, hand_ins=others), collection)] == [
        f"inbox/{sound.file}: found, but never planted."
    ]


def test_a_total_that_is_wrong_in_the_export_would_be_reported(cohort, tmp_path):
    """The comparison can fail: a changed total is one difference."""
    path = tmp_path / "a03-grades.csv"
    path.write_text(
        "student_id,total\n"
        + "".join(
            f"{student},{'' if score is None else score}\n" for student, score in PLAN.scores.items()
        ).replace("ori-01,", "ori-01,9"),
        encoding="utf-8",
    )
    [difference] = compare_export(PLAN, path)
    assert difference.startswith("a03-grades.csv: ori-01: 9")


def test_a_cohort_that_is_not_the_sample_is_left_alone(tmp_path):
    """A real cohort's folder is refused, and nothing in it changes."""
    create_workspace(tmp_path / "cohort", sample_students()[:1])
    before = sorted(path.name for path in (tmp_path / "cohort").iterdir())
    with pytest.raises(CourseError, match="this is not the sample cohort"):
        run_sample(tmp_path / "cohort")
    assert sorted(path.name for path in (tmp_path / "cohort").iterdir()) == before


def test_a_finished_sample_is_checked_and_not_graded_again(report):
    """The second call of start.py ends at once, with the same result."""
    graded_again = []
    again = run_sample(
        report.workspace, on_progress=lambda grading, done, total: graded_again.append(grading)
    )
    assert again == report
    assert graded_again == []


def test_the_command_refuses_another_cohort_in_one_sentence(tmp_path, root):
    """Exit status 2, a sentence on stderr, nothing on stdout, no traceback."""
    create_workspace(tmp_path / "cohort", sample_students()[:1])
    call = [sys.executable, "-m", "grading.sample", str(tmp_path / "cohort")]
    done = subprocess.run(call, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.strip().endswith("name another folder.")
    assert "Traceback" not in done.stderr
