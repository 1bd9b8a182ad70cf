"""A cohort's workspace: a plain nbgrader course folder that stock nbgrader opens as it is.

All personal data of the cohort is in this one folder and can be erased with it.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from glob import glob
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from course.errors import CourseError
from grading.environment import changed_environment, path_with_commands

CONFIG = "nbgrader_config.py"
STUDENTS = "students.csv"
COLUMNS = ("student_id", "region", "association")
STUDENT_ID = re.compile(r"[a-z]{3}-[0-9]{2,4}")
COURSE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
GLOB_CHARACTERS = "[]*?"

CONFIG_TEXT = '''\
"""nbgrader's settings for this cohort; stock nbgrader commands read this file too."""

from pathlib import Path

c = get_config()  # noqa: F821, nbgrader puts it here

c.CourseDirectory.course_id = "{course_id}"

# Never released to learners. The first four are nbgrader's own; the rubric holds a model answer.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    "feedback",
    "rubric.yml",
    "rubric.*.yml",
]

# Inside this folder, so that nothing of the cohort lies elsewhere.
c.Exchange.root = str(Path(__file__).resolve().parent / "exchange")
'''


@dataclass(frozen=True, order=True)
class Student:
    """One association of the cohort: the id it hands in with, its region, its name or alias."""

    student_id: str
    region: str = ""
    association: str = ""


@dataclass(frozen=True)
class Workspace:
    """An nbgrader course folder: made by `create_workspace`, or any other one that nbgrader works in."""

    root: Path

    @property
    def db_url(self) -> str:
        """The address of the gradebook, as the workspace's own settings give it."""
        return self.config().CourseDirectory.get("db_url") or f"sqlite:///{self.root / 'gradebook.db'}"

    def config(self) -> Config:
        """nbgrader's settings from the workspace's file, with its root fixed to this folder."""
        config = Config()
        if (self.root / CONFIG).is_file():
            config = PyFileConfigLoader(CONFIG, path=str(self.root)).load_config()
        config.CourseDirectory.root = str(self.root)
        return config

    @cached_property
    def layout(self) -> CourseDirectory:
        """Where nbgrader keeps what in this folder: other courses may name their folders otherwise."""
        return CourseDirectory(config=self.config())

    def open_gradebook(self) -> Gradebook:
        """nbgrader's own gradebook; use it in a `with` block."""
        return Gradebook(self.db_url, self.layout.course_id)

    def students(self) -> dict[str, Student]:
        """The cohort by student id: from `students.csv`, in its order; else from the gradebook."""
        if (self.root / STUDENTS).is_file():
            return {student.student_id: student for student in read_students(self.root / STUDENTS)}
        with self.open_gradebook() as gradebook:
            rows = sorted(gradebook.students, key=lambda row: row.id)
            return {row.id: Student(row.id, row.last_name or "", row.first_name or "") for row in rows}

    def enroll(self) -> None:
        """Give each student of `students.csv` a row in the gradebook.

        nbgrader shows "last name, first name" and sorts by it: the region stands in the
        last name and the association in the first.
        """
        students = self.students()
        with self.open_gradebook() as gradebook:
            known = {row.id: (row.last_name, row.first_name) for row in gradebook.students}
            for student in students.values():
                if known.get(student.student_id) != (student.region, student.association):
                    gradebook.update_or_create_student(
                        student.student_id, last_name=student.region, first_name=student.association
                    )

    def source(self, assignment: str) -> Path:
        """The instructor's version of an assignment."""
        return self._folder(self.layout.source_directory, ".", assignment)

    def release(self, assignment: str) -> Path:
        """The version that learners get."""
        return self._folder(self.layout.release_directory, ".", assignment)

    def submitted(self, student: str, assignment: str) -> Path:
        """What of a hand-in is graded."""
        return self._folder(self.layout.submitted_directory, student, assignment)

    def autograded(self, student: str, assignment: str) -> Path:
        """The graded pages of a hand-in."""
        return self._folder(self.layout.autograded_directory, student, assignment)

    def feedback(self, student: str, assignment: str) -> Path:
        """What the learner gets back."""
        return self._folder(self.layout.feedback_directory, student, assignment)

    def _folder(self, step: str, student: str, assignment: str) -> Path:
        return Path(os.path.normpath(self.layout.format_path(step, student, assignment)))

    def people_in(self, step: str, assignment: str) -> list[str]:
        """The students who have a folder for the assignment at one of nbgrader's steps, as `submitted`."""
        directory = getattr(self.layout, f"{step}_directory")
        anyone = re.compile(self.layout.format_path(directory, "(?P<student>.*)", assignment, escape=True))
        pattern = self.layout.format_path(directory, "*", assignment)
        found = (anyone.fullmatch(name) for name in glob(pattern))  # noqa: PTH207, it is absolute
        return sorted(match["student"] for match in found if match is not None)

    def is_form(self, assignment: str) -> bool:
        """Whether the assignment is a form: decided by the instructor's version, never by a hand-in."""
        return (self.source(assignment) / "assignment.yml").is_file()

    def require_released(self, assignment: str) -> None:
        """Raises CourseError where the assignment has not been released in this workspace."""
        if not list(self.release(assignment).glob("*.ipynb")) and not self._is_in_gradebook(assignment):
            raise CourseError(
                f"{self.root.name}: {assignment!r} is not released here; "
                f"run `grading release {assignment}` first."
            )

    def _is_in_gradebook(self, assignment: str) -> bool:
        """Whether nbgrader knows its cells: other courses may hand out pages in their own way."""
        if (self.root / STUDENTS).is_file():
            return False
        with self.open_gradebook() as gradebook:
            return any(row.name == assignment and row.notebooks for row in gradebook.assignments)


def create_workspace(path: Path, students: Iterable[Student] = (), name: str | None = None) -> Workspace:
    """Make a workspace at `path`, whole or not at all, and enroll `students`.

    `name` becomes nbgrader's course_id; the folder's name where it is None. Raises
    CourseError where `path` is not empty, or where nbgrader could not work in it.
    """
    path = Path(path).absolute()
    course_id = name or re.sub(r"[^A-Za-z0-9_-]+", "-", path.name).strip("-") or "cohort"
    if not COURSE_ID.fullmatch(course_id):
        raise CourseError(
            f"{name!r} cannot name a cohort; use up to 64 letters without accents, digits, hyphens and _."
        )
    if set(GLOB_CHARACTERS) & set(str(path)):
        raise CourseError(
            f"{path}: nbgrader fails in a folder with one of {GLOB_CHARACTERS} in its path, and would then "
            "release what it should keep back; choose another folder."
        )
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise CourseError(f"{path}: this folder is not empty; name a new one, or erase it first.")
    students = tuple(students)
    _require_sound(students, STUDENTS)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
    try:
        beside.chmod(0o700)  # personal data: nobody else on this computer reads it
        for folder in ("source", "release", "submitted", "autograded", "feedback", "exchange"):
            (beside / folder).mkdir()
        (beside / CONFIG).write_text(CONFIG_TEXT.format(course_id=course_id), encoding="utf-8")
        _write_students(beside / STUDENTS, students)
        with changed_environment({"PATH": path_with_commands()}):
            Workspace(beside).enroll()
        if path.exists():
            path.rmdir()
        beside.replace(path)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return Workspace(path)


def open_workspace(path: Path) -> Workspace:
    """The workspace at `path`; raises CourseError where there is none."""
    path = Path(path).absolute()
    if not (path / CONFIG).is_file() or not (path / STUDENTS).is_file():
        raise CourseError(
            f"{path}: this is no cohort's folder ({CONFIG} or {STUDENTS} is missing); "
            "name one with --workspace, or make one with `grading new`."
        )
    return Workspace(path)


def open_course(path: Path) -> Workspace:
    """The workspace at `path`, or any other course folder of nbgrader; raises CourseError for neither."""
    path = Path(path).absolute()
    if not (path / CONFIG).is_file() and not (path / "gradebook.db").is_file():
        raise CourseError(
            f"{path}: this is no course folder of nbgrader ({CONFIG} and gradebook.db are missing); "
            "name one with --workspace, or make one with `grading new`."
        )
    return Workspace(path)


def read_students(path: Path) -> tuple[Student, ...]:
    """The students of a CSV with the columns student_id, region, association.

    Commas or semicolons, with or without a byte order mark: spreadsheets write both.
    Raises CourseError naming file and line for a missing column, a bad or double id.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise CourseError(f"{path}: the file is missing; it lists the cohort's students.") from None
    except UnicodeDecodeError:
        raise CourseError(f"{path}: the file is not UTF-8 text; save it again as CSV UTF-8.") from None
    header = text.partition("\n")[0]
    rows = csv.DictReader(text.splitlines(), delimiter=";" if header.count(";") > header.count(",") else ",")
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise CourseError(
            f"{path.name}:1: the column {', '.join(missing)} is missing; "
            f"the first line is {','.join(COLUMNS)}."
        )
    students = tuple(
        Student(*((row[column] or "").strip() for column in COLUMNS))
        for row in rows
        if any((row[column] or "").strip() for column in COLUMNS)
    )
    _require_sound(students, path.name)
    return students


def _require_sound(students: Iterable[Student], name: str) -> None:
    seen = Counter(student.student_id for student in students)
    for identifier, times in seen.items():
        if not STUDENT_ID.fullmatch(identifier):
            raise CourseError(
                f"{name}: {identifier!r} is no student_id; write three small letters, a hyphen and two to "
                "four digits, such as ori-01."
            )
        if times > 1:
            raise CourseError(f"{name}: {identifier} stands {times} times; give each association its own id.")


def _write_students(path: Path, students: Iterable[Student]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows((s.student_id, s.region, s.association) for s in students)
