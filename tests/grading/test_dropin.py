"""`grading autograde` in any nbgrader course: what nbgrader's own command leaves, it leaves."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateAssignment
from traitlets.config import Config

from grading.app import run_autograde
from grading.compare import compare_courses, read_rows
from grading.converters import run_converter
from grading.engine.jobs import Graded
from grading.environment import changed_environment, path_with_commands
from tests.grading.handins import run

WRITTEN = "open('made.txt', 'w').write('by a cell')"


def cell(kind, name, source, **about):
    """One cell with nbgrader's metadata."""
    flags = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
    new = new_code_cell if kind == "code" else new_markdown_cell
    return new(source, id=f"cell-{name}", metadata={"nbgrader": {**flags, "grade_id": name, **about}})


def source_page():
    """An answer, a test with a hidden part, a test with partial points, a text that a person reads."""
    answer = "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION"
    test = "assert double(2) == 4\n### BEGIN HIDDEN TESTS\nassert double(5) == 10\n### END HIDDEN TESTS"
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(
        metadata={"kernelspec": kernelspec},
        cells=[
            new_code_cell(WRITTEN, id="writes"),
            cell("code", "double", answer, solution=True),
            cell("code", "test_double", test, grade=True, locked=True, points=2),
            cell("code", "partial", "0.5 * double(1)", grade=True, locked=True, points=3),
            cell("markdown", "why", "Why?", grade=True, solution=True, points=4),
        ],
    )


ANSWERS = {
    "ana": "def double(x):\n    return 2 * x",
    "ben": "def double(x):\n    return 4",
    "eve": "def double(x):\n    print('so', end=' ')\n    return y",
}


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    """An nbgrader course folder with one assignment and three submissions, one of them late."""
    root = tmp_path_factory.mktemp("course") / "course"
    (root / "source" / "ps1").mkdir(parents=True)
    nbformat.write(source_page(), root / "source" / "ps1" / "p1.ipynb")
    (root / "source" / "ps1" / "data.csv").write_text("a,b\n1,2\n")
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\n"
        "c.CourseDirectory.course_id = 'drop-in'\n"
        "c.LateSubmissionPlugin.penalty_method = 'zero'\n"
    )
    config = Config()
    config.CourseDirectory.root, config.CourseDirectory.assignment_id = str(root), "ps1"
    with changed_environment({"PATH": path_with_commands()}):
        with Gradebook(f"sqlite:///{root}/gradebook.db", "drop-in") as gradebook:
            gradebook.update_or_create_assignment("ps1", duedate="2027-01-02")
        assert run_converter(GenerateAssignment, config) is None
    for student, answer in ANSWERS.items():
        page = nbformat.read(root / "release" / "ps1" / "p1.ipynb", as_version=4)
        page.cells[1].source = answer
        if student == "ana":
            page.cells[4].source = "Because twice is twice."
        folder = root / "submitted" / student / "ps1"
        folder.mkdir(parents=True)
        nbformat.write(page, folder / "p1.ipynb")
        (folder / "data.csv").write_text("changed by a learner")
        (folder / "timestamp.txt").write_text(f"2027-01-0{3 if student == 'ben' else 1} 10:00:00 UTC")
    return root


@pytest.fixture
def copy(course, tmp_path) -> Path:
    """A fresh copy of the course."""
    return Path(shutil.copytree(course, tmp_path / "course"))


@pytest.fixture(scope="module")
def graded(course, tmp_path_factory) -> Path:
    """The course graded by the command in a process of its own."""
    root = Path(shutil.copytree(course, tmp_path_factory.mktemp("graded") / "course"))
    done = run("grading", "autograde", "ps1", cwd=root)
    assert done.returncode == 0, done.stderr
    return root


def test_files_rows_points_comments_and_outputs_are_those_of_nbgrader(course, graded, tmp_path):
    """Graded once by each command, with the same arguments, in the same kind of folder."""
    stock = Path(shutil.copytree(course, tmp_path / "course"))
    done = run("nbgrader", "autograde", "ps1", cwd=stock)
    assert done.returncode == 0, done.stderr
    assert list(compare_courses(graded, stock, "ps1")) == []
    assert read_rows(graded, "ps1")["ben"]["pages"]["p1"]["late_submission_penalty"] == 2.0


def test_a_difference_would_be_told(graded, tmp_path):
    """The comparison can fail: another score, another output, another file are one sentence each."""
    other = Path(shutil.copytree(graded, tmp_path / "course"))
    with Gradebook(f"sqlite:///{other}/gradebook.db") as gradebook:
        gradebook.find_grade("test_double", "p1", "ps1", "ana").auto_score = 1
        gradebook.db.commit()
    page = other / "autograded" / "eve" / "ps1" / "p1.ipynb"
    page.chmod(0o644)
    page.write_text(page.read_text().replace("so ", "not so "))
    page.chmod(0o444)
    (other / "autograded" / "ben" / "ps1" / "made.txt").unlink()
    told = list(compare_courses(graded, other, "ps1"))
    assert [sentence.split(":")[0] for sentence in told] == ["ana", "ana", "ben", "eve", "eve"], told


def test_what_cells_wrote_is_kept_and_the_instructors_files_win(graded):
    """As nbgrader leaves them: read only, the learner's copy of a released file replaced."""
    folder = graded / "autograded" / "ana" / "ps1"
    assert (folder / "made.txt").read_text() == "by a cell"
    assert (folder / "data.csv").read_text() == "a,b\n1,2\n"
    assert {oct(path.stat().st_mode)[-3:] for path in folder.iterdir()} == {"444"}


def test_a_submission_that_fails_leaves_no_folder_and_status_1(copy):
    """nbgrader's exit codes: 1 where one was not graded; the others are, and it says which was not."""
    (copy / "submitted" / "ben" / "ps1" / "p1.ipynb").write_text("{")
    done = run("grading", "autograde", "ps1", "--format", "json", cwd=copy)
    assert done.returncode == 1
    outcomes = {s["student"]: s["outcome"] for s in json.loads(done.stdout)["submissions"]}
    assert outcomes == {"ana": "graded", "ben": "refused", "eve": "graded"}
    assert not (copy / "autograded" / "ben" / "ps1").exists()
    again = run("grading", "autograde", "ps1", "--student", "ana", "--student", "eve", cwd=copy)
    assert (again.returncode, again.stdout.strip()) == (0, "0 graded, 2 skipped, 0 failed, 0 refused")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [([], 1), (["ps1", "ps2"], 1), (["ps1", "--student=nobody"], 1), (["nothing"], 1), (["--version"], 0)],
)
def test_a_wrong_call_ends_as_nbgraders(copy, monkeypatch, arguments, code):
    """0 and 1, never another number."""
    monkeypatch.chdir(copy)
    assert run_autograde(arguments) == code


def test_learners_code_is_never_run_unsandboxed_without_trust(copy, monkeypatch):
    """A kernel that the fast engine cannot stand for, or stock itself, needs the instructor's word."""
    monkeypatch.chdir(copy)
    assert run_autograde(["ps1", "--engine=stock"]) == 1
    assert not (copy / "autograded").exists()


def test_one_submission_is_graded_in_a_fresh_process_by_its_job_alone(copy, tmp_path, monkeypatch):
    """The function and its argument are picklable; nothing else is handed to the process."""
    jobs = []

    def keep(asked, _parent):
        jobs.extend(asked)
        return iter(())

    monkeypatch.setattr("grading.engine.converter.grade_jobs", keep)
    monkeypatch.chdir(copy)
    run_autograde(["ps1", "--student=eve"])
    from grading.engine.submission import grade_submission

    (tmp_path / "call.pickle").write_bytes(pickle.dumps((grade_submission, jobs[0])))
    (copy / "gradebook.db").unlink()
    script = (
        "import pickle, sys\n"
        "function, job = pickle.load(open(sys.argv[1], 'rb'))\n"
        "pickle.dump(function(job), open(sys.argv[2], 'wb'))\n"
    )
    subprocess.run(
        [sys.executable, "-c", script, tmp_path / "call.pickle", tmp_path / "result.pickle"],
        check=True,
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
    )
    result: Graded = pickle.loads((tmp_path / "result.pickle").read_bytes())
    assert (result.student, result.outcome) == ("eve", "graded")
    assert result.pages["p1"].scores == {"test_double": 0, "partial": 0, "why": 0}
    assert not (copy / "gradebook.db").exists()
