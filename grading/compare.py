"""Compares what two engines made of the same submissions: rows, points, comments, files, outputs.

What no two runs have in common is masked: addresses of objects, numbers of processes, ids of
widgets, the folder of a run. Adjacent pieces of one stream are joined, since when a kernel
sends is a matter of time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

MASKS = (
    (re.compile(r"\b0x[0-9a-fA-F]{4,}\b"), "0x"),
    (re.compile(r"[^\s\"'(]*ipykernel_\d+/\d+\.py"), "cell.py"),
    (re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])"), "id"),
    (re.compile(r"\bsk-container-id-\d+"), "container"),
)


def compare_courses(ours: Path, theirs: Path, assignment: str) -> Iterator[str]:
    """Each difference in one sentence; nothing where both engines made the same of `assignment`.

    Both are course folders with nbgrader's default names.
    """
    rows, other_rows = read_rows(ours, assignment), read_rows(theirs, assignment)
    for student in sorted(rows.keys() | other_rows.keys()):
        yield from _compare_rows(student, rows.get(student), other_rows.get(student))
    folders = {
        path.parent.name for root in (ours, theirs) for path in root.glob(f"autograded/*/{assignment}")
    }
    for student in sorted(folders):
        place = Path("autograded") / student / assignment
        yield from _compare_folders(student, ours / place, theirs / place)


def read_rows(root: Path, assignment: str) -> dict[str, dict[str, Any]]:
    """What the gradebook holds of each submission, without the ids that it draws for itself."""
    with Gradebook(CourseDirectory(root=str(root)).db_url) as gradebook:
        return {
            submission.student.id: {
                "timestamp": str(submission.timestamp),
                "score": submission.score,
                "max_score": submission.max_score,
                "pages": {
                    page.name: {
                        "late_submission_penalty": page.late_submission_penalty,
                        "flagged": page.flagged,
                        "grades": {
                            grade.name: (
                                grade.auto_score,
                                grade.manual_score,
                                grade.extra_credit,
                                grade.needs_manual_grade,
                            )
                            for grade in page.grades
                        },
                        "comments": {
                            comment.name: (comment.auto_comment, comment.manual_comment)
                            for comment in page.comments
                        },
                    }
                    for page in submission.notebooks
                },
            }
            for submission in gradebook.assignment_submissions(assignment)
        }


def _compare_rows(student: str, ours: Mapping | None, theirs: Mapping | None) -> Iterator[str]:
    if ours is None or theirs is None:
        yield f"{student}: has a row only with the {'stock' if ours is None else 'fast'} engine."
        return
    yield from _compare(f"{student}: the gradebook", ours, theirs)


def _compare_folders(student: str, ours: Path, theirs: Path) -> Iterator[str]:
    files = {path.relative_to(root) for root in (ours, theirs) for path in root.rglob("*") if path.is_file()}
    for name in sorted(files):
        mine, stock = ours / name, theirs / name
        if not mine.exists() or not stock.exists():
            yield f"{student}: {name} is there only with the {'stock' if stock.exists() else 'fast'} engine."
        elif name.suffix == ".ipynb":
            yield from _compare(f"{student}: {name}", plain_page(mine), plain_page(stock))
        elif mine.read_bytes() != stock.read_bytes():
            yield f"{student}: {name} has another content."
        if mine.exists() and stock.exists() and mine.stat().st_mode != stock.stat().st_mode:
            yield f"{student}: {name} has other rights."


def _compare(place: str, ours: Any, theirs: Any) -> Iterator[str]:
    """The innermost places where two plain structures differ."""
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        for key in sorted(ours.keys() | theirs.keys(), key=str):
            yield from _compare(f"{place}, {key}", ours.get(key), theirs.get(key))
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for number, (mine, stock) in enumerate(zip(ours, theirs, strict=True)):
            yield from _compare(f"{place}, {number}", mine, stock)
    elif ours != theirs:
        yield f"{place}: {_short(ours)} instead of {_short(theirs)}."


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 300 else f"{text[:300]}..."


def plain_page(path: Path) -> Any:
    """A graded page with all masked that no two runs have in common."""
    page = json.loads(path.read_text(encoding="utf-8"))
    for about in page["metadata"].get("widgets", {}).values():
        if isinstance(about, dict) and isinstance(about.get("state"), dict):  # by ids that are drawn
            states = [json.dumps(state, sort_keys=True) for state in about["state"].values()]
            about["state"] = sorted(_masked(state) for state in states)
    page = json.loads(_masked(json.dumps(page, ensure_ascii=False)))
    for cell in page["cells"]:
        cell["metadata"].pop("execution", None)  # moments
        if "outputs" in cell:
            cell["outputs"] = _joined(cell["outputs"])
    return page


def _masked(text: str) -> str:
    for pattern, word in MASKS:
        text = pattern.sub(word, text)
    return text


def _joined(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    joined: list[dict[str, Any]] = []
    for output in outputs:
        last = joined[-1] if joined else {}
        if output["output_type"] == "stream":
            output = {**output, "text": "".join(output["text"])}  # noqa: PLW2901
            if last.get("name") == output["name"]:
                last["text"] += output["text"]
                continue
        joined.append(output)
    return joined
