"""IPython's own kernel without sockets: requests come as lines of JSON, its messages go back so.

Runs in the parent of all shells and, after the fork, beside the submitted code. It holds
nothing that a submission may not see.
"""

from __future__ import annotations

import asyncio
import atexit
import hmac
import inspect
import json
import logging
import os
import random
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import SimpleNamespace
from typing import Any

from ipykernel.ipkernel import IPythonKernel
from tornado.ioloop import IOLoop
from tornado.platform import asyncio as _tornado_on_asyncio  # noqa: F401 - before the fork
from traitlets.config import Config

from grading.engine.streams import FileStream, LineSession, NoThread
from grading.sandbox.watch import Watch

EXIT_SECONDS = 5  # for what a submission registered to be called at its end


class Shell(IPythonKernel):
    """One kernel for one notebook. `make_shell` builds it before the fork, `serve` runs after it."""

    streams: tuple[FileStream, FileStream]

    def begin_page(self, folder: str, names: dict[str, Any]) -> None:
        """As after a start, for a page that no learner's code came before; `names` are a new shell's."""
        os.chdir(folder)
        reseed()
        hook, hidden = self.shell.displayhook, self.shell.user_ns_hidden
        for number in range(1, hook.prompt_count + 1):  # as the hook's own flush, which collects garbage too
            hidden.pop(f"_{number}", None)
        names["_oh"].clear()
        hook._ = hook.__ = hook.___ = ""
        self.shell.history_manager.reset(new_session=False)
        for told in (self.shell.history_manager.input_hist_parsed, self.shell.history_manager.input_hist_raw):
            told[:] = [""]
        self.shell.execution_count = 1
        self.shell.user_ns.clear()
        self.shell.user_ns.update(names)

    def open_descriptors(self) -> tuple[int, ...]:
        """Before the fork: what must stay open in the child for its output."""
        return tuple(descriptor for stream in self.streams for descriptor in stream.open_descriptors())

    async def answer(self, request: dict[str, Any]) -> None:
        """Do what one request of nbclient asks, with all its messages, as ipykernel's own dispatcher."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, FileStream):
                stream.begin_cell()
        self.set_parent([], request, channel="shell")
        self._publish_status("busy", "shell", parent=request)
        handler = self.shell_handlers.get(request["header"]["msg_type"])
        try:
            self.pre_handler_hook()
            if handler is not None:
                result = handler(None, [], request)
                if inspect.isawaitable(result):
                    await result
        except BaseException as error:
            if not isinstance(error, (Exception, KeyboardInterrupt)):
                raise
            self.log.error("Exception in message handler:", exc_info=True)
        finally:
            self.post_handler_hook()
        for stream in (sys.stdout, sys.stderr):
            with suppress(AttributeError, ValueError, OSError):  # a submission may have replaced them
                stream.flush()
        self._publish_status("idle", "shell", parent=request)


def make_shell() -> Shell:
    """A kernel with its shell, not connected to anything yet."""
    config = Config()
    config.HistoryManager.enabled = False  # it would start a thread, which no fork survives
    thread = NoThread()
    session = LineSession()
    session.owner = os.getpid()
    shell = Shell.instance(  # as its class asks: comms look for it there
        config=config,
        log=logging.getLogger(__name__),
        session=session,
        iopub_thread=thread,
        iopub_socket=thread.background_socket,
        shell_channel_thread=SimpleNamespace(parent_thread=threading.main_thread()),
    )
    # only `%notebook` reads it, and it would format each traceback a second time
    shell.shell._format_exception_for_storage = lambda exception, **_: {
        "ename": type(exception).__name__,
        "evalue": "",
        "traceback": [],
    }
    shell.shell.transform_cell = _transformed_once(shell.shell.transform_cell)
    shell._execute_sleep = 0  # ipykernel waits for its thread after each cell; here is none
    shell.streams = (
        FileStream(session, thread, "stdout"),
        FileStream(session, thread, "stderr"),
    )
    return shell


def _transformed_once(transform: Callable[[str], str]) -> Callable[[str], str]:
    """ipykernel makes Python of a cell, then IPython of the very same text: a millisecond each."""
    known: tuple[str, str] | None = None

    def transformed(source: str) -> str:
        nonlocal known
        if known is None or known[0] is not source:
            known = (source, transform(source))
        return known[1]

    return transformed


def warm_up(shell: Shell) -> None:
    """Do once what every fork would do again: look at all modules, prepare colours and formats.

    The first traceback costs 0.12 s, since `inspect` looks where each loaded module lies.
    """
    with _unseen(shell):
        shell.shell.run_cell("def fails():\n    assert None == 1, 'x'\nfails()", store_history=False)
    pandas = sys.modules.get("pandas")
    if pandas is not None:
        shell.shell.display_formatter.format(pandas.DataFrame({"a": [1.5]}))
    inspect.getmodule(sys._getframe())


@contextmanager
def _unseen(shell: Shell) -> Iterator[None]:
    """Cells that run in here leave no name, no number, no result and no word behind."""
    before = dict(shell.shell.user_ns)
    outer = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = shell.streams
    try:
        yield
    finally:
        sys.stdout, sys.stderr = outer
    for stream in shell.streams:
        stream._rotate_buffers()
    shell.shell.displayhook.flush()
    shell.shell.user_ns.clear()
    shell.shell.user_ns.update(before)
    shell.shell._last_traceback = None
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        if hasattr(sys, name):
            delattr(sys, name)


def serve(shell: Shell, channel: socket.socket, seal: str, *, watched: bool) -> None:
    """Answer requests until the other side ends the talk. Called once, after the fork.

    Each line that is sent begins with its HMAC under `seal`: code of a submission finds the
    socket among the open files, but not what makes a line count. `watched` notes what a
    submission must not change, for the question that comes after its last cell.
    """
    shell.session.owner = os.getpid()
    shell.session.transmit = sealed_lines(channel, seal)
    reseed()
    sys.stdout, sys.stderr = shell.streams
    for number, stream in enumerate(shell.streams, start=1):
        stream.attach(number)
    asyncio.run(_serve(shell, channel, watched))
    deadline = threading.Timer(EXIT_SECONDS, os._exit, (0,))
    deadline.daemon = True
    deadline.start()
    atexit._run_exitfuncs()  # a submission may have left some, as in a kernel that is shut down


def sealed_lines(channel: socket.socket, seal: str) -> Callable[[list[bytes]], None]:
    """Sends lines, each with its seal, which stands nowhere but in here."""
    key = seal.encode()

    def transmit(lines: list[bytes]) -> None:
        sealed = (hmac.digest(key, line, "sha256").hex().encode() + b" " + line + b"\n" for line in lines)
        channel.sendall(b"".join(sealed))

    return transmit


def reseed() -> None:
    """Draw new seeds: a fork would give every submission the same random numbers."""
    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()


async def _serve(shell: Shell, channel: socket.socket, watched: bool) -> None:
    watch = Watch(shell.shell) if watched else None
    channel.setblocking(True)
    shell.io_loop = IOLoop.current()
    requests: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()
    pending = bytearray()

    def receive() -> None:
        received = channel.recv(1 << 16)
        if not received:
            loop.remove_reader(channel)
            requests.put_nowait(None)
            return
        pending.extend(received)
        while (end := pending.find(b"\n")) >= 0:
            line = bytes(pending[:end])
            del pending[: end + 1]
            requests.put_nowait(json.loads(line))

    loop.add_reader(channel, receive)
    while (request := await requests.get()) is not None:
        kind = request["header"]["msg_type"]
        if kind == "shutdown_request":
            return
        if kind == "watch_request" and watch is not None:
            shell.session.send(None, "watch_reply", {"tampered": watch.tampered()}, request["header"])
            continue
        await shell.answer(request)
