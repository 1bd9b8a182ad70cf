"""Executes one page in this very process and prints what it shows, as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

LIVE = "application/vnd.jupyter.widget-view+json"  # names a widget by a random number, as it must


def main(path: Path) -> None:
    """Print the outputs of every part of the page, without the live views."""
    page = nbformat.read(path, as_version=4)
    NotebookClient(page, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    outputs = [output for cell in page.cells for output in cell.get("outputs", [])]
    for output in outputs:
        output.get("data", {}).pop(LIVE, None)
    print(json.dumps(outputs, sort_keys=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
