"""Hand-ins about a real report: points and codes arrive, and no sentence of it, unless the learner chose."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from pathlib import Path

import nbformat
import pytest

from course.errors import SubmissionError
from course.forms.scores import parse_scores
from course.forms.submission import pack_submission
from grading.autograde import autograde_assignment
from grading.collect import collect_inbox
from grading.export import export_grades
from grading.feedback import generate_feedback
from grading.status import read_standings
from tests.grading.handins import answers_of, parts_of, put

SENTENCE = "The well at the old mill was closed in March without any notice to the families."
SCORES = {
    "format": "course-report-scores",
    "version": 1,
    "scores": {"evidence": 3.0, "recommendations": 2.5},
    "findings": {"LEN001": 1, "SRC004": 7},
    "words": 4180,
}


def changed(files: dict[str, bytes], name: str, **values: object) -> dict[str, bytes]:
    """The files with values of one JSON file changed."""
    return files | {name: json.dumps(json.loads(files[name]) | values).encode()}


def scores_only(student: str, **answers: object) -> dict[str, bytes]:
    """A sound hand-in of points and codes."""
    files = parts_of(student, q1="right", **answers)
    files["report.json"] = json.dumps(SCORES).encode()
    return changed(files, "manifest.json", contents="scores")


def docx_of(text: str) -> bytes:
    """As much of a .docx as holds text."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:t>{text}</w:t>")
    return buffer.getvalue()


def page_with(text: str) -> bytes:
    """A page in which the draft stands."""
    return nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)])).encode()


def places_of(root: Path, sentence: str) -> list[str]:
    """The files below a folder in which the sentence, or half of it, can be read, also packed ones."""
    halves = [sentence[: len(sentence) // 2], sentence[len(sentence) // 2 :]]
    needles = [half.encode(code) for half in halves for code in ("utf-8", "utf-16-le")]
    needles += [json.dumps(half)[1:-1].encode() for half in halves]
    found = []
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        contents = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                contents += [archive.read(name) for name in archive.namelist()]
        if any(needle in content for needle in needles for content in contents):
            found.append(path.relative_to(root).as_posix())
    return found


SMUGGLED = {
    "words in an answer": lambda files: changed(
        files, "answers.json", **answers_of("ori-02", q1="right", plan=SENTENCE)
    ),
    "words in a field that the form lacks": lambda files: changed(
        files, "answers.json", **answers_of("ori-02", draft=SENTENCE)
    ),
    "words as the name of a field": lambda files: changed(
        files, "answers.json", **answers_of("ori-02", **{SENTENCE: "right"})
    ),
    "words as the chosen answer": lambda files: changed(
        files, "answers.json", **answers_of("ori-02", q1=SENTENCE)
    ),
    "the draft beside the answers": lambda files: files | {"report.docx": docx_of(SENTENCE)},
    "the draft as text": lambda files: files | {"notes.md": SENTENCE.encode()},
    "words in the scores": lambda files: changed(files, "report.json", title=SENTENCE),
    "words as a finding": lambda files: changed(files, "report.json", findings={SENTENCE: 1}),
    "words as a criterion": lambda files: changed(files, "report.json", scores={SENTENCE: 1.0}),
    "scores that are no file of ours": lambda files: files | {"report.json": SENTENCE.encode()},
    "nothing said of what was chosen": lambda files: (
        {name: content for name, content in files.items() if name != "manifest.json"}
        | {"report.odt": docx_of(SENTENCE)}
    ),
    "an unknown choice": lambda files: (
        changed(files, "manifest.json", contents="everything") | {"report.odt": docx_of(SENTENCE)}
    ),
}


@pytest.mark.parametrize("smuggle", SMUGGLED.values(), ids=SMUGGLED)
def test_text_that_was_not_chosen_is_refused_and_repeated_nowhere(workspace, inbox, smuggle):
    """No file of the cohort's folder holds a word of it: not the record, not the sentence to the learner."""
    put(inbox, "smuggled.zip", smuggle(scores_only("ori-02")))
    put(inbox, "sound.zip", scores_only("ori-01"))
    refused, accepted = collect_inbox(workspace, "a90", inbox).hand_ins
    generate_feedback(workspace, "a90")
    assert (refused.state, accepted.state) == ("refused", "accepted")
    assert {finding.code for finding in refused.findings} & {"text-not-chosen", "bad-answers"}
    assert not workspace.submitted("ori-02", "a90").exists()
    assert places_of(workspace.root, SENTENCE) == []


def test_no_file_of_a_cohort_holds_a_sentence_of_the_draft(workspace, inbox):
    """After collecting, grading, feedback and export; the points and codes are there."""
    put(inbox, "a.zip", scores_only("ori-01") | {"a90.ipynb": page_with(SENTENCE)})
    put(inbox, "b.zip", changed(scores_only("dra-01"), "manifest.json", title=SENTENCE, note=SENTENCE))
    collection = collect_inbox(workspace, "a90", inbox)
    assert {hand_in.state for hand_in in collection.hand_ins} == {"accepted"}
    autograde_assignment(workspace, "a90", workers=1)
    generate_feedback(workspace, "a90")
    export_grades(workspace, "a90")
    assert {row.points.get("q1") for row in read_standings(workspace, "a90") if row.points} == {2.0}
    kept = workspace.submitted("ori-01", "a90") / "report.json"
    assert json.loads(kept.read_text(encoding="utf-8")) == SCORES
    assert places_of(workspace.root, SENTENCE) == []


def test_the_search_would_find_a_sentence(tmp_path):
    """In plain files, packed ones, spreadsheets and the gradebook: else the tests above prove nothing."""
    (tmp_path / "draft.docx").write_bytes(docx_of(SENTENCE))
    with (tmp_path / "table.csv").open("w", encoding="utf-16", newline="") as file:
        csv.writer(file).writerow([SENTENCE])
    with sqlite3.connect(tmp_path / "gradebook.db") as database:
        database.execute("create table comment (text)")
        database.execute("insert into comment values (?)", (SENTENCE,))
    (tmp_path / "collected.json").write_text(json.dumps({"detail": f"x {SENTENCE[:50]}"}), encoding="utf-8")
    assert places_of(tmp_path, SENTENCE) == ["collected.json", "draft.docx", "gradebook.db", "table.csv"]


def test_a_learner_who_chooses_to_send_text_is_read(workspace, inbox):
    """The plan is marked by a person, as long as the learner wants it read."""
    files = changed(parts_of("ori-01", q1="right", plan=SENTENCE), "manifest.json", contents="text")
    put(inbox, "a.zip", files)
    assert collect_inbox(workspace, "a90", inbox).hand_ins[0].state == "accepted"
    assert places_of(workspace.submitted("ori-01", "a90"), SENTENCE) == ["answers.json"]


# Packing -----------------------------------------------------------------------------------------


@pytest.fixture
def folder(workspace) -> Path:
    """A learner's own folder with an answer in words and a checked report."""
    folder = workspace.release("a90")
    answers = answers_of("ori-01", q1="right", plan=SENTENCE)
    (folder / "answers.json").write_text(json.dumps(answers), encoding="utf-8")
    (folder / "report.json").write_text(json.dumps(SCORES), encoding="utf-8")
    return folder


def test_what_is_packed_as_scores_holds_no_word_and_is_collected(workspace, folder, inbox):
    """Both ends fit: the packed file is taken in with its points, without the answer in words."""
    name, data = pack_submission(folder, "a90", contents="scores")
    (inbox / name).write_bytes(data)
    for left in ("answers.json", "report.json"):
        (folder / left).unlink()
    assert collect_inbox(workspace, "a90", inbox).hand_ins[0].state == "accepted"
    assert places_of(inbox, SENTENCE) == []
    submitted = workspace.submitted("ori-01", "a90")
    assert json.loads((submitted / "report.json").read_text(encoding="utf-8")) == SCORES
    assert "plan" not in json.loads((submitted / "answers.json").read_text(encoding="utf-8"))["answers"]


def test_what_is_packed_as_text_says_so(folder):
    """The manifest carries the learner's choice."""
    with zipfile.ZipFile(io.BytesIO(pack_submission(folder, "a90", contents="text")[1])) as archive:
        assert json.loads(archive.read("manifest.json"))["contents"] == "text"
        assert SENTENCE.encode() in archive.read("answers.json")


@pytest.mark.parametrize(
    "wrong",
    [
        {"scores": {"evidence": "three"}},
        {"scores": {"evidence": -1}},
        {"scores": {"Evidence of things": 1}},
        {"findings": {"a sentence": 1}},
        {"findings": {"LEN001": "often"}},
        {"words": "many"},
        {"version": 2},
        {"draft": SENTENCE},
    ],
)
def test_scores_hold_points_and_codes_alone(wrong):
    """Anything else is refused without being repeated."""
    with pytest.raises(SubmissionError, match="more than points and codes") as told:
        parse_scores(json.dumps(SCORES | wrong).encode())
    assert "sentence" not in str(told.value)
    assert SENTENCE not in str(told.value)
