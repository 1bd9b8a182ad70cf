"""IPython's own kernel without sockets: requests come as lines of JSON, its messages go back so.

Runs in the parent of all shells and, after the fork, beside the submitted code. It holds
nothing that a submission may not see.
"""

from __future__ import annotations

import asyncio
import atexit
import base64
import fcntl
import hmac
import inspect
import json
import logging
import os
import random
import socket
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

from ipykernel.iostream import BackgroundSocket, IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from jupyter_client.session import Session, json_default
from tornado.ioloop import IOLoop
from tornado.platform import asyncio as _tornado_on_asyncio  # noqa: F401 - before the fork
from traitlets.config import Config

from grading.sandbox.watch import Watch

ENOUGH = 4_000_000  # characters one cell may write; nbgrader keeps a thousand lines of them
TOO_LONG = 12_000_000  # bytes of one message, such as a drawing
ENOUGH_SAID = "\n... what follows was not kept: the output was too long ...\n"
EXIT_SECONDS = 5  # for what a submission registered to be called at its end


class LineSession(Session):
    """Sends a message as one line of JSON through a socket, instead of frames through ZeroMQ."""

    transmit: Callable[[bytes], None] | None = None

    def send(
        self, _stream, msg_or_type, content=None, parent=None, ident=None, buffers=None, metadata=None, **_
    ):
        """Send one message; binary buffers travel as base64. Forked children of a shell send nothing."""
        if isinstance(msg_or_type, dict):
            message = msg_or_type
            buffers = buffers or message.get("buffers")
        else:
            message = self.msg(msg_or_type, content=content, parent=parent, metadata=metadata)
        if self.transmit is None or os.getpid() != self.owner:
            return message
        parcel = {
            "header": message["header"],
            "parent_header": message["parent_header"],
            "metadata": message["metadata"],
            "content": message["content"],
            "buffers": [base64.b64encode(memoryview(buffer)).decode() for buffer in buffers or ()],
        }
        line = json.dumps(parcel, default=json_default, separators=(",", ":")).encode("utf-8", "replace")
        if len(line) > TOO_LONG:
            return self.send(
                None, "stream", {"name": "stdout", "text": ENOUGH_SAID}, message["parent_header"]
            )
        self.transmit(line)
        return message


class NoThread(IOPubThread):
    """Stands where ipykernel keeps a thread that sends: here everything is sent at once."""

    def __init__(self) -> None:  # the base would open sockets
        self.thread = None
        self.socket = None
        self.io_loop = SimpleNamespace(call_later=lambda *_: None)
        self.background_socket = BackgroundSocket(self)

    def schedule(self, task) -> None:
        """Call it now."""
        task()


class FileStream(OutStream):
    """A stream of a cell, with all that was written to its file descriptor in the right place.

    The descriptor is a file in memory: what C code and other processes write to it is
    looked for before each write of Python's own and at the end of the cell.
    """

    def __init__(self, session: Session, thread: NoThread, name: str) -> None:
        super().__init__(session, thread, name, watchfd=False)
        self._seen = 0
        self._since: float | None = None
        self._written = 0
        self._descriptor: int | None = None

    def open_descriptors(self) -> tuple[int, int]:
        """Before the fork: the file in memory, and what `fileno` gives; both must stay open in the child."""
        memory = os.memfd_create(self.name) if hasattr(os, "memfd_create") else _unnamed_file()
        fcntl.fcntl(memory, fcntl.F_SETFL, os.O_APPEND)  # several processes write to it
        self._descriptor, self._original_stdstream_copy = memory, os.open(os.devnull, os.O_WRONLY)
        return memory, self._original_stdstream_copy

    def attach(self, descriptor: int) -> None:
        """In the child: take over file descriptor 1 or 2."""
        os.dup2(self._descriptor, descriptor)
        self._master_pid = os.getpid()

    def write(self, string: str) -> int | None:
        """Write what other processes wrote before, then this."""
        if self._descriptor is not None and isinstance(string, str):
            if not self._is_master_process():  # a process that a cell started: through the descriptor
                os.write(1 if self.name == "stdout" else 2, string.encode("utf-8", "replace"))
                return len(string)
            self.take_from_descriptor()
        return self._keep(string)

    def take_from_descriptor(self) -> None:
        """Take what was written to the file descriptor since the last time."""
        if self._descriptor is None or not self._is_master_process():
            return
        end = os.fstat(self._descriptor).st_size
        if end > self._seen:
            found = os.pread(self._descriptor, min(end - self._seen, ENOUGH), self._seen)
            self._seen = end
            self._keep(found.decode(errors="replace"))

    def begin_cell(self) -> None:
        """A new cell may write as much again."""
        self._written = 0

    def _keep(self, string: str) -> int | None:
        if not isinstance(string, str):
            return super().write(string)  # raises TypeError
        left = ENOUGH - self._written
        if left >= 0:
            super().write(string[:left] + ENOUGH_SAID if len(string) > left else string)
            self._written += len(string) + 1
        return len(string)

    def _schedule_flush(self) -> None:
        """ipykernel sends every 0.2 s from its thread; here at the first write after that."""
        now = time.monotonic()
        if self._since is None:
            self._since = now
        elif now - self._since >= self.flush_interval:
            self._flush()

    def _flush(self) -> None:
        self._since = None
        self.take_from_descriptor()
        super()._flush()


def _unnamed_file() -> int:
    import tempfile  # noqa: PLC0415 - where there are no files in memory

    return os.dup(tempfile.TemporaryFile().fileno())


class Shell(IPythonKernel):
    """One kernel for one notebook. `make_shell` builds it before the fork, `serve` runs after it."""

    streams: tuple[FileStream, FileStream]

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
    shell._execute_sleep = 0  # ipykernel waits for its thread after each cell; here is none
    shell.streams = (
        FileStream(session, thread, "stdout"),
        FileStream(session, thread, "stderr"),
    )
    return shell


def warm_up(shell: Shell) -> None:
    """Do once what every fork would do again: look at all modules, prepare colours and formats.

    The first traceback costs 0.12 s, since `inspect` looks where each loaded module lies.
    """
    before = dict(shell.shell.user_ns)
    outer = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = shell.streams
    try:
        shell.shell.run_cell("def fails():\n    assert None == 1, 'x'\nfails()", store_history=False)
    finally:
        sys.stdout, sys.stderr = outer
    for stream in shell.streams:
        stream._rotate_buffers()
    shell.shell.user_ns.clear()
    shell.shell.user_ns.update(before)
    shell.shell._last_traceback = None
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        if hasattr(sys, name):
            delattr(sys, name)
    pandas = sys.modules.get("pandas")
    if pandas is not None:
        shell.shell.display_formatter.format(pandas.DataFrame({"a": [1.5]}))
    inspect.getmodule(sys._getframe())


def serve(shell: Shell, channel: socket.socket, seal: str, *, watched: bool) -> None:
    """Answer requests until the other side ends the talk. Called once, after the fork.

    Each line that is sent begins with its HMAC under `seal`: code of a submission finds the
    socket among the open files, but not what makes a line count. `watched` notes what a
    submission must not change, for the question that comes after its last cell.
    """
    shell.session.owner = os.getpid()
    shell.session.transmit = sealed_line(channel, seal)
    reseed()
    sys.stdout, sys.stderr = shell.streams
    for number, stream in enumerate(shell.streams, start=1):
        stream.attach(number)
    asyncio.run(_serve(shell, channel, watched))
    deadline = threading.Timer(EXIT_SECONDS, os._exit, (0,))
    deadline.daemon = True
    deadline.start()
    atexit._run_exitfuncs()  # a submission may have left some, as in a kernel that is shut down


def sealed_line(channel: socket.socket, seal: str) -> Callable[[bytes], None]:
    """Sends a line with its seal, which stands nowhere but in here."""
    key = seal.encode()

    def transmit(line: bytes) -> None:
        channel.sendall(hmac.digest(key, line, "sha256").hex().encode() + b" " + line + b"\n")

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
