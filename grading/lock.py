"""One command at a time writes in a course's folder; the second is told who is at work."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from course.errors import CourseError

LOCK = ".grading.lock"
HOLDER = ".grading.json"  # beside the lock, since Windows lets nobody read a locked file


@contextmanager
def hold_course(root: Path, command: str) -> Iterator[None]:
    """Hold the course folder at `root` for `command` until the block ends.

    The system lets go of it when the process ends, however it ends: nothing is left to clear
    after a kill. Raises CourseError at once where another command holds it.
    """
    lock = FileLock(root / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise CourseError(
            f"{root.name}: {_holder(root)} is at work in this folder; nothing was changed. "
            "Wait until it has ended, then run this again."
        ) from None
    about = {
        "command": command,
        "process": os.getpid(),
        "computer": socket.gethostname(),
        "since": datetime.now().astimezone().isoformat(timespec="minutes"),
    }
    try:
        with suppress(OSError):  # a full disk must not stop a command that only reads
            (root / HOLDER).write_text(json.dumps(about), encoding="utf-8")
        yield
    finally:
        with suppress(OSError):
            (root / HOLDER).unlink()
        lock.release()


def _holder(root: Path) -> str:
    try:
        about = json.loads((root / HOLDER).read_text(encoding="utf-8"))
        since = datetime.fromisoformat(about["since"]).strftime("%H:%M")
        return (
            f"`grading {about['command']}` (process {about['process']} of {about['computer']}, since {since})"
        )
    except (OSError, ValueError, KeyError, TypeError):
        return "another `grading` command"
