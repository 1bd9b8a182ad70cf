"""My work keeps every answer, says the last one, and is not made by looking at it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from course.errors import WorkError
from course.work import moments, open_work
from course.work.database import written

QUIZ = "03-treaty-bodies/check-01"


def test_reading_does_not_make_the_file(work):
    """Looking at every part of a work that is empty leaves the folder empty."""
    assert work.responses() == []
    assert work.latest_responses(QUIZ) == {}
    assert work.fields("00-start/first-success") == {}
    assert work.drafts() == {}
    assert work.summary().responses == 0
    assert work.export_browser()["quizzes"] == {}
    assert list(work.path.parent.iterdir()) == []


def test_a_response_is_there_for_another_reader(work, respond):
    """What one page records, another page of the same work reads whole."""
    at = respond(work, "tb-01", response=["b", "a"], score=0.5)
    assert open_work(work.path).latest_responses(QUIZ) == {
        "tb-01": {
            "response": ["b", "a"],
            "score": 0.5,
            "attempt": 1,
            "at": at,
            "revision": 1,
            "lang": "en",
            "hints": 0,
        }
    }


@pytest.mark.parametrize(
    "response", ["a", ["b", "a"], {"x": "y"}, 14, 0.25, "2027-09-13", "نعم, « oui »", None]
)
def test_every_shape_of_response_comes_back_unchanged(work, respond, response):
    """Ids, lists, matches, numbers, days, text of any language and an empty answer are kept as they are."""
    respond(work, "tb-01", response=response)
    assert work.latest_responses(QUIZ)["tb-01"]["response"] == response


def test_the_last_response_stands_and_counts_the_attempts(work, respond):
    """A third attempt is shown as the third, and the two before are still there."""
    for response in ("a", "b", "c"):
        respond(work, "tb-01", response=response)
    entry = work.latest_responses(QUIZ)["tb-01"]
    assert (entry["response"], entry["attempt"]) == ("c", 3)
    assert [record.response for record in work.responses()] == ["a", "b", "c"]


def test_a_field_shows_its_last_value_and_keeps_the_earlier(work, contents):
    """What stood in a field before is history, not lost."""
    work.save_field(form="00-start/first-success", field="problem", value="Two wells.")
    at = work.save_field(form="00-start/first-success", field="problem", value="Three wells.")
    entry = work.fields("00-start/first-success")["problem"]
    assert (entry["response"], entry["at"], entry["attempt"]) == ("Three wells.", at, 2)
    assert len(contents(work.path)["fields"]) == 2


def test_what_is_saved_last_stands_though_the_clock_was_set_back(work, monkeypatch):
    """A clock that goes back by a year does not bring the older text back."""
    work.save_field(form="f", field="problem", value="older")
    monkeypatch.setattr(moments, "now_stamp", lambda: "2001-01-01T00:00:00.000000Z")
    work.save_field(form="f", field="problem", value="newer")
    assert work.fields("f")["problem"]["response"] == "newer"


def test_the_last_place_of_a_draft_is_known(work, tmp_path):
    """A draft that was moved is found where it lies now."""
    work.note_draft(draft="cedaw-2027", place=tmp_path / "old.docx")
    work.note_draft(draft="cedaw-2027", place=tmp_path / "new.docx")
    assert work.drafts() == {"cedaw-2027": str(tmp_path / "new.docx")}


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX systems")
def test_only_the_owner_may_read_the_file(work, respond):
    """The file is made with mode 0600."""
    respond(work, "tb-01")
    assert stat.S_IMODE(work.path.stat().st_mode) == 0o600


def test_nothing_lies_beside_the_file(work, respond):
    """One file is the whole work: no log and no journal stays beside it."""
    respond(work, "tb-01")
    assert [path.name for path in work.path.parent.iterdir()] == ["my-work.db"]


@pytest.mark.parametrize(
    "fault",
    [
        {"score": 1.5},
        {"score": float("nan")},
        {"objective": "the third one"},
        {"item": "../tb"},
        {"response": float("nan")},
        {"response": "x" * 2_000_000},
        {"response": object()},
    ],
    ids=["score-above-1", "score-nan", "no-objective-id", "no-id", "nan", "too-long", "no-json"],
)
def test_a_response_that_cannot_be_one_is_refused_and_nothing_is_written(work, respond, fault):
    """A wrong value is one sentence, and not even an empty file is made."""
    with pytest.raises(WorkError) as refused:
        respond(work, **{"item": "tb-01", **fault})
    assert "\n" not in str(refused.value)
    assert not work.path.exists()


def test_the_environment_says_where_the_work_lies(tmp_path, monkeypatch):
    """COURSE_WORK names the file for every page of a learner."""
    monkeypatch.setenv("COURSE_WORK", str(tmp_path / "mine.db"))
    assert open_work().path == tmp_path / "mine.db"


def test_without_a_word_the_work_lies_in_the_course(root, monkeypatch):
    """The default is my-course/my-work.db below the folder with _toc.yml."""
    monkeypatch.delenv("COURSE_WORK", raising=False)
    monkeypatch.chdir(root / "modules")
    assert open_work().path == root / "my-course" / "my-work.db"


def test_erasing_takes_the_work_and_the_answers_and_names_them(work, respond):
    """After erasing there is no answer left in the folder, and a new work can begin."""
    respond(work, "tb-01")
    answers = work.assignments / "a91" / "answers.json"
    answers.parent.mkdir(parents=True)
    answers.write_text("{}")
    assert work.erase() == [work.path, answers]
    assert [path for path in work.path.parent.rglob("*") if path.is_file()] == []
    assert work.responses() == []
    respond(work, "tb-02")
    assert list(work.latest_responses(QUIZ)) == ["tb-02"]


def test_a_fault_in_the_middle_of_writing_leaves_what_was_there(work, respond, contents):
    """A transaction that fails after its first row leaves none of its rows."""
    respond(work, "tb-01")
    before = contents(work.path)
    with pytest.raises(ZeroDivisionError), written(work.path) as connection:
        connection.execute("DELETE FROM responses")
        connection.execute("INSERT INTO drafts VALUES ('x', 'x', 'x', 'x')")
        _ = 1 / 0
    assert contents(work.path) == before


def test_an_empty_file_is_an_empty_work(tmp_path, respond):
    """A file that was made and never written (a kill at that moment) reads as empty and can be used."""
    (tmp_path / "my-work.db").touch()
    work = open_work(tmp_path / "my-work.db")
    assert work.responses() == []
    respond(work, "tb-01")
    assert len(work.responses()) == 1


def test_the_path_of_the_work_may_hold_any_sign(tmp_path, respond):
    """Spaces, Arabic letters, percent and question marks in a folder's name change nothing."""
    folder = tmp_path / "ملفي 100% #1?"
    folder.mkdir()
    work = open_work(Path(folder / "my-work.db"))
    respond(work, "tb-01")
    assert [path.name for path in folder.iterdir()] == ["my-work.db"]
