"""otter-grader beside ours: one submission of the same page, where the command `otter` is installed.

It stands in no requirement of this course: `pip install otter-grader ipykernel pandas` in an environment
of its own, put its `bin` on the path, and `python3 start.py bench grading` prints this figure too.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook, new_raw_cell


def measure_otter(folder: Path, answers: dict[str, tuple[str, str]], tests: dict[str, str]) -> str:
    """CPU seconds of `otter run` on one submission, in words; "not installed" without the command.

    `answers`: right and wrong source by question; `tests`: one assertion for each.
    """
    if shutil.which("otter") is None:
        return "not installed"
    (folder / "out").mkdir(parents=True)
    cells = [
        new_raw_cell("# ASSIGNMENT CONFIG\ngenerate: true"),
        new_code_cell("import pandas as pd"),
        new_code_cell("df = pd.DataFrame({'region': ['a', 'b', 'a', 'c'] * 25, 'n': range(100)})"),
    ]
    for name, (right, _) in answers.items():
        cells += [
            new_raw_cell(f"# BEGIN QUESTION\nname: {name}\npoints: 2"),
            new_raw_cell("# BEGIN SOLUTION"),
            new_code_cell(right),
            new_raw_cell("# END SOLUTION"),
            new_raw_cell("# BEGIN TESTS"),
            new_code_cell(tests[name]),
            new_raw_cell("# END TESTS"),
            new_raw_cell("# END QUESTION"),
        ]
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernelspec}), folder / "p1.ipynb")
    _call(folder, "assign", "p1.ipynb", "dist", "--no-run-tests")
    (tests_in_zip,) = (folder / "dist" / "autograder").glob("*.zip")
    submission = shutil.copy(folder / "dist" / "autograder" / "p1.ipynb", folder / "s0000.ipynb")
    costs = []
    for _ in range(2):  # the first compiles
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        _call(folder, "run", "-a", str(tests_in_zip), "-o", "out", str(submission))
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        costs.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return f"{costs[-1]:.1f} CPU-s"


def _call(folder: Path, *words: str) -> None:
    subprocess.run(["otter", *words], cwd=folder, capture_output=True, check=True)
