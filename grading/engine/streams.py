"""What a shell writes: messages as lines of JSON, and streams with all that goes to their descriptors."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from ipykernel.iostream import BackgroundSocket, IOPubThread, OutStream
from jupyter_client.session import Session, json_default

ENOUGH = 4_000_000  # characters one cell may write; nbgrader keeps a thousand lines of them
TOO_LONG = 12_000_000  # bytes of one message, such as a drawing
ENOUGH_SAID = "\n... what follows was not kept: the output was too long ...\n"


class LineSession(Session):
    """Sends a message as one line of JSON through a socket, instead of frames through ZeroMQ."""

    transmit: Callable[[list[bytes]], None] | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._held: list[bytes] = []  # until one comes that may be the last

    def send(  # noqa: PLR0917 - as jupyter_client's
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
        self._held.append(line)
        if not _waits(message):
            held, self._held = self._held, []
            self.transmit(held)
        return message


def _waits(message: dict[str, Any]) -> bool:
    """Whether another message follows at once, with no code of a cell in between."""
    kind = message["header"]["msg_type"]
    return kind == "execute_reply" or (kind == "status" and message["content"]["execution_state"] == "busy")


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
        memory = os.memfd_create(self.name)
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
