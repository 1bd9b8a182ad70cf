"""Collects hand-ins from an inbox into `submitted/`, and says in words what it found.

For a form assignment only the released page, the validated answers, `assignment.yml` and
the date are written: the page that the learner sent is never taken, so that neither we nor
stock `nbgrader autograde` ever run it. For any other assignment the learner's notebooks are
copied as nbgrader does.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from nbgrader.utils import parse_utc

from course.content import Assignment, load_assignment
from course.errors import CourseError, SubmissionError
from course.forms import read_answers
from course.forms.scores import SCORES_FILE, is_free_text, parse_scores
from course.forms.team import TEAM_FILE, parse_team
from grading.findings import Collection, Finding, HandIn, State, save_collection
from grading.identity import Claim, read_claim
from grading.inbox import find_packages
from grading.packages import ANSWERS, MANIFEST, Package, printable
from grading.workspace import Student, Workspace

STAGING = ".collecting"
TIMESTAMP = "timestamp.txt"


def collect_inbox(workspace: Workspace, assignment: str, inbox: Path) -> Collection:
    """Collect every hand-in of `inbox` for `assignment`; returns all that was found in it.

    The latest hand-in of a learner wins, and replaces what was collected before only if it
    is newer. Each hand-in is written whole or not at all; the inbox is never changed. The
    findings are also kept in the workspace's `collected.json`, where they replace those of
    the same inbox. Raises CourseError where the assignment is not released, the inbox is
    missing or the workspace cannot be written; then run it again.
    """
    inbox = Path(inbox).absolute()
    if not inbox.is_dir():
        raise CourseError(f"{inbox}: there is no such folder; name the folder that holds the hand-ins.")
    workspace.require_released(assignment)
    collecting = _Collecting(workspace, assignment)
    try:
        collecting.recover()
        claims = [collecting.judge(package) for package in find_packages(inbox)]
        _refuse_shared(claims)
        collection = Collection(assignment, tuple(collecting.settle(claims, str(inbox))))
        save_collection(workspace.root, collection, str(inbox))
    except OSError as error:
        raise CourseError(
            f"{error.filename or workspace.root}: cannot be written ({error.strerror}); nothing is half "
            "done: make room or change the folder's rights, then collect again."
        ) from error
    return collection


def _refuse_shared(claims: list[Claim]) -> None:
    """One zip, or one learner's upload, that holds the work of several people is nobody's."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[claim.package.whole or claim.package.label].append(claim)
    for group in groups.values():
        people = sorted({name for claim in group for name in claim.named})
        if len(group) > 1 and len(people) > 1:
            for claim in group:
                claim.findings.insert(0, Finding("two-people", ", ".join(people)))


@dataclass
class _Existing:
    """What stands in `submitted/` for one learner."""

    created: datetime
    answers: bytes


class _Collecting:
    """One run: the rules and people it judges by, and the folder it writes to."""

    def __init__(self, workspace: Workspace, assignment: str) -> None:
        self.workspace = workspace
        self.assignment = assignment
        self.now = datetime.now(UTC)
        self.students: dict[str, Student] = workspace.students()
        self.form: Assignment | None = None
        if workspace.is_form(assignment):
            path = workspace.release(assignment) / "assignment.yml"
            self.form = load_assignment(path, workspace.root)
        self.notebooks = {
            path.name: path.read_bytes() for path in workspace.release(assignment).glob("*.ipynb")
        }
        self.staging = workspace.root / STAGING
        with workspace.open_gradebook() as gradebook:
            row = gradebook.find_assignment(assignment)
            self.due = row.duedate
            self.extended = {sub.student.id: sub.duedate for sub in row.submissions if sub.extension}

    # Judging ----------------------------------------------------------------------------------

    def judge(self, package: Package) -> Claim:
        """What the package claims, checked against the cohort, the form and the due date."""
        claim = read_claim(package, self.assignment, self.form is not None, self.now)
        if not claim.refused and claim.student not in self.students:
            claim.findings.append(Finding("unknown-student", claim.student))
        if not claim.refused:
            claim.findings.extend(self._form_findings(claim) if self.form else self._page_findings(claim))
        due = self.extended.get(claim.student, self.due)
        if not claim.refused and due is not None:
            late = claim.created - due.replace(tzinfo=UTC)
            if late > timedelta(0):
                claim.findings.append(Finding("late", _shown_span(late)))
        return claim

    def _form_findings(self, claim: Claim) -> Iterator[Finding]:
        what = self._text_not_chosen(claim) if claim.contents == "scores" else ""
        if what:
            yield Finding("text-not-chosen", what)
            return
        if SCORES_FILE in claim.package.files:
            try:
                claim.scores = parse_scores(claim.package.files[SCORES_FILE]).as_text()
            except SubmissionError as error:
                yield Finding("bad-answers", str(error))
                return
        if TEAM_FILE in claim.package.files:
            try:
                claim.team = parse_team(claim.package.files[TEAM_FILE]).as_text()
            except SubmissionError:
                yield Finding("no-team")
        with tempfile.TemporaryDirectory(prefix="grading-") as folder:
            path = Path(folder) / ANSWERS
            path.write_bytes(claim.package.files[ANSWERS])
            try:
                claim.validated = read_answers(path, self.form).as_text()
            except SubmissionError as error:
                yield Finding("bad-answers", printable(str(error))[:300])
                return
        for name in self.notebooks:
            content = claim.package.files.get(name.lower())
            if content is None:
                yield Finding("repaired", "is missing")
            elif not _is_notebook(content):
                yield Finding("repaired", "is damaged")

    def _text_not_chosen(self, claim: Claim) -> str:
        """What of a hand-in of scores may hold the report's words; nothing of it is repeated anywhere."""
        wordless = {field.id for field in self.form.form.fields if not is_free_text(field)}
        answers = (claim.answers or {}).get("answers")
        if not isinstance(answers, dict) or answers.keys() - wordless:
            return "An answer in words"
        own = {ANSWERS, MANIFEST, SCORES_FILE, TEAM_FILE, "assignment.yml", *map(str.lower, self.notebooks)}
        return "A file beside the answers" if claim.package.files.keys() - own else ""

    def _page_findings(self, claim: Claim) -> Iterator[Finding]:
        for name in self.notebooks:
            if not _is_notebook(claim.package.files.get(name.lower(), b"")):
                yield Finding("bad-notebook", name)

    # Settling ------------------------------------------------------------------------------------

    def settle(self, claims: list[Claim], inbox: str) -> Iterator[HandIn]:
        """Decide between the hand-ins of each learner, write what is new, tell what became of each."""
        by_student: dict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            if not claim.refused:
                by_student[claim.student].append(claim)
        newest = {
            student: max(mine, key=lambda claim: (claim.created, claim.package.label))
            for student, mine in by_student.items()
        }
        for claim in claims:
            state: State = "refused"
            if not claim.refused:
                best = newest[claim.student]
                if claim is best:
                    state = self._keep(claim)
                else:
                    state = "superseded"
                    claim.findings.append(Finding("superseded", best.package.label))
            known = claim.student if claim.student in self.students else ""
            created = claim.created.isoformat(timespec="seconds")
            yield HandIn(claim.package.label, known, created, state, tuple(claim.findings), inbox)

    def _keep(self, claim: Claim) -> State:
        """Write the hand-in unless what was collected before is as new or newer."""
        files = self._files(claim)
        existing = self._existing(claim.student)
        if existing is None or claim.created > existing.created:
            self._write(claim.student, files)
            return "accepted"
        if claim.created == existing.created and existing.answers == files.get(ANSWERS, b""):
            return "unchanged"
        claim.findings.append(Finding("superseded", "hand-in that was collected before"))
        return "superseded"

    def _files(self, claim: Claim) -> dict[str, bytes]:
        files = {TIMESTAMP: claim.created.strftime("%Y-%m-%d %H:%M:%S.%f UTC\n").encode()}
        if self.form is None:
            return files | {name: claim.package.files[name.lower()] for name in self.notebooks}
        form = (self.workspace.release(self.assignment) / "assignment.yml").read_bytes()
        # Written anew, so that what was validated is exactly what is graded. Half a character,
        # which JSON can name, becomes "?".
        answers = claim.validated.encode("utf-8", "replace")
        if claim.scores:
            files[SCORES_FILE] = claim.scores.encode()
        if claim.team:
            files[TEAM_FILE] = claim.team.encode()
        return files | self.notebooks | {"assignment.yml": form, ANSWERS: answers}

    def _existing(self, student: str) -> _Existing | None:
        folder = self.workspace.submitted(student, self.assignment)
        try:
            created = parse_utc((folder / TIMESTAMP).read_text(encoding="utf-8").strip())
        except (FileNotFoundError, ValueError):
            return None
        answers = folder / ANSWERS
        return _Existing(created.replace(tzinfo=UTC), answers.read_bytes() if answers.is_file() else b"")

    # Writing -------------------------------------------------------------------------------------

    def _write(self, student: str, files: dict[str, bytes]) -> None:
        """Write beside, then rename: nbgrader sees the old hand-in, the new one, or none."""
        target = self.workspace.submitted(student, self.assignment)
        self.staging.mkdir(exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix="new-", dir=self.staging))
        try:
            for name, content in files.items():
                with (beside / name).open("wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
            beside.chmod(0o755)
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                aside = self.staging / "replaced" / student / self.assignment
                aside.parent.mkdir(parents=True)
                target.replace(aside)
            beside.replace(target)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        finally:
            self.recover()

    def recover(self) -> None:
        """Put back what a killed run had moved aside, and clear what it left."""
        for aside in self.staging.glob("replaced/*/*"):
            target = self.workspace.submitted(aside.parent.name, aside.name)
            if not target.exists():
                aside.replace(target)
        shutil.rmtree(self.staging, ignore_errors=True)


def _is_notebook(content: bytes) -> bool:
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(document, dict) and isinstance(document.get("cells"), list)


def _shown_span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    days, hours = divmod(minutes // 60, 24)
    return f"{days} days and {hours} hours" if days else f"{hours} hours and {minutes % 60} minutes"
