"""The command `course` as a person calls it: real processes, plain sentences, three exit statuses."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from typer.testing import CliRunner

from course.cli import app, main
from course.work import open_work
from tests.learn.garden import make_garden

COURSE = Path(sys.executable).with_name("course")
COMMANDS = [
    ("learn",),
    ("submit",),
    ("check",),
    ("book",),
    ("rules",),
    ("plan",),
    ("doctor",),
    ("work", "show"),
    ("work", "export"),
    ("work", "import"),
    ("work", "erase"),
]


@pytest.fixture
def root(tmp_path):
    """The invented course."""
    return make_garden(tmp_path / "course")


@pytest.fixture
def mine(tmp_path):
    """A learner's folder in which one question was answered and one form was begun."""
    folder = tmp_path / "mine"
    folder.mkdir()
    work = open_work(folder / "my-work.db")
    work.record_response(
        quiz="01-garden/check-02",
        item="garden-day",
        revision=1,
        objective="LO-01.1",
        language="en",
        response="2027-09-13",
        score=1.0,
    )
    work.save_field(form="01-garden/plan", field="name", value="The long bed")
    return folder


@pytest.fixture
def course(root, monkeypatch, capsys):
    """`course("work", "show")`: the command in the invented course, without starting a process."""

    def run(*words, **environment):
        monkeypatch.setattr(sys, "argv", ["course", *map(str, words)])
        for name, value in {"COURSE_ROOT": str(root), **environment}.items():
            monkeypatch.setenv(name, value)
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        return SimpleNamespace(returncode=end.value.code or 0, stdout=said.out, stderr=said.err)

    return run


@pytest.fixture
def real_course(root):
    """The same as a real process, as it is installed."""

    def run(*words):
        return subprocess.run(
            [COURSE, *map(str, words)],
            env={**os.environ, "COURSE_ROOT": str(root)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def one_sentence(done):
    """The call was wrong: one line that says so, no traceback, nothing on stdout."""
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    return done.stderr


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_shows_an_example(command):
    """In its help, and the example begins with the command itself."""
    done = CliRunner().invoke(app, [*command, "--help"])
    assert done.exit_code == 0
    assert f"Example: course {' '.join(command)}" in done.output


def test_help_loads_no_jupyter():
    """It comes at once, since the rooms are imported by the commands that need them."""
    heavy = "{'voila', 'IPython', 'pandas', 'pydantic'}"
    call = f"import sys, course.cli; print([n for n in sys.modules if n.split('.')[0] in {heavy}])"
    begun = time.monotonic()
    done = subprocess.run([sys.executable, "-c", call], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize(
    "words",
    [
        ("fly",),
        ("rules", "--stage", "dawn"),
        ("learn", "--port", "x"),
        ("submit",),
        ("check", "--format", "xml"),
    ],
)
def test_a_wrong_call_ends_with_two(words):
    """An unknown command, a value that does not exist, an argument that is missing."""
    assert CliRunner().invoke(app, list(words)).exit_code == 2


def test_check_is_clean_on_the_real_course(root, course):
    """The course that stands here has no content error."""
    real = Path(__file__).resolve().parents[1]
    done = course("check", COURSE_ROOT=str(real))
    assert (done.returncode, done.stdout) == (0, "The content is clean.\n"), done.stdout


def test_check_prints_every_problem_and_ends_with_one(root, course):
    """Two faults in two files: both are there, with file, line and remedy; the JSON says the same."""
    items = root / "modules" / "01-garden" / "items.yml"
    items.write_text(items.read_text().replace("key: evening", "key: midnight"))
    module = root / "modules" / "01-garden" / "module.yml"
    module.write_text(module.read_text().replace("code: M1", "code: X1"))
    said = course("check")
    assert said.returncode == 1
    assert "'midnight' is not among" in said.stdout
    assert "module.yml:2: code:" in said.stdout
    problems = json.loads(course("check", "--format", "json").stdout)
    assert {"file", "line", "item", "problem", "remedy"} == set(problems[0])
    assert f"{len(problems)} to correct." in said.stdout
    assert len(problems) == len(said.stdout.splitlines()) - 1


def test_rules_say_how_sure_they_are(course):
    """Each with source and dates; a recalled one says that it was not verified."""
    done = course("rules", "--body", "CEDAW", "--stage", "session")
    assert done.returncode == 0
    assert "CEDAW, session, length: 3300 (words)" in done.stdout
    assert "recalled, not verified: check it before you rely on it" in done.stdout
    rows = json.loads(course("rules", "--body", "CEDAW", "--stage", "session", "--format", "json").stdout)
    assert {row["stage"] for row in rows} <= {"session", "any"}
    for row in rows:
        assert row["source"]
        assert row["as_of"]
        assert row["checked"]
        assert row["confidence"] in {"verified", "recalled", "gap"}


def test_an_unknown_body_is_one_sentence(real_course):
    """It names the ones there are."""
    assert "the course knows CERD" in one_sentence(real_course("rules", "--body", "XYZ"))


def test_without_a_course_every_command_says_where_to_go(course, tmp_path):
    """Outside of a course there is nothing to check."""
    assert "no _toc.yml here or above" in one_sentence(course("check", COURSE_ROOT=str(tmp_path)))


def test_work_is_shown(course, mine):
    """For people and for programs."""
    assert "01-garden/check-02" in course("work", "show", "--dir", mine).stdout
    shown = json.loads(course("work", "show", "--dir", mine, "--format", "json").stdout)
    assert shown["quizzes"] == {"01-garden/check-02": {"answered": 1, "known": 1}}


def test_work_goes_to_another_folder_and_back(course, mine, tmp_path):
    """Export, import into a folder that has other answers: both are there; a second import adds nothing."""
    other = tmp_path / "other"
    other.mkdir()
    open_work(other / "my-work.db").save_field(form="01-garden/plan", field="why", value="For the soup")
    copy = tmp_path / "copy.db"
    assert course("work", "export", copy, "--dir", mine).returncode == 0
    assert course("work", "import", copy, "--dir", other).stdout == "Taken in: 2 new entries.\n"
    assert set(open_work(other / "my-work.db").fields("01-garden/plan")) == {"name", "why"}
    assert course("work", "import", copy, "--dir", other).stdout == "Taken in: 0 new entries.\n"


def test_work_goes_to_a_browser_and_back(course, mine, tmp_path):
    """A file that ends in .json is the one that the pages of the book read and write."""
    file = tmp_path / "answers.json"
    assert course("work", "export", file, "--dir", mine).returncode == 0
    assert json.loads(file.read_text())["format"] == "course-browser-answers"
    assert course("work", "import", file, "--dir", tmp_path / "new").returncode == 0
    assert open_work(tmp_path / "new" / "my-work.db").latest_responses("01-garden/check-02")


@pytest.mark.parametrize("content", ["{half", "[]", '{"format": "somebody-elses"}'])
def test_a_wrong_file_of_answers_is_one_sentence(course, mine, tmp_path, content):
    """And nothing of it is taken in."""
    before = (mine / "my-work.db").read_bytes()
    file = tmp_path / "answers.json"
    file.write_text(content)
    one_sentence(course("work", "import", file, "--dir", mine))
    assert (mine / "my-work.db").read_bytes() == before


def test_a_missing_file_is_one_sentence(course, mine, tmp_path):
    """It names the file."""
    assert "nowhere.json" in one_sentence(course("work", "import", tmp_path / "nowhere.json", "--dir", mine))


def test_erasing_asks_first(course, mine):
    """Without a yes nothing is deleted; with it, what was deleted is named."""
    assert CliRunner().invoke(app, ["work", "erase", "--dir", str(mine)], input="n\n").exit_code == 1
    assert (mine / "my-work.db").exists()
    assert str(mine / "my-work.db") in course("work", "erase", "--dir", mine, "--yes").stdout
    assert not (mine / "my-work.db").exists()
    assert course("work", "erase", "--dir", mine, "--yes").stdout == "There was nothing to delete.\n"


def test_submit_writes_the_one_file(course, root, mine, tmp_path):
    """From the learner's copy of the form and its answers."""
    shutil.copytree(root / "_build" / "handouts" / "a91", mine / "assignments" / "a91")
    answers = {
        "format": "course-answers",
        "version": 1,
        "assignment": "a91",
        "student_id": "ori-01",
        "answers": {"student_id": "ori-01"},
        "saved_at": {"student_id": "2026-11-23T10:00:00.000000Z"},
    }
    (mine / "assignments" / "a91" / "answers.json").write_text(json.dumps(answers))
    done = course("submit", "a91", "--dir", mine, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a91-ori-01.zip"]
    assert "a91-ori-01.zip" in done.stdout


def test_submit_names_what_is_there(course, mine, tmp_path):
    """For an assignment that the learner does not have."""
    said = one_sentence(course("submit", "a44", "--dir", mine))
    assert "'a44'" in said
    assert "it holds none" in said


def test_doctor_finds_a_healthy_folder_in_order(course, mine):
    """Everything is looked at and well."""
    findings = json.loads(course("doctor", "--dir", mine, "--format", "json").stdout)
    subjects = {finding["subject"] for finding in findings}
    assert {"Python", "Packages", "Course", "Your folder", "Space", "My work"} <= subjects
    assert not [finding for finding in findings if not finding["well"]]


def test_doctor_finds_damage_and_ends_with_one(course, root, mine):
    """A damaged file of work, a damaged form, a damaged course: a sentence each, with what to do."""
    (mine / "my-work.db").write_bytes(b"not a file of work" * 100)
    shutil.copytree(root / "_build" / "handouts" / "a91", mine / "assignments" / "a91")
    (mine / "assignments" / "a91" / "answers.json").write_text("{half")
    (root / "modules" / "01-garden" / "items.yml").write_text("items: [")
    done = course("doctor", "--dir", mine)
    assert done.returncode == 1
    to_do = [line.split()[2:4] for line in done.stdout.splitlines() if line.startswith("To do")]
    assert {words[0].strip(":") for words in to_do} == {"Course", "My", "Form"}
    assert "Traceback" not in done.stderr


def test_learn_says_in_one_sentence_that_its_folder_cannot_be(real_course, tmp_path):
    """Where a file stands in the way."""
    (tmp_path / "mine").write_text("a file")
    said = one_sentence(real_course("learn", "--no-browser", "--dir", tmp_path / "mine"))
    assert "your pages cannot be written here" in said
