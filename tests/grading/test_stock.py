"""The promise that stock nbgrader works on a workspace as it is: its commands, its formgrader."""

from __future__ import annotations

import csv
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from grading.collect import collect_inbox
from grading.feedback import generate_feedback
from grading.status import read_standings
from grading.workspace import Workspace
from tests.grading.handins import hostile_page, parts_of, put, run

TOKEN = "for-this-test-only"


@pytest.fixture(scope="module")
def stock(graded, tmp_path_factory) -> Workspace:
    """A cohort that stock nbgrader grades: a hostile page with half an answer, not graded yet."""
    base = tmp_path_factory.mktemp("stock")
    place = Workspace(Path(shutil.copytree(graded.root, base / "cohort")))
    hostile = parts_of("dra-02", page=hostile_page(base / "pwned"), q1="half", q2=42)
    put(base, "inbox/x.zip", hostile)
    collect_inbox(place, "a90", base / "inbox")
    result = run("nbgrader", "autograde", "a90", "--student", "dra-02", cwd=place.root)
    assert result.returncode == 0, result.stderr
    return place


def test_stock_autograde_gives_the_honest_score_and_runs_no_page(stock):
    """What is collected is safe for nbgrader's own command too."""
    standings = {s.student.student_id: s for s in read_standings(stock, "a90")}
    assert standings["dra-02"].points == {"q1": 1.0, "q2": 2.0, "plan_reason": None}
    assert standings["ori-01"].points["q1"] == 2.0
    assert not (stock.root.parent / "pwned").exists()


def test_stock_feedback_works_on_the_same_folder(stock):
    """It writes a page for each graded hand-in, after ours and beside it."""
    generate_feedback(stock, "a90")
    result = run("nbgrader", "generate_feedback", "a90", "--force", cwd=stock.root)
    assert result.returncode == 0, result.stderr
    pages = {path.parts[-3] for path in stock.root.glob("feedback/*/a90/a90.html")}
    assert pages == {"ori-01", "ori-02", "dra-01", "dra-02"}


def test_stock_export_has_a_row_for_every_student(stock):
    """The cohort's four, with region and association."""
    result = run("nbgrader", "export", cwd=stock.root)
    assert result.returncode == 0, result.stderr
    with (stock.root / "grades.csv").open(encoding="utf-8") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert set(rows) == {"ori-01", "ori-02", "dra-01", "dra-02"}
    assert float(rows["ori-01"]["score"]) == 4.0


def test_stock_list_works(stock):
    """It needs an exchange folder, which lies in the workspace."""
    result = run("nbgrader", "list", cwd=stock.root)
    assert result.returncode == 0, result.stderr
    assert "Released assignments" in result.stderr + result.stdout


@pytest.fixture(scope="module")
def server(stock, tmp_path_factory):
    """A Jupyter server with nbgrader's formgrader on the loopback, in the workspace."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("jupyter")
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    own = {name: str(folder / name) for name in names}
    wanted = dict.fromkeys(
        ("jupyterlab", "notebook", "voila", "jupyter_lsp", "jupyter_server_terminals"), False
    )
    wanted["nbgrader.server_extensions.formgrader"] = True
    settings = Path(own["JUPYTER_CONFIG_DIR"]) / "jupyter_server_config.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps({"ServerApp": {"jpserver_extensions": wanted}}))
    log = (folder / "log.txt").open("w")
    process = subprocess.Popen(
        [
            str(Path(sys.executable).parent / "jupyter-server"),
            "--no-browser",
            "--allow-root",
            "--ServerApp.ip=127.0.0.1",
            f"--ServerApp.port={port}",
            f"--IdentityProvider.token={TOKEN}",
        ],
        cwd=stock.root,
        env={**os.environ, **own},
        stdout=log,
        stderr=log,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        while not answers(base):
            assert process.poll() is None, (folder / "log.txt").read_text()
            time.sleep(0.2)
        yield base
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def answers(base):
    """Whether the server is up."""
    try:
        return bool(get(base, "/api"))
    except urllib.error.URLError:
        return False


def get(base, path):
    """The body of a page of the server."""
    request = urllib.request.Request(f"{base}{path}", headers={"Authorization": f"token {TOKEN}"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return answer.read().decode()


def test_formgrader_shows_the_assignment_and_every_student(server):
    """The instructor's marking by hand is nbgrader's own."""
    (assignment,) = json.loads(get(server, "/formgrader/api/assignments"))
    assert (assignment["name"], assignment["num_submissions"], assignment["max_score"]) == ("a90", 4, 8.0)
    students = {row["id"]: row["last_name"] for row in json.loads(get(server, "/formgrader/api/students"))}
    assert students == {"ori-01": "Oriental", "ori-02": "Oriental", "dra-01": "Draa", "dra-02": "Draa"}


def test_formgrader_opens_a_hand_in_for_marking(server):
    """The page to mark shows what the learner wrote, as text."""
    rows = json.loads(get(server, "/formgrader/api/submitted_notebooks/a90/a90"))
    assert len(rows) == 4
    identifier = next(row["id"] for row in rows if row["student"] == "ori-01")
    page = get(server, f"/formgrader/submissions/{identifier}/")
    assert "&lt;script&gt;alert(1)" in page
    assert "plan_reason" in page
