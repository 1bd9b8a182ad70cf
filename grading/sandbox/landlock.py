"""Which files may be touched: a second lock behind the mounts (linux/landlock.h, Linux 5.13)."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from contextlib import suppress

from grading.sandbox import syscalls

EXECUTE, WRITE, READ, LIST = 1, 2, 4, 8
TRUNCATE, DEVICE_CONTROL = 1 << 14, 1 << 15
READING = EXECUTE | READ | LIST
FILE_RIGHTS = EXECUTE | WRITE | READ | TRUNCATE | DEVICE_CONTROL
# By version: all rights on files that a rule of that version can handle.
FILE_RIGHTS_BY_VERSION = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
TCP_RIGHTS, SCOPES = 3, 3  # version 4: bind and connect; version 6: abstract sockets and signals
PATH_BENEATH = 1


class _Rules(ctypes.Structure):
    _fields_ = [(name, ctypes.c_uint64) for name in ("files", "network", "scopes")]


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _layout_ = "ms"
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def version() -> int:
    """Landlock's version in this kernel; 0 where there is none."""
    with suppress(OSError):
        return syscalls.call(syscalls.LANDLOCK_CREATE, "landlock", None, 0, 1)
    return 0


def restrict_files(readable: Iterable[str], writable: Iterable[str]) -> None:
    """From now on this process reads below `readable` only, and writes below `writable` only.

    A path that is not there is left out. Network, abstract sockets and signals to the outside
    are shut too where this kernel's Landlock knows them. Needs no_new_privs.
    """
    here = version()
    handled = FILE_RIGHTS_BY_VERSION[max(known for known in FILE_RIGHTS_BY_VERSION if known <= here)]
    rules = _Rules(handled, TCP_RIGHTS if here >= 4 else 0, SCOPES if here >= 6 else 0)
    size = 24 if here >= 6 else 16 if here >= 4 else 8
    ruleset = syscalls.call(syscalls.LANDLOCK_CREATE, "landlock", ctypes.byref(rules), size, 0)
    try:
        for path, rights in [*((p, READING) for p in readable), *((p, handled) for p in writable)]:
            _allow(ruleset, path, rights & handled)
        syscalls.call(syscalls.LANDLOCK_RESTRICT, "landlock", ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        folder = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not os.path.isdir(path):  # noqa: PTH112 - a plain string, in the hot path
            rights &= FILE_RIGHTS
        rule = _Beneath(rights, folder)
        syscalls.call(syscalls.LANDLOCK_ADD, "landlock", ruleset, PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(folder)
