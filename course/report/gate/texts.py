"""The texts of a structured report that are written out, each with the field it stands in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from course.report.compose.model import Evidence, Report

PRIVATE = {(Evidence, "place"), (Evidence, "note")}  # never written out


def report_texts(report: Report) -> Iterator[tuple[str, str]]:
    """Field and text of everything that a reader of the finished report may see."""
    found: list[tuple[str, str]] = []

    def keep(field: str, text: str) -> str:
        found.append((field, text))
        return text

    _changed(report, keep, "")
    yield from found


def with_texts(report: Report, change: Callable[[str], str]) -> Report:
    """The report with each of its texts changed. Raises ValueError where a text may not become empty."""
    return Report.model_validate(_changed(report, lambda _, text: change(text), ""))


def _changed(value: Any, change: Callable[[str, str], str], field: str) -> Any:
    if isinstance(value, BaseModel):
        out = {}
        for name, info in type(value).model_fields.items():
            inner, path = getattr(value, name), f"{field}.{name}".lstrip(".")
            if (type(value), name) in PRIVATE or (isinstance(inner, str) and not _is_text(info)):
                out[name] = inner
            else:
                out[name] = _changed(inner, change, path)
        return out
    if isinstance(value, tuple):
        return tuple(_changed(one, change, f"{field}.{number}") for number, one in enumerate(value, start=1))
    return change(field, value) if isinstance(value, str) and value else value


def _is_text(info: FieldInfo) -> bool:
    """Free text, and no id, date or choice: those have a pattern or a list of values."""
    return info.annotation is str and not any(getattr(rule, "pattern", None) for rule in info.metadata)
