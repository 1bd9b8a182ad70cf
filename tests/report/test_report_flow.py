"""From a new report to a document, as somebody types it: nothing goes out before the gate was passed."""

from __future__ import annotations

import zipfile

import pytest
from typer.testing import CliRunner

from course.cli import app
from course.report.gate.log import LOG
from course.texts import section

FILLED = """
authors:
  - {member: valley, name: Schools of the Valley (invented), agreed: 2026-05-01}
cover: {publication: public}
priorities: [Girls leave school where no bus goes., Nobody counts them., The road is closed.]
method: From March to June 2026 we heard 61 parents, each with recorded consent.
sections:
  - id: bus
    heading: Education
    articles: ["28"]
    claims:
      - {id: told, evidence: [talk], text: Mrs Fatima Alaoui told us that her daughter walks two hours.}
    demands:
      - {id: pay, text: "The State party should pay school transport by December 2028 (CRC, art. 28)."}
evidence:
  - {id: talk, source: Interviews with 61 parents, date: 2026-06, method: interview, consent: given,
     note: PRIVATE-NOTE}
"""
NAMED = (b"Fatima", b"Alaoui", b"PRIVATE-NOTE")


@pytest.fixture
def typed(tmp_path, monkeypatch):
    """Types `course report …` in an empty folder; the folder is `typed.here`."""
    monkeypatch.chdir(tmp_path)

    def call(*words, answers=""):
        return CliRunner().invoke(app, ["report", *words], input=answers)

    call.here = tmp_path
    assert call("new", "--body", "CRC", "--state", "MAR", "--stage", "session").exit_code == 0
    with (tmp_path / "report.yml").open("a", encoding="utf-8") as file:
        file.write(FILLED)
    return call


def names_in(path):
    """The parts of a document in which something stands that must not go out."""
    with zipfile.ZipFile(path) as file:
        return [part for part in file.namelist() for name in NAMED if name in file.read(part)]


def test_a_document_is_written_after_the_gate_and_not_before(typed):
    """Refused, nothing there; decided; written, without the name, and found well by the check."""
    refused = typed("write", "report.yml", "--dir", "mine")
    assert "undecided" in str(refused.exception)
    assert not (typed.here / "report.docx").exists()
    decided = typed("gate", "report.yml", "--dir", "mine", answers="a\nFatima Alaoui\nA mother of four\n")
    assert decided.exit_code == 0, decided.output
    assert typed("write", "report.yml", "--dir", "mine").exit_code == 0
    assert names_in(typed.here / "report.docx") == []
    assert "Alaoui" not in (typed.here / "mine" / LOG).read_text(encoding="utf-8")
    assert typed("check", "report.docx", "--body", "CRC", "--stage", "session").exit_code == 0


def test_longer_words_are_carried_out_in_one_go(typed):
    """The log keeps no words, so the gate itself writes the document; it says so where it was not asked."""
    answers = "a\nMrs Fatima Alaoui\nA mother of four\n"
    told = typed("gate", "report.yml", "--dir", "mine", answers=answers)
    assert told.exit_code == 1
    assert section("gate", "en")["longer"].format(name="report.yml") in told.output
    written = typed("gate", "report.yml", "--dir", "mine", "--again", "--write", "out.docx", answers=answers)
    assert written.exit_code == 0, written.output
    assert names_in(typed.here / "out.docx") == []


def test_what_looks_like_a_person_after_the_changes_is_shown(typed):
    """The words themselves, so that somebody can change them; nothing is written."""
    text = "On 3 May Mrs Amina Berrada told us that she walks.\n"
    (typed.here / "draft.md").write_text(text, encoding="utf-8")
    told = typed(
        "gate", "draft.md", "--dir", "mine", "--write", "clean.md", answers="a\nAmina Berrada\na parent\n"
    )
    assert told.exit_code == 1
    assert "[May Mrs]" in told.output
    assert not (typed.here / "clean.md").exists()
