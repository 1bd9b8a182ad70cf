"""How long the whole test suite takes on this machine."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from rich.table import Table


def time_suite(root: Path, _folder: Path) -> Table:
    """Seconds of one whole pytest run, and its closing line."""
    begun = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q"], cwd=root, capture_output=True, text=True, check=False
    )
    table = Table("figure", "here", "aim", title="The test suite")
    table.add_row("seconds", f"{time.perf_counter() - begun:.0f}", "at most 600")
    table.add_row("closing line", (done.stdout.strip().splitlines() or ["nothing printed"])[-1], "")
    return table
