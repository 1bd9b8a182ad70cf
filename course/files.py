"""Reading and writing at the edge: YAML with line numbers, writes that are whole or absent."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedBase
from ruamel.yaml.constructor import RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from course.errors import ContentError, CourseError, Problem, shown

PACKAGE_ROOT = Path(__file__).resolve().parent.parent
DATA = Path(__file__).resolve().parent / "data"


class _Constructor(RoundTripConstructor):
    """Leaves dates as text: the model that wants a date says which field is none, with its line."""


_Constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda _, node: node.value)


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


def read_yaml(path: Path, root: Path | None = None) -> CommentedBase:
    """A YAML 1.2 file as nested mappings and lists that know their line numbers.

    Read as YAML 1.2, so that `NO` (Norway) stays text. Raises ContentError with the
    line for a file that is missing, not UTF-8, empty or not YAML.
    """
    name = shown(path, root or PACKAGE_ROOT)
    try:
        reader = YAML(typ="rt")
        reader.Constructor = _Constructor
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
                    f"this is not YAML: {error.problem}.",
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
