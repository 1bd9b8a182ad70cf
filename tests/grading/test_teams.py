"""Teams: one hand-in of two to four people of an association, and a knowledge score for each of them."""

from __future__ import annotations

import json
import shutil
import zipfile

import pandas as pd
import pytest
from typer.testing import CliRunner

from course.cli import app
from course.content.models import Module
from course.errors import SubmissionError
from course.forms.team import join_team, knowledge_of
from course.work import open_work
from course.work.mastery import Mastery
from grading.autograde import autograde_assignment
from grading.collect import collect_inbox
from grading.export import export_grades
from tests.grading.handins import answers_of, parts_of, put

MODULE = "03-treaty-bodies"


def knowledge(seat: str, **modules: float) -> dict:
    """The content of a person's knowledge file."""
    shares = {name.replace("m", "").replace("_", "-"): share for name, share in modules.items()}
    return {"format": "course-knowledge", "version": 1, "seat": seat, "modules": shares}


TEAM = {
    "format": "course-team",
    "version": 1,
    "members": [knowledge("a", m03_treaty_bodies=0.9, m04_upr=0.5), knowledge("c", m04_upr=1.0)],
}


@pytest.fixture
def home(tmp_path, released):
    """A learner's own folder with the small form, answered."""
    folder = tmp_path / "home"
    place = folder / "assignments" / "a90"
    shutil.copytree(released.release("a90"), place)
    given = answers_of("ori-01", q1="right", q2=42)
    (place / "answers.json").write_text(json.dumps(given), encoding="utf-8")
    return folder


def run(*words: object):
    """One call of the command."""
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_team_hands_in_once_and_each_keeps_a_score(tmp_path, home, workspace, root, monkeypatch):
    """From two people's own answers to one row a person in the instructor's table."""
    monkeypatch.chdir(root)
    monkeypatch.setenv("COURSE_ROOT", str(root))
    for seat, score in (("b", 1.0), ("a", 0.0)):
        work = open_work(tmp_path / seat / "my-work.db")
        for item in ("tb-steps-01", "tb-steps-02"):
            work.record_response(
                quiz=f"{MODULE}/exit",
                item=item,
                revision=1,
                objective="LO-03.1",
                language="en",
                response="x",
                score=score,
            )
        done = run("team", "card", "--seat", seat, "--dir", tmp_path / seat, "--out", tmp_path)
        assert done.exit_code == 0, done.exception
    cards = [tmp_path / f"knowledge-{seat}.json" for seat in ("b", "a")]
    joined = run("team", "join", "a90", *cards, "--dir", home)
    assert "the work of 2 people: seats a, b" in joined.output
    assert run("submit", "a90", "--dir", home, "--out", tmp_path / "inbox").exit_code == 0
    collect_inbox(workspace, "a90", tmp_path / "inbox")
    autograde_assignment(workspace, "a90", workers=1)
    paths = export_grades(workspace, "a90")
    people = pd.read_csv(next(path for path in paths if path.name == "a90-people.csv"))
    assert people[["student_id", "seat", "knowledge_percent", "total"]].values.tolist() == [
        ["ori-01", "a", 0, 4.0],
        ["ori-01", "b", 25, 4.0],  # one of four outcomes of the module, all of it
    ]
    assert len(pd.read_excel(paths[-1], sheet_name="people")) == 2


def test_a_hand_in_without_a_team_has_no_table_of_people(graded, tmp_path):
    """Whoever works alone finds nothing changed."""
    names = [path.name for path in export_grades(graded, "a90", tmp_path)]
    assert names == ["a90-grades.csv", "a90-regions.csv", "a90-grades.xlsx"]


BROKEN = {
    "no JSON": b"{",
    "one person": json.dumps(TEAM | {"members": TEAM["members"][:1]}).encode(),
    "five people": json.dumps(TEAM | {"members": [knowledge(seat) for seat in "abcda"]}).encode(),
    "a seat that stands twice": json.dumps(TEAM | {"members": [knowledge("a"), knowledge("a")]}).encode(),
    "a name": json.dumps(TEAM | {"members": [knowledge("a") | {"name": "x"}, knowledge("b")]}).encode(),
    "more than everything": json.dumps(
        TEAM | {"members": [knowledge("a", m04_upr=1.5), knowledge("b")]}
    ).encode(),
    "far too much": json.dumps(TEAM | {"members": [knowledge("a")] * 2, "more": "x" * 60_000}).encode(),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_a_broken_team_costs_no_points(workspace, inbox, content):
    """The work is collected and graded; both sides are told, and nothing of the file is kept."""
    put(inbox, "a.zip", parts_of("ori-01", q1="right") | {"team.json": content})
    hand_in = collect_inbox(workspace, "a90", inbox).hand_ins[0]
    assert hand_in.state == "accepted"
    assert [finding.code for finding in hand_in.findings] == ["no-team"]
    assert not (workspace.submitted("ori-01", "a90") / "team.json").exists()


@pytest.mark.parametrize(
    ("seats", "said"),
    [("a", "two to four people, not 1"), ("abb", "seat b stands twice"), ("abcd", None)],
)
def test_who_can_be_a_team(tmp_path, seats, said):
    """Two to four people, each on a seat of their own."""
    files = []
    for number, seat in enumerate(seats):
        files.append(tmp_path / f"{number}.json")
        files[-1].write_text(json.dumps(knowledge(seat)), encoding="utf-8")
    if said is None:
        assert [member.seat for member in join_team(files).members] == list(seats)
        return
    with pytest.raises(SubmissionError, match=said):
        join_team(files)


def test_a_missing_file_is_one_sentence(tmp_path):
    """With its name and what to do."""
    with pytest.raises(SubmissionError, match=r"gone\.json: it cannot be read .* look at its name"):
        join_team([tmp_path / "gone.json"])


def test_the_score_of_a_module_is_the_mean_of_its_outcomes(root):
    """What was never answered counts as nothing known; a module that was not begun is left out."""
    module = Module.model_validate(
        {
            "id": "04-upr",
            "code": "M4",
            "title": "t",
            "summary": "s",
            "objectives": [{"id": f"LO-04.{n}", "bloom": "apply", "text": "t"} for n in (1, 2, 3, 4)],
            "lessons": [{"file": "01-x", "title": "t", "minutes": 5, "objectives": ["LO-04.1"]}],
            "quizzes": {},
        }
    )
    other = module.model_copy(update={"id": "05-other", "objectives": module.objectives[:0]})
    known = [Mastery("LO-04.1", items=2, score=1.0), Mastery("LO-04.2", items=1, score=0.5)]
    assert knowledge_of("a", known, [module, other]).modules == {"04-upr": 0.375}


def test_a_team_file_holds_no_name(tmp_path, home):
    """A seat and numbers: the zip that leaves the computer says nothing of who the people are."""
    for seat in "ab":
        (tmp_path / f"{seat}.json").write_text(json.dumps(knowledge(seat)), encoding="utf-8")
    run("team", "join", "a90", tmp_path / "a.json", tmp_path / "b.json", "--dir", home)
    run("submit", "a90", "--dir", home, "--out", tmp_path)
    with zipfile.ZipFile(tmp_path / "a90-ori-01.zip") as archive:
        told = json.loads(archive.read("team.json"))
    assert told.keys() == {"format", "version", "members"}
    assert {key for member in told["members"] for key in member} == {"format", "version", "seat", "modules"}
