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
from grading.engine.shells import ShellManager, ShellParent, clean_environment

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
    "asyncio.run(f())",
    "%%bash\necho from bash",
    "!echo from a command",
    "listed = !echo taken\nlisted",
    "print('before'); _ = os.system('echo from a system call'); print('after')",
    "import subprocess\n_ = subprocess.run(['echo', 'from a process'])",
    "import ctypes\n_ = ctypes.CDLL(None).puts(b'from C'); _ = ctypes.CDLL(None).fflush(None)",
    "warnings.warn('take care')",
    "input('your name?')",
    "import getpass\ngetpass.getpass()",
    "import signal\nsignal.signal(signal.SIGALRM, lambda *_: print('alarm'))\nsignal.raise_signal(signal.SIGALRM)",
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
    assert differences == []
    assert mine == wanted
