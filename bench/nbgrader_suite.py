"""nbgrader's own tests of its autograde command, as they come in its wheel, with our command in its place."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from rich.table import Table

PLUGIN = """\
from nbgrader.apps.nbgraderapp import NbGraderApp

from grading.app import GradingAutogradeApp

NbGraderApp.subcommands = {**NbGraderApp.subcommands, "autograde": (GradingAutogradeApp, "ours")}
"""


def run_nbgrader_tests(folder: Path, chosen: str = "") -> tuple[dict[str, int], str]:
    """How many of nbgrader's tests passed, failed and were skipped, and what pytest printed.

    `chosen` is an expression of pytest's `-k`; all 42 tests without one. `folder` must be empty.
    """
    (folder / "ours_in_its_place.py").write_text(PLUGIN)
    commands = Path(sys.executable).parent
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "ours_in_its_place", "-p", "no:cacheprovider"),
            *("-o", "addopts=", f"--rootdir={folder}", "-k", chosen),
            *("--pyargs", "nbgrader.tests.apps.test_nbgrader_autograde"),
        ],
        cwd=folder,
        env={
            **os.environ,
            "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(folder),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    counts = re.findall(r"(\d+) (passed|failed|skipped)", (done.stdout.splitlines() or [""])[-1])
    return {kind: int(count) for count, kind in counts}, done.stdout


def count_nbgrader_tests(_root: Path, folder: Path) -> Table:
    """All of them; with nbgrader's own command 40 pass and 2 are skipped."""
    counts, _ = run_nbgrader_tests(folder)
    table = Table("outcome", "ours", "stock", title="nbgrader's own tests of autograde")
    for kind, stock in (("passed", 40), ("failed", 0), ("skipped", 2)):
        table.add_row(kind, str(counts.get(kind, 0)), str(stock))
    return table
