"""Ends what takes too much, and says in words how a submission's process ended."""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from grading.sandbox.limits import Limits

ENDED_ITSELF = "It ended its own process before the grader was done with it."
KILLED = "Its process was killed: by the system, a crash, the limit on computing time, or the grader."
TOO_MUCH_MEMORY = "It took more memory than one submission may."
TOO_LONG = "It took longer than one submission may."
TOO_MANY_FILES = "It wrote more files than one submission may."


@dataclass(frozen=True)
class Inmate:
    """One submission's first process: its folder, when it began (monotonic seconds), its memory then."""

    folder: Path
    begun: float
    own_bytes: int


def describe_ending(exit_code: int) -> str:
    """One sentence about an exit code (negative: a signal); empty where it ended as it should."""
    if exit_code == 0:
        return ""
    return KILLED if exit_code < 0 else ENDED_ITSELF


def end_excessive(inmates: dict[int, Inmate], limits: Limits) -> dict[int, str]:
    """Kill each of `inmates` (by pid, first of its namespace) that takes too much; why, in a sentence."""
    ended = {}
    memory = _memory_by_inmate(inmates)
    for pid, inmate in inmates.items():
        if time.monotonic() - inmate.begun > limits.wall_seconds:
            ended[pid] = TOO_LONG
        elif memory[pid] > limits.memory:
            ended[pid] = TOO_MUCH_MEMORY
        elif _is_overfull(inmate.folder, limits):
            ended[pid] = TOO_MANY_FILES
    for pid in ended:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    return ended


def private_bytes(process: int | str) -> int:
    """The memory of a process that is no file's; 0 where the process has just ended."""
    try:
        _, resident, shared, *_ = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()
    except OSError:
        return 0
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGESIZE")


def _memory_by_inmate(inmates: dict[int, Inmate]) -> dict[int, int]:
    """All that the processes of each inmate took since it began.

    Who loses a parent becomes a child of its namespace's first process: every process of an
    inmate hangs below it. Each fork counts the first one's pages as its own: they are taken off.
    """
    parents = {int(name): _parent(name) for name in os.listdir("/proc") if name.isdigit()}  # noqa: PTH208
    memory = dict.fromkeys(inmates, 0)
    for process in parents:
        above = process
        while above not in inmates and above in parents:
            above = parents[above]
        if above in inmates:
            memory[above] += max(0, private_bytes(process) - inmates[above].own_bytes)
    return memory


def _parent(process: str) -> int:
    try:
        text = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return int(text.rpartition(")")[2].split()[1])


def _is_overfull(folder: Path, limits: Limits) -> bool:
    count = size = 0
    for place, _, names in os.walk(folder):
        for name in names:
            count += 1
            with suppress(OSError):
                size += os.lstat(os.path.join(place, name)).st_blocks * 512  # noqa: PTH118
            if count > limits.disk_files or size > limits.disk_bytes:
                return True
    return False
