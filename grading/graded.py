"""Judges a graded page: whether it was graded to the end, and whether its tests worked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from nbgrader.utils import parse_utc

from grading.workspace import Workspace


def is_graded(workspace: Workspace, student: str, assignment: str) -> bool:
    """Whether the submission was graded to the end, and not handed in anew since.

    nbgrader writes the page before it runs it, and once more after the grades are saved:
    only then do its graded parts carry a number of execution.
    """
    graded = workspace.autograded(student, assignment)
    submitted = workspace.submitted(student, assignment)
    if _timestamp(graded) != _timestamp(submitted):
        return False
    return all(is_executed(graded / page.name) for page in workspace.release(assignment).glob("*.ipynb"))


def _timestamp(folder: Path) -> datetime | None:
    try:
        return parse_utc((folder / "timestamp.txt").read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None


def _cells(page: Path) -> list[dict]:
    return json.loads(page.read_text(encoding="utf-8"))["cells"]


def is_executed(page: Path) -> bool:
    """Whether each graded part of a page carries a number of execution."""
    try:
        cells = _cells(page)
    except (OSError, ValueError, KeyError):
        return False
    return all(
        cell.get("execution_count") is not None
        for cell in cells
        if cell["cell_type"] == "code" and cell["metadata"].get("nbgrader", {}).get("grade")
    )


def broken_test(page: Mapping[str, Any]) -> str | None:
    """Why a graded part of a form's page gave no points by number.

    Nobody who hands in a form writes code, so an error is the grader's or the computer's:
    nbgrader would call it zero, and we call it not graded.
    """
    for cell in page["cells"]:
        about = cell["metadata"].get("nbgrader", {})
        if cell["cell_type"] != "code" or not about.get("grade") or about.get("solution"):
            continue
        said = _fault_of_outputs(cell["outputs"])
        if said is not None:
            return f"The test of {about['grade_id']} did not work: {said}."
    return None


def _fault_of_outputs(outputs: list[dict]) -> str | None:
    results = [output for output in outputs if output["output_type"] == "execute_result"]
    for output in outputs:
        if output["output_type"] == "error":
            return f"{output['ename']}: {output['evalue']}"
        if output["output_type"] == "stream" and output["name"] == "stderr":
            return f"it wrote a warning: {''.join(output['text']).strip()[:200]}"
    try:
        if float("".join(results[0]["data"]["text/plain"])) >= 0:
            return None
    except (IndexError, KeyError, ValueError):
        pass
    return "it ended without a number of points"
