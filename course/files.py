"""Reading and writing at the edge: YAML with line numbers, writes that are whole or absent."""

from __future__ import annotations

import os
import re
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from course.errors import ContentError, CourseError, Problem, shown

if TYPE_CHECKING:
    from ruamel.yaml.comments import CommentedBase

PACKAGE_ROOT = Path(__file__).resolve().parent.parent
DATA = Path(__file__).resolve().parent / "data"


class _CoreLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """PyYAML's quick reader, with the plain words of YAML 1.2: `NO`, dates and `1:30` stay text."""

    yaml_implicit_resolvers: dict[str | None, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


for _kind, _plain, _first in (
    ("null", "~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", "true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", "[-+]?(?:0|[1-9][0-9]*)", list("-+0123456789")),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", list("-+.0123456789")),
):
    _CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_kind}", re.compile(f"^(?:{_plain})$"), _first)


def find_root(start: Path | None = None) -> Path:
    """The folder that holds `_toc.yml`: above `start`, else the one this package lies in.

    Where the environment's COURSE_ROOT names a folder, it is that one and no other: so a
    page that was opened from a course stays with it. Raises CourseError where there is none.
    """
    candidates = [PACKAGE_ROOT]
    if named := os.environ.get("COURSE_ROOT"):
        candidates = [Path(named).resolve()]
    elif start is not None:
        start = Path(start).resolve()
        candidates = [start, *start.parents, PACKAGE_ROOT]
    for folder in candidates:
        if (folder / "_toc.yml").is_file():
            return folder
    raise CourseError(
        f"{candidates[0]}: no _toc.yml here or above; "
        "go to the folder of the course, the one that holds _toc.yml."
    )


def read_quickly(path: Path) -> dict[str, Any]:
    """A YAML 1.2 file of the course's own data, twenty times quicker than `read_yaml`.

    It knows no line numbers; a file that does not read goes to `read_yaml`, which names the line.
    """
    try:
        document = yaml.load(path.read_text(encoding="utf-8"), Loader=_CoreLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        document = None
    return document if isinstance(document, dict) else read_yaml(path)


def read_yaml(path: Path, root: Path | None = None) -> CommentedBase:
    """A YAML 1.2 file as nested mappings and lists that know their line numbers.

    Read as YAML 1.2, so that `NO` (Norway) stays text. Raises ContentError with the
    line for a file that is missing, not UTF-8, empty or not YAML.
    """
    # Loaded where a file with line numbers is wanted: it takes longer than a draft takes to be read.
    from ruamel.yaml import YAML  # noqa: PLC0415
    from ruamel.yaml.comments import CommentedBase  # noqa: PLC0415
    from ruamel.yaml.error import MarkedYAMLError, YAMLError  # noqa: PLC0415

    name = shown(path, root or PACKAGE_ROOT)
    try:
        reader = YAML(typ="rt")
        reader.Constructor = _constructor()
        document = reader.load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ContentError([Problem(name, None, "", "the file is missing.", "Create it.")]) from None
    except UnicodeDecodeError:
        raise ContentError(
            [Problem(name, None, "", "the file is not UTF-8 text.", "Save it again as UTF-8.")]
        ) from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ContentError(
            [
                Problem(
                    name,
                    line,
                    "",
                    f"this is not YAML: {error.problem.partition(' with value ')[0]}.",
                    "Look for a missing quote, a colon in unquoted text, or a wrong indent just above.",
                )
            ]
        ) from None
    except YAMLError as error:
        raise ContentError(
            [Problem(name, None, "", f"this is not YAML: {error}.", "Write it as YAML 1.2.")]
        ) from None
    if not isinstance(document, CommentedBase):
        raise ContentError([Problem(name, 1, "", "the file holds no mapping.", "Write `name: value` lines.")])
    return document


@cache
def _constructor() -> type:
    """Leaves dates as text: the model that wants a date says which field is none, with its line."""
    from ruamel.yaml.constructor import RoundTripConstructor  # noqa: PLC0415

    class _Constructor(RoundTripConstructor):
        pass

    _Constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)
    return _Constructor


def write_whole(path: Path, content: str | bytes) -> None:
    """Write beside, then rename: a reader sees the old file or the new one, never a half.

    The file and its folder are flushed to the disk before and after the rename, so that
    a power cut leaves one of the two. Raises OSError (full disk, read-only folder) with
    the old file untouched and nothing left beside it.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
