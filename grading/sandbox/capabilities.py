"""What this system can do to shut submissions in, tried for real and said in plain sentences."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from grading.sandbox import landlock, seccomp, syscalls, view
from grading.sandbox.errors import SandboxError
from grading.sandbox.limits import Limits
from grading.sandbox.sandbox import REFUSED, Sandbox, hand_over

FINE = "fine"
OLDEST_LINUX = (5, 14)  # mount_setattr is of 5.12, processes counted by user namespace of 5.14
REMEDY = (
    "Grade on a system that can (see pages/sandbox.md), or say --trust-submissions if you have read them."
)
SWITCHES = {
    "/proc/sys/kernel/apparmor_restrict_unprivileged_userns": (
        "1",
        "AppArmor forbids ordinary users a sandbox here: an administrator may set "
        "kernel.apparmor_restrict_unprivileged_userns to 0.",
    ),
    "/proc/sys/kernel/unprivileged_userns_clone": (
        "0",
        "This system forbids ordinary users a sandbox: an administrator may set "
        "kernel.unprivileged_userns_clone to 1.",
    ),
    "/proc/sys/user/max_user_namespaces": (
        "0",
        "This system allows no user namespaces: an administrator may set user.max_user_namespaces to 10000.",
    ),
}


@dataclass(frozen=True)
class Capabilities:
    """Whether submissions can be shut in, and what is missing, in sentences for an instructor.

    Something may be missing where `usable` holds: then a second layer is not there.
    """

    usable: bool
    missing: tuple[str, ...] = ()

    @property
    def refusal(self) -> str:
        """Why no submission is run, and what to do; empty where they can be shut in."""
        return "" if self.usable else " ".join([*self.missing, REMEDY])


def probe(private: tuple[Path, ...] = ()) -> Capabilities:
    """Shut a process of our own in, look around, and tell; `private` are folders that must not be seen."""
    if sys.platform != "linux":
        system = {"darwin": "macOS", "win32": "Windows"}.get(sys.platform, sys.platform)
        return Capabilities(False, (f"{system} cannot shut submissions in; Linux can.",))
    numbers = re.match(r"(\d+)\.(\d+)", platform.release())
    if numbers is None or tuple(map(int, numbers.groups())) < OLDEST_LINUX:
        needed = ".".join(map(str, OLDEST_LINUX))
        return Capabilities(
            False,
            (f"This Linux is {platform.release()}; to shut submissions in it must be {needed} or newer.",),
        )
    if syscalls.PIVOT_ROOT is None:
        return Capabilities(False, (f"The sandbox knows x86_64 and aarch64, not {syscalls.MACHINE}.",))
    problem = _try_it(private)
    if problem:
        return Capabilities(False, (problem, *_what_may_help(problem)))
    missing = []
    if not landlock.version():
        missing.append("This Linux has no Landlock: files are guarded by one layer instead of two.")
    if syscalls.MACHINE not in seccomp.AUDIT_ARCH:
        missing.append(f"No list of system calls is known for {syscalls.MACHINE}: they are not filtered.")
    return Capabilities(True, tuple(missing))


def _what_may_help(problem: str) -> list[str]:
    if not problem.startswith(REFUSED):
        return []
    if os.geteuid() == 0:
        return ["Root may need the right to mount: a container must be started with --privileged."]
    found = []
    for path, (closed, sentence) in SWITCHES.items():
        if Path(path).exists() and Path(path).read_text(encoding="ascii").strip() == closed:
            found.append(sentence)
    return found


def _try_it(private: tuple[Path, ...]) -> str:
    """Why a process cannot be shut in here; empty where it can."""
    folders = Path(tempfile.mkdtemp(prefix="grading-probe-"))
    own = folders / "own"
    own.mkdir()
    hand_over(own)
    told, tells = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            _look_around(Sandbox(Limits(), folders, private=private, keep_fds=(tells,)), own, tells)
        except BaseException as error:
            os.write(tells, str(error or type(error).__name__).encode()[:4000])
        finally:
            os._exit(0)
    os.close(tells)
    with os.fdopen(told, encoding="utf-8", errors="replace") as answer:
        said = answer.read()
    os.waitpid(pid, 0)
    shutil.rmtree(folders)
    return "" if said == FINE else said or "The process that tried it was killed."


def _look_around(sandbox: Sandbox, own: Path, tells: int) -> None:
    """In the forked process: be shut in, twice, and say what is wrong in there, or that all is fine."""
    sandbox.enter()
    pid = sandbox.fork(own, keep_fds=(tells,))
    if pid:
        os.waitpid(pid, 0)
        return
    needed = [os.path.realpath(sys.executable), *map(os.path.realpath, view.library_folders())]
    closed = [path for path in needed if Path(path).exists() and not os.access(path, os.R_OK | os.X_OK)]
    if not os.access(own, os.W_OK):
        raise SandboxError("A submission could not write into its own folder.")
    if closed:
        raise SandboxError(
            f"Python stands where only its owner may read it ({closed[0]}), so an unprivileged user cannot "
            "run it; install it for everybody (umask 022) or grade as its owner."
        )
    if Path("/etc/shadow").exists() or os.getuid() != view.NOBODY:
        raise SandboxError("The files of this system stayed in sight of a submission.")
    os.write(tells, FINE.encode())
