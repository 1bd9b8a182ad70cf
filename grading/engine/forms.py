"""Grades the pages of forms in the worker itself: no learner's code is in them, nothing is to be shut in.

A form's page is the instructor's own, the same for every learner; what differs is the file of
answers that its tests read. So it is sanitized once, and one IPython kernel of a worker takes
page after page. Each page is executed and judged for itself, by nbgrader's own preprocessors.
"""

from __future__ import annotations

import asyncio
import gc
import os
import resource
import signal
import sys
import tempfile
import time
import warnings
from collections import deque
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from ipykernel.compiler import get_file_name
from nbclient.client import NotebookClient
from nbclient.util import run_hook, run_sync
from nbformat import NotebookNode
from nbformat.v4 import nbbase
from nbgrader.preprocessors import Execute
from tornado.ioloop import IOLoop

from grading.engine.parent import clean_environment
from grading.engine.shell import Shell, make_shell
from grading.records import Flag


class FormParent:
    """Stands in the place of a ShellParent where the pages are forms: each worker is its own shell.

    `sanitized` holds the pages that nbgrader's preprocessors have brought into order, by their
    names; each worker fills its own. Use it in a `with` block.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.sanitized: dict[str, Any] = {}
        self._shell: FormShell | None = None
        self._place = tempfile.TemporaryDirectory(prefix="grading-")

    def shell(self) -> FormShell:
        """The one shell of this worker. Call it in a worker alone: it changes the whole process."""
        if self._shell is None:
            self._shell = FormShell(Path(self._place.name).resolve() / str(os.getpid()))
        return self._shell

    def enter_worker(self, _worker: int) -> None:
        """Nothing is held for other workers."""

    def end_shells(self, _worker: int) -> None:
        """The shell of a worker ended with it."""

    def __enter__(self) -> FormParent:
        return self

    def __exit__(self, *_error: object) -> None:
        self._place.cleanup()


class FormShell:
    """IPython's own kernel in this process, without sockets. nbclient takes it for a kernel's client."""

    allow_stdin = False

    def __init__(self, place: Path) -> None:
        place.mkdir()
        os.environ.clear()
        os.environ.update(
            clean_environment(quiet=True), IPYTHONDIR=str(place), NBGRADER_EXECUTION="autograde"
        )
        warnings.simplefilter("ignore")
        sys.argv = ["ipykernel_launcher.py", "-f", "kernel.json"]
        sys.modules.setdefault("debugpy", None)  # takes longer to import than a page, and says so on stderr
        self.kernel = make_shell()
        gc.freeze()  # what was imported is no garbage
        remember_texts(self.kernel)
        self.kernel.pre_handler_hook = self.kernel.post_handler_hook = lambda: None  # interrupts are ours
        signal.signal(signal.SIGALRM, signal.default_int_handler)
        self.kernel.session.send = self._take
        self.names = dict(self.kernel.shell.user_ns)
        self.language = self.kernel.language_info
        self.shell_channel, self.iopub_channel = Told(), Told()
        self.seconds: float | None = None
        for number, stream in enumerate(self.kernel.streams, start=1):
            stream.open_descriptors()
            stream.attach(number)
        sys.stdout, sys.stderr = self.kernel.streams

    def begin_page(self, folder: Path, seconds: float | None, cpu_seconds: float) -> None:
        """As after a start, in `folder`. A cell is interrupted after `seconds`, and after
        `cpu_seconds` more this process is ended by the system.
        """
        self.kernel.begin_page(str(folder), self.names)
        for channel in (self.shell_channel, self.iopub_channel):
            channel.messages.clear()
        self.kernel.io_loop = IOLoop.current()
        self.seconds = seconds
        _, most = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time() + cpu_seconds), most))

    async def execute(self, code: str, store_history: bool = True, stop_on_error: bool = True) -> str:
        """Run one cell to its end; returns the id that its messages name."""
        content = {
            "code": code,
            "silent": False,
            "store_history": store_history,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": stop_on_error,
        }
        request = self.kernel.session.msg("execute_request", content)
        signal.setitimer(signal.ITIMER_REAL, max(0, self.seconds or 0))
        try:
            await self.kernel.answer(request)
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        return request["header"]["msg_id"]

    def _take(
        self, _stream, msg_or_type, content=None, parent=None, _ident=None, metadata=None, **_
    ) -> dict[str, Any]:
        """Keep a message for nbclient, in the place of sending it."""
        message = msg_or_type
        if not isinstance(message, dict):
            message = self.kernel.session.msg(message, content=content, parent=parent, metadata=metadata)
        channel = self.shell_channel if message["msg_type"].endswith("_reply") else self.iopub_channel
        channel.messages.append(message)
        return message


class Told:
    """The messages of one kind, in order. nbclient takes it for a kernel's channel."""

    def __init__(self) -> None:
        self.messages: deque[dict[str, Any]] = deque()

    def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message: a cell has ended before it is asked what it said."""
        return self.messages.popleft()

    def send(self, message: dict[str, Any]) -> NoReturn:
        """Raises RuntimeError: widgets would speak to the shell in this way, and no form has any."""
        raise RuntimeError("a form's page has no widgets")


def remember_texts(kernel: Shell) -> None:
    """What IPython works out from the text of a cell, it works out once: each page has the same texts."""
    shell = kernel.shell
    name_of = cache(get_file_name)
    shell.compile.get_code_name = lambda raw, _transformed, _number: name_of(raw)
    shell.transform_cell = cache(shell.transform_cell)
    shell.displayhook.semicolon_at_end_of_expression = cache(shell.displayhook.semicolon_at_end_of_expression)


class FormExecute(Execute):
    """nbgrader's Execute, with the worker's own shell in the place of a kernel.

    Each output is validated with the whole page, once, by who writes it.
    """

    flags: tuple[Flag, ...] = ()

    def __init__(self, shell: FormShell, folder: Path, cpu_seconds: float, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.shell = shell
        self.folder = folder
        self.cpu_seconds = cpu_seconds

    def preprocess(
        self, nb: NotebookNode, resources: Any = None, km: Any = None
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Run all cells of one page, in place."""
        NotebookClient.__init__(self, nb, km)
        self.reset_execution_trackers()
        self._check_assign_resources(resources)
        self.kc = self.shell
        run_sync(self._run_cells)()
        return self.nb, self.resources

    async def _run_cells(self) -> None:
        self.shell.begin_page(self.folder, self.timeout, self.cpu_seconds)
        await run_hook(self.on_notebook_start, notebook=self.nb)
        self.nb.metadata["language_info"] = self.shell.language
        for place, cell in enumerate(self.nb.cells):
            await self.async_execute_cell(cell, place, store_history=True)
        self.set_widgets_metadata()
        await run_hook(self.on_notebook_complete, notebook=self.nb)

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """As nbclient's, which would have jsonschema look at each output."""
        before = nbbase.validate
        nbbase.validate = _later
        try:
            return super().output(outs, msg, display_id, cell_index)
        finally:
            nbbase.validate = before

    async def _async_poll_kernel_alive(self) -> None:
        """It is this process."""
        await asyncio.get_running_loop().create_future()


def _later(_node: NotebookNode, ref: str | None = None) -> None:
    """The whole page is validated before it is written."""
