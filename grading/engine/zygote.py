"""The parent of all shells: a fresh interpreter that imports libraries once and forks for each notebook.

It holds no course, no gradebook and no submission. Over each of its control sockets one
worker asks for shells; when the last of them closes, it ends everything it started and itself.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grading.engine.shell import Shell, make_shell, sealed_lines, serve, warm_up
from grading.sandbox.errors import SandboxError
from grading.sandbox.limits import Limits
from grading.sandbox.police import describe_ending
from grading.sandbox.sandbox import Sandbox

WATCH_SECONDS = 0.1  # between two looks at the memory and time of what runs
PR_SET_CHILD_SUBREAPER = 36
CANNOT = 70  # exit status of a fork that could not be made safe


@dataclass
class Running:
    """A shell that was forked: which worker asked for it, as what, and why it was killed."""

    control: socket.socket
    number: str
    killed: str = ""


class Zygote:
    """Forks shells and tells how they ended."""

    def __init__(self, shell: Shell, controls: list[socket.socket], sandbox: Sandbox | None) -> None:
        self.shell = shell
        self.controls = controls
        self.sandbox = sandbox
        self.running: dict[int, Running] = {}
        self.selector = selectors.DefaultSelector()
        for control in controls:
            self.selector.register(control, selectors.EVENT_READ)
        self.pipe = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self.selector.register(self.pipe[0], selectors.EVENT_READ)

    def run(self) -> None:
        """Serve until every worker is gone."""
        signal.set_wakeup_fd(self.pipe[1], warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        while self.controls:
            for key, _ in self.selector.select(WATCH_SECONDS if self.running else None):
                if key.fileobj == self.pipe[0]:
                    with suppress(BlockingIOError):
                        os.read(self.pipe[0], 1 << 16)
                else:
                    self.listen(key.fileobj)
            if self.sandbox is not None:
                for pid, sentence in self.sandbox.police().items():
                    self.running[pid].killed = sentence
            self.reap()
        for pid in self.running:
            self.end(pid)
        end_strays()

    def listen(self, control: socket.socket) -> None:
        """Take one order: a new shell (with its socket), an interrupt, or an end."""
        try:
            message, descriptors, _, _ = socket.recv_fds(control, 1 << 16, 1)
        except ConnectionResetError:  # the worker was ended with words of ours still on their way to it
            message = b""
        if not message:
            self.selector.unregister(control)
            self.controls.remove(control)
            control.close()
            return
        order = json.loads(message)
        if order["do"] == "fork":
            self.fork(control, order, descriptors[0])
            return
        for pid, running in self.running.items():
            if running.control is control and order["number"] in (running.number, None):
                if order["do"] == "interrupt":
                    os.kill(pid, signal.SIGINT)
                else:
                    self.end(pid)

    def end(self, pid: int) -> None:
        """Kill a shell: in a sandbox all that it started goes with it, else its group."""
        with suppress(ProcessLookupError):
            if self.sandbox is not None:
                os.kill(pid, signal.SIGKILL)
            else:
                os.killpg(pid, signal.SIGKILL)

    def fork(self, control: socket.socket, order: dict, channel: int) -> None:
        """Fork one shell; it never returns in the child."""
        descriptors = self.shell.open_descriptors()
        parent = os.getpid()
        try:
            if self.sandbox is None:
                pid = os.fork()
            else:
                keep = (channel, *descriptors)
                pid = self.sandbox.fork(
                    Path(order["folder"]), keep_fds=keep, environment=order["environment"]
                )
        except SandboxError as error:  # in the child, or in this process
            tell(channel, order["seal"], str(error))
            if os.getpid() != parent:
                os._exit(CANNOT)
            pid = -1
        if pid == 0:
            try:
                self.become_shell(order, channel)
                os._exit(0)
            finally:
                os._exit(CANNOT)
        for descriptor in (channel, *descriptors):
            os.close(descriptor)
        if pid > 0:
            self.running[pid] = Running(control, order["number"])

    def become_shell(self, order: dict, channel: int) -> None:
        """In the child: forget the parent's sockets, answer requests."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if self.sandbox is None:
            self.selector.close()
            for control in self.controls:
                control.close()
            for descriptor in self.pipe:
                os.close(descriptor)
            enter_plainly(order["folder"], order["environment"])
        serve(self.shell, socket.socket(fileno=channel), order.pop("seal"), watched=order["watched"])

    def reap(self) -> None:
        """Tell each worker which of its shells ended, and how."""
        while self.running:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if pid == 0:
                return
            ended = self.running.pop(pid, None)
            if ended is not None:
                code = os.waitstatus_to_exitcode(status)
                notice = {
                    "number": ended.number,
                    "status": code,
                    "said": ended.killed or describe_ending(code),
                }
                with suppress(OSError):
                    ended.control.send(json.dumps(notice).encode())


def tell(channel: int, seal: str, sentence: str) -> None:
    """Say through the socket of a shell why there is none."""
    with suppress(OSError):
        sealed_lines(socket.socket(fileno=os.dup(channel)), seal)([json.dumps({"cannot": sentence}).encode()])


def enter_plainly(folder: str, environment: dict[str, str]) -> None:
    """No sandbox: for forms, which run no learner's code, and for submissions that are trusted."""
    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)


def end_strays() -> None:
    """Kill what is left below this process, such as what a trusted submission sent to the background."""
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    while children.exists() and (found := children.read_text(encoding="ascii").split()):
        for pid in found:
            with suppress(ProcessLookupError):
                os.kill(int(pid), signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(-1, 0)


def adopt_strays() -> None:
    """What a shell leaves behind becomes a child of this process, which ends it."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def has_threads() -> bool:
    """Whether something that was imported or run has started a thread."""
    tasks = Path("/proc/self/task")
    return tasks.exists() and len(list(tasks.iterdir())) > 1


def main() -> None:
    """Go into the sandbox, import, then fork.

    The argument is JSON: `controls` (open sockets), `preload` (modules), `sandbox` (limits,
    readable, private; null for none), and `folders`, in which the folder of every shell lies.
    """
    settings = json.loads(sys.argv[1])
    sandbox = None
    rules = settings["sandbox"]
    if rules is None:
        adopt_strays()
    else:
        sandbox = Sandbox(
            Limits(**rules["limits"]),
            folders=Path(settings["folders"]),
            readable=tuple(Path(path) for path in rules["readable"]),
            private=tuple(Path(path) for path in rules["private"]),
            keep_fds=tuple(settings["controls"]),
        )
        sandbox.enter(environment=dict(os.environ))
    sys.argv = ["ipykernel_launcher.py", "-f", "kernel.json"]  # what a submission sees in a stock kernel
    shell = make_shell()  # first: what is imported after it finds a shell, as in a kernel
    for name in settings["preload"]:
        with suppress(ImportError):
            importlib.import_module(name)
    warm_up(shell)
    if has_threads():
        sys.exit(f"One of {', '.join(settings['preload'])} started a thread, which no fork survives.")
    gc.collect()
    gc.freeze()
    Zygote(shell, [socket.socket(fileno=number) for number in settings["controls"]], sandbox).run()


if __name__ == "__main__":
    main()
