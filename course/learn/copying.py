"""Makes the learner's own copy of the pages. What a learner wrote or changed is never overwritten."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from course.content import module_folders
from course.errors import CourseError
from course.files import write_whole

HANDOUTS = Path("_build", "handouts")
HANDED_OUT = ("{id}.ipynb", "assignment.yml")  # never the answers: those are the learner's
OWN = ".course"  # what the course itself keeps in the learner's folder
RECORD = Path(OWN, "copied.json")
WORK = "my-work.db"


@dataclass(frozen=True)
class Copied:
    """What one copying did, as paths below the learner's folder.

    `kept` are pages that the learner changed and the course has changed since: they stay
    as the learner left them.
    """

    added: tuple[str, ...]
    refreshed: tuple[str, ...]
    kept: tuple[str, ...]


def copy_course(root: Path, folder: Path) -> Copied:
    """Bring the learner's `folder` up to date with the course at `root`.

    A page that is missing is added. A page that is still what an earlier copying wrote
    (known by its SHA-256) is refreshed; any other one is left. Each file is written whole
    or not at all, so that a copying that is cut off is completed by the next one. Raises
    CourseError where `folder` is the course itself or cannot be written.
    """
    if (folder / "_toc.yml").exists():
        raise CourseError(
            f"{folder}: this is the course itself; name another folder for your own pages with --dir."
        )
    pages = dict(_pages(root))
    try:
        known = _read_record(folder / RECORD)
        added, refreshed, kept = [], [], []
        for name, source in pages.items():
            new, target = source.read_bytes(), folder / name
            old = target.read_bytes() if target.exists() else None
            if old is None:
                target.parent.mkdir(parents=True, exist_ok=True)
                added.append(name)
            elif old == new:
                known[name] = _hash(new)
                continue
            elif _hash(old) == known.get(name):
                refreshed.append(name)
            else:
                if _hash(new) != known.get(name):
                    kept.append(name)
                continue
            write_whole(target, new)
            known[name] = _hash(new)
        _write_record(folder / RECORD, known)
    except OSError as error:
        raise CourseError(
            f"{folder}: your pages cannot be written here ({error.strerror}); what was there is untouched. "
            "Free some space, or name another folder with --dir."
        ) from None
    return Copied(tuple(added), tuple(refreshed), tuple(kept))


def _pages(root: Path) -> Iterator[tuple[str, Path]]:
    """Every page that a learner gets: its place in the copy, and where it comes from."""
    for module in module_folders(root):
        for page in sorted(module.glob("*.ipynb")):
            yield f"modules/{module.name}/{page.name}", page
    for page in sorted((root / "pages").glob("*.ipynb")):
        yield f"pages/{page.name}", page
    for handout in sorted((root / HANDOUTS).glob("a[0-9][0-9]")):
        for pattern in HANDED_OUT:
            page = handout / pattern.format(id=handout.name)
            if page.is_file():
                yield f"assignments/{handout.name}/{page.name}", page


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read_record(path: Path) -> dict[str, str]:
    """What earlier copyings wrote. Without a readable record every page counts as the learner's."""
    try:
        return dict(json.loads(path.read_text(encoding="utf-8"))["files"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return {}


def _write_record(path: Path, known: dict[str, str]) -> None:
    record = {"format": "course-copy", "version": 1, "files": dict(sorted(known.items()))}
    content = json.dumps(record, indent=1) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)
