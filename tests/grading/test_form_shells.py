"""What makes forms cheap: the page is rehearsed before all forks, and one shell takes page after page."""

from __future__ import annotations

import ast
import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbclient.util import run_sync

from grading.engine.execute import ShellExecute
from grading.engine.kept import KeptShell
from grading.engine.parent import Rehearsal, ShellParent, clean_environment
from tests.grading.test_engine import page_of

STATE = """\
import os, sys
here = os.getpid(), os.getcwd(), In
(*here, len(Out), _, "left" in globals(), "colorsys" in sys.modules)"""


def run_in(shell: KeptShell, *cells: str):
    """One page in the shell."""
    page = page_of(cells)
    ShellExecute(lambda: shell).preprocess(page, {})
    return page


def state_of(page) -> tuple:
    """What the last cell saw of its shell."""
    return ast.literal_eval(page.cells[-1].outputs[-1].data["text/plain"])


@pytest.fixture(scope="module")
def parent(tmp_path_factory):
    """A parent that has rehearsed a page with a file beside it."""
    data = tmp_path_factory.mktemp("source") / "data.txt"
    data.write_text("beside", encoding="utf-8")
    cells = ("import colorsys\nleft = open('data.txt').read()\nassert left == 'beside'\nleft", "1 / 0")
    with ShellParent(preload=(), quiet=True, rehearsal=Rehearsal(cells, {"data.txt": data})) as started:
        yield started


@contextlib.contextmanager
def kept_shell(parent: ShellParent, folder: Path) -> Iterator[KeptShell]:
    """A kept shell, ended at the end: a worker's ends with its worker, ours would hold its socket."""
    shell = KeptShell(
        parent.controls[0], folder, clean_environment(quiet=True), output_bytes=1_000_000, watched=False
    )
    try:
        yield shell
    finally:
        run_sync(shell.shutdown_kernel)(now=True)


@pytest.fixture
def shell(parent, tmp_path) -> Iterator[KeptShell]:
    """A shell of that parent."""
    with kept_shell(parent, tmp_path) as shell:
        yield shell


def test_each_page_in_a_kept_shell_begins_as_after_a_fork(shell, tmp_path):
    """Names, results, numbers and the folder are new; the process is the same, and so is what it imported."""
    first = state_of(run_in(shell, STATE))
    run_in(shell, "left = 1\nleft", "1 / 0", "print('x')")
    shell.folder = tmp_path / "another"
    shell.folder.mkdir()
    page = run_in(shell, STATE)
    again = state_of(page)
    assert page.cells[0].execution_count == 1
    assert first[1:] == (str(tmp_path), ["", STATE], 0, "", False, True)
    assert again == (first[0], str(shell.folder), *first[2:])


def test_a_kept_shell_that_ended_is_replaced(shell):
    """The page that ended it is told so; the next one has a shell of its own."""
    pid = state_of(run_in(shell, STATE))[0]
    page = run_in(shell, "import os\nos._exit(0)")
    assert page.cells[0].outputs[-1].ename == "Stopped"
    assert state_of(run_in(shell, STATE))[0] != pid


def test_no_command_line_shows_what_is_rehearsed(parent):
    """The hidden tests are among it, and command lines are read by everybody on a computer."""
    line = Path(f"/proc/{parent.process.pid}/cmdline").read_bytes()
    assert b"rehearsal" in line
    assert b"beside" not in line


def test_a_page_that_starts_threads_is_not_rehearsed(tmp_path):
    """No thread survives a fork: then each shell does it all itself, as in a kernel."""
    cell = "import threading, time\nthreading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
    rehearsal = Rehearsal((f"import colorsys\n{cell}",), {})
    with (
        ShellParent(preload=(), quiet=True, rehearsal=rehearsal) as parent,
        kept_shell(parent, tmp_path) as shell,
    ):
        assert state_of(run_in(shell, STATE))[6] is False
