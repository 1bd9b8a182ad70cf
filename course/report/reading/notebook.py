"""Reads the text pages of a notebook (nbformat 4); calculations and their results are no draft."""

from __future__ import annotations

import json
from pathlib import Path

from course.report.draft import Draft, Traces
from course.report.reading.bounds import damaged, refuse, without_text
from course.report.reading.building import Builder
from course.report.reading.markdown import decode, read_text


def read_notebook(path: Path, data: bytes) -> Draft:
    """The draft in an .ipynb. Raises CourseError for one of another format or without text.

    Plain JSON on purpose: nbformat alone takes longer to import than a whole check may last.
    """
    try:
        document = json.loads(decode(path, data))
        pages, version = document["cells"], document["nbformat"]
    except (ValueError, RecursionError, KeyError, TypeError):
        raise damaged(path) from None
    if version != 4 or not isinstance(pages, list):
        raise refuse(
            path, "it is a notebook of another format than 4", "open it in Jupyter and save it again"
        )
    builder, properties = Builder(), {}
    for page in pages:
        if isinstance(page, dict) and page.get("cell_type") == "markdown":
            source = page.get("source", "")
            lines = source if isinstance(source, list) else [source]
            if all(isinstance(line, str) for line in lines):
                read_text("".join(lines), builder, properties)
    if not builder.blocks:
        raise without_text(path)
    metadata = document.get("metadata")
    authors = metadata.get("authors") if isinstance(metadata, dict) else None
    if authors:
        properties["author"] = json.dumps(authors, ensure_ascii=False)
    return Draft(
        name=path.name,
        format="ipynb",
        blocks=tuple(builder.blocks),
        notes=tuple(builder.notes),
        traces=Traces(properties=properties, comments=tuple(builder.comments)),
    )
