"""A process that enters the sandbox and runs short programs in it, each in a fork, for tests.

Lines of JSON in: `{"source": ..., "folder": ...}`; lines out: what the program said and how it
ended. A program has `say(value)` and whatever it imports.
"""

from __future__ import annotations

import json
import os
import select
import sys
import traceback
from pathlib import Path

from grading.sandbox import Limits, Sandbox, describe_ending, syscalls, view
from grading.sandbox.errors import SandboxError

MOST = 1 << 20  # bytes of an answer


def main(folders: str, limits: str, as_user: str) -> None:
    """Serve until stdin ends."""
    if as_user == "ordinary" and os.geteuid() == 0:
        become_ordinary_user()
    sandbox = Sandbox(Limits(**json.loads(limits)), Path(folders))
    try:
        sandbox.enter({"ADDED": "yes"})
    except SandboxError as error:
        print(json.dumps({"refused": str(error)}), flush=True)
        return
    for line in sys.stdin:
        task = json.loads(line)
        print(json.dumps(run(sandbox, task["source"], Path(task["folder"]))), flush=True)


def become_ordinary_user() -> None:
    """Nobody, who can still reach this interpreter: the folders that only root may enter get a hole."""
    syscalls.unshare(syscalls.NEW_MOUNTS)
    syscalls.mount("none", "/", None, syscalls.RECURSIVE | syscalls.PRIVATE)
    shown = [os.open(folder, os.O_PATH) for folder in view.library_folders()]
    for folder, handle in zip(view.library_folders(), shown, strict=True):
        closed = next((p for p in reversed(Path(folder).parents) if not p.stat().st_mode & 1), None)
        if closed is not None:
            syscalls.mount("tmpfs", closed, "tmpfs", 0, "mode=755")
            Path(folder).mkdir(parents=True)
            syscalls.mount(f"/proc/self/fd/{handle}", folder, None, syscalls.BIND)
    os.setgroups([])
    os.setresgid(view.NOBODY, view.NOBODY, view.NOBODY)
    os.setresuid(view.NOBODY, view.NOBODY, view.NOBODY)
    os.environ["HOME"] = "/nonexistent"


def run(sandbox: Sandbox, source: str, folder: Path) -> dict:
    """What one program said, and how it ended."""
    hears, says = os.pipe()
    pid = sandbox.fork(folder, keep_fds=(says,))
    if pid == 0:

        def say(value):
            os.write(says, json.dumps(value, default=repr).encode() + b"\n")

        try:
            exec(source, {"say": say, "__name__": "__main__"})
            os._exit(0)
        except BaseException as error:
            say({"error": type(error).__name__, "text": str(error), "at": traceback.format_exc()[-300:]})
        os._exit(3)
    os.close(says)
    said, why, exit_code = b"", "", None
    while exit_code is None:
        if select.select([hears], [], [], 0.05)[0]:
            said += os.read(hears, 1 << 16)[: MOST - len(said)]
        why = why or sandbox.police().get(pid, "")
        ended, status = os.waitpid(pid, os.WNOHANG)
        exit_code = os.waitstatus_to_exitcode(status) if ended else None
    while chunk := os.read(hears, 1 << 16):
        said += chunk
    os.close(hears)
    lines = [json.loads(line) for line in said.decode(errors="replace").splitlines()]
    return {"said": lines, "ending": why or describe_ending(exit_code), "exit": exit_code}


if __name__ == "__main__":
    main(*sys.argv[1:])
