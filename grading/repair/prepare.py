"""Prepares one page of a hand-in for grading: bounded, read, repaired; or refused in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from grading.findings import Finding
from grading.packages import printable
from grading.repair.cells import restore_cells
from grading.repair.reading import MAX_BYTES, PageError, read_document
from grading.repair.shape import shape_notebook
from grading.repair.skeleton import Skeleton
from grading.repair.told import Restored


@dataclass(frozen=True)
class Prepared:
    """A page that can be graded, or why it cannot.

    `notebook` is None with a `refusal` and only then. `repairs` is empty where the page is as
    nbformat reads it. `doubts` are the ids of graded cells whose points a person must look
    at, since the damage may have cost or given some.
    """

    notebook: NotebookNode | None
    repairs: tuple[Finding, ...] = ()
    refusal: Finding | None = None
    doubts: frozenset[str] = frozenset()


def prepare(skeleton: Skeleton, submitted: Path) -> Prepared:
    """The page at `submitted`, repaired by `skeleton`; whatever stands in the file, this raises nothing.

    One file is read, and only if it is a plain file within bounds; nothing is written.
    """
    try:
        return _prepare(skeleton, submitted)
    except PageError as refused:
        return Prepared(None, refusal=refused.finding)
    except OSError as error:
        return Prepared(None, refusal=Finding("page-unreadable", f"It cannot be read ({error.strerror})"))
    except (RecursionError, MemoryError):
        return Prepared(None, refusal=Finding("page-too-deep", "It is nested very deep"))
    except Exception as error:  # one page must never stop the others
        said = f"The file is no page ({type(error).__name__}: {str(error)[:200]})"
        return Prepared(None, refusal=Finding("page-unreadable", said))


def _prepare(skeleton: Skeleton, submitted: Path) -> Prepared:
    if submitted.is_symlink():
        raise PageError("page-link", submitted.name)
    size = submitted.stat().st_size
    if size > MAX_BYTES:
        raise PageError("page-too-big", f"It has {size:,} bytes")
    with submitted.open("rb") as file:
        content = file.read(MAX_BYTES + 1)
    reading = read_document(content)
    notebook, shaped = shape_notebook(reading.document)
    restored = restore_cells(notebook, skeleton)
    renamed = [Finding("renamed", printable(submitted.name))] if submitted.stem != skeleton.notebook else []
    repairs = [*renamed, *reading.findings, *shaped, *restored.findings, *_kernel(notebook, skeleton)]
    doubts = {*restored.doubts, *_torn(skeleton, restored, cut=reading.cut, torn=reading.torn)}
    return Prepared(notebook, tuple(repairs), doubts=frozenset(doubts))


def _kernel(notebook: NotebookNode, skeleton: Skeleton) -> list[Finding]:
    asked = notebook.metadata.get("kernelspec", {}).get("language")
    if not isinstance(asked, str) or not skeleton.language or asked == skeleton.language:
        return []
    return [Finding("kernel", asked[:40])]


def _torn(skeleton: Skeleton, restored: Restored, *, cut: bool, torn: bool) -> set[str]:
    """The graded cells whose answers may lie in what did not arrive, or in the version not taken."""
    graded = [cell.grade_id for cell in skeleton.cells if cell.graded]
    if torn:
        return set(graded)
    if not cut or not restored.missing:
        return set()
    order = [cell.grade_id for cell in skeleton.cells]
    first = min(order.index(name) for name in restored.missing)
    return {name for name in graded if order.index(name) >= max(0, first - 1)}
