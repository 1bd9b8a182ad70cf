"""A page shows the same today and tomorrow: run in two processes it gives the same outputs."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from nbclient import NotebookClient

from course.files import find_root

ROOT = find_root()
PAGES = sorted((ROOT / "modules").glob("*/*.ipynb")) + sorted((ROOT / "pages").glob("*.ipynb"))
LIVE = "application/vnd.jupyter.widget-view+json"  # names a widget by a random number, as it must


def outputs_of(path):
    """What a page shows when it is run in a process of its own, without the live views."""
    page = nbformat.read(path, as_version=4)
    NotebookClient(page, timeout=60, resources={"metadata": {"path": str(path.parent)}}).execute()
    shown = []
    for cell in page.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(LIVE, None)
            shown.append(output)
    return shown


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_two_processes_show_the_same(path):
    """Nothing random, dated or ordered by chance reaches a reader."""
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(outputs_of, [path, path])

    assert first
    assert json.dumps(first, sort_keys=True) == json.dumps(second, sort_keys=True)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_output_has_a_static_twin(path):
    """Whatever is live is also there as HTML: the page teaches with no machine behind it."""
    for output in outputs_of(path):
        assert output["output_type"] in {"display_data", "execute_result"}
        assert "text/html" in output["data"]
