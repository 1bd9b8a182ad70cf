"""gift-pegjs, an independent reader of GIFT: installed once, then called as a program.

It comes from npm by the client and the Node.js that are in the environment already: JupyterLab
brings the one, Playwright the other. `start.py test` calls this file before the tests.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

WANTED = Path(__file__).with_name("gift-reader")
READER = Path(__file__).resolve().parents[2] / "_build" / "gift-reader"
READ = (
    "const {parse} = require('gift-pegjs');"
    "console.log(JSON.stringify(parse(require('fs').readFileSync(0, 'utf8'))));"
)


def node() -> Path:
    """The Node.js that Playwright brings."""
    import playwright

    name = "node.exe" if os.name == "nt" else "node"
    return Path(playwright.__file__).parent / "driver" / name


def is_installed() -> bool:
    """Whether the version that the lock names is there."""
    lock = READER / "yarn.lock"
    module = READER / "node_modules" / "gift-pegjs"
    return module.is_dir() and lock.is_file() and lock.read_bytes() == (WANTED / "yarn.lock").read_bytes()


def install() -> bool:
    """Install what the lock names, and nothing else; False where it cannot be done from here."""
    if is_installed():
        return True
    shutil.rmtree(READER, ignore_errors=True)
    shutil.copytree(WANTED, READER)
    environment = {
        **os.environ,
        "PATH": f"{node().parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "YARN_NODE_LINKER": "node-modules",
        "YARN_ENABLE_GLOBAL_CACHE": "0",
        "YARN_HTTP_RETRY": "1",
        "YARN_HTTP_TIMEOUT": "20000",
    }
    if chosen := registry():
        environment["YARN_NPM_REGISTRY_SERVER"] = chosen
    jlpm = Path(sys.executable).with_name("jlpm.exe" if os.name == "nt" else "jlpm")
    done = subprocess.run(
        [jlpm, "install", "--immutable"], cwd=READER, env=environment, capture_output=True, check=False
    )
    return done.returncode == 0 and is_installed()


def registry() -> str:
    """The registry that this computer has chosen for npm; empty where it has chosen none."""
    npm = shutil.which("npm")
    if npm is None:
        return ""
    asked = subprocess.run([npm, "config", "get", "registry"], capture_output=True, text=True, check=False)
    return asked.stdout.strip().rstrip("/")


def read_gift(text: str) -> list[dict[str, Any]]:
    """The questions of a GIFT file as gift-pegjs understands them."""
    done = subprocess.run(
        [node(), "-e", READ], cwd=READER, input=text, capture_output=True, text=True, check=False, timeout=60
    )
    if done.returncode:
        raise AssertionError(f"gift-pegjs cannot read this file: {done.stderr[:1000]}")
    return json.loads(done.stdout)


if __name__ == "__main__" and not install():
    print("gift-pegjs could not be installed: the tests that need it are left out by name.", file=sys.stderr)
