"""Two computers, one learner: what is exported here is taken in there, and no side loses anything."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.errors import WorkError
from course.work import open_work
from course.work.database import written
from course.work.records import DraftPlace, FieldEntry, Response
from course.work.transfer import insert, take_in

QUIZ = "03-treaty-bodies/check-01"
FORM = "00-start/first-success"
EARLY, LATE = "2026-11-23T10:00:00.000000Z", "2026-11-23T11:00:00.000000Z"


def put_answers(work, **changes) -> Path:
    """An `answers.json` of assignment a91 beside a work."""
    document = {
        "format": "course-answers",
        "version": 1,
        "assignment": "a91",
        "student_id": "ori-01",
        "answers": {"student_id": "ori-01", "body": "crc"},
        "saved_at": {"student_id": EARLY, "body": EARLY},
    } | changes
    path = work.assignments / "a91" / "answers.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def read_json(path) -> dict:
    """The document in a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


# Exporting ---------------------------------------------------------------------------------


def test_an_export_is_a_work_of_its_own(work, respond, tmp_path):
    """The one file that is exported opens like the work itself and holds the same answers."""
    respond(work, "tb-01")
    work.save_field(form=FORM, field="problem", value="Two wells.")
    export = open_work(work.export_to(tmp_path / "export.db"))
    assert export.latest_responses(QUIZ) == work.latest_responses(QUIZ)
    assert export.fields(FORM) == work.fields(FORM)


def test_exporting_changes_nothing_in_the_work(work, respond, tmp_path):
    """The answers of assignments go into the export alone."""
    respond(work, "tb-01")
    put_answers(work)
    before = work.path.read_bytes()
    work.export_to(tmp_path / "export.db")
    assert work.path.read_bytes() == before


def test_exporting_nothing_is_said_and_makes_no_file(work, tmp_path):
    """A learner who has not begun gets a sentence, not an empty file."""
    with pytest.raises(WorkError, match="there is no work to export yet; answer a question first"):
        work.export_to(tmp_path / "export.db")
    assert list(tmp_path.iterdir()) == []


def test_the_work_is_never_its_own_export(work, respond):
    """Exporting onto the work itself is refused, and the work stays."""
    respond(work, "tb-01")
    with pytest.raises(WorkError, match="this is your work itself"):
        work.export_to(work.path)
    assert len(work.responses()) == 1


def test_an_export_that_cannot_be_written_leaves_the_one_before(sealable, work, respond):
    """In a folder that became read-only, the older export is still whole."""
    respond(work, "tb-01")
    work.path.chmod(0o644)
    work.path.parent.chmod(0o755)
    here = open_work(sealable.path / "my-work.db")
    here.merge(work.path)
    export = here.export_to(sealable.path / "export.db")
    export.chmod(0o644)
    here.path.chmod(0o644)
    before = export.read_bytes()
    sealable.seal()
    with pytest.raises(WorkError, match="may only be read, so nothing was saved"):
        here.export_to(export)
    assert export.read_bytes() == before
    assert sorted(path.name for path in sealable.path.iterdir()) == ["export.db", "my-work.db"]


# Merging --------------------------------------------------------------------------------------


def test_a_merge_keeps_the_answers_of_both_sides(work, other, respond):
    """Different answers on two computers are all there after the merge."""
    respond(work, "tb-01", response="a")
    respond(other, "tb-01", response="b")
    respond(other, "tb-02")
    assert work.merge(other.path) == 2
    assert [record.response for record in work.responses() if record.item == "tb-01"] == ["a", "b"]
    assert set(work.latest_responses(QUIZ)) == {"tb-01", "tb-02"}


def test_a_merge_leaves_the_other_file_as_it_is(work, other, respond):
    """Only the learner's own work is written."""
    respond(work, "tb-01")
    respond(other, "tb-02")
    before = other.path.read_bytes()
    work.merge(other.path)
    assert other.path.read_bytes() == before


def test_of_one_field_written_twice_the_last_stands_and_the_other_is_history(work, other, contents):
    """What was saved last is shown; what the other side had written is kept."""
    work.save_field(form=FORM, field="problem", value="first, here")
    other.save_field(form=FORM, field="problem", value="later, there")
    work.merge(other.path)
    assert work.fields(FORM)["problem"]["response"] == "later, there"
    assert {row[3] for row in contents(work.path)["fields"]} == {'"first, here"', '"later, there"'}


def test_merging_twice_adds_nothing(work, other, respond):
    """The same export taken in again is no second answer."""
    respond(other, "tb-01")
    assert (work.merge(other.path), work.merge(other.path)) == (1, 0)
    assert len(work.responses()) == 1


def test_merging_ones_own_export_adds_nothing(work, respond, tmp_path):
    """An export that comes home is known."""
    respond(work, "tb-01")
    assert work.merge(work.export_to(tmp_path / "export.db")) == 0


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: None, "there is no such file"),
        (lambda path: path.write_bytes(b""), "this file is empty"),
        (lambda path: path.write_bytes(b"PK\x03\x04" * 400), "not a file of my work"),
        (lambda path: path.mkdir(), "there is no such file"),
    ],
    ids=["missing", "empty", "a-zip", "a-folder"],
)
def test_what_is_no_export_is_refused_and_the_work_stays(work, respond, tmp_path, make, sentence):
    """A wrong file is one sentence, and the work is as it was."""
    respond(work, "tb-01")
    before = work.path.read_bytes()
    wrong = tmp_path / "wrong.db"
    make(wrong)
    with pytest.raises(WorkError, match=sentence):
        work.merge(wrong)
    assert work.path.read_bytes() == before


def test_an_export_cut_short_is_refused_and_the_work_stays(work, other, respond):
    """A copy that lost its end, as when a stick is pulled out, is refused whole."""
    respond(work, "tb-01")
    for number in range(20):
        respond(other, f"tb-{number}", response="x" * 5000)
    data = other.path.read_bytes()
    other.path.write_bytes(data[: len(data) // 2])
    before = work.path.read_bytes()
    with pytest.raises(WorkError, match="damaged"):
        work.merge(other.path)
    assert work.path.read_bytes() == before


def test_one_damaged_record_refuses_the_whole_export(work, other, respond):
    """Nothing of an export is taken in when a part of it is wrong."""
    respond(other, "tb-01")
    respond(other, "tb-02")
    with closing(sqlite3.connect(other.path)) as connection:
        connection.execute("UPDATE responses SET score = 7 WHERE item = 'tb-02'")
        connection.commit()
    with pytest.raises(WorkError, match="a record in this file is damaged"):
        work.merge(other.path)
    assert not work.path.exists()


# What a merge is, for any two works -----------------------------------------------------------

clock = count(1)
moments = st.integers(0, 5).map(lambda minute: f"2026-11-23T10:{minute:02}:00.000000Z")
words = st.sampled_from(["a", "b", "ج"])
responses = st.builds(
    Response,
    quiz=st.just(QUIZ),
    item=st.sampled_from(["tb-01", "tb-02"]),
    revision=st.just(1),
    objective=st.sampled_from(["", "LO-03.1"]),
    language=st.sampled_from(["en", "ar"]),
    response=st.one_of(words, st.lists(words, max_size=2), st.floats(0, 3), st.integers(0, 3)),
    score=st.sampled_from([None, 0, 0.5, 1]),
    at=moments,
)
fields = st.builds(FieldEntry, form=st.just("f"), field=st.sampled_from(["x", "y"]), value=words, at=moments)
drafts = st.builds(DraftPlace, draft=st.just("d"), place=words, at=moments)
works = st.lists(st.one_of(responses, fields, drafts), max_size=8)


def filled(folder: Path, records) -> Path:
    """A file of work that holds these records, in a folder of its own."""
    place = folder / str(next(clock))
    place.mkdir()
    with written(place / "my-work.db") as connection:
        for record in records:
            insert(connection, record)
    return place / "my-work.db"


def shown(path):
    """Everything that a learner sees of a work."""
    work = open_work(path)
    return (
        [record.as_row() for record in work.responses()],
        work.latest_responses(QUIZ),
        work.fields("f"),
        work.drafts(),
    )


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(works, works, works)
def test_any_merge_is_a_union_whatever_the_order(one, two, three):
    """Merged in any order and grouping, twice or once, every record of every side is there, once."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)

        def merged(*groups):
            path = filled(folder, groups[0])
            for group in groups[1:]:
                open_work(path).merge(filled(folder, group))
            return path

        forward = merged(one, two, three)
        expected = shown(forward)
        assert shown(merged(three, one, two)) == expected
        assert shown(merged(two, two, one, three, one)) == expected
        grouped = merged(one)
        open_work(grouped).merge(merged(two, three))
        assert shown(grouped) == expected
        held = {record.id for record in open_work(forward).responses()}
        assert held == {record.id for record in (*one, *two, *three) if isinstance(record, Response)}


# The answers of assignments -----------------------------------------------------------------


def test_an_export_brings_the_answers_of_assignments_to_another_computer(work, other, tmp_path):
    """What was written for a91 here stands in a91's file there, though nothing else was done yet."""
    path = put_answers(work)
    other.merge(work.export_to(tmp_path / "export.db"))
    assert read_json(other.assignments / "a91" / "answers.json") == read_json(path)


def test_of_answers_on_both_sides_each_question_keeps_the_last(work, other, tmp_path):
    """The merge goes question by question, not file by file."""
    put_answers(work, answers={"body": "crc", "words": 1}, saved_at={"body": LATE, "words": EARLY})
    here = put_answers(
        other,
        answers={"body": "cedaw", "words": 2, "plan": "Mine."},
        saved_at={"body": EARLY, "words": LATE, "plan": EARLY},
    )
    other.merge(work.export_to(tmp_path / "export.db"))
    assert read_json(here)["answers"] == {"body": "crc", "plan": "Mine.", "words": 2}


def test_answers_that_were_replaced_are_kept_in_the_work(work, other, tmp_path, contents):
    """The text that lost against a later one can still be found."""
    put_answers(work, answers={"plan": "The later."}, saved_at={"plan": LATE})
    put_answers(other, answers={"plan": "The earlier."}, saved_at={"plan": EARLY})
    other.merge(work.export_to(tmp_path / "export.db"))
    assert "The earlier." in str(contents(other.path)["answers_copies"])


@pytest.mark.parametrize("at", [EARLY, LATE])
def test_answers_come_out_the_same_whichever_side_takes_in_the_other(work, other, tmp_path, at):
    """Both computers show the same after exchanging exports, also where two times are equal."""
    here = put_answers(work, answers={"plan": "Mine.", "words": 1}, saved_at={"plan": at})
    there = put_answers(other, answers={"plan": "Yours."}, saved_at={"plan": EARLY}, student_id="")
    one, two = work.export_to(tmp_path / "one.db"), other.export_to(tmp_path / "two.db")
    work.merge(two)
    other.merge(one)
    assert read_json(here) == read_json(there)


def test_damaged_answers_are_said_when_exporting(work, respond, tmp_path):
    """An export never leaves out an assignment in silence."""
    respond(work, "tb-01")
    put_answers(work).write_text("{", encoding="utf-8")
    with pytest.raises(WorkError, match=r"a91/answers\.json: .* Move this file away"):
        work.export_to(tmp_path / "export.db")


def test_an_export_cannot_write_outside_the_folder_of_assignments(work, other, respond):
    """A forged name of an assignment is refused before anything is written."""
    respond(work, "tb-01")
    forged = {"format": "course-answers", "version": 1, "assignment": "../../etc", "answers": {}}
    with closing(sqlite3.connect(work.path)) as connection:
        connection.execute("INSERT INTO answers_copies VALUES ('x', '../../etc', ?)", [json.dumps(forged)])
        connection.commit()
    with pytest.raises(WorkError, match="damaged"):
        other.merge(work.path)
    assert list(other.path.parent.iterdir()) == []


def test_a_copy_that_names_another_assignment_is_refused(work, other, respond):
    """The label of a copy and what is in it must be of one assignment."""
    respond(work, "tb-01")
    forged = {"format": "course-answers", "version": 1, "assignment": "a92", "answers": {}}
    with closing(sqlite3.connect(work.path)) as connection:
        connection.execute("INSERT INTO answers_copies VALUES ('x', 'a91', ?)", [json.dumps(forged)])
        connection.commit()
    with pytest.raises(WorkError, match="the answers of a91 in this file are damaged"):
        other.merge(work.path)
    assert not other.path.exists()


def test_taking_in_nothing_is_nothing(work):
    """An empty file of another place makes no records."""
    assert take_in(work.path, work.assignments, []) == 0
    assert work.responses() == []
