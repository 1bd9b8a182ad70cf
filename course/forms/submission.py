"""The one file that a learner hands in: the page, the answers, and what the file is."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from course.content.models import Assignment
from course.content.reading import load_assignment
from course.errors import ContentError, SubmissionError
from course.files import write_whole
from course.forms.answers import FILE_NAME, read_answers
from course.forms.scores import SCORES_FILE, Contents, is_free_text, read_scores
from course.forms.team import TEAM_FILE, read_team
from course.texts import text
from course.work.answers import with_answers
from course.work.database import told_in_words
from course.work.moments import stamp

FORM_FILE = "assignment.yml"
_OLDEST = (1980, 1, 1, 0, 0, 0)  # the first day a zip knows: the same answers give the same bytes
_CELL_METADATA = ("nbgrader", "tags", "jupyter")


def learners_assignment(folder: Path, assignment_id: str) -> Path:
    """Where an assignment lies in the learner's own folder; raises SubmissionError where it does not."""
    home = folder / "assignments"
    if not (home / assignment_id / FORM_FILE).is_file():
        there = sorted(path.parent.name for path in home.glob(f"*/{FORM_FILE}"))
        held = f"it holds {', '.join(there)}" if there else "it holds none"
        raise SubmissionError(
            f"{home}: there is no assignment {assignment_id!r} in your copy ({held}); "
            "open the course once with `course learn`, or name your folder with --dir."
        )
    return home / assignment_id


def read_assignment(folder: Path) -> Assignment:
    """The assignment whose page lies in `folder`; raises SubmissionError where none does."""
    try:
        return load_assignment(folder / FORM_FILE, folder)
    except ContentError as error:
        raise SubmissionError(
            f"{folder.name}/{FORM_FILE}: the form of this assignment cannot be read; "
            f"take the folder of the assignment as you received it. ({error.problems[0]})",
            error.kind,
        ) from None


def write_submission(
    folder: Path,
    assignment_id: str,
    out_dir: Path,
    created: datetime | None = None,
    contents: Contents | None = None,
) -> Path:
    """Write `a03-ori-01.zip` into `out_dir` from the assignment's page and answers in `folder`.

    It holds the page without what it showed, the answers, and a manifest: no name of the
    author, no path of the machine. `created` is for tests; otherwise it is now. Raises
    SubmissionError where the course number or an answer is not as the form asks, and
    WorkError where the disk refuses; nothing is then written.
    """
    name, data = pack_submission(folder, assignment_id, created, contents=contents)
    path = out_dir / name
    with told_in_words(path):
        out_dir.mkdir(exist_ok=True)
        write_whole(path, data)
    return path


def pack_submission(
    folder: Path,
    assignment_id: str,
    created: datetime | None = None,
    lang: str = "en",
    contents: Contents | None = None,
) -> tuple[str, bytes]:
    """The name and the bytes of the file to hand in; see `write_submission`.

    `contents` is what the learner chose to send; without a choice "scores" where the assignment
    is about a report of their own, else "text". "scores" leaves out every answer in words;
    the points and codes of a checked report (`report.json` beside the page) go along either
    way, the report itself never; so do the knowledge scores of a team (`team.json`).
    """
    assignment = read_assignment(folder)
    if assignment.id != assignment_id:
        raise SubmissionError(
            f"{folder.name}: this is the folder of {assignment.id}; choose that of {assignment_id}."
        )
    answers = read_answers(folder / FILE_NAME, assignment)
    if not answers.student_id:
        raise SubmissionError(text("submit.student-id", lang))
    page = f"{assignment.id}.ipynb"
    scores, team = read_scores(folder), read_team(folder)
    if assignment.report and scores is None:
        raise SubmissionError(text("submit.no-report", lang))
    contents = contents or ("scores" if assignment.report else "text")
    if contents == "scores":
        wordless = {field.id for field in assignment.form.fields if not is_free_text(field)}
        answers = with_answers(
            assignment.id,
            {field: value for field, value in answers.answers.items() if field in wordless},
            {field: at for field, at in answers.saved_at.items() if field in wordless},
            answers.student_id,
        )
    files = {
        page: _page_alone(folder / page),
        FILE_NAME: answers.as_text().encode("utf-8"),
    }
    if scores is not None:
        files[SCORES_FILE] = scores.as_text().encode("utf-8")
    if team is not None:
        files[TEAM_FILE] = team.as_text().encode("utf-8")
    manifest = {
        "format": "course-submission",
        "version": 1,
        "assignment": assignment.id,
        "student_id": answers.student_id,
        "contents": contents,
        "created": stamp(created or datetime.now(UTC)),
        "files": {name: hashlib.sha256(data).hexdigest() for name, data in files.items()},
    }
    files["manifest.json"] = (json.dumps(manifest, indent=1) + "\n").encode("utf-8")
    return f"{assignment.id}-{answers.student_id}.zip", _zipped(files)


def _zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every system
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()


def _page_alone(path: Path) -> bytes:
    """The page as a file without outputs and without what editors note about people and machines."""
    try:
        page = json.loads(path.read_bytes())
        cells = [_cell_alone(cell) for cell in page["cells"]]
    except FileNotFoundError:
        raise SubmissionError(
            f"{path.name}: the page of this assignment is missing; open it once with `course learn`."
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise SubmissionError(
            f"{path.name}: the page of this assignment is damaged; move it away and open it again with "
            "`course learn`: your answers stay, they are in another file."
        ) from None
    document = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _cell_alone(cell: dict[str, Any]) -> dict[str, Any]:
    kind = cell["cell_type"]
    alone = {
        "cell_type": kind,
        "id": cell["id"],
        "metadata": {name: cell["metadata"][name] for name in _CELL_METADATA if name in cell["metadata"]},
        "source": cell["source"],
    }
    return {**alone, "execution_count": None, "outputs": []} if kind == "code" else alone
