"""Which kernels the fast engine can stand for: those that are this very Python with ipykernel."""

from __future__ import annotations

import sys
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager

THIS_PYTHON = {"python", f"python{sys.version_info[0]}", f"python{sys.version_info[0]}.{sys.version_info[1]}"}
NATIVE = {"python", "python3"}


def python_kernels() -> frozenset[str]:
    """The names of installed kernels that start this interpreter, without settings of their own."""
    names = set(NATIVE)
    for name, about in KernelSpecManager().get_all_specs().items():
        spec = about["spec"]
        names.discard(name)
        if spec["argv"] and _is_this_python(spec["argv"]) and not spec.get("env"):
            names.add(name)
    return frozenset(names)


def _is_this_python(argv: list[str]) -> bool:
    program = argv[0]
    same = program in THIS_PYTHON or Path(program).absolute() == Path(sys.executable).absolute()
    return same and "ipykernel_launcher" in argv
