"""What is written can be read again, passes its own check, and holds nothing private."""

from __future__ import annotations

import zipfile
from datetime import date

import pypdfium2
import pytest

from course.errors import CourseError
from course.report import Setting, check_draft, load_report, read_draft, write_report
from course.report.writing.outline import outline
from course.report.writing.statement import time_statement
from tests.report.reports import REPORT, write

CLEAN = REPORT.replace("      - {id: without, text: The road is closed in winter.}\n", "").replace(
    "      - {id: secret, text: One driver was threatened., evidence: [talk]}\n", ""
)
PRIVATE = ("PRIVATE-NOTE", "THE-THIRD-DRAWER", "TOLD-WITHOUT-CONSENT", "Never to be listed")


@pytest.fixture
def report(tmp_path):
    """The sample report, each of its claims with evidence."""
    return load_report(write(tmp_path, CLEAN))


@pytest.fixture(params=["en", "fr", "ar"])
def written(request, report, tmp_path):
    """The sample in one of three languages as .docx, read again."""
    path = tmp_path / "report.docx"
    write_report(report.model_copy(update={"language": request.param}), path)
    return read_draft(path)


def test_the_document_is_read_again_as_it_was_meant(written):
    """Title, headings, paragraphs that the program counts, and the note of the one piece of evidence."""
    kinds = [block.kind for block in written.blocks]
    assert kinds.count("title") == 1
    assert kinds.count("heading") >= 8
    numbers = [block.number for block in written.blocks if block.automatic and block.number]
    assert numbers == [f"{n}." for n in range(1, len(numbers) + 1)]
    (note,) = written.notes
    assert note.text.startswith("Count of the network")
    assert written.traces.numbered_pages is True


def test_no_name_stands_in_the_files_properties(written):
    """The title alone."""
    assert set(written.traces.properties) == {"title"}


def test_the_document_passes_its_own_check(report, tmp_path):
    """As the final text, nothing is an error, and the only open rule is the length that nobody confirmed."""
    draft = read_draft(write_report(report, tmp_path / "report.docx"))
    findings = check_draft(draft, Setting("CRC", "session", date(2026, 11, 23), final=True))
    assert [finding.code for finding in findings if finding.severity == "error"] == []
    assert {finding.code for finding in findings if finding.severity == "not-checked"} <= {"LEN001", "PII000"}


@pytest.mark.parametrize("ending", ["docx", "html", "pdf"])
def test_nothing_private_is_written_out(report, tmp_path, ending):
    """Not the ledger's notes, not where evidence lies, not what was told without consent."""
    path = write_report(report, tmp_path / f"report.{ending}")
    if ending == "docx":
        with zipfile.ZipFile(path) as file:
            text = "".join(file.read(name).decode("utf-8", "replace") for name in file.namelist())
    elif ending == "pdf":
        document = pypdfium2.PdfDocument(path.read_bytes())
        text = "".join(page.get_textpage().get_text_range() for page in document)
    else:
        text = path.read_text(encoding="utf-8")
    assert [word for word in PRIVATE if word in text] == []


def test_a_claim_without_evidence_stops_the_writing(tmp_path):
    """Both are named; an unfinished copy marks them in the text."""
    report = load_report(write(tmp_path))
    with pytest.raises(CourseError, match="without in section bus; secret in section bus"):
        write_report(report, tmp_path / "report.docx")
    assert not (tmp_path / "report.docx").exists()
    marked = [piece.text for piece in outline(report, unfinished=True) if "no source yet" in piece.text]
    assert len(marked) == 2


def test_arabic_runs_from_right_to_left(report, tmp_path):
    """Paragraphs and runs carry the property; no direction mark is typed into the text."""
    path = write_report(report.model_copy(update={"language": "ar"}), tmp_path / "report.docx")
    with zipfile.ZipFile(path) as file:
        document = file.read("word/document.xml").decode()
    assert document.count("<w:bidi/>") > 20
    assert document.count("<w:rtl/>") > 20
    assert "\u200f" not in document


def test_the_pdf_is_tagged_for_screen_readers(report, tmp_path):
    """Its structure is marked, and it has a title."""
    document = pypdfium2.PdfDocument(write_report(report, tmp_path / "report.pdf").read_bytes())
    assert pypdfium2.raw.FPDFCatalog_IsTagged(document.raw)
    assert document.get_metadata_value("Title") == report.title
    document.close()


def test_another_ending_is_refused(report, tmp_path):
    """With those that are written."""
    with pytest.raises(CourseError, match=r"choose \.docx, \.html, \.pdf"):
        write_report(report, tmp_path / "report.doc")


def test_a_statement_is_timed_at_a_speakers_pace(report):
    """Words, seconds, and what is beyond the time that was given."""
    pieces = outline(report.model_copy(update={"stage": "oral"}))
    spoken = time_statement(pieces, "en", pace=60, minutes=0.5)
    assert spoken.seconds == spoken.words
    assert spoken.over == spoken.words - 30 > 0


@pytest.mark.parametrize(
    ("stage", "title"),
    [("loi", "Suggested questions"), ("loipr", "Suggested questions"), ("session", "Recommendations")],
)
def test_each_stage_asks_for_what_it_needs(report, stage, title):
    """Questions before the lists of issues, recommendations before the session."""
    headings = [piece.text for piece in outline(report.model_copy(update={"stage": stage}))]
    assert title in headings
