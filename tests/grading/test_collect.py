"""Collecting: whose a hand-in is stands in it; what cannot be graded is told in words."""

from __future__ import annotations

import json

import pytest

from course.errors import CourseError
from grading.collect import collect_inbox
from grading.findings import load_collection
from tests.grading.handins import answers_of, parts_of, put, zip_of

WRITTEN = {"a90.ipynb", "answers.json", "assignment.yml", "timestamp.txt"}


def submitted(workspace):
    """The files of each collected hand-in by student."""
    return {
        folder.parent.name: {path.name for path in folder.iterdir()}
        for folder in workspace.root.glob("submitted/*/a90")
    }


def answer(workspace, student):
    """What of the first question is collected."""
    path = workspace.submitted(student, "a90") / "answers.json"
    return json.loads(path.read_text(encoding="utf-8"))["answers"].get("q1")


def state_of(folder):
    """Content and date of everything in a folder."""
    return {at: (at.stat().st_mtime_ns, at.is_file() and at.read_bytes()) for at in folder.rglob("*")}


def the_only(collection):
    """The single hand-in, its state and the codes of what was found."""
    (hand_in,) = collection.hand_ins
    return hand_in, hand_in.state, [finding.code for finding in hand_in.findings]


@pytest.mark.parametrize(
    "name",
    [
        "a90-ori-01.zip",
        "A90-ORI-01.ZIP",
        "a90-ori-01.zip.zip",
        "a90-dra-02 (1) copy.zip",
        "عمل الجمعية.zip",
        "Amal Noor_4711_assignsubmission_file_/a90-ori-01.zip",
        "mails/of march/deep/a90-ori-01.zip",
        "just a folder",
        "مجلد/الواجب",
    ],
)
def test_messy_names_do_not_matter(workspace, inbox, name):
    """A zip or a folder of any name is its learner's, and only four files of it are written."""
    put(inbox, name, parts_of("ori-01", q1="right"))
    collection = collect_inbox(workspace, "a90", inbox)
    assert the_only(collection)[1:] == ("accepted", [])
    assert submitted(workspace) == {"ori-01": WRITTEN}
    assert answer(workspace, "ori-01") == "right"


def test_shouting_names_inside_are_read(workspace, inbox):
    """Some mail programs turn names into capitals."""
    put(inbox, "x.zip", {name.upper(): content for name, content in parts_of("ori-01", q1="right").items()})
    assert the_only(collect_inbox(workspace, "a90", inbox))[1] == "accepted"


def test_a_zip_in_a_zip_is_opened(workspace, inbox):
    """A platform's download of all hand-ins is one zip of zips and of folders."""
    whole = {
        "Un_1_assignsubmission_file_/a90-ori-01.zip": zip_of(parts_of("ori-01", q1="right")),
        "Deux_2_assignsubmission_file_/hand-in/a90.zip": zip_of(parts_of("dra-01", q1="half")),
        **{f"Trois_3_assignsubmission_file_/{n}": c for n, c in parts_of("ori-02", q1="wrong").items()},
        **{f"Quatre_4_assignsubmission_file_/{n}": c for n, c in parts_of("dra-02", q1="half").items()},
        "__MACOSX/._answers.json": b"noise",
    }
    put(inbox, "all.zip", whole)
    collection = collect_inbox(workspace, "a90", inbox)
    assert collection.clean
    assert {s: answer(workspace, s) for s in submitted(workspace)} == {
        "ori-01": "right", "dra-01": "half", "ori-02": "wrong", "dra-02": "half"
    }  # fmt: skip


def test_the_page_that_was_sent_is_never_taken(workspace, inbox):
    """What is written is the released page, byte for byte."""
    put(inbox, "x.zip", parts_of("ori-01", page=b'{"cells": [], "metadata": {"forged": true}}'))
    collect_inbox(workspace, "a90", inbox)
    page = (workspace.submitted("ori-01", "a90") / "a90.ipynb").read_bytes()
    assert page == (workspace.release("a90") / "a90.ipynb").read_bytes()


def test_the_inbox_is_never_changed(workspace, inbox):
    """Collecting reads: every file is there afterwards as it was."""
    put(inbox, "a.zip", parts_of("ori-01"))
    put(inbox, "folder", parts_of("dra-01"))
    (inbox / "notes.txt").write_text("mine")
    before = state_of(inbox)
    collect_inbox(workspace, "a90", inbox)
    assert state_of(inbox) == before


# Between several hand-ins --------------------------------------------------------------------------


def test_the_latest_of_several_wins_and_the_others_are_told(workspace, inbox):
    """The date in the manifest decides, not the order of names."""
    put(inbox, "z-old.zip", parts_of("ori-01", created="2026-02-01T10:00:00+00:00", q1="wrong"))
    put(inbox, "a-new.zip", parts_of("ori-01", created="2026-02-02T10:00:00+00:00", q1="right"))
    collection = collect_inbox(workspace, "a90", inbox)
    assert {h.file: h.state for h in collection.hand_ins} == {
        "a-new.zip": "accepted",
        "z-old.zip": "superseded",
    }
    assert answer(workspace, "ori-01") == "right"


def test_collecting_again_replaces_only_by_what_is_newer(workspace, tmp_path):
    """An older hand-in in a second inbox changes nothing, a newer one replaces the whole."""
    for place, day, given in (("one", 5, "half"), ("two", 4, "wrong"), ("three", 6, "right")):
        put(
            tmp_path, f"{place}/x.zip", parts_of("ori-01", created=f"2026-02-0{day}T10:00:00+00:00", q1=given)
        )
    assert the_only(collect_inbox(workspace, "a90", tmp_path / "one"))[1] == "accepted"
    assert the_only(collect_inbox(workspace, "a90", tmp_path / "one"))[1] == "unchanged"
    assert the_only(collect_inbox(workspace, "a90", tmp_path / "two"))[1] == "superseded"
    assert answer(workspace, "ori-01") == "half"
    assert the_only(collect_inbox(workspace, "a90", tmp_path / "three"))[1] == "accepted"
    assert answer(workspace, "ori-01") == "right"
    kept = load_collection(workspace.root, "a90")
    assert len(kept.hand_ins) == 3
    assert kept.latest()["ori-01"].inbox == str(tmp_path / "three")


@pytest.mark.filterwarnings("ignore:Object of type <Submitted:sqlalchemy.exc.SAWarning")  # nbgrader's own
def test_a_late_hand_in_is_graded_and_told(workspace, inbox):
    """The due date is nbgrader's, in UTC; an extension in the gradebook counts."""
    with workspace.open_gradebook() as gradebook:
        gradebook.update_or_create_assignment("a90", duedate="2026-02-28 23:59:59 UTC")
        gradebook.add_submission("a90", "dra-01")
        gradebook.grant_extension("a90", "dra-01", days=7)
    put(inbox, "a.zip", parts_of("ori-01", created="2026-03-01T10:00:00+00:00"))
    put(inbox, "b.zip", parts_of("dra-01", created="2026-03-01T10:00:00+00:00"))
    put(inbox, "c.zip", parts_of("ori-02", created="2026-02-28T23:59:00+00:00"))
    collection = collect_inbox(workspace, "a90", inbox)
    late = {h.student: [f.for_instructor for f in h.findings] for h in collection.hand_ins}
    assert late == {
        "ori-01": ["Packed 10 hours and 0 minutes after the due date."], "dra-01": [], "ori-02": []
    }  # fmt: skip
    assert len(submitted(workspace)) == 3


# What is refused -----------------------------------------------------------------------------------


def changed(name, value, **document):
    """The parts of a sound hand-in with one value of manifest.json or answers.json changed."""
    files = parts_of("ori-01", q1="right")
    content = json.loads(files[name]) | document
    if value is not None:
        content["answers"] |= value
    return files | {name: json.dumps(content).encode()}


def without(*names):
    """The parts of a sound hand-in but these."""
    return {name: content for name, content in parts_of("ori-01", q1="right").items() if name not in names}


MANIFEST, ANSWERS = "manifest.json", "answers.json"
NOT_A_NUMBER = b'{"student_id": "ori-01", "answers": {"q2": NaN}}'
REFUSED = {
    "the manifest names another person": ("wrong-person", changed(MANIFEST, None, student_id="dra-01")),
    "the answers name another person": ("wrong-person", changed(ANSWERS, None, student_id="dra-01")),
    "the form names another person": ("wrong-person", changed("answers.json", {"student_id": "dra-01"})),
    "nobody of the cohort": ("unknown-student", parts_of("rsk-99")),
    "a path for an id": ("unknown-student", parts_of("../../x")),
    "another assignment": ("wrong-assignment", parts_of("ori-01", assignment="a03")),
    "another assignment in the manifest": ("wrong-assignment", changed(MANIFEST, None, assignment="a03")),
    "nobody named": ("no-identity", {"answers.json": b'{"answers": {}}'}),
    "no answers": ("no-answers", without("answers.json")),
    "answers that are no JSON": ("bad-answers", without() | {"answers.json": b"<html>"}),
    "answers that are a list": ("bad-answers", without() | {"answers.json": b"[]"}),
    "answers too deep to read": ("bad-answers", without() | {"answers.json": b"[" * 200_000}),
    "answers that are not text": ("bad-answers", without() | {"answers.json": b"\xff\xfe{"}),
    "a choice that the form lacks": ("bad-answers", parts_of("ori-01", q1="everything")),
    "a field that the form lacks": ("bad-answers", parts_of("ori-01", bonus="10")),
    "an answer of the wrong kind": ("bad-answers", parts_of("ori-01", q2={"a": 1})),
    "far too many words": ("bad-answers", parts_of("ori-01", plan=" ".join(map(str, range(300_000))))),
    "an answer that is no number": ("bad-answers", without() | {ANSWERS: NOT_A_NUMBER}),
}  # fmt: skip


@pytest.mark.parametrize(("code", "files"), REFUSED.values(), ids=REFUSED)
def test_a_faulty_hand_in_is_refused_in_words_and_the_rest_goes_on(workspace, inbox, code, files):
    """The reason is told to the instructor, the learner gets a sentence, the next one is collected."""
    put(inbox, "faulty.zip", files)
    put(inbox, "sound.zip", parts_of("dra-02", q1="half"))
    collection = collect_inbox(workspace, "a90", inbox)
    refused, accepted = collection.hand_ins
    assert (refused.state, refused.findings[0].code) == ("refused", code)
    assert refused.findings[0].for_instructor.endswith((".", "."))
    assert "Traceback" not in refused.findings[0].for_instructor
    assert refused.as_dict()["findings"][0]["learner"]["ar"]
    assert accepted.state == "accepted"
    assert set(submitted(workspace)) == {"dra-02"}


def test_two_people_in_one_zip_are_refused_together(workspace, inbox):
    """A zip is one hand-in: with the work of two it is nobody's."""
    files = {f"un/{name}": content for name, content in parts_of("ori-01").items()}
    files |= {f"deux/{name}": content for name, content in parts_of("ori-02").items()}
    put(inbox, "together.zip", files)
    collection = collect_inbox(workspace, "a90", inbox)
    assert [h.findings[0].code for h in collection.hand_ins] == ["two-people", "two-people"]
    assert submitted(workspace) == {}


def test_a_link_in_a_folder_is_not_followed(workspace, inbox, tmp_path):
    """answers.json could otherwise be any file of the instructor's computer."""
    (tmp_path / "secret.json").write_text(json.dumps(answers_of("ori-01", q1="right")))
    folder = put(inbox, "linked", without("answers.json"))
    (folder / "answers.json").symlink_to(tmp_path / "secret.json")
    (inbox / "everything").symlink_to("/")
    collection = collect_inbox(workspace, "a90", inbox)
    assert [h.findings[0].code for h in collection.hand_ins] == ["unsafe-link", "unsafe-link"]
    assert submitted(workspace) == {}


def test_a_file_that_is_no_hand_in_is_told(workspace, inbox):
    """Nothing in the inbox is passed over in silence but what systems leave behind."""
    (inbox / "photo.jpg").write_bytes(b"x")
    (inbox / ".DS_Store").write_bytes(b"x")
    (inbox / "__MACOSX").mkdir()
    hand_in, state, codes = the_only(collect_inbox(workspace, "a90", inbox))
    assert (hand_in.file, state, codes) == ("photo.jpg", "refused", ["unknown-file"])


# What is graded all the same -----------------------------------------------------------------------

NOTED = {
    "edited": changed("answers.json", {"q1": "half"}),
    "no-manifest": without("manifest.json"),
    "bad-manifest": without() | {"manifest.json": b"not json"},
    "repaired": parts_of("ori-01", page=b"not a page", q1="right"),
    "future-date": parts_of("ori-01", created="2996-01-01T00:00:00+00:00", q1="right"),
}


@pytest.mark.parametrize(("code", "files"), NOTED.items(), ids=NOTED)
def test_what_does_not_touch_the_answers_is_noted_and_graded(workspace, inbox, code, files):
    """Edited after packing, no manifest, a damaged page, a wrong clock: the answers still count."""
    put(inbox, "x.zip", files)
    assert the_only(collect_inbox(workspace, "a90", inbox))[1:] == ("accepted", [code])
    assert answer(workspace, "ori-01") in ("right", "half")


def test_without_a_manifest_the_last_answer_gives_the_date(workspace, inbox):
    """The learner's own folder, sent as it is, has answers with their times."""
    put(inbox, "my work", without("manifest.json", "a90.ipynb"))
    hand_in = the_only(collect_inbox(workspace, "a90", inbox))[0]
    assert hand_in.created == "2026-02-28T09:00:00+00:00"


def test_what_is_no_form_is_copied_as_nbgrader_does(workspace, inbox):
    """Another course's notebook is the learner's work itself: it is taken, or refused where damaged."""
    (workspace.source("a90") / "assignment.yml").unlink()
    own = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    put(inbox, "a.zip", {n: c for n, c in parts_of("ori-01", page=own).items() if n != "answers.json"})
    put(inbox, "b.zip", {n: c for n, c in parts_of("dra-01", page=b"x").items() if n != "answers.json"})
    good, bad = collect_inbox(workspace, "a90", inbox).hand_ins
    assert (good.state, bad.state, bad.findings[0].code) == ("accepted", "refused", "bad-notebook")
    assert submitted(workspace) == {"ori-01": {"a90.ipynb", "timestamp.txt"}}
    assert (workspace.submitted("ori-01", "a90") / "a90.ipynb").read_bytes() == own


def test_findings_are_kept_in_the_workspace(workspace, inbox):
    """collected.json holds file, student, code and both sentences, and is read back the same."""
    put(inbox, "x.zip", parts_of("rsk-99"))
    collection = collect_inbox(workspace, "a90", inbox)
    stored = json.loads((workspace.root / "collected.json").read_text(encoding="utf-8"))
    (finding,) = stored["assignments"]["a90"][0]["findings"]
    assert finding["code"] == "unknown-student"
    assert "not in students.csv" in finding["instructor"]
    assert set(finding["learner"]) == {"en", "fr", "ar"}
    assert load_collection(workspace.root, "a90") == collection


def test_a_missing_inbox_and_an_unreleased_assignment_are_told(workspace, inbox, tmp_path):
    """A wrong call ends in one sentence."""
    with pytest.raises(CourseError, match="no such folder"):
        collect_inbox(workspace, "a90", tmp_path / "nowhere")
    with pytest.raises(CourseError, match="grading release a91"):
        collect_inbox(workspace, "a91", inbox)
