"""The workers' side of a shell: what nbclient wants of a kernel's manager and client."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hmac
import itertools
import json
import os
import queue
import secrets
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.session import Session, json_default

END_SECONDS = 10  # for a shell to end by itself, then for it to be ended
NUMBERS = itertools.count()


class ShellGone(Exception):  # noqa: N818 - as nbclient's own words: the kernel died
    """The shell ended before it answered; the text says why where that is known."""


class ShellManager:
    """One shell for one notebook. nbclient takes it for a kernel's manager."""

    ipykernel = False  # it takes no arguments of a command line
    language: dict[str, Any] | None = None  # what it said of its language, once it was asked

    def __init__(
        self,
        control: socket.socket,
        folder: Path,
        environment: Mapping[str, str],
        *,
        output_bytes: int,
        watched: bool,
    ) -> None:
        self.watched = watched
        self.seal = secrets.token_hex(16)
        self.control = control
        self.folder = folder
        self.environment = dict(environment)
        self.output_bytes = output_bytes
        self.channel: socket.socket | None = None
        self.ending: asyncio.Future[dict[str, Any]] | None = None
        self.said = ""

    @property
    def has_kernel(self) -> bool:
        """Whether a shell was started and has not been shut down."""
        return self.channel is not None

    async def start_kernel(self, **_arguments: Any) -> None:
        """Ask for a fork; the socket to it is ours from now on."""
        ours, theirs = socket.socketpair()
        self.number = f"{os.getpid()}-{next(NUMBERS)}"
        order = {
            "do": "fork",
            "number": self.number,
            "folder": str(self.folder),
            "environment": self.environment,
            "seal": self.seal,
            "watched": self.watched,
        }
        socket.send_fds(self.control, [json.dumps(order).encode()], [theirs.fileno()])
        theirs.close()
        ours.setblocking(False)
        self.channel = ours
        self.ending = asyncio.ensure_future(self._hear_ending())

    async def _hear_ending(self) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        self.control.setblocking(False)
        while True:
            notice = json.loads(
                await loop.sock_recv(self.control, 1 << 16) or b'{"number": null, "said": ""}'
            )
            if notice["number"] in (self.number, None):
                self.said = notice.get("said", "")
                return notice

    def _order(self, what: str) -> None:
        if self.ending is not None and not self.ending.done():
            self.control.send(json.dumps({"do": what, "number": self.number}).encode())

    def client(self) -> ShellClient:
        """What nbclient takes for a kernel's client."""
        return ShellClient(self)

    async def interrupt_kernel(self) -> None:
        """SIGINT to the cell that runs."""
        self._order("interrupt")

    async def is_alive(self) -> bool:
        """Whether the shell has not ended."""
        return self.ending is not None and not self.ending.done()

    async def shutdown_kernel(self, now: bool = False, **_: Any) -> None:
        """Let it end by itself, or end it; afterwards nothing of it is left running."""
        if self.ending is None:
            return
        if not now:
            await asyncio.wait([self.ending], timeout=END_SECONDS)
        if not self.ending.done():
            self._order("end")
            await asyncio.wait([self.ending], timeout=END_SECONDS)

    async def cleanup_resources(self, **_: Any) -> None:
        """Close what is open on our side."""
        if self.channel is not None:
            asyncio.get_running_loop().remove_reader(self.channel)
            self.channel.close()
        if self.ending is not None:
            self.ending.cancel()
        self.channel = self.ending = None


class Channel:
    """The messages of one kind that a shell sent, in order."""

    def __init__(self, client: ShellClient) -> None:
        self.client = client
        self.messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next message. Raises queue.Empty after `timeout` seconds."""
        if timeout is None or not self.messages.empty():
            return await self.messages.get()
        try:
            return await asyncio.wait_for(self.messages.get(), timeout)
        except TimeoutError:
            raise queue.Empty from None

    def send(self, message: dict[str, Any]) -> None:
        """Send a message to the shell, such as the state of a widget."""
        self.client.send(message)


class ShellClient:
    """Requests to a shell and what it answers. nbclient takes it for a kernel's client.

    What comes from a shell was written beside submitted code: it is JSON, bounded, and
    looked at message by message; what is not a message of Jupyter ends the shell.
    """

    allow_stdin = False

    def __init__(self, manager: ShellManager) -> None:
        self.manager = manager
        self.session = Session()
        self.gone = asyncio.Event()
        self.reason = ""
        self.shell_channel = Channel(self)
        self.iopub_channel = Channel(self)
        self.taken = 0
        self._pending = bytearray()

    def start_channels(self, **_: Any) -> None:
        """Listen from now on."""
        asyncio.get_running_loop().add_reader(self.manager.channel, self._receive)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """It is ready from its fork on."""

    async def is_alive(self) -> bool:
        """Whether it may still answer."""
        return not self.gone.is_set()

    def stop_channels(self) -> None:
        """Nothing is left to stop: the manager closes the socket."""

    def execute(  # noqa: PLR0917 - as jupyter_client's
        self,
        code: str,
        silent: bool = False,
        store_history: bool = True,
        user_expressions: dict[str, str] | None = None,
        allow_stdin: bool | None = None,
        stop_on_error: bool = True,
    ) -> str:
        """Ask for one cell; returns the id its messages will name."""
        content = {
            "code": code,
            "silent": silent,
            "store_history": store_history,
            "user_expressions": user_expressions or {},
            "allow_stdin": bool(allow_stdin),
            "stop_on_error": stop_on_error,
        }
        return self._request("execute_request", content)

    def kernel_info(self) -> str:
        """Ask what language it speaks."""
        return self._request("kernel_info_request", {})

    async def hear_reply(self, asked: str, seconds: float) -> dict[str, Any]:
        """The reply to one request. Raises ShellGone where none comes in time."""

        async def wait() -> dict[str, Any]:
            while True:
                message = await self.shell_channel.get_msg()
                if message["parent_header"].get("msg_id") == asked:
                    return message

        waiting = asyncio.ensure_future(wait())
        ending = asyncio.ensure_future(self.gone.wait())
        try:
            await asyncio.wait([waiting, ending], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
            if waiting.done():
                return waiting.result()
            raise ShellGone(self.reason)
        finally:
            waiting.cancel()
            ending.cancel()

    def ask_what_changed(self) -> str:
        """Ask what a submission changed in its shell; the answer is the shell's own word, no proof."""
        return self._request("watch_request", {})

    def ask_to_end(self) -> None:
        """Ask it to do what is left to do at the end, and to end."""
        self._request("shutdown_request", {"restart": False})

    def _request(self, kind: str, content: dict[str, Any]) -> str:
        message = self.session.msg(kind, content)
        self.send(message)
        return message["header"]["msg_id"]

    def send(self, message: dict[str, Any]) -> None:
        """Send one message as a line. A shell that is gone is told of where its answer is awaited."""
        parts = {name: message[name] for name in ("header", "parent_header", "metadata", "content")}
        line = json.dumps(parts, default=json_default).encode() + b"\n"
        channel = self.manager.channel
        try:
            channel.setblocking(True)
            channel.sendall(line)
            channel.setblocking(False)
        except OSError:
            self._end("")

    def _receive(self) -> None:
        try:
            received = self.manager.channel.recv(1 << 18)
        except BlockingIOError:
            return
        except OSError:
            received = b""
        self.taken += len(received)
        if not received or self.taken > 2 * self.manager.output_bytes:
            self._end("" if not received else "It sent more than is allowed.")
            return
        self._pending.extend(received)
        while (end := self._pending.find(b"\n")) >= 0:
            line = bytes(self._pending[:end])
            del self._pending[: end + 1]
            try:
                self._take(line)
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                self._end("It sent something that is no message.")
                return

    def _take(self, line: bytes) -> None:
        seal, _, line = line.partition(b" ")
        right = hmac.digest(self.manager.seal.encode(), line, "sha256").hex().encode()
        if not hmac.compare_digest(seal, right):
            raise ValueError("a line without its seal")
        message = json.loads(line)
        if "cannot" in message:
            self._end(str(message["cannot"]))
            return
        kind = message["header"]["msg_type"]
        message["msg_type"] = kind
        message["parent_header"].get("msg_id")
        message["buffers"] = [base64.b64decode(buffer) for buffer in message["buffers"]]
        message["header"]["date"] = None
        channel = self.shell_channel if kind.endswith("_reply") else self.iopub_channel
        channel.messages.put_nowait(message)

    def _end(self, reason: str) -> None:
        with contextlib.suppress(OSError, ValueError):
            asyncio.get_running_loop().remove_reader(self.manager.channel)
        self.reason = self.reason or reason
        self.gone.set()
