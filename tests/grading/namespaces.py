"""Whether this system lends its users what a sandbox is made of."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

# Asked without our own code, so that a fault of ours is never taken for the system's
NEEDED = ["unshare", "--user", "--map-root-user", "--net", "--ipc", "--mount-proc", "--pid", "--fork", "true"]


def needs_sandbox() -> pytest.MarkDecorator:
    """A mark for tests that need what Linux lends to ordinary users; on CI none may be left out."""
    able = (
        shutil.which("unshare") and subprocess.run(NEEDED, check=False, capture_output=True).returncode == 0
    )
    return pytest.mark.skipif(
        not able and not os.environ.get("CI"), reason="this system does not let its users make namespaces"
    )
