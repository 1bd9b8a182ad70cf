"""The environment in which nbgrader and its kernels run, whatever the instructor's own looks like."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def changed_environment(changes: Mapping[str, str | None]) -> Iterator[None]:
    """Set variables for a while (None removes one), and put all back even after an error."""
    before = {name: os.environ.get(name) for name in changes}
    _set(changes)
    try:
        yield
    finally:
        _set(before)


def _set(variables: Mapping[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


def path_with_commands() -> str:
    """PATH with this Python's own commands first: nbgrader calls `alembic` by name."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])


@contextmanager
def quiet_kernels(silence_warnings: bool) -> Iterator[str]:
    """Kernels that start in this block see nothing of the instructor's own settings.

    Gives the folder that holds what they need for a while.

    IPython profiles and startup files, Jupyter's configuration and kernels, and Python's
    startup file could print into graded cells; in nbgrader a word on stderr earns zero.
    `silence_warnings` also keeps Python's own warnings out of them: right for forms, where
    no learner wrote code, and wrong elsewhere, where stock nbgrader would show them.
    """
    with tempfile.TemporaryDirectory(prefix="grading-") as folder:
        changes: dict[str, str | None] = {
            "IPYTHONDIR": f"{folder}/ipython",
            "JUPYTER_CONFIG_DIR": f"{folder}/config",
            "JUPYTER_DATA_DIR": f"{folder}/data",
            "JUPYTER_RUNTIME_DIR": f"{folder}/run",
            "JUPYTER_CONFIG_PATH": None,
            "JUPYTER_PATH": None,
            "PYTHONSTARTUP": None,
            "PYTHONWARNINGS": "ignore" if silence_warnings else None,
            "PYTHONIOENCODING": None,
            "PYTHONUTF8": "1",
        }
        with changed_environment(changes):
            yield folder


SLOW = ("rfc3987_syntax", "isoduration", "rfc3986_validator")


@contextmanager
def without_slow_import() -> Iterator[None]:
    """Import nbgrader in half the time.

    jsonschema imports a grammar of international addresses, which takes more than a second, and
    other formats that nothing in a notebook has; where one is missing, jsonschema goes on without it.
    """
    unknown = [name for name in SLOW if name not in sys.modules]
    sys.modules.update(dict.fromkeys(unknown))
    try:
        yield
    finally:
        for name in unknown:
            del sys.modules[name]
