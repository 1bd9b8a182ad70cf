"""Gives a page the shape of nbformat 4 where it lost it: cells, texts, metadata, ids, versions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import nbformat
from nbformat import NotebookNode, ValidationError, versions

from grading.findings import Finding
from grading.repair.reading import PageError

CELL_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
CELL_TYPES = ("code", "markdown", "raw")
NEWEST_MINOR = 5
MAX_OUTPUTS = 2_000  # that are looked at one by one; grading makes them anew in any case
PARTS = {
    "code": {"id", "cell_type", "metadata", "source", "outputs", "execution_count"},
    "markdown": {"id", "cell_type", "metadata", "source", "attachments"},
    "raw": {"id", "cell_type", "metadata", "source", "attachments"},
}


def shape_notebook(document: dict[str, Any]) -> tuple[NotebookNode, list[Finding]]:
    """The page as nbformat 4 has it, and what had to be put right; a sound page is only read.

    Raises PageError where there are no cells at all, or nothing makes them valid.
    """
    findings = [*_shape_format(document)]
    wrong = 0
    if document.get("nbformat") == 4:
        wrong = _shape_cells(document)
        for name in ("kernelspec", "language_info"):
            if not isinstance(document["metadata"].get(name, {}), dict):
                del document["metadata"][name]
    try:
        major = document["nbformat"]
        notebook = versions[major].to_notebook_json(document, minor=document.get("nbformat_minor", 0))
        if major != 4:
            notebook = nbformat.convert(notebook, 4)
        wrong = max(wrong, _make_valid(notebook))
    except (ValidationError, ValueError, KeyError, TypeError, AttributeError) as error:
        said = (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
        raise PageError("page-unreadable", f"The file is no page: {said}") from None
    if wrong:
        findings.append(Finding("structure", "1 cell" if wrong == 1 else f"{wrong} cells"))
    return notebook, findings


def _shape_format(document: dict[str, Any]) -> Iterator[Finding]:
    """Make the versions those of nbformat; old versions with their own shape are left to it."""
    version, minor = document.get("nbformat"), document.get("nbformat_minor", 0)
    if _is_number(version) and version in (1, 2, 3) and "cells" not in document:
        return
    if not isinstance(document.get("cells"), list):
        raise PageError("page-unreadable", "The file is no page: it has no list of cells")
    if not (_is_number(version) and version == 4 and _is_number(minor) and 0 <= minor <= NEWEST_MINOR):
        yield Finding("format", f"version {str(version)[:20]}.{str(minor)[:20]}" if version else "no version")
        document["nbformat"], document["nbformat_minor"] = 4, NEWEST_MINOR
    document["nbformat_minor"] = document.get("nbformat_minor", 0)
    if not isinstance(document.get("metadata"), dict):
        document["metadata"] = {}


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


# Cells -------------------------------------------------------------------------------------------


def _shape_cells(document: dict[str, Any]) -> int:
    """Put each cell right in place, but for its outputs; returns how many were not."""
    cells, wrong = [], 0
    ids: set[str] = set()
    for number, cell in enumerate(document["cells"]):
        if not isinstance(cell, dict):
            wrong += 1
            continue
        wrong += _shape_cell(cell)
        if document["nbformat_minor"] >= 5:
            name = cell.get("id")
            if not isinstance(name, str) or not CELL_ID.fullmatch(name) or name in ids:
                name = f"cell-{number}"
                while name in ids:
                    name += "-"
                cell["id"] = name
            ids.add(name)
        else:
            cell.pop("id", None)
        cells.append(cell)
    document["cells"] = cells
    return wrong


def _shape_cell(cell: dict[str, Any]) -> bool:
    """Put one cell right; returns whether anything but its id was wrong."""
    wrong = False
    source = cell.get("source")
    if not isinstance(source, str) and not (
        isinstance(source, list) and all(isinstance(piece, str) for piece in source)
    ):
        wrong = True
        pieces = source if isinstance(source, list) else []
        cell["source"] = "".join(piece for piece in pieces if isinstance(piece, str))
    if cell.get("cell_type") not in CELL_TYPES:
        wrong = True
        cell["cell_type"] = "code" if "outputs" in cell or "execution_count" in cell else "markdown"
    if not isinstance(cell.get("metadata"), dict):
        wrong = True
        cell["metadata"] = {}
    if cell["cell_type"] == "code":
        outputs = cell.get("outputs")
        if not isinstance(outputs, list) or not all(isinstance(output, dict) for output in outputs):
            wrong = True
            outputs = outputs if isinstance(outputs, list) else []
            cell["outputs"] = [output for output in outputs if isinstance(output, dict)]
        count = cell.setdefault("execution_count", None)
        if count is not None and not _is_number(count):
            wrong = True
            cell["execution_count"] = None
    for name in cell.keys() - PARTS[cell["cell_type"]]:
        wrong = True
        del cell[name]
    return wrong


def _make_valid(notebook: NotebookNode) -> int:
    """Validate; take out what is invalid, step by step. Returns how many cells were changed."""
    if _is_valid(notebook):
        return 0
    changed = 0
    few = sum(len(cell.get("outputs", ())) for cell in notebook.cells) <= MAX_OUTPUTS
    for cell in notebook.cells:
        before = len(cell.get("outputs", ()))
        if before:
            sound = (output for output in cell.outputs if few and _is_valid(output, ref="output", version=4))
            cell.outputs = list(sound)
            changed += len(cell.outputs) != before
    if not _is_valid(notebook):
        for cell in notebook.cells:
            if not _is_valid(cell, ref=f"{cell.cell_type}_cell", version=4):
                about = cell.metadata
                cell.metadata = NotebookNode({"nbgrader": about.nbgrader} if "nbgrader" in about else {})
                cell.pop("attachments", None)
                changed += 1
        known = ("kernelspec", "course")
        notebook.metadata = NotebookNode({n: notebook.metadata[n] for n in known if n in notebook.metadata})
        if not _is_valid(notebook):
            notebook.metadata = NotebookNode()
            nbformat.validate(notebook)
    return changed


def _is_valid(node: Any, **how: Any) -> bool:
    try:
        nbformat.validate(node, **how)
    except ValidationError:
        return False
    return True
