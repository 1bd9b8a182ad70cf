"""Looks for what must not leave the instructor's folder: hidden tests, solutions, the rubric."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from course.files import read_yaml

BEGIN = re.compile(r"BEGIN (HIDDEN TESTS|SOLUTION|MARK SCHEME)")
END = re.compile(r"END (HIDDEN TESTS|SOLUTION|MARK SCHEME)")
KEPT_BACK = ("rubric.yml", "rubric.*.yml", "answers.json")
SHORTEST = 12  # letters of a line or sentence that can be told from chance


def find_leaks(source: Path, released: Path) -> list[str]:
    """What of the instructor's version `source` can be read in the folder `released`.

    Each is a phrase that names the file and what stands in it, never the secret itself.
    """
    secrets = dict(_secrets(source))
    leaks = []
    for path in sorted(path for path in released.rglob("*") if path.is_file()):
        name = path.relative_to(released).as_posix()
        if any(path.match(pattern) for pattern in KEPT_BACK):
            leaks.append(f"{name} itself")
            continue
        content = _readable(path)
        if BEGIN.search(content):
            leaks.append(f"{name} holds the marks of a hidden part")
        squeezed = _squeeze(content)
        leaks.extend(f"{name} holds {what}" for secret, what in secrets.items() if secret in squeezed)
    return list(dict.fromkeys(leaks))


def _secrets(source: Path) -> Iterator[tuple[str, str]]:
    open_text = ""
    hidden: list[tuple[str, str]] = []
    for path in sorted(source.rglob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8")).get("cells", []):
            what = ""
            label = cell.get("metadata", {}).get("nbgrader", {}).get("grade_id") or cell.get("id", "a cell")
            for line in "".join(cell.get("source", [])).splitlines():
                if BEGIN.search(line):
                    what = f"the {BEGIN.search(line)[1].lower()} of {label}"
                elif END.search(line):
                    what = ""
                elif what:
                    hidden.append((line, what))
                else:
                    open_text += line + "\n"
    visible = _squeeze(open_text)  # a hidden line that stands openly too, such as an import, is no secret
    for line, what in hidden:
        squeezed = _squeeze(line)
        if len(squeezed) >= SHORTEST and squeezed not in visible:
            yield squeezed, what
    for path in sorted(source.glob("rubric*.yml")):
        answer = str(read_yaml(path, source).get("model_answer", ""))
        for sentence in re.split(r"(?<=[.!?])\s+", answer):
            if len(_squeeze(sentence)) >= SHORTEST:
                yield _squeeze(sentence), f"the model answer of {path.name}"


def _readable(path: Path) -> str:
    text = path.read_text(encoding="utf-8", errors="replace")
    if path.suffix != ".ipynb":
        return text
    return "\n".join(_strings(json.loads(text)))


def _strings(node) -> Iterator[str]:
    """Every text of a notebook, a list of lines joined again."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        if node and all(isinstance(part, str) for part in node):
            yield "".join(node)
        else:
            for part in node:
                yield from _strings(part)
    elif isinstance(node, dict):
        for part in node.values():
            yield from _strings(part)


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
