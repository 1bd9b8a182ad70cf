"""The stage of the attacks: a real nbgrader course, a home, secrets, servers; and what was done to them."""

from __future__ import annotations

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ASSIGNMENT = "ps1"
STOLEN = "STOLEN"  # what an attack prints where it got at something
HONEST = {"honest-right": 14.0, "honest-half": 5.0, "honest-wrong": 0.0}
HIDDEN_WORD = "quokka"  # stands in the hidden tests alone
SECONDS_A_CELL = 3

RIGHT = {
    "sum": "def total(values):\n    return sum(values)",
    "mean": "def mean(values):\n    return sum(values) / len(values)",
    "table": "import pandas as pd\ndef table(values):\n    return pd.DataFrame({'value': sorted(values)})",
    "share": "def share(part, whole):\n    return part / whole",
}
WRONG = {
    "sum": "def total(values):\n    return 'no idea'",
    "mean": "def mean(values):\n    return 'no idea'",
    "table": "def table(values):\n    return 'no idea'",
    "share": "def share(part, whole):\n    return 'no idea'",
}
TESTS = {
    "sum": "assert total([1, 2]) == 3\n### BEGIN HIDDEN TESTS\n"
    f"# {HIDDEN_WORD}\nassert total([10, 20, 30]) == 60\n### END HIDDEN TESTS",
    "mean": "assert abs(mean([1, 2]) - 1.5) < 1e-9\n### BEGIN HIDDEN TESTS\n"
    "assert abs(mean([4]) - 4) < 1e-9\n### END HIDDEN TESTS",
    "table": "import pandas as pd\n\nfound = table([3, 1])\n"
    "assert list(found.columns) == ['value']\n### BEGIN HIDDEN TESTS\n"
    "pd.testing.assert_series_equal(found['value'].reset_index(drop=True), pd.Series([1, 3], name='value'))\n"
    "### END HIDDEN TESTS",
    "share": "points = 2.0 * (share(1, 4) == 0.25)\n### BEGIN HIDDEN TESTS\n"
    "points += 2.0 * (share(3, 4) == 0.75)\n### END HIDDEN TESTS\npoints",
}
POINTS = {"sum": 2, "mean": 3, "table": 5, "share": 4}


@dataclass
class Scene:
    """Where an attack happens. `survivor` is a command line by which left processes are known."""

    place: Path
    servers: list[socket.socket] = field(default_factory=list)

    @property
    def course(self) -> Path:
        """nbgrader's course folder."""
        return self.place / "course"

    @property
    def home(self) -> Path:
        """The instructor's home."""
        return self.place / "home"

    @property
    def port(self) -> int:
        """Where a server of this machine listens."""
        return self.servers[0].getsockname()[1]

    @property
    def environment(self) -> dict[str, str]:
        """The instructor's environment, with a secret in it."""
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("IPYTHON", "JUPYTER"))
        }
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return kept | {"HOME": str(self.home), "SECRET_TOKEN": STOLEN, "PATH": path}

    def marker(self, name: str) -> Path:
        """A file that an attack tries to leave outside of its own folder."""
        return self.place / "outside" / name

    def page(self, name: str) -> Path:
        """The submitted page of a learner."""
        return self.course / "submitted" / name / ASSIGNMENT / "ps1.ipynb"

    def graded_page(self, name: str) -> Path:
        """The graded page of a learner; it may not be there."""
        return self.course / "autograded" / name / ASSIGNMENT / "ps1.ipynb"

    def said(self, name: str) -> str:
        """All that a graded page shows."""
        with suppress(OSError, ValueError):
            cells = json.loads(self.graded_page(name).read_text(encoding="utf-8"))["cells"]
            return json.dumps([cell.get("outputs", []) for cell in cells])
        return ""

    def grades(self) -> dict[str, dict[str, tuple[float | None, bool]]]:
        """Of each learner, each test's points and whether a person must look at it."""
        query = """
            select student.id, base_cell.name, grade.auto_score, grade.manual_score, grade.needs_manual_grade
            from grade join base_cell on base_cell.id = grade.cell_id
            join submitted_notebook on submitted_notebook.id = grade.notebook_id
            join submitted_assignment on submitted_assignment.id = submitted_notebook.assignment_id
            join student on student.id = submitted_assignment.student_id
        """
        found: dict[str, dict[str, tuple[float | None, bool]]] = {}
        with sqlite3.connect(self.course / "gradebook.db") as gradebook:
            rows = gradebook.execute(query).fetchall()
        gradebook.close()
        for student, cell, automatic, manual, needs in rows:
            points = manual if manual is not None else automatic
            found.setdefault(student, {})[cell] = (points, bool(needs))
        return found

    def survivors(self, marker: str) -> list[int]:
        """Processes, by id, whose command line holds `marker`."""
        lines = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout
        return [int(line.split()[0]) for line in lines.splitlines() if marker in line]

    def end_survivors(self) -> None:
        """Kill what attacks left running on this stage, in stock."""
        for pid in self.survivors(f"@{self.port}@"):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


@contextmanager
def make_scene() -> Iterator[Scene]:
    """A released course with three honest submissions, and everything that attacks reach for."""
    with tempfile.TemporaryDirectory(prefix="attacks-") as folder:
        scene = Scene(Path(folder).resolve())
        scene.place.chmod(0o755)
        for made in (scene.course, scene.home, scene.place / "outside"):
            made.mkdir()
        (scene.place / "outside").chmod(0o777)
        (scene.home / "diary.txt").write_text(STOLEN)
        _release(scene)
        with _servers(scene):
            for name, right in (("honest-right", 4), ("honest-half", 2), ("honest-wrong", 0)):
                answers = {
                    part: RIGHT[part] if place < right else WRONG[part] for place, part in enumerate(RIGHT)
                }
                hand_in(scene, name, answers)
            try:
                yield scene
            finally:
                scene.end_survivors()


def _release(scene: Scene) -> None:
    cells = [new_markdown_cell("# Problem set 1")]
    for part, answer in RIGHT.items():
        solution = f"### BEGIN SOLUTION\n{answer}\n### END SOLUTION"
        cells.append(_cell(solution, part, grade=False, solution=True, locked=False))
        cells.append(
            _cell(TESTS[part], f"test-{part}", grade=True, solution=False, locked=True, points=POINTS[part])
        )
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    source = scene.course / "source" / ASSIGNMENT / "ps1.ipynb"
    source.parent.mkdir(parents=True)
    nbformat.write(new_notebook(cells=cells, metadata=kernel), source)
    (scene.course / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'attacks'\n"
        f"c.Execute.timeout = {SECONDS_A_CELL}\nc.Execute.interrupt_on_timeout = True\n"
    )
    nbgrader(scene, "generate_assignment", ASSIGNMENT, "--create")


def _cell(source: str, grade_id: str, *, grade: bool, solution: bool, locked: bool, points: int = 0):
    about = {
        "schema_version": 3,
        "grade_id": grade_id,
        "grade": grade,
        "solution": solution,
        "locked": locked,
    }
    about |= {"task": False} | ({"points": points} if grade else {})
    return new_code_cell(source, metadata={"nbgrader": about})


def nbgrader(scene: Scene, *arguments: str, timeout: int = 300) -> subprocess.CompletedProcess:
    """Run stock nbgrader in the course."""
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=scene.course,
        env=scene.environment,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
    if arguments[0] == "generate_assignment" and done.returncode:
        raise RuntimeError(done.stderr)
    return done


@contextmanager
def _servers(scene: Scene) -> Iterator[None]:
    """Servers of this machine: over TCP, over UDP, at a path, and at an abstract name."""
    tcp = socket.create_server(("127.0.0.1", 0))
    scene.servers.append(tcp)
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", scene.port))
    path = socket.socket(socket.AF_UNIX)
    path.bind(str(scene.place / "outside" / "door"))
    abstract = socket.socket(socket.AF_UNIX)
    abstract.bind(f"\0attacks-{scene.port}")
    for server in (path, abstract):
        server.listen()
    (scene.place / "outside" / "door").chmod(0o777)
    udp.setblocking(False)
    scene.servers += [udp, path, abstract]
    try:
        yield
    finally:
        for server in scene.servers:
            server.close()


def hand_in(
    scene: Scene,
    name: str,
    answers: dict[str, str],
    edit: Callable[[nbformat.NotebookNode], None] | None = None,
    furnish: Callable[[Path], None] | None = None,
) -> None:
    """Put a submission into the course: the released page with `answers`, edited, with files beside it."""
    released = scene.course / "release" / ASSIGNMENT / "ps1.ipynb"
    page = nbformat.read(released, as_version=4)
    for cell in page.cells:
        part = cell.metadata.get("nbgrader", {}).get("grade_id")
        if part in answers:
            cell.source = answers[part]
    if edit is not None:
        edit(page)
    target = scene.page(name)
    target.parent.mkdir(parents=True)
    nbformat.write(page, target)
    if furnish is not None:
        furnish(target.parent)
