"""What both ways of opening the learner's folder share: where it is, its port, its key, what is said."""

from __future__ import annotations

import contextlib
import html
import os
import secrets
import socket
import tempfile
import webbrowser
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tornado.netutil import bind_sockets

from course import faults
from course.errors import CourseError
from course.files import write_whole
from course.learn.copying import OWN, WORK
from course.texts import text

ADDRESS = "127.0.0.1"
PORT = 8866
PORTS_TO_TRY = 20
OPENER = "open-the-course.html"
# Pages and their processes talk over sockets in a folder of the learner's own where the system
# has such; in /tmp, since the path of a socket may have 103 characters at most.
TRANSPORT, SOCKETS = ("ipc", "/tmp") if os.name == "posix" else ("tcp", tempfile.gettempdir())


@dataclass(frozen=True)
class Opened:
    """What is opened: the course at `root`, the learner's `folder`, the language to speak.

    Whoever has the `key` may open the pages; it is new at every start.
    """

    root: Path
    folder: Path
    language: str
    key: str = field(default_factory=lambda: secrets.token_hex(24), repr=False)

    @property
    def work(self) -> Path:
        """The learner's own file."""
        return self.folder / WORK

    def tell_pages(self) -> None:
        """Set the environment that the pages' processes inherit."""
        os.environ["COURSE_WORK"] = str(self.work)
        os.environ["COURSE_ROOT"] = str(self.root)
        os.environ[faults.LOG] = str(self.folder / OWN / "faults.log")
        os.environ[faults.LANGUAGE] = self.language
        os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"  # another Python's kernel does not have the course

    @contextlib.contextmanager
    def announced(self, address: str, open_browser: bool) -> Iterator[None]:
        """Say where the pages are, and open a browser there.

        The browser is given a file for the learner's eyes only that leads to `address`: the
        key must not stand in the list of processes, which every user of the machine can read.
        """
        opener = self.folder / OPENER
        link = html.escape(address)
        content = f'<meta charset="utf-8"><meta http-equiv="refresh" content="0; url={link}">\n'
        print(text("learn.opened", self.language, address=address))
        print(text("learn.saved_in", self.language, file=self.work))
        print(text("learn.how_to_stop", self.language), flush=True)
        try:
            if open_browser:
                write_whole(opener, content)
                webbrowser.open(opener.as_uri())
            yield
        finally:
            opener.unlink(missing_ok=True)


def bind(port: int) -> socket.socket:
    """A socket on this machine alone: at `port` or one of the next ones; for 0 at any free one."""
    for wanted in range(port, port + PORTS_TO_TRY) if port else (0,):
        with contextlib.suppress(OSError):
            return bind_sockets(wanted, ADDRESS)[0]
    raise CourseError(
        f"the ports {port} to {port + PORTS_TO_TRY - 1} are all in use; "
        "close another course, or name a free port with --port."
    )
