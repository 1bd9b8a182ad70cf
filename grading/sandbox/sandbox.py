"""Shuts processes in before any submitted line runs.

Two layers, each enough for most attacks: namespaces (what is not to be touched is not there), and
behind them Landlock and seccomp. As root and as an ordinary user the end is the same: an
unprivileged user in a user namespace, without capabilities.

What all submissions share is done once, in the process that imports the libraries: that makes
a submission cost a few milliseconds beside its fork.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

from grading.sandbox import landlock, police, seccomp, syscalls, view
from grading.sandbox.errors import SandboxError
from grading.sandbox.limits import Limits

ONCE = (
    syscalls.NEW_USERS
    | syscalls.NEW_MOUNTS
    | syscalls.NEW_PIDS
    | syscalls.NEW_NETWORK
    | syscalls.NEW_IPC
    | syscalls.NEW_NAMES
)
EACH = syscalls.NEW_MOUNTS | syscalls.NEW_NETWORK | syscalls.NEW_IPC
ENVIRONMENT = {
    "HOME": "/tmp",
    "LANG": "C.UTF-8",
    "PATH": f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin",
    "TMPDIR": "/tmp",
    "USER": "learner",
}


REFUSED = "This system does not allow a sandbox"
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass
class Sandbox:
    """How submissions are shut in: `enter` once, then `fork` for each.

    `folders`: the folder in which each submission's own folder lies. `readable`: more folders
    or files to be seen, such as a library outside this interpreter's own. `private`: folders
    that must not be among what is seen. `keep_fds`: open files that `enter` leaves open, beside
    0, 1 and 2.
    """

    limits: Limits
    folders: Path
    readable: tuple[Path, ...] = ()
    private: tuple[Path, ...] = ()
    keep_fds: tuple[int, ...] = ()
    _inmates: dict[int, police.Inmate] = field(default_factory=dict, init=False)
    _process_namespace: int = field(default=-1, init=False)

    def __post_init__(self) -> None:
        self._shown = (*view.library_folders(), *(str(path) for path in self.readable))

    def enter(self, environment: Mapping[str, str] = NOTHING) -> None:
        """Shut this process in; call it while it is small and has one thread.

        Of its environment variables nothing is left but `environment` and the few that every
        submission finds.

        The caller's process becomes the warden and never returns; a child of it does, the first of a
        process namespace. When either ends, so has everything in there. Raises SandboxError in the
        process that was refused.
        """
        view.require_hidden(self.private, self._shown)
        parent = os.getppid()
        with refusals_in_words():
            _forget_environment()
            os.environ.update({**ENVIRONMENT, **environment})
            self._leave_the_system()
            lifeline, held = os.pipe()
            inner = os.fork()
            if inner:
                _wait_for(inner, parent, held)
            syscalls.control_process(syscalls.SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
            os.close(held)
            if select.select([lifeline], [], [], 0)[0]:  # the warden was killed before that call
                os._exit(1)
            _close_all_but({0, 1, 2, *self.keep_fds})
            view.show_own_processes()
            self._process_namespace = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def fork(
        self, folder: Path, keep_fds: tuple[int, ...] = (), environment: Mapping[str, str] = NOTHING
    ) -> int:
        """Like os.fork, but the child is shut in for one submission, with `folder` as its own.

        The child is the first process of a namespace: who kills it kills all that it started. Raises
        SandboxError in the child where something was refused.
        """
        begun, own_bytes = time.monotonic(), police.private_bytes("self")
        with refusals_in_words():
            syscalls.unshare(syscalls.NEW_PIDS)  # for the next child, not for this process
            pid = -1
            try:
                pid = os.fork()
            finally:
                if pid:
                    syscalls.join_namespace(self._process_namespace)
        if pid:
            self._inmates[pid] = police.Inmate(folder, begun, own_bytes)
            return pid
        with refusals_in_words():
            syscalls.unshare(EACH)
            view.show_own_folder(folder, self.folders, self.limits.disk_bytes)
            view.show_own_processes()
            os.environ.update(environment)
            tempfile.tempdir = None
            _close_all_but({1, 2, *keep_fds})
            os.open("/dev/null", os.O_RDONLY)  # becomes 0, the lowest free number
            self.limits.apply()
            self._lock_again(folder)
        return 0

    def police(self) -> dict[int, str]:
        """Kill each submission that takes too much; why, in a sentence, by its pid. Call it often."""
        for pid in [pid for pid in self._inmates if not Path(f"/proc/{pid}").exists()]:
            del self._inmates[pid]
        ended = police.end_excessive(self._inmates, self.limits)
        for pid in ended:
            del self._inmates[pid]
        return ended

    def _leave_the_system(self) -> None:
        """Into namespaces of one's own; as root, what root alone may read is mounted first."""
        if os.geteuid() != 0:
            user, group = os.geteuid(), os.getegid()
            syscalls.unshare(ONCE)
            _become_nobody(user, group)
            view.build_root(self._shown, self.folders)
            return
        os.chown(self.folders, 0, view.NOBODY)
        self.folders.chmod(0o710)  # passed through, but not listed
        syscalls.unshare(syscalls.NEW_MOUNTS)
        view.build_root(self._shown, self.folders)
        os.setgroups([])
        os.setresgid(view.NOBODY, view.NOBODY, view.NOBODY)
        os.setresuid(view.NOBODY, view.NOBODY, view.NOBODY)
        syscalls.unshare(ONCE)
        _become_nobody(view.NOBODY, view.NOBODY)

    def _lock_again(self, folder: Path) -> None:
        """The second layer, where the kernel has it, and no way back."""
        syscalls.drop_capabilities()
        syscalls.control_process(syscalls.SET_NO_NEW_PRIVILEGES, 1)
        if landlock.version():
            landlock.restrict_files(
                readable=[*view.SYSTEM_FOLDERS, "/etc", *view.HARMLESS_PROCESS_FILES, *self._shown],
                writable=["/tmp", *view.WRITABLE_DEVICES, str(folder)],
            )
        if syscalls.MACHINE in seccomp.AUDIT_ARCH:
            seccomp.shut_doors()


def hand_over(folder: Path) -> None:
    """Give a submission's folder and all in it to the user that the submission will be; for root alone."""
    if os.geteuid() != 0:
        return
    for place, folders, files in os.walk(folder):
        for name in (".", *folders, *files):
            os.lchown(os.path.join(place, name), view.NOBODY, view.NOBODY)  # noqa: PTH118


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """What the kernel refuses becomes a SandboxError."""
    try:
        yield
    except OSError as error:
        raise SandboxError(f"{REFUSED} ({error.strerror or error}).") from error


def _wait_for(inner: int, parent: int, held: int) -> NoReturn:
    """What is left of the caller's process: it ends with the inner one, or ends it."""
    exit_code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: os.kill(inner, signal.SIGKILL))
        syscalls.drop_capabilities()
        syscalls.control_process(syscalls.SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        _close_all_but({held})
        if os.getppid() == parent:
            exit_code = os.waitstatus_to_exitcode(os.waitpid(inner, 0)[1])
    finally:
        os._exit(exit_code if exit_code >= 0 else 128 - exit_code)  # never back into the caller's code


def _become_nobody(user: int, group: int) -> None:
    """Be nobody in the new user namespace, whoever that is outside."""
    syscalls.control_process(syscalls.SET_DUMPABLE, 1)  # else its own /proc files belong to root
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{view.NOBODY} {user} 1"),
        ("gid_map", f"{view.NOBODY} {group} 1"),
    ):
        Path(f"/proc/self/{name}").write_text(text, encoding="ascii")


def _forget_environment() -> None:
    """Leave nothing of the instructor's variables, not even where /proc/self/environ looks for them."""
    os.environ.clear()
    text = Path("/proc/self/stat").read_text(encoding="utf-8", errors="replace")
    fields = text.rpartition(")")[2].split()
    arguments_begin, arguments_end, begin, end = (
        int(number) for number in fields[45:49]
    )  # proc(5): 48 to 51
    syscalls.wipe_memory(arguments_begin, arguments_end)
    syscalls.wipe_memory(begin, end)
    tempfile.tempdir = None


def _close_all_but(kept: set[int]) -> None:
    first = 0
    for number in sorted(kept):
        if first < number:  # Python takes an empty range from 0 for all of them
            os.closerange(first, number)
        first = number + 1
    os.closerange(first, os.sysconf("SC_OPEN_MAX"))
