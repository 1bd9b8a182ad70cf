"""A learner's own report, from the check on their computer to the points: numbers and codes alone."""

from __future__ import annotations

import json
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from course.cli import app
from course.forms.scores import parse_scores
from course.report import Setting, check_draft, read_draft
from course.report.summary import summarise
from grading.autograde import autograde_assignment
from grading.collect import collect_inbox
from grading.export import export_grades
from grading.feedback import generate_feedback
from grading.release import release_assignment
from grading.status import read_standings
from grading.workspace import Workspace, create_workspace
from tests.grading.handins import FORM, RUBRIC, STUDENTS, answers_of, part
from tests.grading.test_report_handins import places_of

SECRET = "Nine families of the valley behind the quarry have had no water since the pump was taken away."
PLAN = "Our secretary will carry the paper to the town on the second market day."
SOUND = f"# Water\n\n{SECRET}\n"
TOO_LONG = f"# Water\n\n{SECRET}\n\n" + "The families wait for water and write to the province again. " * 1500
ONE_LINE = """\
from grading.report_marks import mark_report

mark_report(points=2, codes={codes!r}, severities={severities!r}, remember="Look at the limit first.")
"""
HIDDEN = (
    "import course\n\ncourse.answer({name!r}, 'q1')\n### BEGIN HIDDEN TESTS\n{test}### END HIDDEN TESTS\n"
)


@pytest.fixture(scope="module")
def released(tmp_path_factory) -> Workspace:
    """A cohort of four with a92 released, which is about the learner's own report."""
    base = tmp_path_factory.mktemp("reports")
    source = base / "assignments" / "a92-own-report"
    source.mkdir(parents=True)
    lines = {
        "q1": ONE_LINE.format(codes=("LEN",), severities=("error",)),
        "q2": ONE_LINE.format(codes=("",), severities=("error", "warning")),
    }
    cells = [
        part("code", name, HIDDEN.format(name="a92", test=test), grade=True, points=2)
        for name, test in lines.items()
    ]
    cells.append(part("markdown", "plan_reason", "The reason", task=True, points=4))
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    page = nbformat.v4.new_notebook(metadata={"kernelspec": kernelspec}, cells=cells)
    nbformat.write(page, source / "a92.ipynb")
    (source / "assignment.yml").write_text(FORM.replace("a90", "a92") + "report: true\n", encoding="utf-8")
    (source / "rubric.yml").write_text(RUBRIC.replace("a90", "a92"), encoding="utf-8")
    workspace = create_workspace(base / "cohort", STUDENTS)
    release_assignment(workspace, "a92", assignments=base / "assignments")
    return workspace


@pytest.fixture
def home(tmp_path, released) -> Path:
    """A learner's own copy of the course, in which a92 is answered."""
    return home_of(tmp_path, released, "ori-01")


def home_of(place: Path, released: Workspace, student: str) -> Path:
    """The folder of one learner, with an answer by choice and one in words."""
    home = place / student
    folder = shutil.copytree(released.release("a92"), home / "assignments" / "a92")
    answers = answers_of(student, q1="right", plan=PLAN) | {"assignment": "a92"}
    (folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    return home


def submit(home: Path, out: Path, *more: str):
    """`course submit a92` in the learner's folder."""
    return CliRunner().invoke(app, ["submit", "a92", "--dir", str(home), "--out", str(out), *more])


def check_with(draft: Path) -> tuple[str, ...]:
    """The words of the command that check a draft for CRC."""
    return "--report", str(draft), "--body", "CEDAW", "--stage", "session"


def test_no_file_of_a_cohort_holds_a_sentence_of_a_checked_report(tmp_path, released):
    """Three reports, checked and packed as learners do it, collected, graded, exported: points, no words."""
    workspace = Workspace(Path(shutil.copytree(released.root, tmp_path / "cohort")))
    inbox = tmp_path / "inbox"
    for student, text in (("ori-01", SOUND), ("ori-02", TOO_LONG), ("dra-01", SOUND + SECRET)):
        draft = tmp_path / f"{student}.md"
        draft.write_text(text, encoding="utf-8")
        home = home_of(tmp_path, released, student)
        assert submit(home, inbox, *check_with(draft)).exit_code == 0
    assert {one.state for one in collect_inbox(workspace, "a92", inbox).hand_ins} == {"accepted"}
    results = autograde_assignment(workspace, "a92", workers=1)
    assert {one.outcome for one in results} == {"graded"}
    generate_feedback(workspace, "a92")
    export_grades(workspace, "a92")
    points = {row.student.student_id: row.points for row in read_standings(workspace, "a92") if row.points}
    assert {student: row["q1"] for student, row in points.items()} == {
        "ori-01": 2.0,
        "ori-02": 0.0,
        "dra-01": 2.0,
    }
    for place in (inbox, workspace.root):
        assert places_of(place, SECRET) + places_of(place, PLAN) == []
    feedback = "".join(path.read_text(encoding="utf-8") for path in workspace.root.rglob("*02*/**/*.html"))
    assert "LEN" in feedback


def test_the_codes_and_counts_are_those_of_the_check(tmp_path, home):
    """What is handed in says what `course report check` says, as numbers."""
    draft = tmp_path / "draft.md"
    draft.write_text(SOUND, encoding="utf-8")
    assert submit(home, tmp_path, *check_with(draft)).exit_code == 0
    with zipfile.ZipFile(tmp_path / "a92-ori-01.zip") as archive:
        told = json.loads(archive.read("report.json"))
    setting = Setting(body="CEDAW", stage="session", on=date.fromisoformat(told["setting"]["on"]))
    findings = check_draft(read_draft(draft), setting)
    assert sum(told["findings"].values()) == len(findings) > 0
    assert told["severities"].keys() == told["findings"].keys()
    assert told["words"] == len(SOUND.replace("#", "").split())
    assert "hash" not in json.dumps(told)


def test_a_report_that_was_not_checked_is_not_handed_in(tmp_path, home):
    """One sentence says to check it first; no file is made."""
    done = submit(home, tmp_path / "out")
    assert done.exit_code != 0
    assert "has not been checked" in str(done.exception or done.output)
    assert not list(tmp_path.glob("out/*.zip"))


def test_words_go_along_by_choice_alone_and_with_a_warning(tmp_path, home):
    """`--with-text` sends the answers in words and says so; the report stays even then."""
    draft = tmp_path / "draft.md"
    draft.write_text(SOUND, encoding="utf-8")
    done = submit(home, tmp_path / "out", *check_with(draft), "--with-text")
    assert "Careful: your answers in words go along" in done.output
    assert places_of(tmp_path / "out", PLAN) == ["a92-ori-01.zip"]
    assert places_of(tmp_path / "out", SECRET) == []


def test_what_a_check_says_fits_the_shape_of_a_hand_in(tmp_path):
    """Every finding of a long draft with many faults has room in it; a PDF has no counts."""
    draft = tmp_path / "draft.md"
    draft.write_text(TOO_LONG, encoding="utf-8")
    read = read_draft(draft)
    setting = Setting(body="CEDAW", stage="session", on=date(2026, 11, 23))
    told = summarise(read, setting, check_draft(read, setting))
    assert parse_scores(json.dumps(told).encode()).severities == told["severities"]
    uncounted = summarise(replace(read, countable=False), setting, ())
    assert (uncounted["words"], uncounted["findings"]) == (None, {})
