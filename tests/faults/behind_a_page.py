"""Does what the process behind a page does, one case after another, and prints what the learner would get.

Reads a list of {"name", "folder", "env", "call"} as JSON, each with what else its fault needs, and prints
{name: {"html": [...], "rest": text, "said": message or null}}. A call is one line of a page; an `answer` is
a message of the page.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import course.faults  # as the kernel of a page is told to
from course.work import database


def main() -> None:
    """Every case in its turn, in one IPython."""
    database.PATIENCE = 0.2  # seconds; a learner waits longer
    shell = InteractiveShell.instance(user_ns={})
    shell.history_manager.enabled = False
    course.faults.load_ipython_extension(shell)
    print(json.dumps({case["name"]: seen(shell, case) for case in json.load(sys.stdin)}))


def seen(shell: InteractiveShell, case: dict) -> dict:
    """What one call shows, and what its page says to an answer."""
    os.chdir(case["folder"])
    os.environ.update(case["env"])
    results = []  # what a kernel would send to the page, and a plain shell writes to the terminal
    shell.displayhook.write_format_data = lambda data, _=None: results.append(data)
    with capture_output() as shown:
        shell.user_ns["page"] = None
        if case.get("interrupt"):
            signal.signal(signal.SIGALRM, signal.default_int_handler)
            signal.setitimer(signal.ITIMER_REAL, 0.3)
        ran = shell.run_cell(case["call"])
    said = []
    if "answer" in case:
        with limited(case.get("bytes"), case.get("nobody")):
            ran.result.receive(case["answer"], said.append)
    outputs = [*results, *(each.data for each in shown.outputs)]
    html = [data["text/html"] for data in outputs if "text/html" in data]
    return {"html": html, "rest": shown.stdout + shown.stderr, "said": said[0] if said else None}


class limited:  # noqa: N801 - reads as a clause
    """Nobody's rights, or a disk that takes so many bytes, for a moment."""

    def __init__(self, size: int | None, nobody: bool | None) -> None:
        self.size, self.nobody = size, nobody

    def __enter__(self) -> None:
        if self.size is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (self.size, resource.RLIM_INFINITY))
        if self.nobody and os.geteuid() == 0:
            os.seteuid(65534)

    def __exit__(self, *_: object) -> None:
        if self.nobody and os.getuid() == 0:
            os.seteuid(0)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


if __name__ == "__main__":
    main()
