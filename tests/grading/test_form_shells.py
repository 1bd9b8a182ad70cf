"""What makes forms cheap: a worker is its own shell, and takes page after page, each as after a start."""

from __future__ import annotations

import ast
import json
import multiprocessing
import os
import shutil
import time
from pathlib import Path

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from nbformat.v4 import nbbase, nbjson

from grading.autograde import autograde_assignment
from grading.compare import plain_page
from grading.engine.execute import ShellExecute
from grading.engine.forms import FormExecute, FormParent
from grading.engine.parent import ShellParent, clean_environment
from grading.engine.shells import ShellManager
from grading.engine.written import written
from grading.release import release_assignment
from grading.workspace import Workspace
from tests.grading.handins import write_assignment
from tests.grading.test_engine import page_of

STATE = """\
import os, sys, random
here = os.getpid(), os.getcwd(), In
(*here, len(Out), _, "left" in globals(), random.random())"""
ORDINARY = (
    "import os, sys, warnings\nprint('one'); print('two', file=sys.stderr)",
    "warnings.warn('take care')",
    "from IPython.display import HTML, display\ndisplay(HTML('<b>b</b>'))\n1.5",
    "handle = display('first', display_id='same')",
    "handle.update('second')",
    "1 / 0",
    "def broken(:\n    pass",
    "from IPython.display import clear_output\nprint('gone'); clear_output(); print('stays')",
    "2.0;",
    "_ = os.system('echo from a system call')",
    "os.environ['NBGRADER_EXECUTION'], os.environ['TERM'], sorted(os.environ) == sorted(set(os.environ))",
    "_i, In[2], __name__, type(get_ipython()).__name__, get_ipython().execution_count",
)
PARENT = FormParent(1)


def run_pages(*pages: tuple[Path, tuple[str, ...]], seconds: int = 30) -> list[dict]:
    """In a worker: pages in its one shell, each in its folder."""
    done = []
    for folder, cells in pages:
        page = page_of(cells)
        execute = FormExecute(PARENT.shell(), folder, 60)
        execute.timeout = seconds
        execute.preprocess(page, {})
        done.append(json.loads(json.dumps(page)))
    return done


@pytest.fixture
def worker():
    """A process that may become a shell."""
    with multiprocessing.get_context("fork").Pool(1) as pool:
        yield lambda *pages, **more: pool.apply_async(run_pages, pages, more).get(60)


def state_of(page: dict) -> tuple:
    """What the last cell saw of its shell."""
    return ast.literal_eval(page["cells"][-1]["outputs"][-1]["data"]["text/plain"])


def test_each_page_begins_as_after_a_start(worker, tmp_path):
    """Names, results, numbers and the folder are new; the process is the same, and chance is another."""
    another = tmp_path / "another"
    another.mkdir()
    left = ("left = 1\nleft", "1 / 0", "print('x')")
    first, _, second = worker((tmp_path, (STATE,)), (tmp_path, left), (another, (STATE,)))
    before, after = state_of(first), state_of(second)
    assert second["cells"][0]["execution_count"] == 1
    assert before[1:-1] == (str(tmp_path), ["", STATE], 0, "", False)
    assert after[:-1] == (before[0], str(another), *before[2:-1])
    assert after[-1] != before[-1]


def test_a_page_gives_what_it_gives_in_a_forked_shell(worker, tmp_path):
    """Outputs, numbers and metadata, also of what fails; a kernel's own are compared with those elsewhere."""
    (ours,) = worker((tmp_path, ORDINARY))
    forked = page_of(ORDINARY)
    with ShellParent(preload=(), quiet=True) as parent:
        environment = clean_environment(quiet=True) | {"NBGRADER_EXECUTION": "autograde"}

        def open_shell() -> ShellManager:
            return ShellManager(
                parent.controls[0], tmp_path, environment, output_bytes=1_000_000, watched=False
            )

        ShellExecute(open_shell).preprocess(forked, {})
    pages = {"ours.ipynb": nbformat.from_dict(ours), "forked.ipynb": forked}
    for name, page in pages.items():
        nbformat.write(page, tmp_path / name)
    plain = [plain_page(tmp_path / name) for name in pages]
    assert plain[0] == plain[1]


def test_a_page_that_does_not_end_is_interrupted_and_the_next_one_is_whole(worker, tmp_path):
    """The cell that took too long says so; nothing of it is left."""
    begun = time.monotonic()
    slow, after = worker((tmp_path, ("while True: pass",)), (tmp_path, ("1.5",)), seconds=1)
    assert time.monotonic() - begun < 20
    assert slow["cells"][0]["outputs"][-1]["ename"] == "KeyboardInterrupt"
    assert after["cells"][0]["outputs"][-1]["data"]["text/plain"] == "1.5"


def test_a_worker_that_dies_stops_no_other_hand_in(graded, tmp_path):
    """The one whose page ended it is not graded, and told so; every other has points."""
    copy = Workspace(Path(shutil.copytree(graded.root, tmp_path / "graded")))
    test = "import json, os\nif json.load(open('answers.json'))['student_id'] == 'ori-01':\n"
    broken = f"### BEGIN HIDDEN TESTS\n{test}    os._exit(0)\n1.0\n### END HIDDEN TESTS"
    write_assignment(tmp_path / "broken", q1=broken)
    release_assignment(copy, "a90", assignments=tmp_path / "broken")
    results = autograde_assignment(copy, "a90", force=True, workers=1)
    assert {r.student: r.outcome for r in results} == {
        "dra-01": "graded",
        "ori-01": "failed",
        "ori-02": "graded",
    }
    assert "was stopped" in next(r.reason for r in results if r.student == "ori-01")


def test_the_command_itself_stays_as_it_was(graded, tmp_path):
    """A worker changes its whole process: environment, folder and streams. The command's are its own."""
    copy = Workspace(Path(shutil.copytree(graded.root, tmp_path / "graded")))
    before = dict(os.environ), Path.cwd()
    autograde_assignment(copy, "a90", students=["ori-01"], force=True)
    assert (dict(os.environ), Path.cwd()) == before
    assert nbbase.validate.__module__ == "nbformat.v4.nbbase"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(source=st.text(), data=st.dictionaries(st.text(), JSON, max_size=4), text=st.text())
def test_a_page_is_written_as_nbformat_writes_it(source, data, text):
    """Letter by letter, whatever stands in it."""
    page = page_of([source, source])
    page.cells[0].outputs = [
        nbformat.from_dict({"output_type": "display_data", "data": data, "metadata": {}})
    ]
    page.cells[1].outputs = [nbformat.from_dict({"output_type": "stream", "name": "stdout", "text": text})]
    assert nbjson.writes(page) == written(page)
