"""nbgrader's own tests of its autograde command, as they come in its wheel, with our command in its place."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PLUGIN = """\
from nbgrader.apps.nbgraderapp import NbGraderApp

from grading.app import GradingAutogradeApp

NbGraderApp.subcommands = {**NbGraderApp.subcommands, "autograde": (GradingAutogradeApp, "ours")}
"""


@pytest.mark.skipif(not os.environ.get("CI"), reason="takes minutes; CI=true runs it")
def test_nbgraders_own_tests_pass_with_our_command(tmp_path):
    """40 pass and 2 are skipped, as with nbgrader's own command."""
    (tmp_path / "ours_in_its_place.py").write_text(PLUGIN)
    commands = Path(sys.executable).parent
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "ours_in_its_place", "-p", "no:cacheprovider"),
            *("-o", "addopts=", f"--rootdir={tmp_path}"),
            *("--pyargs", "nbgrader.tests.apps.test_nbgrader_autograde"),
        ],
        cwd=tmp_path,
        env={
            **os.environ,
            "PATH": f"{commands}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    counts = dict(re.findall(r"(\d+) (passed|failed|skipped)", done.stdout.splitlines()[-1]))
    assert {kind: int(count) for count, kind in counts.items()} == {"passed": 40, "skipped": 2}, done.stdout
