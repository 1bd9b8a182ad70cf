"""A cohort's workspace: made whole, plain for nbgrader, with a row for each association."""

from __future__ import annotations

import stat

import pytest

from course.errors import CourseError
from grading.workspace import Student, create_workspace, open_workspace, read_students


def test_a_workspace_is_a_plain_nbgrader_course_folder(released):
    """It has nbgrader's default folders and gradebook, and keeps nbgrader's own ignores beside ours."""
    names = {path.name for path in released.root.iterdir()}
    assert names >= {"source", "release", "submitted", "autograded", "feedback", "gradebook.db"}
    ignored = released.config().CourseDirectory.ignore
    assert ignored == [
        ".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback", "rubric.yml", "rubric.*.yml"
    ]  # fmt: skip


def test_personal_data_is_readable_by_its_owner_only(released):
    """Nobody else on the computer can enter a new cohort's folder."""
    assert stat.S_IMODE(released.root.stat().st_mode) == 0o700


def test_each_student_has_a_row_with_region_and_association(released):
    """The gradebook shows "region, association" and sorts by it."""
    with released.open_gradebook() as gradebook:
        rows = {row.id: (row.last_name, row.first_name) for row in gradebook.students}
    assert rows["dra-01"] == ("Draa", "جمعية")
    assert len(rows) == 4


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    """`new` never writes into a folder that holds anything."""
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(CourseError, match="not empty"):
        create_workspace(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_path_that_breaks_nbgraders_ignore_is_refused(tmp_path):
    """In a folder with brackets nbgrader ignores nothing and would release the rubric."""
    with pytest.raises(CourseError, match="keep back"):
        create_workspace(tmp_path / "cohort [2026]")


def test_a_faulty_list_of_students_leaves_nothing_behind(tmp_path):
    """The folder is made whole or not at all."""
    with pytest.raises(CourseError, match="ori-01 stands 2 times"):
        create_workspace(tmp_path / "cohort", [Student("ori-01"), Student("ori-01")])
    assert list(tmp_path.iterdir()) == []


def test_a_spreadsheets_semicolons_and_byte_order_mark_are_read(tmp_path):
    """French spreadsheets write CSV with semicolons, and most add a byte order mark."""
    path = tmp_path / "students.csv"
    path.write_text("student_id;region;association\r\nori-01;Oriental;Une, deux\r\n;;\r\n", "utf-8-sig")
    assert read_students(path) == (Student("ori-01", "Oriental", "Une, deux"),)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("student_id,region\nori-01,Oriental\n", "column association is missing"),
        ("student_id,region,association\n../x,Oriental,A\n", "'../x' is no student_id"),
        ("student_id,region,association\n=1+1,Oriental,A\n", "'=1[+]1' is no student_id"),
    ],
)
def test_a_faulty_students_file_is_told_in_one_sentence(tmp_path, content, said):
    """Columns and ids are checked before anything is made."""
    path = tmp_path / "students.csv"
    path.write_text(content)
    with pytest.raises(CourseError, match=said):
        read_students(path)


def test_another_folder_is_no_workspace(tmp_path):
    """Opening any other folder says what to do."""
    with pytest.raises(CourseError, match="grading new"):
        open_workspace(tmp_path)
