"""The one that writes the gradebook: many submissions in a transaction, the same rows as nbgrader's.

What was not committed was not published either: a graded folder is moved to its place after
the commit of its grades, so that a run that was killed is simply run again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from nbgrader.api import (
    Comment,
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import bindparam, insert, select, update

from grading.engine.jobs import PageGrades

NOT_IN_SESSION = {"synchronize_session": False}  # no object of the session is looked at afterwards


@dataclass(frozen=True)
class Entry:
    """One submission for the gradebook.

    `timestamp`: when it was handed in, in UTC; None keeps what the gradebook has. `absent`:
    pages of the assignment that were not handed in, which have no points. `grades` by page;
    empty where only the submission itself is written down. `withdraw` takes back what an
    earlier run gave by itself.
    """

    student: str
    timestamp: datetime | None
    absent: tuple[str, ...] = ()
    grades: Mapping[str, PageGrades] = field(default_factory=dict)
    withdraw: bool = False


@dataclass(frozen=True)
class _Page:
    """A page of the assignment by its ids in the gradebook."""

    id: str
    graded: dict[str, str]
    commented: dict[str, str]


class GradeWriter:
    """Writes the grades of one assignment. Give `write` as many entries as there are at once."""

    def __init__(self, gradebook: Gradebook, assignment: str, penalties: AssignLatePenalties) -> None:
        """Raises nbgrader's MissingEntry where the gradebook does not know the assignment."""
        self.gradebook = gradebook
        self.name = assignment
        row = gradebook.find_assignment(assignment)
        self.id, self.duedate = row.id, row.duedate
        self.penalties = penalties
        self.pages = {
            page.name: _Page(
                page.id,
                {cell.name: cell.id for cell in (*page.grade_cells, *page.task_cells)},
                {cell.name: cell.id for cell in (*page.solution_cells, *page.task_cells)},
            )
            for page in row.notebooks
        }
        self.students = set(gradebook.db.scalars(select(Student.id)))
        gradebook.db.commit()

    def write(self, entries: Iterable[Entry]) -> None:
        """Write all entries in one transaction. Raises what the database raises, with nothing written."""
        db = self.gradebook.db
        entries = tuple(entries)
        try:
            self._write(entries)
            for student, pages in self._late(entries).items():
                self._assign_penalties(student, pages)
            db.commit()
        except BaseException:
            db.rollback()
            self.students = set(db.scalars(select(Student.id)))
            raise

    def _write(self, entries: tuple[Entry, ...]) -> None:
        strangers = dict.fromkeys(entry.student for entry in entries if entry.student not in self.students)
        self._insert(Student, [{"id": student} for student in strangers])
        self.students.update(strangers)
        known = self._find_submissions(entries)
        submissions = self._find_pages(known)
        self._date(entry for entry in entries if entry.student in known and entry.timestamp is not None)
        submissions |= self._add_submissions([entry for entry in entries if entry.student not in known])
        graded = [
            (submissions[entry.student][name], self.pages[name], grades)
            for entry in entries
            for name, grades in entry.grades.items()
        ]
        self._write_grades(graded)
        withdrawn = [page for e in entries if e.withdraw for page in submissions[e.student].values()]
        self._set_grades(withdrawn, auto_score=None, needs_manual_grade=True)
        absent = [submissions[entry.student][name] for entry in entries for name in entry.absent]
        self._set_grades(absent, auto_score=0, needs_manual_grade=False)

    def _set_grades(self, pages: list[str], **values: Any) -> None:
        if pages:
            self._execute(update(Grade).where(Grade.notebook_id.in_(pages)).values(**values))

    def _execute(self, statement: Any) -> None:
        self.gradebook.db.execute(statement, execution_options=NOT_IN_SESSION)

    def _insert(self, kind: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.gradebook.db.connection().execute(insert(kind.__table__), rows)

    def _find_submissions(self, entries: tuple[Entry, ...]) -> dict[str, str]:
        """By student, the id of the submission that the gradebook has already."""
        rows = self.gradebook.db.execute(
            select(SubmittedAssignment.student_id, SubmittedAssignment.id).where(
                SubmittedAssignment.assignment_id == self.id,
                SubmittedAssignment.student_id.in_([entry.student for entry in entries]),
            )
        )
        return dict(rows.all())

    def _find_pages(self, known: Mapping[str, str]) -> dict[str, dict[str, str]]:
        """By student, the ids of the pages of what the gradebook has already, by the pages' names."""
        students = {submission: student for student, submission in known.items()}
        names = {page.id: name for name, page in self.pages.items()}
        found: dict[str, dict[str, str]] = {student: {} for student in known}
        rows = self.gradebook.db.execute(
            select(
                SubmittedNotebook.assignment_id, SubmittedNotebook.notebook_id, SubmittedNotebook.id
            ).where(SubmittedNotebook.assignment_id.in_(list(students)))
        )
        for submission, page, identifier in rows:
            if page in names:
                found[students[submission]][names[page]] = identifier
        return found

    def _date(self, entries: Iterable[Entry]) -> None:
        rows = [{"student": e.student, "assignment": self.id, "moment": e.timestamp} for e in entries]
        if rows:
            self.gradebook.db.connection().execute(SET_MOMENT, rows)

    def _add_submissions(self, entries: list[Entry]) -> dict[str, dict[str, str]]:
        """New rows with all that belongs to them; by student, the ids of the pages by their names."""
        added = {entry.student: {name: new_uuid() for name in self.pages} for entry in entries}
        submissions = [
            {
                "id": new_uuid(),
                "assignment_id": self.id,
                "student_id": entry.student,
                "timestamp": entry.timestamp,
            }
            for entry in entries
        ]
        pages, grades, comments = [], [], []
        for submission in submissions:
            for name, identifier in added[submission["student_id"]].items():
                page = self.pages[name]
                pages.append({"id": identifier, "assignment_id": submission["id"], "notebook_id": page.id})
                for rows, cells in ((grades, page.graded), (comments, page.commented)):
                    rows += [
                        {"id": new_uuid(), "notebook_id": identifier, "cell_id": cell}
                        for cell in cells.values()
                    ]
        for kind, rows in (
            (SubmittedAssignment, submissions),
            (SubmittedNotebook, pages),
            (Grade, grades),
            (Comment, comments),
        ):
            self._insert(kind, rows)
        return added

    def _write_grades(self, graded: list[tuple[str, _Page, PageGrades]]) -> None:
        """As nbgrader's SaveAutoGrades: a score given by hand stays, and asks for a second look."""
        rows = self.gradebook.db.execute(
            select(Grade.notebook_id, Grade.cell_id).where(
                Grade.notebook_id.in_([submitted for submitted, _, _ in graded]),
                Grade.manual_score.is_not(None),
            )
        )
        by_hand = {(submitted, cell) for submitted, cell in rows}
        scores = [
            {
                "page": submitted,
                "cell": page.graded[name],
                "score": score,
                "look": (submitted, page.graded[name]) in by_hand or score is None or name in grades.doubts,
            }
            for submitted, page, grades in graded
            for name, score in grades.scores.items()
        ]
        comments = [
            {"page": submitted, "cell": page.commented[name], "comment": comment}
            for submitted, page, grades in graded
            for name, comment in grades.comments.items()
        ]
        connection = self.gradebook.db.connection()
        if scores:
            connection.execute(SET_SCORE, scores)
        if comments:
            connection.execute(SET_COMMENT, comments)

    def _late(self, entries: Iterable[Entry]) -> dict[str, list[str]]:
        """The graded pages of each late submission, after the penalties of all were taken back."""
        if not self.penalties.enabled:
            return {}
        graded = {entry.student: list(entry.grades) for entry in entries if entry.grades}
        submitted = select(SubmittedAssignment.id).where(
            SubmittedAssignment.assignment_id == self.id, SubmittedAssignment.student_id.in_(graded)
        )
        pages = {self.pages[name].id for names in graded.values() for name in names}
        self._execute(
            update(SubmittedNotebook)
            .where(SubmittedNotebook.assignment_id.in_(submitted), SubmittedNotebook.notebook_id.in_(pages))
            .values(late_submission_penalty=None)
        )
        if self.duedate is None or not graded:
            return {}
        late = self.gradebook.db.scalars(
            select(SubmittedAssignment.student_id).where(
                SubmittedAssignment.assignment_id == self.id,
                SubmittedAssignment.student_id.in_(graded),
                SubmittedAssignment.timestamp > self.duedate,
            )
        )
        return {student: graded[student] for student in late}

    def _assign_penalties(self, student: str, pages: Iterable[str]) -> None:
        """What nbgrader's AssignLatePenalties does, with its plugin."""
        self.gradebook.db.expire_all()
        submission = self.gradebook.find_submission(self.name, student)
        late = submission.total_seconds_late
        if late <= 0:  # an extension was given
            return
        log = self.penalties.log
        for page in submission.notebooks:
            if page.name not in pages:
                continue
            log.info("%s is %s seconds late", submission, late)
            penalty = self.penalties.plugin_inst.late_submission_penalty(student, page.score, late)
            log.info("Late submission penalty: %s", penalty)
            if penalty is not None:
                page.late_submission_penalty = self.penalties._check_late_penalty(page, penalty)
        self.gradebook.db.flush()


SET_MOMENT = (
    update(SubmittedAssignment.__table__)
    .where(
        SubmittedAssignment.__table__.c.student_id == bindparam("student"),
        SubmittedAssignment.__table__.c.assignment_id == bindparam("assignment"),
    )
    .values(timestamp=bindparam("moment"))
)
SET_SCORE = (
    update(Grade.__table__)
    .where(Grade.__table__.c.notebook_id == bindparam("page"), Grade.__table__.c.cell_id == bindparam("cell"))
    .values(auto_score=bindparam("score"), needs_manual_grade=bindparam("look"))
)
SET_COMMENT = (
    update(Comment.__table__)
    .where(
        Comment.__table__.c.notebook_id == bindparam("page"), Comment.__table__.c.cell_id == bindparam("cell")
    )
    .values(auto_comment=bindparam("comment"))
)
