"""M8 says what the gate sees and what it misses, and hands out consent scripts: both stay true."""

from __future__ import annotations

import json
import re

import pytest

from course.content.reading import load_assignment, load_items
from course.files import find_root
from course.report import read_draft
from course.report.gate import find_hits

ROOT = find_root()
LESSON = ROOT / "modules/08-monitoring/03-what-stays-in-the-house.ipynb"
TOLD = re.compile(
    r"^\| (?P<what>[^|]+) \| \**(?P<english>found|missed)\** \| \**(?P<arabic>found|missed)", re.M
)
# The words of each line of the lesson's table, as they stand in the note: English, Arabic.
SHOWN = {
    "Fatima, فاطمة": (["Fatima"], ["فاطمة"]),
    "the telephone number": (["0600 00 00 00"], ["0600000000"]),
    "Omar, عمر": (["Omar"], ["عمر"]),
    "the only deaf pupil, eleven houses": (
        ["only deaf pupil", "eleven houses"],
        ["الأصم الوحيد", "إحدى عشرة دارا"],
    ),
    "market day, 12 May 2026": (["market day, 12 May 2026"], ["يوم السوق، 12 ماي 2026"]),
    "the head teacher of this school": (["head teacher of this school"], ["مدير هذه المدرسة"]),
}


def lesson_cell() -> str:
    """What lesson 3 says of the gate: the two notes and the table."""
    cells = json.loads(LESSON.read_text(encoding="utf-8"))["cells"]
    return next("".join(cell["source"]) for cell in cells if cell["id"] == "lesson-03-gate")


def seen_by_the_gate(text: str, folder) -> list[str]:
    """The words at which the gate stops in a plain text."""
    path = folder / "note.txt"
    path.write_text(text, encoding="utf-8")
    return [hit.words for hit in find_hits(read_draft(path))]


def test_the_table_tells_what_the_gate_does(tmp_path):
    """Each `found` of the lesson is a hit, each `missed` is none, and the gate stops at nothing else."""
    cell = lesson_cell()
    notes = re.findall(r"^> (.+)$", cell, re.M)
    lines = {match["what"]: (match["english"], match["arabic"]) for match in TOLD.finditer(cell)}
    assert lines.keys() == SHOWN.keys()
    for place, note in enumerate(notes):
        for what, words in SHOWN.items():
            assert all(word in note for word in words[place]), what
        found = [
            word for what, words in SHOWN.items() if lines[what][place] == "found" for word in words[place]
        ]
        assert sorted(seen_by_the_gate(note, tmp_path)) == sorted(found)


def test_what_is_said_to_pass_the_gate_passes(tmp_path):
    """The four Arabic sentences of a08 and the notes of M8 are as the gate really leaves them."""
    field = next(
        one
        for one in load_assignment(
            ROOT / "assignments/a08-redact-and-interview/assignment.yml", ROOT
        ).form.fields
        if one.id == "arabic_line"
    )
    for choice in field.choices.values():
        assert seen_by_the_gate(choice.text, tmp_path) == []
    items = load_items("08-monitoring", ROOT)
    quoted = items["mo-hide-02"].stem.split("«")[1].split("»")[0]
    assert seen_by_the_gate(quoted, tmp_path) == ["فاطمة", "0600000000"]
    for choice in items["mo-hide-01"].choices.values():
        assert seen_by_the_gate(choice.text, tmp_path) == []


@pytest.mark.parametrize("language", ["", ".fr", ".ar"])
def test_every_language_has_the_four_consent_scripts(language):
    """Each page of scripts has four of them, each on a sheet of its own with a line to tick."""
    page = (ROOT / f"pages/consent{language}.md").read_text(encoding="utf-8")
    scripts = re.split(r"^## ", page, flags=re.M)[1:]
    assert len(scripts) == page.count("break-before: page") == 4
    for script in scripts:
        assert script.count("|---|") >= 1
        assert len(script.split()) < 330
