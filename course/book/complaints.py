"""What jupyter-book complains of, as sentences for the author of a page."""

from __future__ import annotations

import json
import re
from pathlib import Path

from course.errors import ContentError, Problem, shown

ANSI = re.compile(r"\x1b\[[0-9;]*m")
WARNING = re.compile(
    r"^(?P<place>.+?\.(?:md|ipynb|yml))(?::(?P<line>\d+))?: (?:WARNING|ERROR|CRITICAL): (?P<what>.+)$"
)
KIND_OF_WARNING = re.compile(r" \[[\w.]+\]$")
DEAD_LINK = re.compile(r"^'myst' cross-reference target not found: '(.+)'$")
ERROR_LINE = re.compile(r"^[\w.]*(?:Error|Exception|Interrupt|Warning)\b")
TRACEBACK_SAVED = "Notebook exception traceback saved in: "
REMEDY = "Correct the page, then build the book again."


def refuse_broken_notebooks(root: Path) -> None:
    """Raises ContentError for notebooks that are not JSON; jupyter-book would not say which."""
    problems = []
    for path in sorted(path for folder in ("pages", "modules") for path in (root / folder).rglob("*.ipynb")):
        try:
            json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            line = error.lineno if isinstance(error, json.JSONDecodeError) else None
            problem = "this is not a notebook: it is not JSON."
            problems.append(Problem(shown(path, root), line, "", problem, "Take an earlier copy of it."))
    if problems:
        raise ContentError(problems)


def explain(output: str, root: Path) -> str:
    """What jupyter-book printed, as one sentence for each place concerned."""
    lines = [ANSI.sub("", line).strip() for line in output.splitlines()]
    found = [match for match in map(WARNING.match, lines) if match]
    tracebacks = {
        match["place"]: Path(KIND_OF_WARNING.sub("", match["what"]).removeprefix(TRACEBACK_SAVED))
        for match in found
        if match["what"].startswith(TRACEBACK_SAVED)
    }
    problems: dict[str, None] = {}
    for match in found:
        what = KIND_OF_WARNING.sub("", match["what"]).rstrip(":.")
        if what.startswith(TRACEBACK_SAVED):
            continue
        if match["place"] in tracebacks and what.startswith("Executing notebook failed"):
            report = tracebacks[match["place"]].read_text(encoding="utf-8")
            what = f"a call on this page failed: {_last_error(ANSI.sub('', report).splitlines())}"
        what = DEAD_LINK.sub(r"a link leads to a page that is not there: \1", what)
        problems[f"{_place(Path(match['place']), match['line'], root)}: {what}. {REMEDY}"] = None
    if problems:
        return "\n".join(problems)
    remedy = "Run `jupyter-book build .` to see all of it."
    return f"_config.yml: the book cannot be built: {_reason(lines)}. {remedy}"


def _place(path: Path, line: str | None, root: Path) -> str:
    """The file and the line as an author finds them; myst-nb counts 10,000 lines for each cell."""
    name = shown(path, root)
    if line is None:
        return name
    if path.suffix == ".ipynb":
        cell, line_in_cell = divmod(int(line), 10_000)
        return f"{name}, cell {cell}, line {line_in_cell}" if cell else name
    return f"{name}:{line}"


def _reason(lines: list[str]) -> str:
    """What stopped the build itself: the line below Sphinx's *... error:*, else a traceback's last one."""
    told = [line for line in lines if line]
    for place, line in enumerate(told[:-1]):
        if re.search(r"(?i)\berror\b.*:$|occurred:$", line) and not told[place + 1].startswith("Traceback"):
            return told[place + 1].rstrip(".")
    return _last_error(told)


def _last_error(lines: list[str]) -> str:
    """The last line that names an error and its message."""
    named = [line.strip().rstrip(".") for line in lines if ERROR_LINE.match(line.strip())]
    return named[-1] if named else "no reason was given"
