"""The commands' side of the process that all shells are forked from."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path

from grading.sandbox.limits import Limits
from grading.sandbox.sandbox import hand_over

END_SECONDS = 10
PRELOAD = ("numpy", "pandas", "matplotlib.pyplot", "matplotlib.font_manager", "ipywidgets")
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
)
# What ipykernel sets for its cells
OF_A_KERNEL = {
    "TERM": "xterm-color",
    "CLICOLOR": "1",
    "FORCE_COLOR": "1",
    "CLICOLOR_FORCE": "1",
    "PAGER": "cat",
    "GIT_PAGER": "cat",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
}
KEPT = ("LANG", "LC_ALL", "LC_CTYPE", "TZ", "PYTHONPATH", "VIRTUAL_ENV")


@dataclass(frozen=True)
class Rules:
    """How shells are shut in: their limits, what more they may read, and what they must not see at all."""

    limits: Limits = field(default_factory=Limits)
    readable: tuple[str, ...] = ()
    private: tuple[str, ...] = ()


class ShellParent:
    """The process that all shells are forked from, with one control socket for each worker.

    `rules` is None for no sandbox. `quiet` keeps Python's own warnings out of the cells:
    right for forms, where no learner wrote code. `folders` holds the folder of each shell.
    Use it in a `with` block: no shell and no process outlives it.
    """

    def __init__(
        self,
        workers: int = 1,
        rules: Rules | None = None,
        *,
        preload: tuple[str, ...] = PRELOAD,
        quiet: bool = False,
    ) -> None:
        self.rules = rules
        self.workers = workers
        self._place = tempfile.TemporaryDirectory(prefix="grading-")
        self.folders = Path(self._place.name).resolve()
        pairs = [socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET) for _ in range(workers)]
        theirs = [pair[1] for pair in pairs]
        self.controls = [pair[0] for pair in pairs]
        settings = {
            "controls": [end.fileno() for end in theirs],
            "preload": preload,
            "sandbox": asdict(rules) if rules else None,
            "folders": str(self.folders),
        }
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-Xfrozen_modules=off",
                "-P",
                "-m",
                "grading.engine.zygote",
                json.dumps(settings),
            ],
            pass_fds=settings["controls"],
            stdin=subprocess.DEVNULL,
            env=clean_environment(quiet) | self._prepared_places(),
            start_new_session=True,  # an interrupt at the keyboard is for the command
        )
        for end in theirs:
            end.close()

    def _prepared_places(self) -> dict[str, str]:
        """Folders for IPython and matplotlib, with the list of fonts, which takes a second to make."""
        places = {"IPYTHONDIR": self.folders / ".ipython", "MPLCONFIGDIR": self.folders / ".matplotlib"}
        for place in places.values():
            place.mkdir()
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "matplotlib"
        for fonts in Path(os.environ.get("MPLCONFIGDIR") or cache).glob("fontlist-*.json"):
            shutil.copy(fonts, places["MPLCONFIGDIR"])
        for place in places.values():
            self.hand_over(place)
        return {name: str(place) for name, place in places.items()}

    def enter_worker(self, worker: int) -> None:
        """In a worker: leave the control sockets of the others alone."""
        for number, control in enumerate(self.controls):
            if number != worker:
                control.close()

    def end_shells(self, worker: int) -> None:
        """End what a worker that is gone has left running."""
        self.controls[worker].send(json.dumps({"do": "end", "number": None}).encode())

    def hand_over(self, folder: Path) -> None:
        """Give a shell's folder to the user that the shell will be."""
        if self.rules is not None:
            hand_over(folder)

    def __enter__(self) -> ShellParent:
        return self

    def __exit__(self, *_error: object) -> None:
        for control in self.controls:
            control.close()
        try:
            self.process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._place.cleanup()


def clean_environment(quiet: bool) -> dict[str, str]:
    """What of the instructor's environment Python needs, and what a kernel sets for its cells."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    path = os.pathsep.join([str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin"])
    quieted = {"PYTHONWARNINGS": "ignore"} if quiet else {}
    return {**kept, **ONE_THREAD, **OF_A_KERNEL, **quieted, "PATH": path, "PYTHONUTF8": "1"}
