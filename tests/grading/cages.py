"""Runs short programs in a real sandbox, as root and as an ordinary user, for tests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from grading.sandbox import Limits, hand_over
from tests.conftest import ROOT

MIB = 1024 * 1024
SMALL = Limits(
    memory=256 * MIB,
    processes=40,
    cpu_seconds=20,
    wall_seconds=20,
    file_bytes=4 * MIB,
    disk_bytes=8 * MIB,
    disk_files=200,
    open_files=64,
)


class Cage:
    """Runs programs in a sandbox; see tests/grading/cage.py."""

    def __init__(self, user, limits=SMALL, below=None):
        self.place = Path(tempfile.mkdtemp(prefix="cage-", dir=below))
        self.place.chmod(0o711)
        if user == "ordinary":
            hand_over(self.place)
        self.folder = self.place / "own"
        self.folder.mkdir()
        (self.folder / "given.txt").write_text("given")
        (self.place / "other").mkdir()
        (self.place / "other" / "secret.txt").write_text("another submission")
        (self.place / "other").chmod(0o755)
        hand_over(self.folder)
        command = [
            sys.executable,
            "-m",
            "tests.grading.cage",
            str(self.place),
            json.dumps(asdict(limits)),
            user,
        ]
        self.process = subprocess.Popen(
            ["sh", "-c", '"$@"; exit', "grader", *command],  # a parent, as the grader is one
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"SECRET_TOKEN": "the instructor's"},
            text=True,
        )

    def run(self, source):
        """What the program said, as a list, and the sentence about its end."""
        self.ask(source)
        return self.hear()

    def ask(self, source):
        """Let a program begin."""
        self.process.stdin.write(json.dumps({"source": source, "folder": str(self.folder)}) + "\n")
        self.process.stdin.flush()

    def hear(self):
        """What it said until its end, and the sentence about that."""
        answer = json.loads(self.process.stdout.readline())
        return answer["said"], answer["ending"]

    def close(self):
        """End it with all that is in it."""
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()
        shutil.rmtree(self.place)


def processes():
    """The command lines of all processes."""
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout


def wait_until(happens):
    """Wait, not for ever."""
    deadline = time.monotonic() + 10
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.05)
