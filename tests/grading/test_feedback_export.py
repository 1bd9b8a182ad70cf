"""What comes out: status, the learners' pages and sentences, the tables."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import openpyxl
import pytest

from course.texts import text
from grading.collect import collect_inbox
from grading.export import export_grades, plain
from grading.feedback import generate_feedback
from grading.status import read_standings, unclaimed_hand_ins
from grading.workspace import STUDENTS, Workspace
from tests.grading.handins import parts_of, put


@pytest.fixture(scope="module")
def told(graded, tmp_path_factory) -> Workspace:
    """A graded cohort with a refused hand-in of dra-02, one mark by hand, and feedback."""
    base = tmp_path_factory.mktemp("told")
    place = Workspace(Path(shutil.copytree(graded.root, base / "cohort")))
    put(base, "second/dra-02.zip", parts_of("dra-02", q1="everything"))
    collect_inbox(place, "a90", base / "second")
    with place.open_gradebook() as gradebook:
        grade = gradebook.find_grade("plan_reason", "a90", "a90", "ori-01")
        grade.manual_score, grade.needs_manual_grade = 3.0, False
        gradebook.find_comment("plan_reason", "a90", "a90", "ori-01").manual_comment = "Good <b>plan</b>."
        gradebook.db.commit()
    generate_feedback(place, "a90")
    return place


def page_of(workspace, student):
    """The learner's feedback page."""
    return (workspace.feedback(student, "a90") / "a90.html").read_text(encoding="utf-8")


def test_each_student_has_one_standing(told):
    """Graded, waiting for a reader, refused with its reason."""
    standings = {s.student.student_id: s for s in read_standings(told, "a90")}
    assert {name: s.state for name, s in standings.items()} == {
        "ori-01": "graded", "ori-02": "needs marking", "dra-01": "needs marking", "dra-02": "refused"
    }  # fmt: skip
    assert standings["ori-01"].score == 7.0
    assert standings["dra-02"].score is None
    assert "q1" in standings["dra-02"].reasons[0]


def test_a_hand_in_that_names_nobody_is_shown_apart(told):
    """The zip that was cut off is somebody's work: the instructor sees it."""
    assert [hand_in.file for hand_in in unclaimed_hand_ins(told, "a90")] == ["broken.zip"]


def test_a_student_who_handed_in_nothing_is_missing(released):
    """Every student of the cohort has a line."""
    assert {s.state for s in read_standings(released, "a90")} == {"missing"}


# Feedback ------------------------------------------------------------------------------------------


def test_the_page_shows_points_reasons_answers_and_comments(told):
    """What the learner needs: the sum, each part's points and reason, the reader's words."""
    page = page_of(told, "ori-01")
    assert text("grading.total", "en", score="7", points="8") in page
    assert "Reason for yes" in page
    assert text("grading.earned", "en", score="3", points="4") in page
    assert "Good &lt;b&gt;plan&lt;/b&gt;." in page
    assert text("grading.pending") not in page


def test_the_page_says_what_a_person_still_reads(told):
    """An unread text shows no zero."""
    page = page_of(told, "ori-02")
    assert text("grading.pending") in page
    assert text("grading.not-yet") in page


def test_no_hidden_test_can_be_read_in_the_page(told):
    """nbgrader's own page would print the whole test."""
    for student in ("ori-01", "ori-02", "dra-01"):
        page = page_of(told, student)
        assert "secret_number_of_weeks" not in page
        assert "HIDDEN" not in page
        assert "import course" not in page


def test_the_page_asks_nothing_from_outside_and_runs_nothing(told):
    """What a learner wrote is shown as text; no script, no address, and a policy that forbids both."""
    page = page_of(told, "ori-01")
    assert "&lt;script&gt;alert(1)" in page
    assert "<script" not in page
    assert "http://" not in page
    assert "https://" not in page
    assert "default-src 'none'" in page


@pytest.mark.browser
def test_the_page_opens_in_a_browser_without_a_problem(told, offline_page):
    """From file://, with the network off, it has a title, a language and four headed parts."""
    offline_page.goto((told.feedback("ori-01", "a90") / "a90.html").as_uri())
    assert offline_page.title() == text("grading.title", assignment="a90")
    assert offline_page.locator("html[lang=en][dir=ltr]").count() == 1
    assert offline_page.locator("section.part").count() == 3
    assert offline_page.outside_requests == []
    assert offline_page.problems == []


def test_a_refused_hand_in_gets_a_sentence_in_each_language_and_nothing_else(told):
    """The sentence says what to do; nothing of what was sent is repeated."""
    sentences = sorted((told.root / "refused" / "a90").iterdir())
    assert [path.name for path in sentences] == ["001-broken.zip.txt", "002-dra-02.txt"]
    words = sentences[1].read_text(encoding="utf-8")
    for language in ("en", "fr", "ar"):
        assert text("grading.bad-answers", language, button=text("submit.submit", language)) in words
    assert "everything" not in words


# Export --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def exported(told, tmp_path_factory):
    """The folder with the three files."""
    out = tmp_path_factory.mktemp("out")
    export_grades(told, "a90", out)
    return out


def rows_of(path):
    """The rows of a CSV as dictionaries."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_each_association_has_a_row(exported):
    """Refused ones too, with the reason; empty is not graded, and never zero."""
    rows = {row["student_id"]: row for row in rows_of(exported / "a90-grades.csv")}
    assert set(rows) == {"ori-01", "ori-02", "dra-01", "dra-02"}
    assert [rows["ori-01"][name] for name in ("q1", "plan_reason", "total")] == ["2.0", "3.0", "7.0"]
    assert rows["ori-02"]["plan_reason"] == ""
    assert (rows["dra-02"]["state"], rows["dra-02"]["total"]) == ("refused", "")
    assert "q1" in rows["dra-02"]["reason"]


def test_each_region_has_a_row(exported):
    """How many, how many handed in and are finished, mean and median of the finished."""
    rows = {row["region"]: row for row in rows_of(exported / "a90-regions.csv")}
    assert rows["Oriental"] == {
        "region": "Oriental", "associations": "2", "handed_in": "2", "refused": "0", "graded": "1",
        "mean": "7.0", "median": "7.0",
    }  # fmt: skip
    assert rows["Draa"]["refused"] == "1"
    assert rows["Draa"]["mean"] == ""


def test_no_cell_is_a_formula_and_numbers_stay_numbers(exported):
    """Names that a spreadsheet would run get an apostrophe, in the CSV and in the workbook."""
    names = {row["association"] for row in rows_of(exported / "a90-grades.csv")}
    assert {"'=cmd|' /C calc'!A0", "'+212", "جمعية"} <= names
    book = openpyxl.load_workbook(exported / "a90-grades.xlsx")
    assert book.sheetnames == ["associations", "regions"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "f" not in {cell.data_type for cell in cells}
    assert book["associations"]["H2"].value == 2


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("=1", "'=1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("\N{MINUS SIGN}1", "'\N{MINUS SIGN}1"),
        ("\N{FULLWIDTH EQUALS SIGN}1", "'\N{FULLWIDTH EQUALS SIGN}1"),
        ("=cmd,calc", "'=cmd,calc"),
        ("Un;=cmd", "Un;'=cmd"),
        ("Un\t=cmd", "Un =cmd"),
        ("Un\r\n=cmd", "Un =cmd"),
        ("O'Neil, Un", "O'Neil, Un"),
        (-1.5, -1.5),
    ],
)
def test_each_formula_is_made_plain(written, shown):
    """In whatever spelling, behind a separator too: half of the world's spreadsheets read semicolons."""
    assert plain(written) == shown


def test_every_text_stands_in_quotes_and_the_table_keeps_its_columns(told, tmp_path):
    """A name with commas, quotes, tabs and line ends is one cell, whatever program reads the file."""
    copy = Workspace(Path(shutil.copytree(told.root, tmp_path / "copy")))
    name = 'a,"b";c\t=d\r\n=e'
    path = copy.root / STUDENTS
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    quoted = name.replace('"', '""').replace("\r\n", " ")
    lines[1] = f'ori-01,Oriental,"{quoted}"\r\n'
    path.write_text("".join(lines), encoding="utf-8")
    csv_path, _, book_path = export_grades(copy, "a90", tmp_path / "out")
    row = next(row for row in rows_of(csv_path) if row["student_id"] == "ori-01")
    assert (row["association"], row["total"]) == ('a,"b";c =d =e', "7.0")
    first = csv_path.read_text(encoding="utf-8-sig").splitlines()[1]
    assert first.startswith('"ori-01","Oriental","a,""b"";c =d =e",')
    assert openpyxl.load_workbook(book_path)["associations"]["C2"].value == 'a,"b";c =d =e'


def test_a_student_removed_from_the_list_keeps_a_row(told, tmp_path):
    """Work that was handed in never falls out of the table in silence."""
    copy = Workspace(Path(shutil.copytree(told.root, tmp_path / "copy")))
    lines = (copy.root / STUDENTS).read_text(encoding="utf-8").splitlines(keepends=True)
    (copy.root / STUDENTS).write_text("".join(line for line in lines if "dra-01" not in line), "utf-8")
    export_grades(copy, "a90")
    assert "dra-01" in {row["student_id"] for row in rows_of(copy.root / "exports" / "a90-grades.csv")}
