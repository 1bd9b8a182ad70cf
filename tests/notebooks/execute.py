"""Executes pages in this very process, each with names of its own, and prints what they show, as JSON."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

LIVE = "application/vnd.jupyter.widget-view+json"  # names a widget by a random number, as it must


def show(path: Path) -> list[dict]:
    """What every part of the page shows, by mime type, without the live views."""
    os.chdir(path.parent)
    shell = InteractiveShell.instance()
    shell.reset(new_session=False)
    shown = []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            with capture_output() as captured:
                done = shell.run_cell(cell.source)
                done.raise_error()
                shown += [one.data for one in captured.outputs]
                shown.append(shell.display_formatter.format(done.result)[0])
    return [{name: said for name, said in one.items() if name != LIVE} for one in shown if one]


if __name__ == "__main__":
    pages = {path: show(Path(path)) for path in sys.argv[1:]}
    print(json.dumps(pages, sort_keys=True))
