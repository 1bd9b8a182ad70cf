"""The forked shell gives what a stock kernel gives, and what it gives differently is said here."""

from __future__ import annotations

import copy
import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.preprocessors import Execute

from grading.compare import plain_page
from grading.engine.execute import ShellExecute
from grading.engine.parent import ShellParent, clean_environment
from grading.engine.shells import ShellManager

# What cells do in courses; each is run by a stock kernel and by a forked shell, and compared as a whole.
SAME = (
    "import os, sys, warnings\nprint('one'); print('two', file=sys.stderr)",
    "x = 1\nx",
    "1 / 0",
    "def broken(:\n    pass",
    "assert x == 2, 'x is not 2'",
    "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.title('t')\nplt.show()",
    "from IPython.display import HTML, display, update_display, clear_output\ndisplay(HTML('<b>b</b>'))",
    "handle = display('first', display_id='same')",
    "update_display('second', display_id='same')",
    "print('gone'); clear_output(); print('stays')",
    "import asyncio\nawait asyncio.sleep(0.01)\n'awaited'",
    "async def f():\n    return 3\nawait f()",
    "made = f()\ntry:\n    asyncio.run(made)\nexcept RuntimeError as error:\n    print(error)\nmade.close()",
    "%%bash\necho from bash",
    "!echo from a command",
    "listed = !echo taken\nlisted",
    "_ = os.system('echo from a system call')",  # among prints its place is a race in a stock kernel
    "import subprocess\n_ = subprocess.run(['echo', 'from a process'])",
    "import ctypes\n_ = ctypes.CDLL(None).puts(b'from C'); _ = ctypes.CDLL(None).fflush(None)",
    "warnings.warn('take care')",
    "input('your name?')",
    "import getpass\ngetpass.getpass()",
    "import signal\n_ = signal.signal(signal.SIGALRM, lambda *_: print('alarm'))\nsignal.raise_signal(14)",
    "signal.getsignal(signal.SIGINT)",
    "import ipywidgets\nslider = ipywidgets.IntSlider(value=3)\nslider",
    "out = ipywidgets.Output()\nwith out:\n    print('kept in the widget')\nout",
    "slider.value = 5\nslider.value",
    "import threading\nt = threading.Thread(target=print, args=('from a thread',)); t.start(); t.join()",
    "%timeit -n1 -r1 -q pass\n%who int",
    "sys.exit(3)",
    "_i, In[2], Out[2], __name__, type(get_ipython()).__name__, get_ipython().execution_count",
    "import inspect\ninspect.getsource(f)",
    "os.environ['NBGRADER_EXECUTION'], os.environ['TERM'], os.environ['MPLBACKEND']",
    "raise KeyboardInterrupt",
    "%magic_that_is_not",
    "'é ✓ ' + chr(0x1F600)",
    "get_ipython().kernel.shell is get_ipython()",
    "print('a\\rb', end=''); print('no newline', end='')",
)


def page_of(cells) -> nbformat.NotebookNode:
    """A page of code cells with fixed ids."""
    cells = [new_code_cell(source, id=f"cell-{number}") for number, source in enumerate(cells)]
    kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernelspec})


@pytest.fixture(scope="module")
def parent():
    """One parent of shells without a sandbox: what a sandbox changes is tested beside it."""
    with ShellParent() as started:
        yield started


@pytest.fixture
def execute(parent, tmp_path):
    """Runs cells in one forked shell; its page, and what ran it. The cells' folder is tmp_path / "work"."""
    folder = tmp_path / "work"
    folder.mkdir()
    environment = clean_environment(quiet=False) | {"NBGRADER_EXECUTION": "autograde"}

    def run(*cells, **settings):
        page = page_of(cells)
        executed = ShellExecute(
            lambda: ShellManager(
                parent.controls[0], folder, environment, output_bytes=16_000_000, watched=False
            ),
            **settings,
        )
        executed.preprocess(page, {})
        return page, executed

    return run


def compared(page, folder):
    """A page as the comparison sees it."""
    path = folder / "page.ipynb"
    nbformat.write(page, path)
    return plain_page(path)


def test_cells_give_what_a_stock_kernel_gives(execute, tmp_path, monkeypatch):
    """Outputs, errors with their tracebacks, numbers of execution and the states of widgets."""
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # a stock kernel under a test run keeps no descriptors
    monkeypatch.delenv("PYTHONWARNINGS", raising=False)
    theirs = page_of(SAME)
    stock = tmp_path / "stock"
    stock.mkdir()
    Execute().preprocess(theirs, {"metadata": {"path": str(stock)}})
    ours, _ = execute(*SAME)
    mine, wanted = compared(ours, tmp_path), compared(copy.deepcopy(theirs), tmp_path)
    differences = [
        (cell["source"], cell["outputs"], other["outputs"])
        for cell, other in zip(mine["cells"], wanted["cells"], strict=True)
        if cell != other
    ]
    assert differences == [], differences
    assert mine == wanted


def test_a_cell_that_does_not_end_is_interrupted_and_the_next_one_runs(execute):
    """As nbgrader: an error in the cell that took too long, and the cells after it have their points."""
    page, executed = execute("while True:\n    pass", "'still here'", timeout=1)
    assert [output.ename for output in page.cells[0].outputs] == ["KeyboardInterrupt", "CellTimeoutError"]
    assert page.cells[1].outputs[0].data["text/plain"] == "'still here'"
    assert executed.flags == ()


GRADED = {"grade": True, "solution": False, "locked": True, "task": False, "schema_version": 3, "points": 1}


@pytest.mark.parametrize(
    "ending",
    [
        "import os\nos._exit(0)",
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass",
    ],
    ids=["a process that ends itself", "a cell that cannot be interrupted"],
)
def test_a_shell_that_is_gone_costs_no_cell_before_it(parent, tmp_path, ending):
    """The points before stay, the graded cells after have none and are flagged."""
    page = page_of(["'before'", ending, "'after'"])
    for number, cell in enumerate(page.cells):
        cell.metadata.nbgrader = {**GRADED, "grade_id": f"part-{number}"}
    executed = ShellExecute(
        lambda: ShellManager(
            parent.controls[0],
            tmp_path,
            clean_environment(quiet=False),
            output_bytes=16_000_000,
            watched=False,
        ),
        timeout=1,
        iopub_timeout=1,
    )
    executed.preprocess(page, {})
    assert page.cells[0].outputs[0].data["text/plain"] == "'before'"
    assert [cell.outputs[-1].ename for cell in page.cells[1:]] == ["Stopped", "Stopped"]
    assert {flag.grade_id: flag.code for flag in executed.flags} == {"part-1": "stopped", "part-2": "stopped"}


def test_two_shells_draw_different_random_numbers(execute):
    """A fork has its parent's memory: the seeds are drawn anew."""
    source = "import random, uuid, numpy\n(random.random(), numpy.random.rand(), uuid.uuid4().hex[:8])"
    drawn = {execute(source)[0].cells[0].outputs[0].data["text/plain"] for _ in range(3)}
    numbers = [json.loads(text.replace("(", "[").split(",")[0] + "]") for text in drawn]
    assert len(drawn) == 3
    assert len({number for (number,) in numbers}) == 3


def test_what_was_registered_for_the_end_is_called(execute, tmp_path):
    """As in a kernel that is shut down; a file that it writes is there afterwards."""
    execute("import atexit, pathlib\n_ = atexit.register(pathlib.Path('ended.txt').write_text, 'yes')")
    assert (tmp_path / "work" / "ended.txt").read_text() == "yes"


def test_nothing_of_one_page_is_seen_by_the_next(execute):
    """Names, numbers of execution and files in memory begin anew."""
    execute("import sys\nsys.left_behind = 1\nleft_behind = 2")
    page, _ = execute("import sys\nhasattr(sys, 'left_behind'), 'left_behind' in globals(), In")
    text = page.cells[0].outputs[0].data["text/plain"]
    assert text.startswith("(False,\n False,\n [''") or text.startswith("(False, False, [''")
    assert page.cells[0].execution_count == 1


def test_output_without_end_is_cut_and_the_rest_goes_on(execute):
    """What a cell writes is bounded; the cells after it are run."""
    page, executed = execute("for _ in range(300):\n    print('x' * 100_000)", "'after'")
    written = sum(len(output.text) for output in page.cells[0].outputs)
    assert 3_900_000 < written < 4_100_000
    assert page.cells[1].outputs[0].data["text/plain"] == "'after'"
    assert executed.flags == ()


def test_a_line_that_no_shell_sealed_ends_the_shell(execute):
    """A submission finds the socket among its open files; a forged answer counts for nothing."""
    forge = (
        "import os, socket\n"
        "for number in map(int, os.listdir('/proc/self/fd')):\n"
        "    try:\n"
        "        socket.socket(fileno=os.dup(number)).send(b'0' * 64 + b' {\"header\": {}}\\n')\n"
        "    except OSError:\n"
        "        pass\n"
    )
    page, _ = execute(forge, "'after'")
    assert "no message" in page.cells[0].outputs[-1].evalue
    assert page.cells[1].outputs[-1].ename == "Stopped"
