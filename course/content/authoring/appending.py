"""New items at the end of a module's `items.yml`: what stands there stays as it is, byte by byte."""

from __future__ import annotations

import io
import re
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template
from typing import Any

from ruamel.yaml import YAML

from course.content.models import ITEM_KINDS
from course.content.reading import load_module, module_folders, read_items
from course.errors import ContentError, CourseError, Problem, shown
from course.files import read_yaml, write_whole

TEMPLATES = Path(__file__).with_name("templates")
_NUMBERED = re.compile(r"(?P<stem>.+)-(?P<number>[0-9]+)")


def new_item(module: str, kind: str, root: Path, objective: str | None = None) -> tuple[str, Path, int]:
    """Add a template of one kind with the next free id; the id, the file and the line it begins on.

    The template is commented, and empty where the author writes: until then `course check` names
    each empty field. Without `objective` it is that of the last item.
    """
    if kind not in ITEM_KINDS:
        raise CourseError(f"there is no kind {kind!r}; write one of {', '.join(ITEM_KINDS)}.")
    path = items_path(module, root)
    objectives = objectives_of(module, root)
    entries = entries_of(path, root)
    chosen = objective or (entries[-1].get("objective") if entries else objectives[0])
    if chosen not in objectives:
        raise CourseError(
            f"{module} has no objective {chosen!r}; write --objective and one of {', '.join(objectives)}."
        )
    identifier = next_ids(entries, chosen, taken_ids(root), 1)[0]
    parts = [(TEMPLATES / f"{name}.yml").read_text(encoding="utf-8") for name in ("head", kind)]
    said = {"id": identifier, "objective": chosen, "objectives": ", ".join(objectives), "kind": kind}
    before = path.read_text(encoding="utf-8").rstrip("\n")
    write_whole(path, f"{before}\n\n{Template(''.join(parts)).substitute(said)}")
    return identifier, path, before.count("\n") + 3


def append_items(path: Path, entries: Sequence[Mapping[str, Any]], root: Path) -> None:
    """Add valid entries to an `items.yml`; nothing is written where they would not be read back.

    Raises ContentError with the faults that the file has already, or would have.
    """
    _, before = read_items(path, root)
    if before:
        raise ContentError(before)
    blocks = "\n".join(_as_yaml(entry) for entry in entries)
    whole = f"{path.read_text(encoding='utf-8').rstrip()}\n\n{blocks}"
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / path.name
        trial.write_text(whole, encoding="utf-8")
        items, problems = read_items(trial, root)
    name = shown(path, root)
    if problems:
        raise ContentError(Problem(name, p.line, p.item, p.problem, p.remedy) for p in problems)
    if not {entry["id"] for entry in entries} <= set(items):
        remedy = "Move `items:` and its list to the end of the file."
        raise ContentError(
            [Problem(name, None, "", "the list of items is not the last thing in it.", remedy)]
        )
    write_whole(path, whole)


def items_path(module: str, root: Path) -> Path:
    """The `items.yml` of a module; raises CourseError with the modules that there are."""
    path = root / "modules" / module / "items.yml"
    if not path.is_file():
        known = sorted(p.parent.name for p in root.glob("modules/*/items.yml"))
        raise CourseError(f"there is no module {module!r} with items; write one of {', '.join(known)}.")
    return path


def objectives_of(module: str, root: Path) -> list[str]:
    """The ids of a module's objectives."""
    return [objective.id for objective in load_module(module, root).objectives]


def taken_ids(root: Path) -> set[str]:
    """Every id of an item in the course, finished or not: an id is never given twice."""
    found: set[str] = set()
    for folder in module_folders(root):
        found.update(str(entry.get("id")) for entry in entries_of(folder / "items.yml", root))
    return found


def next_ids(entries: Sequence[Mapping[str, Any]], objective: str, taken: set[str], count: int) -> list[str]:
    """The next free ids for an objective, in the manner of its other items: `tb-bodies-07`."""
    like = [entry for entry in entries if entry.get("objective") == objective] or list(entries)
    stems = Counter(match["stem"] for entry in like if (match := _NUMBERED.fullmatch(str(entry.get("id")))))
    stem = stems.most_common(1)[0][0] if stems else f"item-{objective.removeprefix('LO-').replace('.', '-')}"
    numbers = [
        int(match["number"])
        for name in taken
        if (match := _NUMBERED.fullmatch(name)) and match["stem"] == stem
    ]
    first = max(numbers, default=0) + 1
    return [f"{stem}-{number:02}" for number in range(first, first + count)]


def entries_of(path: Path, root: Path) -> list[Mapping[str, Any]]:
    """The entries of an `items.yml` as they stand now, whether they are finished or not."""
    if not path.is_file():
        return []
    entries = read_yaml(path, root).get("items") or []
    return [entry for entry in entries if isinstance(entry, Mapping)]


def _as_yaml(entry: Mapping[str, Any]) -> str:
    """One entry as it stands in the list, two spaces in."""
    writer = YAML()
    writer.width = 4096  # a text stays on its line, as in the rest of the file
    writer.allow_unicode = True
    writer.indent(mapping=2, sequence=4, offset=2)
    file = io.StringIO()
    writer.dump([dict(entry)], file)
    return file.getvalue()
