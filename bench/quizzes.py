"""Quizzes beside jupyterquiz and plain ipywidgets: their bytes, and 200 questions on a slow machine."""

from __future__ import annotations

import gzip
import importlib.util
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import files
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Any

import nbformat
from playwright.sync_api import Browser, sync_playwright
from rich.table import Table

from bench.weight import FLAGS
from course.content import load_bank
from course.content.models import ITEM_KINDS
from course.quizzes import Page
from course.quizzes.assets import page_script, page_style
from course.quizzes.payload import item_payload, page_extracts

Visit = tuple[float, float, int]
MANY = 200
RUNS = 5
SLOWER = 4
# Voilà drops messages beyond a rate: of 200 questions at once some were never drawn.
CHANNEL = "--ZMQChannelsWebsocketConnection"
LIMITS = (
    f"{CHANNEL}.limit_rate=False",
    f"{CHANNEL}.iopub_msg_rate_limit=1e9",
    f"{CHANNEL}.iopub_data_rate_limit=1e12",
)
SINGLE = ("single-choice",)
FRAME = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bench</title></head><body>'
PATIENCE = 30_000  # ms
# Says when a question can be answered and when all stand there (or how many, after some patience).
WATCH = """([selector, many, patience]) => new Promise((resolve) => {
  let first;
  const look = () => {
    const count = document.querySelectorAll(selector).length;
    if (count) first ??= performance.now();
    if (count < many && performance.now() < patience) requestAnimationFrame(look);
    else requestAnimationFrame(() => setTimeout(() => resolve([first, performance.now(), count])));
  };
  look();
})"""


def measure_quizzes(root: Path, folder: Path) -> Table:
    """Bytes under gzip of what draws a quiz; milliseconds until the first and all of 200 questions stand."""
    table = Table(
        *("what draws it", "KB, gzip", f"first of {MANY}, ms", f"all {MANY}, ms", "least, ms", "aim"),
        title=f"Quizzes, CPU slowed {SLOWER} times, median of {RUNS} visits",
    )
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        ours = _kilobytes(page_script())
        for name, kinds, aim in (
            (f"this course, {len(ITEM_KINDS)} kinds", ITEM_KINDS, "12 KB, 300 ms"),
            ("this course, one choice of several", SINGLE, ""),
        ):
            address = _write_ours(root, folder / f"ours-{len(kinds)}.html", kinds)
            _add(table, name, ours, _visits(browser, address, "[data-item] [data-action=check]"), aim)
        table.add_row("its style", _kilobytes(page_style()), "", "", "", "")
        if importlib.util.find_spec("jupyterquiz") is None:
            table.add_row("jupyterquiz is not installed", "", "", "", "", "")
        else:
            bytes_, address = _write_jupyterquiz(root, folder / "jupyterquiz.html")
            _add(
                table,
                "jupyterquiz, 4 kinds, with style",
                bytes_,
                _visits(browser, address, ".Quiz .MCButton:first-child"),
            )
        with _plain_widgets(root, folder / "widgets") as address:
            times = _visits(browser, address, ".widget-radio-box")
            _add(table, "ipywidgets in Voilà, one choice", _kilobytes(_widgets_script()), times)
        browser.close()
    return table


def _add(table: Table, name: str, size: str, times: Sequence[Visit], aim: str = "") -> None:
    first, last = (median(each) for each in list(zip(*times, strict=True))[:2])
    fewest = min(count for _, _, count in times)
    if fewest < MANY:
        table.add_row(name, size, f"{first:.0f}", f"only {fewest} came", "", aim)
    else:
        table.add_row(
            name, size, f"{first:.0f}", f"{last:.0f}", f"{min(last for _, last, _ in times):.0f}", aim
        )


def _kilobytes(text: str) -> str:
    return f"{len(gzip.compress(text.encode(), 9)) / 1000:.1f}"


def _visits(browser: Browser, address: str, selector: str) -> list[Visit]:
    """Milliseconds from the moment when the page begins to draw to the first and all, and how many came."""
    times = []
    for _ in range(RUNS):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        tab = context.new_page()
        context.new_cdp_session(tab).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        tab.goto(address, wait_until="commit")
        first, last, count = tab.evaluate(WATCH, [selector, MANY, PATIENCE])
        begun = tab.evaluate("window.begun ?? performance.getEntriesByType('navigation')[0].responseEnd")
        times.append(((first or PATIENCE) - begun, last - begun, count))
        context.close()
    return times


def _items(root: Path, kinds: Sequence[str]) -> tuple[list[dict[str, Any]], Mapping[str, Any]]:
    """200 questions of these kinds from the course's own bank, turn by turn, and the extracts they search."""
    bank = [item for _, item in load_bank(root).values()]
    turns = [cycle([item for item in bank if item.kind == kind]) for kind in kinds]
    chosen = [next(turn) for turn in islice(cycle(turns), MANY)]
    items = [{**item_payload(item, None, "en"), "id": f"{item.id}-{n}"} for n, item in enumerate(chosen)]
    return items, page_extracts(chosen)


def _write_ours(root: Path, path: Path, kinds: Sequence[str]) -> str:
    items, extracts = _items(root, kinds)
    payload = {"mode": "quiz", "id": "bench/many", "lang": "en", "dir": "ltr", "title": "Bench", "intro": ""}
    page = Page({**payload, "items": items, "actions": [], "readonly": False, **extracts})
    mark = '<script data-course="code">\n'
    html = page._repr_html_().replace(mark, f"{mark}window.begun = performance.now();\n")
    path.write_text(f"{FRAME}{html}</body></html>", encoding="utf-8")
    return path.as_uri()


def _write_jupyterquiz(root: Path, path: Path) -> tuple[str, str]:
    """Its page with the same questions, and what its script and style weigh."""
    from jupyterquiz.dynamic.loader import load_questions_script  # noqa: PLC0415  (it may be missing)
    from jupyterquiz.dynamic.renderer import build_script, build_styles, render_div  # noqa: PLC0415

    questions = [
        {
            "question": item["stem"],
            "type": "multiple_choice",
            "answers": [
                {
                    "answer": choice["text"],
                    "correct": choice["id"] == item["key"],
                    "feedback": choice["feedback"],
                }
                for choice in item["choices"]
            ],
        }
        for item in _items(root, SINGLE)[0]
    ]
    prefix, static, url = load_questions_script(questions, "many")
    style = build_styles("many", {})
    script = build_script(prefix, static, url, "many", True)
    place = render_div("many", False, False, False, MANY, 600, 10, "left")
    body = f"{place}</div>{style}<script>window.begun = performance.now();\n{script}</script>"
    path.write_text(f"{FRAME}{body}</body></html>", encoding="utf-8")
    return _kilobytes(style + script.removeprefix(prefix)), path.as_uri()


def _widgets_script() -> str:
    """What a classic page loads to draw any ipywidget; Voilà and JupyterLab hold the same in parts."""
    return files("widgetsnbextension").joinpath("static", "extension.js").read_text(encoding="utf-8")


@contextmanager
def _plain_widgets(root: Path, folder: Path) -> Iterator[str]:
    """The address of a Voilà server with the same questions as radio buttons, a button and an output."""
    folder.mkdir()
    lines = ["import ipywidgets as w", "parts = []"]
    for item in _items(root, SINGLE)[0]:
        texts = [choice["text"] for choice in item["choices"]]
        lines.append(
            f"parts += [w.HTML({item['stem']!r}), w.RadioButtons(options={texts!r}, value=None), "
            "w.Button(description='Check'), w.Output()]"
        )
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("\n".join([*lines, "w.VBox(parts)"]))]
    )
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = folder / "many.ipynb"
    nbformat.write(notebook, path)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = [f"--port={port}", "--Voila.ip=127.0.0.1", "--no-browser", *LIMITS]
    command = [sys.executable, "-m", "voila", str(path), *settings]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}/"
        _wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait()


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}voila/static/none", timeout=5)
        except urllib.error.HTTPError:
            return  # it answers
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"Voilà did not answer at {address}")
