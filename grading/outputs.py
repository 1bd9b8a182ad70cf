"""What a part of a page printed, as it can be shown to anybody: plain text, or HTML that nothing acts in."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from nbconvert.filters import markdown2html, strip_ansi
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from grading.sanitising import safe_html

WIDGET = "application/vnd.jupyter.widget-view+json"
PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
MAX_TEXT = 100_000  # characters of one output


class SafeOutputs(NbGraderPreprocessor):
    """Makes of each output what a page can show: plain text, or HTML that nothing acts in."""

    def preprocess(self, nb, resources):
        """Adds `shown` to the cells: pairs of `html` or `text` and what is to be shown."""
        for cell in nb.cells:
            cell.metadata["shown"] = [part for output in cell.get("outputs", ()) for part in _shown(output)]
        return nb, resources


def _shown(output: NotebookNode) -> Iterator[tuple[str, str]]:
    if output.get("metadata", {}).get("hidden"):
        yield "note", "hidden"
    elif output.output_type == "stream":
        yield "text", _cut(strip_ansi(output.text))
    elif output.output_type == "error":
        yield "text", _cut(strip_ansi("\n".join(output.traceback)))
    else:
        yield _shown_data({kind: plain_text(value) for kind, value in output.get("data", {}).items()})


def _shown_data(data: dict[str, str]) -> tuple[str, str]:
    """The richest form of a bundle that can be made safe."""
    if data.get("text/html") and WIDGET not in data:
        html = safe_html(data["text/html"])
        if html:
            return "html", html
    if data.get("text/markdown"):
        return "html", safe_html(markdown2html(_cut(data["text/markdown"])))
    if data.get("image/svg+xml"):  # as a picture, in which no script runs and nothing is loaded
        drawing = b64encode(data["image/svg+xml"].encode("utf-8", "replace")).decode()
        return "html", safe_html(f'<img alt="" src="data:image/svg+xml;base64,{drawing}">')
    for kind in PICTURES:
        if data.get(kind):
            return "html", safe_html(f'<img alt="" src="data:{kind};base64,{"".join(data[kind].split())}">')
    plain = data.get("text/latex") or data.get("text/plain")
    if plain and "application/javascript" not in data:
        return "text", _cut(plain)
    return "note", "not-shown"


def _cut(words: str) -> str:
    return words if len(words) <= MAX_TEXT else f"{words[:MAX_TEXT]} […]"


def plain_text(value: Any) -> str:
    """The text of a value as notebooks store it, whole or in lines; empty for what is no text."""
    return "".join(value) if isinstance(value, (str, list)) else ""
