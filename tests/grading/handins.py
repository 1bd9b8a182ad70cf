"""A small form assignment, sound hand-ins to it to plant faults in, and real processes."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat

from grading.workspace import Student

CREATED = "2026-03-01T10:00:00+00:00"
STUDENTS = (
    Student("ori-01", "Oriental", "Association Un"),
    Student("ori-02", "Oriental", "=cmd|' /C calc'!A0"),
    Student("dra-01", "Draa", "جمعية"),
    Student("dra-02", "Draa", "+212"),
)
FORM = """\
id: a90
module: 03-treaty-bodies
title: "A small form"
minutes: 5
points: {q1: 2, q2: 2}
form:
  id: a90
  title: "A small form"
  fields:
    - {id: student_id, kind: short-text, label: "Your course number", pattern: "[a-z]{3}-[0-9]{2}"}
    - id: q1
      kind: single-choice
      label: "Which one?"
      choices: {right: {text: "This one."}, half: {text: "Nearly."}, wrong: {text: "Not this."}}
    - {id: q2, kind: numeric, label: "How many?", unit: weeks}
    - {id: plan, kind: long-text, label: "Your plan", max_words: 50, required: false}
"""
RUBRIC = """\
assignment: a90
criteria:
  - id: plan_reason
    title: "The reason"
    levels:
      - {points: 0, descriptor: "None."}
      - {points: 1, descriptor: "One."}
      - {points: 2, descriptor: "Two."}
      - {points: 4, descriptor: "Four."}
model_answer: "The perfect plan names the committee and counts seven weeks back."
"""
Q1 = """\
import course

course.answer("a90", "q1")
### BEGIN HIDDEN TESTS
import json
from IPython.display import HTML, display
given = json.load(open("answers.json", encoding="utf-8"))["answers"].get("q1")
display(HTML("<p>Reason for " + {"right": "yes", "half": "nearly"}.get(given, "no") + "</p>"))
{"right": 2.0, "half": 1.0}.get(given, 0.0)
### END HIDDEN TESTS
"""
Q2 = """\
import course

course.answer("a90", "q2")
### BEGIN HIDDEN TESTS
secret_number_of_weeks = 42
given = json.load(open("answers.json", encoding="utf-8"))["answers"].get("q2")
2.0 if given == secret_number_of_weeks else 0.0
### END HIDDEN TESTS
"""
PLAN = 'import course\n\ncourse.answer("a90", "plan")'


def part(kind: str, name: str, source: str, **about) -> nbformat.NotebookNode:
    """One cell with nbgrader's metadata."""
    new = nbformat.v4.new_code_cell if kind == "code" else nbformat.v4.new_markdown_cell
    flags = {"grade": False, "solution": False, "task": False, "locked": True, "schema_version": 3}
    return new(source, id=f"part-{name}", metadata={"nbgrader": {**flags, "grade_id": name, **about}})


def write_assignment(folder: Path, q1: str = Q1, name: str = "a90") -> Path:
    """`folder/a90-small-form`: two graded fields and one text that a person reads."""
    place = folder / f"{name}-small-form"
    place.mkdir(parents=True)
    page = nbformat.v4.new_notebook(
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
            "course": {"lang": "en"},
        },
        cells=[
            part("markdown", "intro", "# A small form"),
            part("code", "q1", q1, grade=True, points=2),
            part("code", "q2", Q2, grade=True, points=2),
            part("code", "plan", PLAN),
            part("markdown", "plan_reason", "The reason", task=True, points=4),
        ],
    )
    nbformat.write(page, place / f"{name}.ipynb")
    (place / "assignment.yml").write_text(FORM.replace("a90", name), encoding="utf-8")
    (place / "rubric.yml").write_text(RUBRIC.replace("a90", name), encoding="utf-8")
    return place


def hostile_page(target: Path) -> bytes:
    """A page with code that writes a file, and a forged part that claims full points."""
    attack = f"open({str(target)!r}, 'w').write('run')"
    cells = [
        nbformat.v4.new_code_cell(attack),
        part("code", "q1", f"{attack}\n2.0", grade=True, points=2, locked=False),
        part("code", "q2", "2.0", grade=True, points=2, locked=False),
        part("code", "forged", "1000.0", grade=True, points=1000),
    ]
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells)).encode()


# Hand-ins ----------------------------------------------------------------------------------------


def answers_of(student: str, assignment: str = "a90", **answers) -> dict:
    """The content of an answers.json."""
    given = {"student_id": student, **answers}
    return {
        "format": "course-answers",
        "version": 1,
        "assignment": assignment,
        "student_id": student,
        "answers": given,
        "saved_at": dict.fromkeys(given, "2026-02-28T09:00:00+00:00"),
    }


def parts_of(
    student: str, created: str = CREATED, assignment: str = "a90", page: bytes | None = None, **answers
) -> dict[str, bytes]:
    """The three files of a sound hand-in by name; change them to plant a fault."""
    files = {
        f"{assignment}.ipynb": page or nbformat.writes(nbformat.v4.new_notebook()).encode(),
        "answers.json": json.dumps(answers_of(student, assignment, **answers)).encode(),
    }
    manifest = {
        "format": "course-submission",
        "version": 1,
        "assignment": assignment,
        "student_id": student,
        "created": created,
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    return files | {"manifest.json": json.dumps(manifest).encode()}


def zip_of(files: dict[str, bytes]) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def put(folder: Path, name: str, files: dict[str, bytes]) -> Path:
    """A hand-in as a zip (a name that ends so) or as a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if name.lower().endswith(".zip"):
        path.write_bytes(zip_of(files))
    else:
        path.mkdir()
        for part_name, content in files.items():
            (path / part_name).write_bytes(content)
    return path


# Commands ------------------------------------------------------------------------------------------


def run(*command: object, cwd: Path | None = None, **options) -> subprocess.CompletedProcess:
    """A real process of this Python's environment, by the name of its command."""
    commands = Path(sys.executable).parent
    name, *rest = map(str, command)
    environment = {**os.environ, "PATH": f"{commands}{os.pathsep}{os.environ.get('PATH', '')}"}
    return subprocess.run(
        [str(commands / name), *rest],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment,
        timeout=170,
        check=False,
        **options,
    )
