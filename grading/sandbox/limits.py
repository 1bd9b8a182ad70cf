"""How much one submission may take of the computer."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

try:
    import resource
except ImportError:  # Windows has none, and no sandbox either
    resource = None

MIB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bytes, seconds and counts for one submission; plain numbers, so `Limits(**asdict(x)) == x`.

    `memory`: beyond what the grader's own libraries take already, for all its processes together.
    `processes` counts threads too. `file_bytes` is the largest file, `disk_bytes` all files
    together. `output_bytes` is for whoever reads what the submission sends.
    """

    memory: int = 2048 * MIB
    processes: int = 128
    cpu_seconds: int = 300
    wall_seconds: int = 900
    file_bytes: int = 128 * MIB
    disk_bytes: int = 256 * MIB
    disk_files: int = 10_000
    open_files: int = 512
    output_bytes: int = 16 * MIB

    def apply(self) -> None:
        """Bind this process and its children, for good."""
        for kind, wanted in (
            (resource.RLIMIT_AS, self.memory + mapped_bytes()),
            (resource.RLIMIT_NPROC, self.processes),
            (resource.RLIMIT_CPU, self.cpu_seconds),
            (resource.RLIMIT_FSIZE, self.file_bytes),
            (resource.RLIMIT_NOFILE, self.open_files),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_MSGQUEUE, 0),
            (resource.RLIMIT_MEMLOCK, 0),
        ):
            _, hard = resource.getrlimit(kind)
            most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
            resource.setrlimit(kind, (most, most))


def mapped_bytes() -> int:
    """The address space that this process has taken so far."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGESIZE")
