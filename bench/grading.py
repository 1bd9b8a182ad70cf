"""What grading costs: nbgrader as it comes and the fast engine in one run, on the same submissions.

CPU seconds are of the whole process tree, imports and all; the machine's load hardly changes
them, as it changes seconds by the clock.
"""

from __future__ import annotations

import copy
import os
import random
import resource
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from rich.table import Table

from bench.otter import measure_otter
from grading.engine.execute import ShellExecute
from grading.engine.parent import PRELOAD, Rules, ShellParent, clean_environment
from grading.engine.shells import ShellManager
from grading.sample.inbox import make_inbox
from grading.sample.planted import ASSIGNMENT, DUE, sample_students

COHORT, FEW, MANY, FORMS = 93, 31, 1_632, 93
OURS, STOCK = ("-m", "grading.cli", "autograde"), ("-m", "nbgrader", "autograde")
BIN = Path(sys.executable).parent

ANSWERS = {
    "total": ("def total(df):\n    return int(df['n'].sum())", "def total(df):\n    return len(df)"),
    "means": (
        "def means(df):\n    return df.groupby('region')['n'].mean()",
        "def means(df):\n    return df['n'].mean()",
    ),
    "even": (
        "def even(df):\n    return df[df['n'] % 2 == 0]",
        "def even(df):\n    return df[df['n'] % 2 == 0",
    ),
}
TESTS = {
    "total": "assert total(df) == 4950",
    "means": "assert round(means(df)['a'], 2) == 49.0",
    "even": "assert len(even(df)) == 50",
}
HIDDEN = "\n### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"
FLOOR = """
import os, sys, time
import numpy, pandas, nbformat
pages = [nbformat.read(path, as_version=4) for path in sys.argv[1:]]
for page in pages:
    child = os.fork()
    if child == 0:
        sys.stdout = open(os.devnull, "w")
        names = {}
        for cell in page.cells:
            if cell.cell_type == "code":
                try:
                    exec(compile(cell.source, "cell", "exec"), names)
                except Exception:
                    pass
        os._exit(0)
    os.waitpid(child, 0)
"""


@dataclass(frozen=True)
class Cost:
    """CPU seconds of a process tree, seconds by the clock, and its greatest memory in megabytes."""

    cpu: float
    wall: float
    memory: float


def measure(command: list[str], folder: Path) -> Cost:
    """Run one command to its end; raises CalledProcessError."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    environment = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PYTHONWARNINGS": "ignore"}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    most = [0.0]
    watcher = threading.Thread(target=_watch, args=(process.pid, most))
    watcher.start()
    code = process.wait()
    watcher.join()
    if code:
        raise subprocess.CalledProcessError(code, command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.perf_counter() - begun, most[0])


def _watch(pid: int, most: list[float]) -> None:
    """The greatest memory of a process tree, pages that are shared counted once."""
    try:
        while True:
            process = psutil.Process(pid)
            tree = [process, *process.children(recursive=True)]
            total = 0
            for one in tree:
                try:
                    total += one.memory_full_info().pss
                except psutil.Error:
                    continue
            most[0] = max(most[0], total / 1e6)
            time.sleep(0.5)
    except psutil.Error:
        return


# The submissions ---------------------------------------------------------------------------------


def source_page() -> nbformat.NotebookNode:
    """Twelve cells: three answers with pandas, three tests with hidden parts, a text, the rest around."""

    def cell(kind: str, name: str, source: str, **about: object) -> nbformat.NotebookNode:
        flags = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3}
        new = new_code_cell if kind == "code" else new_markdown_cell
        return new(source, id=f"cell-{name}", metadata={"nbgrader": {**flags, "grade_id": name, **about}})

    def test(name: str, shown: str, hidden: str) -> nbformat.NotebookNode:
        return cell("code", f"test_{name}", shown + HIDDEN.format(hidden), grade=True, locked=True, points=2)

    frame = "df = pd.DataFrame({'region': ['a', 'b', 'a', 'c'] * 25, 'n': range(100)})\ndf.head()"
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(
        metadata={"kernelspec": kernelspec},
        cells=[
            new_markdown_cell("# A table", id="intro"),
            new_code_cell("import numpy as np\nimport pandas as pd", id="imports"),
            new_code_cell(frame, id="frame"),
            cell("code", "total", "", solution=True),
            new_code_cell("total(df)", id="shows-total"),
            test("total", TESTS["total"], "assert total(df.head(3)) == 3"),
            cell("code", "means", "", solution=True),
            new_code_cell("print(means(df))", id="shows-means"),
            test(
                "means",
                TESTS["means"],
                "assert list(means(df).index) == list('abc')",
            ),
            cell("code", "even", "", solution=True),
            test("even", TESTS["even"], "assert even(df)['n'].iloc[-1] == 98"),
            cell("markdown", "why", "Why?", grade=True, solution=True, points=3),
        ],
    )


def make_course(folder: Path, count: int) -> Path:
    """An nbgrader course folder with `count` submissions, right ones and wrong ones."""
    (folder / "source" / "ps1").mkdir(parents=True)
    nbformat.write(source_page(), folder / "source" / "ps1" / "p1.ipynb")
    (folder / "nbgrader_config.py").write_text("c = get_config()\n")
    measure([str(BIN / "nbgrader"), "generate_assignment", "ps1"], folder)
    released = nbformat.read(folder / "release" / "ps1" / "p1.ipynb", as_version=4)
    draw = random.Random(1)
    for number in range(count):
        page = copy.deepcopy(released)
        for cell in page.cells:
            name = cell.metadata.get("nbgrader", {}).get("grade_id")
            if name in ANSWERS:
                cell.source = ANSWERS[name][draw.random() > 0.7]
        place = folder / "submitted" / f"s{number:04d}" / "ps1"
        place.mkdir(parents=True)
        nbformat.write(page, place / "p1.ipynb")
    return folder


def make_forms(root: Path, folder: Path) -> Path:
    """A cohort with collected hand-ins of this course's own assignment: FORMS, some of them twice."""
    from grading.collect import collect_inbox  # noqa: PLC0415 - takes seconds, and only here
    from grading.release import release_assignment  # noqa: PLC0415
    from grading.workspace import create_workspace  # noqa: PLC0415

    workspace = create_workspace(folder, sample_students())
    released = release_assignment(workspace, ASSIGNMENT, due=DUE, assignments=root / "assignments")
    make_inbox(folder / "inbox", released, 1)
    collect_inbox(workspace, ASSIGNMENT, folder / "inbox")
    accepted = sorted((folder / "submitted").iterdir())
    for path in accepted[FORMS:]:
        shutil.rmtree(path)
    for path in accepted[: max(0, FORMS - len(accepted))]:  # the planted damage is refused
        shutil.copytree(path, path.with_name(f"{path.name}-again"))
    return folder


# The figures -------------------------------------------------------------------------------------


def run_engine(
    course: Path, engine: tuple[str, ...], folder: Path, *more: str, assignment: str = "ps1"
) -> Cost:
    """Grade a fresh copy of a course."""
    copied = Path(shutil.copytree(course, folder))
    return measure([sys.executable, *engine, assignment, *more], copied)


def measure_sandbox(times: int = 30) -> float:
    """What the sandbox adds to one submission, in milliseconds of CPU."""
    costs = []
    for rules in (None, Rules()):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        with ShellParent(1, rules, preload=PRELOAD) as parent:
            for _ in range(times):
                place = parent.folders / "work"
                place.mkdir(exist_ok=True)
                parent.hand_over(place)
                page = new_notebook(cells=[new_code_cell("1")])
                ShellExecute(
                    lambda parent=parent, place=place: ShellManager(
                        parent.controls[0],
                        place,
                        clean_environment(quiet=False),
                        output_bytes=1_000_000,
                        watched=False,
                    )
                ).preprocess(page, {})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        costs.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return 1000 * (costs[1] - costs[0]) / times


def measure_grading(root: Path, folder: Path) -> Table:
    """Stock and fast engine on 93 submissions of a 12-cell pandas page, and on this course's forms."""
    course = make_course(folder / "course", COHORT)
    few = make_course(folder / "few", FEW)
    for engine in (OURS, STOCK):
        run_engine(make_course(folder / f"warm-{engine[1]}", 1), engine, folder / f"warmed-{engine[1]}")
    stock = run_engine(course, STOCK, folder / "stock")
    ours = run_engine(course, OURS, folder / "ours")
    one = run_engine(course, OURS, folder / "one", "--workers=1")
    few_ours = run_engine(few, OURS, folder / "few-ours")
    pages = [str(path) for path in sorted((folder / "ours" / "autograded").rglob("*.ipynb"))]
    floor = measure([sys.executable, "-c", FLOOR, *pages], folder)
    forms = make_forms(root, folder / "forms")
    forms_stock = run_engine(forms, STOCK, folder / "forms-stock", assignment=ASSIGNMENT)
    forms_ours = run_engine(forms, OURS, folder / "forms-ours", assignment=ASSIGNMENT)
    table = Table("figure", "here", "aim", title=f"Grading, {os.cpu_count()} cores")
    rows = (
        (f"nbgrader, {COHORT} submissions", f"{stock.cpu:.1f} CPU-s, {stock.wall:.0f} s", ""),
        (f"ours, {COHORT} submissions, shut in", f"{ours.cpu:.1f} CPU-s, {ours.wall:.0f} s", ""),
        ("times less CPU, whole process", f"{stock.cpu / ours.cpu:.1f}", "10"),
        ("one more submission", f"{(ours.cpu - few_ours.cpu) / (COHORT - FEW):.3f} CPU-s", "at most 0.060"),
        ("two workers against one, by the clock", f"{one.wall / ours.wall:.2f}", "at least 1.7"),
        ("greatest memory of all processes", f"{ours.memory:.0f} MB", "under 500 MB"),
        ("the sandbox, one submission", f"{measure_sandbox():.1f} CPU-ms", "at most 15"),
        ("floor: libraries once, fork and exec only", f"{floor.cpu / COHORT:.3f} CPU-s a submission", ""),
        ("otter-grader, one submission", measure_otter(folder / "otter", ANSWERS, TESTS), ""),
        (f"forms: nbgrader, {FORMS} hand-ins", f"{forms_stock.cpu:.1f} CPU-s", ""),
        (f"forms: ours, {FORMS} hand-ins", f"{forms_ours.cpu:.1f} CPU-s", ""),
        ("forms: times less CPU, whole process", f"{forms_stock.cpu / forms_ours.cpu:.1f}", "25"),
    )
    for row in rows:
        table.add_row(*row)
    return table


def measure_linearity(_root: Path, folder: Path) -> Table:
    """Whether 1,632 submissions cost as much each as 93, and no more memory."""
    table = Table(
        "submissions", "CPU-s each", "memory, MB", title="Grading many (aim: within 10 %, under 500 MB)"
    )
    for count in (COHORT, MANY):
        course = make_course(folder / f"course-{count}", count)
        cost = run_engine(course, OURS, folder / f"graded-{count}")
        table.add_row(str(count), f"{cost.cpu / count:.3f}", f"{cost.memory:.0f}")
    return table
