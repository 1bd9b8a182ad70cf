"""The few calls of Linux that Python 3.11 has no name for, through the C library that is loaded anyway.

No wheel does it better: those on the registry wrap libseccomp or libcap, which a fresh machine
lacks and an ordinary user cannot install. Every function raises OSError where the kernel refuses.
"""

from __future__ import annotations

import ctypes
import os
import platform
from pathlib import Path

# linux/sched.h
NEW_MOUNTS, NEW_NAMES, NEW_IPC = 0x00020000, 0x04000000, 0x08000000
NEW_USERS, NEW_PIDS, NEW_NETWORK = 0x10000000, 0x20000000, 0x40000000

# linux/mount.h
NO_SUID, NO_DEVICES, NO_EXECUTE, BIND, DETACH, RECURSIVE, PRIVATE = 2, 4, 8, 4096, 2, 16384, 1 << 18
ATTRIBUTE_READ_ONLY, ATTRIBUTE_NO_SUID, ATTRIBUTE_NO_DEVICES = 1, 2, 4

# linux/prctl.h
SET_PARENT_DEATH_SIGNAL, SET_DUMPABLE, SET_SECCOMP, SET_NO_NEW_PRIVILEGES = 1, 4, 22, 38

MACHINE = platform.machine()
PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}.get(MACHINE)
CAPABILITY_SET = {"x86_64": 126, "aarch64": 91}.get(MACHINE)
MOUNT_SETATTR, LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 442, 444, 445, 446  # everywhere

AT_RECURSIVE = 0x8000
CAPABILITY_VERSION_3 = 0x20080522

_libc: ctypes.CDLL | None = None


def _c() -> ctypes.CDLL:
    """The C library; opened at the first call, so that other systems can import this file."""
    global _libc  # noqa: PLW0603
    if _libc is None:
        _libc = ctypes.CDLL(None, use_errno=True)
    return _libc


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def call(number: int, what: str, *arguments: object) -> int:
    """System call `number`; `what` names it in an error. Integers are passed as C longs."""
    plain = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    return _checked(_c().syscall(ctypes.c_long(number), *plain), what)


def unshare(flags: int) -> None:
    """Give this process (for processes: its later children) new namespaces."""
    _checked(_c().unshare(ctypes.c_int(flags)), "unshare")


def join_namespace(handle: int) -> None:
    """Enter a namespace by an open file of /proc/PID/ns (for processes: its later children do)."""
    _checked(_c().setns(ctypes.c_int(handle), ctypes.c_int(0)), "setns")


def mount(source: str, target: Path | str, kind: str | None, flags: int, options: str | None = None) -> None:
    """mount(2) with paths as text."""
    texts = [os.fsencode(text) if text is not None else None for text in (source, str(target), kind)]
    data = options.encode() if options else None
    _checked(_c().mount(*texts, ctypes.c_ulong(flags), data), f"mount {kind or source}")


def unmount(target: str) -> None:
    """Let go of a mount now, whoever still uses it."""
    _checked(_c().umount2(os.fsencode(target), DETACH), "umount")


class _MountAttributes(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("set", "clear", "propagation", "users")]


def set_mount_attributes(target: str, attributes: int) -> None:
    """Add attributes to a mount and to every mount below it, in one step (Linux 5.12)."""
    wanted = _MountAttributes(set=attributes)
    call(
        MOUNT_SETATTR,
        "mount_setattr",
        -100,
        os.fsencode(target),
        AT_RECURSIVE,
        ctypes.byref(wanted),
        ctypes.sizeof(wanted),
    )


def pivot_root_here() -> None:
    """Make the working directory, which is a mount, the root, and lose sight of the old one."""
    call(PIVOT_ROOT, "pivot_root", b".", b".")
    unmount(".")  # the old root lies on top of the new one
    os.chdir("/")


def control_process(option: int, value: int, more: object = None) -> None:
    """prctl(2)."""
    none = ctypes.c_ulong(0)  # all 64 bits of what is not used must be zero
    _checked(_c().prctl(ctypes.c_int(option), ctypes.c_ulong(value), more or none, none, none), "prctl")


def drop_capabilities() -> None:
    """Give up every power that a new user namespace lends to the one who makes it."""
    head = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    call(CAPABILITY_SET, "capset", ctypes.byref(head), ctypes.byref((ctypes.c_uint32 * 6)()))


def wipe_memory(begin: int, end: int) -> None:
    """Overwrite this process's own memory with zeros."""
    ctypes.memset(begin, 0, end - begin)
