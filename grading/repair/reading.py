"""Reads the bytes of a page: bounded before they are parsed, and what is broken in them put together."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from grading.findings import Finding

MAX_BYTES = 32_000_000  # of one page; pages with many pictures have 5 to 10
MAX_DEPTH = 100  # of lists and objects in each other; a page with nested drawings stays below 40
MAX_CELLS = 2_000  # the longest known pages have 300
TOO_LONG = f"It has more than {MAX_CELLS:,} cells"

STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?', re.DOTALL)
NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
STEP = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
CELL = b'"cell_type"'
CELLS = re.compile(r'"cells"\s*:\s*\[')
CONFLICT = re.compile(r"^(<{7}|\|{7}|={7}|>{7})(?: .*)?\r?$", re.MULTILINE)
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


class PageError(Exception):
    """The page cannot be taken; `finding` says why."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.finding = Finding(code, detail)


@dataclass
class Reading:
    """What stands in the file, what had to be done to read it, and whether answers may be lost by it."""

    document: dict[str, Any]
    findings: list[Finding] = field(default_factory=list)
    cut: bool = False  # the end is missing
    torn: bool = False  # two versions with different work in them; the first was taken


def read_document(content: bytes) -> Reading:
    """The JSON object of a page; raises PageError where there is none, or where it is beyond all bounds."""
    findings: list[Finding] = []
    text = _decode(content, findings)
    _require_bounds(text.encode("utf-8", "replace"))
    reading = _parse(text)
    if not isinstance(reading.document, dict):
        raise PageError("page-unreadable", "The file is no page: it holds no JSON object")
    cells = reading.document.get("cells")
    if isinstance(cells, list) and len(cells) > MAX_CELLS:
        raise PageError("page-too-long", TOO_LONG)
    reading.findings[:0] = findings
    return reading


def _decode(content: bytes, findings: list[Finding]) -> str:
    if not content.strip(b"\0 \t\r\n"):
        raise PageError("page-unreadable", "The file is empty")
    for mark, encoding, shown in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            findings.append(Finding("encoding", shown))
            text = content.decode(encoding, "replace")
            return text.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    if content[:2] in (b"{\0", b"\0{"):
        findings.append(Finding("encoding", "UTF-16"))
        return content.decode("utf-16-le" if content[1] == 0 else "utf-16-be", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        findings.append(Finding("encoding", "something that is not UTF-8"))
        # What old Windows programs write; it has a letter for nearly every byte.
        return content.decode("cp1252", "replace")


def _require_bounds(content: bytes) -> None:
    """Raises PageError for what would cost the reader too much; looks at the bytes alone."""
    if content.count(CELL) > 2 * MAX_CELLS:  # nbgrader's data of a cell name its type once more
        raise PageError("page-too-long", TOO_LONG)
    brackets = STRING.sub(b"", content).translate(None, NOT_BRACKETS)
    depth = max(accumulate(map(STEP.__getitem__, brackets)), default=0)
    if depth > MAX_DEPTH:
        raise PageError("page-too-deep", f"It is nested {depth:,} levels deep")


# Parsing -----------------------------------------------------------------------------------------


def _parse(text: str) -> Reading:
    try:
        return Reading(_load(text))
    except ValueError as error:
        reason = error
    if CONFLICT.search(text):
        return _choose_side(text)
    try:
        document, end = _decoder().raw_decode(text.lstrip())
    except ValueError:
        return _salvage(text, reason)
    extra = len(text.strip()) - end
    said = f"{extra:,} characters stood after its end" if extra else "a number or a text that JSON forbids"
    return Reading(document, [Finding("format", said)])


def _load(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:  # the bounds are far below; another Python may count otherwise
        raise PageError("page-too-deep", "It is nested very deep") from None


def _decoder() -> json.JSONDecoder:
    # A number of thousands of digits is refused by Python with a ValueError: it becomes 0.
    return json.JSONDecoder(parse_int=lambda digits: int(digits) if len(digits) < 20 else 0, strict=False)


def _choose_side(text: str) -> Reading:
    """A page with both versions of a merge in it: the first that is whole; both are compared."""
    sides = []
    for number in (0, 1):
        try:
            sides.append(_decoder().decode(_side(text, number)))
        except ValueError:
            continue
    sides = [side for side in sides if isinstance(side, dict)]
    if not sides:
        raise PageError("page-unreadable", "The marks of a merge stand in it, and neither version is whole")
    torn = len(sides) == 2 and _work(sides[0]) != _work(sides[1])
    said = "one whole version was taken"
    if torn:
        said = "the two versions differ in the work, and the first was taken"
    return Reading(sides[0], [Finding("conflict", said)], torn=torn)


def _side(text: str, number: int) -> str:
    """The lines of one version: 0 before the `=======`, 1 after it."""
    kept: list[str] = []
    side = None
    for line in text.splitlines(keepends=True):
        mark = CONFLICT.match(line)
        if mark is None:
            if side in (None, number):
                kept.append(line)
        else:
            side = {"<": 0, "|": -1, "=": 1, ">": None}[line[0]]
    return "".join(kept)


def _work(document: dict[str, Any]) -> list[Any]:
    cells = document.get("cells")
    return [cell.get("source") for cell in cells if isinstance(cell, dict)] if isinstance(cells, list) else []


def _salvage(text: str, reason: ValueError) -> Reading:
    """The whole cells at the beginning of a page that breaks off."""
    begin = CELLS.search(text)
    cells: list[Any] = []
    place = begin.end() if begin else 0
    decoder = _decoder()
    while begin is not None:
        while place < len(text) and text[place] in " \t\r\n,":
            place += 1
        try:
            cell, place = decoder.raw_decode(text, place)
        except ValueError:
            break
        cells.append(cell)
    if not cells:
        raise PageError("page-unreadable", f"The file is no page: {_shown(reason)}")
    arrived = "1 cell" if len(cells) == 1 else f"{len(cells)} cells"
    document = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    return Reading(document, [Finding("truncated", arrived)], cut=True)


def _shown(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno} is not JSON ({error.msg})"
    return "a number in it is too long"
