#!/usr/bin/env python3
"""Makes the environment, then runs the main job, the tests, the benchmarks or the course.

    python3 start.py           publish the book, grade the sample cohort, pack the learner's zip
    python3 start.py learn     open the course as pages that work by themselves
    python3 start.py test      every test; what follows is handed to pytest
    python3 start.py bench     the figures, each beside a stock tool

Python 3.11 to 3.13 and nothing else; the network is needed once.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
STAMP = ENVIRONMENT / "made-from.sha256"
LOCK = ROOT / "requirements.txt"
BUILD = ROOT / "_build"
SCRIPTS = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")

OLDEST, NEWEST = (3, 11), (3, 13)

# What a learner receives. Not here: the sources of the assignments, the grading wing, the
# tests: hidden tests and model answers must not be in a learner's hands.
LEARNERS_FOLDERS = ("course", "modules", "pages", "_build/handouts")
LEARNERS_FILES = (
    "start.py",
    "pyproject.toml",
    "requirements.txt",
    "_config.yml",
    "_toc.yml",
    "README.md",
    "LICENSE",
    "LICENSE-CONTENT",
)
NEVER_PACKED = {"__pycache__", ".ipynb_checkpoints", ".DS_Store"}


class StartError(Exception):
    """What stands in the way, in one sentence, with what to do."""


# The environment --------------------------------------------------------------------------


def check_python() -> None:
    """Refuse a Python that the lock was not made for."""
    found = sys.version_info[:2]
    if not OLDEST <= found <= NEWEST:
        raise StartError(
            f"This course needs Python 3.11, 3.12 or 3.13 and this is {found[0]}.{found[1]}: "
            "install one of them from python.org, then call start.py with it."
        )


def check_place() -> None:
    """Refuse the Python inside `.venv`: making that anew would pull it from under itself."""
    if Path(sys.prefix).resolve() == ENVIRONMENT.resolve():
        raise StartError(
            "start.py makes .venv, so it cannot be called with the Python inside it: "
            "call it with the Python of this computer, `python3 start.py`."
        )


def fingerprint() -> str:
    """What the environment depends on: lock, project, interpreter and place (a venv cannot move)."""
    digest = hashlib.sha256()
    for part in (LOCK.read_bytes(), (ROOT / "pyproject.toml").read_bytes()):
        digest.update(part)
    digest.update(f"{sys.version_info[:2]} {ROOT}".encode())
    return digest.hexdigest()


def make_environment() -> None:
    """Make `.venv` from the lock; return at once where it was made from this very lock."""
    wanted = fingerprint()
    if STAMP.is_file() and STAMP.read_text() == wanted:
        return
    print("Making the environment in .venv (once, about a minute) ...", flush=True)
    BUILD.mkdir(exist_ok=True)
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    project = ["--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    uv = shutil.which("uv")
    with (BUILD / "set-up.log").open("w", encoding="utf-8") as log:
        if uv:
            install = [uv, "pip", "install", "--python", str(PYTHON)]
            run([uv, "venv", "--quiet", "--python", sys.executable, str(ENVIRONMENT)], log)
            # Without compiled files the first notebook of each kind takes three times as long.
            run([*install, "--compile-bytecode", "--require-hashes", "-r", str(LOCK)], log)
        else:
            try:
                venv.create(ENVIRONMENT, with_pip=True)
            except subprocess.CalledProcessError:
                raise StartError(
                    "Python cannot make an environment here: install its venv part "
                    "(on Debian and Ubuntu `apt install python3-venv`), then call start.py again."
                ) from None
            install = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check"]
            run([*install, "--require-hashes", "-r", str(LOCK)], log)
        run([*install, *project], log)
    STAMP.write_text(wanted)


def run(command: list[str], log) -> None:
    """Run one step of the set-up; its output goes to the log, a failure becomes a sentence."""
    done = subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, cwd=ROOT, check=False)
    if done.returncode:
        log.flush()
        raise StartError(
            f"The packages could not be installed: is this computer online, and does it have 1.5 GB free? "
            f"The reason stands at the end of {log.name}; then call start.py again."
        )


def in_environment(*command: str) -> int:
    """Run a command of the environment and give back its exit status."""
    program = str(PYTHON) if command[0] == "python" else str(SCRIPTS / command[0])
    environment = {
        **os.environ,
        "PATH": f"{SCRIPTS}{os.pathsep}{os.environ.get('PATH', '')}",
        "PYTHONUTF8": "1",
    }
    return subprocess.run([program, *command[1:]], cwd=ROOT, env=environment, check=False).returncode


def step(title: str, *command: str) -> None:
    """One step of the main job; stop with its own exit status where it fails."""
    print(f"\n{title}", flush=True)
    status = in_environment(*command)
    if status:
        sys.exit(status)


# The jobs ---------------------------------------------------------------------------------


def main_job() -> int:
    """Publish the book, grade the sample cohort, pack what learners receive."""
    step("1. Publishing the course ...", "course", "book")
    cohort = (ROOT / "grading").is_dir()
    if cohort:
        sample = ("python", "-m", "grading.sample", "cohorts/sample", "--handout", "_build/handouts")
        step("2. Grading the sample cohort: 93 associations, ten assignments, real nbgrader ...", *sample)
        pack_learners_zip(BUILD / "learner.zip")
    print()
    print("Made:  _build/html/index.html     the course as a book; open it in a browser, no network needed")
    if cohort:
        print("Made:  cohorts/sample             all hand-ins graded; the tables are in its folder exports")
        print("Made:  _build/learner.zip         what you give to learners; nothing that grades is in it")
    print("Next:  python3 start.py learn     answer in pages that remember   (start.py test: every test)")
    return 0


def pack_learners_zip(target: Path) -> None:
    """The learner's zip: whole or absent, the same bytes from the same files."""
    files = [ROOT / name for name in LEARNERS_FILES if (ROOT / name).is_file()]
    for folder in LEARNERS_FOLDERS:
        files += [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    beside = target.with_suffix(".part")
    with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(files):
            name = path.relative_to(ROOT)
            if not NEVER_PACKED.intersection(name.parts):
                entry = zipfile.ZipInfo(f"shadow-report-course/{name.as_posix()}", (2026, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
    beside.replace(target)


def test_job(arguments: list[str]) -> int:
    """Every test in one pytest run; its closing line is the last line."""
    install_programs()
    in_environment("python", str(ROOT / "tests" / "quizzes" / "gift_reader.py"))
    # The whole suite runs in a process a core; a file stays in one process, with what it sets up.
    whole = ["-n", "auto", "--maxprocesses", "4", "--dist", "loadfile"]
    return in_environment("python", "-m", "pytest", *(arguments or whole))


# What tests open beside Python: the names any of which will do, and Debian's packages for it.
PROGRAMS = {
    "Chromium": (("chromium", "google-chrome", "chrome"), ["chromium", "fonts-noto-core"]),
    "LibreOffice": (("soffice",), ["libreoffice-writer-nogui", "libpangoft2-1.0-0", "libharfbuzz-subset0"]),
}


def install_programs() -> None:
    """Install what the tests open, where this user may; say so where it cannot be done."""
    missing = {
        title: packages for title, (names, packages) in PROGRAMS.items() if not any(map(shutil.which, names))
    }
    if not missing:
        return
    apt = shutil.which("apt-get")
    if apt and os.name == "posix" and os.geteuid() == 0:
        print(f"Installing {' and '.join(missing)} for the tests ...", flush=True)
        BUILD.mkdir(exist_ok=True)
        packages = [package for names in missing.values() for package in names]
        with (BUILD / "programs.log").open("w", encoding="utf-8") as log:
            for words in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
                subprocess.run(
                    [apt, "-q", *words],
                    stdout=log,
                    stderr=subprocess.STDOUT,
                    env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
                    check=False,
                )
    for title, packages in missing.items():
        if not any(map(shutil.which, PROGRAMS[title][0])):
            print(
                f"{title} is missing and cannot be installed from here: the tests that open it are left out "
                f"by name. Install it (Debian: `apt install {packages[0]}`) to run them."
            )


def main(arguments: list[str]) -> int:
    """Do what was asked; exit status 0 done, 1 findings, 2 something stands in the way."""
    jobs = ("learn", "test", "bench")
    if arguments and arguments[0] in ("-h", "--help"):
        print(__doc__)
        return 0
    if arguments and arguments[0] not in jobs:
        raise StartError(f"start.py knows {', '.join(jobs)}, or no word at all; not {arguments[0]!r}.")
    check_python()
    check_place()
    make_environment()
    if not arguments:
        return main_job()
    if arguments[0] == "learn":
        return in_environment("course", "learn", *arguments[1:])
    if arguments[0] == "bench":
        return in_environment("python", "-m", "bench", *arguments[1:])
    return test_job(arguments[1:])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except StartError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
