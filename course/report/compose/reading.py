"""Reads and writes the structured file of a report; what is wrong in it is said with its line."""

from __future__ import annotations

import io
from pathlib import Path

from pydantic import TypeAdapter
from ruamel.yaml import YAML

from course.content.validating import validate
from course.files import read_yaml, write_whole
from course.report.compose.model import Report

_ADAPTER = TypeAdapter(Report)


def load_report(path: Path) -> Report:
    """The report in a `.yml` file. Raises ContentError with every fault, its line and its remedy."""
    document = read_yaml(path, path.parent)
    return validate(_ADAPTER, document, name=path.name, item="", whole=document)


def save_report(path: Path, report: Report) -> None:
    """Write the report whole, or not at all; what is empty is left out."""
    target = io.StringIO()
    writer = YAML()
    writer.width = 110
    writer.allow_unicode = True
    writer.dump(report.model_dump(mode="json", exclude_defaults=True) | {"version": report.version}, target)
    write_whole(path, target.getvalue())
