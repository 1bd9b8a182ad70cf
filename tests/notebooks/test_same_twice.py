"""A page shows the same today and tomorrow: run in two processes it gives the same outputs."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from course.files import find_root

ROOT = find_root()
EXECUTE = Path(__file__).with_name("execute.py")
PAGES = sorted((ROOT / "modules").glob("*/*.ipynb")) + sorted((ROOT / "pages").glob("*.ipynb"))


@cache
def run_twice():
    """What the pages show in each of two processes that know nothing of each other: {page: outputs}."""
    command = [sys.executable, str(EXECUTE), *map(str, PAGES)]
    processes = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)
    ]
    said = [process.communicate(timeout=240) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], said
    return [json.loads(out) for out, _ in said]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_two_processes_show_the_same(path):
    """Nothing random, dated or ordered by chance reaches a reader."""
    first, second = run_twice()

    assert first[str(path)]
    assert first[str(path)] == second[str(path)]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_output_has_a_static_twin(path):
    """Whatever is live is also there as HTML: the page teaches with no machine behind it."""
    for shown in run_twice()[0][str(path)]:
        assert "text/html" in shown
