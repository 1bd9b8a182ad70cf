"""Builds the book with jupyter-book, warnings as errors, and puts it in place whole or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from course.book.complaints import explain, refuse_broken_notebooks
from course.book.overview import SINGLE_FOLDER
from course.content.models import Module
from course.content.reading import module_folders, read_model
from course.errors import CourseError
from course.files import PACKAGE_ROOT, find_root

PORT_TAKEN = "Address already in use"  # two kernels drew the same port: chance, not a fault of a page
# Of what Sphinx leaves in its folder, this is not part of the book.
NOT_PUBLISHED = shutil.ignore_patterns(
    ".buildinfo*", "objects.inv", "reports", "_sources", "_sphinx_design_static", "*.map"
)


def build_book(root: Path | None = None, out: Path | None = None, store: Path | None = None) -> Path:
    """Builds the book of `root` and gives the folder it stands in: `out`, else `_build/html`.

    Pages are executed once and kept in `store` (`_build/.book`), under a hash of all that they
    are made from besides their own text; so a second build is quick and never stale. The
    modules as single files stand in the book under `single/`; with the default `out` also in
    `_build/modules`, to be sent around.

    Raises CourseError with one line for each page that cannot be made, and for an `out` that
    holds something else; what stood in `out` before is then still there, untouched.
    """
    root = find_root(root)
    usual = root / "_build" / "html"
    out = Path(out).resolve() if out is not None else usual
    _refuse_other_folder(out)
    for folder in module_folders(root):
        read_model(folder / "module.yml", Module, root)  # its faults are said once, not page by page
    refuse_broken_notebooks(root)
    store = Path(store) if store is not None else root / "_build" / ".book"
    room = store / digest(root)
    for earlier in store.glob("[0-9a-f]" * len(room.name)):
        if earlier != room:
            shutil.rmtree(earlier)
    room.mkdir(parents=True, exist_ok=True)
    _run_jupyter_book(root, room)
    site = room / "_build" / "html"
    _put_in_place(site, out, NOT_PUBLISHED)
    if out == usual:
        _put_in_place(site / SINGLE_FOLDER, out.parent / "modules", None)
    return out


def digest(root: Path) -> str:
    """A hash of what pages are made from besides their own text.

    jupyter-book's cache knows a page by its one-line calls alone: without this a quiz
    whose `items.yml` changed would be published as it was.
    """
    seen = hashlib.sha256()
    library = PACKAGE_ROOT / "course"
    sources = [path for path in library.rglob("*") if path.is_file() and path.parent.name != "__pycache__"]
    sources += [path for folder in ("modules", "assignments") for path in (root / folder).rglob("*.yml")]
    sources.append(root / "_config.yml")
    for path in sorted(sources):
        seen.update(path.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return seen.hexdigest()[:16]


def _run_jupyter_book(root: Path, room: Path) -> None:
    """One run of jupyter-book's own command, with nobody's answers within its reach."""
    command = [
        *(sys.executable, "-c", "from jupyter_book.cli.main import main; main()"),
        *("build", str(root), "--path-output", str(room), "-n", "-W", "--keep-going", "-q"),
    ]
    with tempfile.TemporaryDirectory(dir=room) as nobody:
        # A form shows what its reader wrote in "my work"; the book must show an empty one.
        environment = {**os.environ, "COURSE_WORK": str(Path(nobody) / "my-work.db"), "PYTHONUTF8": "1"}
        for _ in range(2):
            done = subprocess.run(
                command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
            )
            if done.returncode == 0:
                return
            # Sphinx remembers a page that it warned about as done, and would say nothing next time.
            shutil.rmtree(room / "_build" / ".doctrees", ignore_errors=True)
            if PORT_TAKEN not in done.stdout + done.stderr:
                break
    raise CourseError(explain(done.stdout + done.stderr, root))


def _refuse_other_folder(out: Path) -> None:
    """The book replaces the folder it is put in, so that must be a book already, or empty."""
    if (
        out.exists()
        and not (out / "_static" / "book.css").is_file()
        and (out.is_file() or any(out.iterdir()))
    ):
        raise CourseError(f"{out}: this holds something else than a book; name a new or an empty folder.")


def _put_in_place(source: Path, target: Path, ignore) -> None:
    """Copies beside, then renames: who reads the book sees the old one or the new one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as beside:
        shutil.copytree(source, Path(beside) / "new", ignore=ignore)
        if target.exists():
            target.rename(Path(beside) / "old")
        (Path(beside) / "new").rename(target)
