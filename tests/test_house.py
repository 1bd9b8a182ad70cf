"""The house keeps its own rules: one road, clean style, nothing of a machine, nothing generated."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TRACKED = subprocess.run(
    ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    capture_output=True,
    text=True,
    check=False,
).stdout.split("\0")
FILES = [ROOT / name for name in TRACKED if name and (ROOT / name).is_file()]
PAGES = [path for path in FILES if path.suffix == ".ipynb" and ROOT / "tests" not in path.parents]
TEXTS = [path for path in FILES if path.suffix not in {".png", ".zip", ".woff2", ".docx", ".db", ".ico"}]


def tool(*command):
    """Run the environment's Python in the repository."""
    return subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False)


def test_ruff_finds_nothing():
    """The style is checked by a tool, so that reviews can be about sense."""
    done = tool("-m", "ruff", "check", "--no-cache")

    assert done.returncode == 0, done.stdout


def test_ruff_would_format_nothing():
    """There is one way to lay out a file."""
    done = tool("-m", "ruff", "format", "--check", "--no-cache")

    assert done.returncode == 0, done.stdout


def test_the_road_is_one_way():
    """import-linter: learners' wing below, instructors' above, no circles."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def test_importing_the_course_reads_nothing():
    """`import course` must cost a graded page nothing: no pandas, no widgets, no data."""
    done = tool("-c", "import json, sys, course; print(json.dumps(list(sys.modules)))")
    loaded = {name.split(".")[0] for name in json.loads(done.stdout)}

    assert loaded & {"pandas", "ipywidgets", "anywidget", "ruamel", "pydantic", "nbformat"} == set()


def test_no_page_has_a_stored_output():
    """Outputs are made, never kept: a stored one would be stale, and could hold a path."""
    cells = {path.name: json.loads(path.read_text(encoding="utf-8"))["cells"] for path in PAGES}
    stored = [name for name, parts in cells.items() for cell in parts if cell.get("outputs")]

    assert PAGES
    assert stored == []


def test_no_file_names_a_machine():
    """No path of a home folder and no package host stands in any file."""
    home = re.compile(r"(?<![\w.])/(?:home|root|Users)/\w")
    host = re.compile(r"https?://[^\s/]*(?:pypi|pythonhosted|npmjs|debian)[^\s/]*")
    named = [
        path.relative_to(ROOT).as_posix()
        for path in TEXTS
        for text in [path.read_text(encoding="utf-8", errors="replace")]
        if home.search(text) or host.search(text)
    ]

    assert len(TEXTS) > 20
    assert named == []


def test_names_have_no_space():
    """A path with a space breaks somebody's script."""
    assert not [path for path in FILES if " " in path.relative_to(ROOT).as_posix()]
