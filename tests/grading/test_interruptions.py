"""A kill, a full disk, a folder that cannot be written: nothing half-written, and a rerun finishes."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from grading.autograde import autograde_assignment
from grading.collect import collect_inbox
from grading.graded import is_graded
from grading.status import read_standings
from grading.workspace import COLUMNS, STUDENTS
from tests.grading.handins import parts_of, put

COMMAND = str(Path(sys.executable).parent / "grading")
WHOLE = {"a90.ipynb", "answers.json", "assignment.yml", "timestamp.txt"}


def start(*arguments, **options) -> subprocess.Popen:
    """The real command in a process of its own."""
    return subprocess.Popen(
        [COMMAND, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        **options,
    )


def wait_for(condition, process, seconds=60):
    """Wait until it is true; the process must still run then."""
    end = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.002)


def crowd(workspace, inbox, count):
    """A cohort of `count` more students, each with a hand-in."""
    names = [f"rsk-{number:02d}" for number in range(1, count + 1)]
    lines = [",".join(COLUMNS), *(f"{name},Rabat,A" for name in names)]
    (workspace.root / STUDENTS).write_text("\n".join(lines) + "\n", encoding="utf-8")
    for name in names:
        put(inbox, f"{name}.zip", parts_of(name, q1="right", q2=42))
    return names


def test_a_kill_while_collecting_leaves_whole_hand_ins_only(workspace, inbox):
    """What is there is whole; running again collects the rest and clears what was left."""
    names = crowd(workspace, inbox, 90)
    process = start("collect", "a90", inbox, "-w", workspace.root)
    wait_for(lambda: any(workspace.root.glob("submitted/*/a90")), process)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    there = list(workspace.root.glob("submitted/*/a90"))
    assert 0 < len(there) < len(names)
    assert all({path.name for path in folder.iterdir()} == WHOLE for folder in there)
    collection = collect_inbox(workspace, "a90", inbox)
    assert {hand_in.state for hand_in in collection.hand_ins} == {"accepted", "unchanged"}
    assert {path.parent.name for path in workspace.root.glob("submitted/*/a90")} == set(names)
    assert not list(workspace.root.glob(".coll*"))


def test_a_kill_between_two_renames_loses_no_hand_in(workspace, inbox):
    """The old hand-in was moved aside and the new one not yet put in: the next run puts it back."""
    put(inbox, "x.zip", parts_of("ori-01", q1="right"))
    collect_inbox(workspace, "a90", inbox)
    aside = workspace.root / ".collecting" / "replaced" / "ori-01" / "a90"
    aside.parent.mkdir(parents=True)
    workspace.submitted("ori-01", "a90").replace(aside)
    (hand_in,) = collect_inbox(workspace, "a90", inbox).hand_ins
    assert hand_in.state == "unchanged"
    assert {path.name for path in workspace.submitted("ori-01", "a90").iterdir()} == WHOLE


def test_a_kill_while_grading_is_finished_by_the_next_run(workspace, inbox):
    """No process outlives the command, no zero stays, and the next run grades what is missing."""
    crowd(workspace, inbox, 40)  # more than are put in their places at once
    collect_inbox(workspace, "a90", inbox)
    process = start("autograde", "a90", "-w", workspace.root, "--workers", "2")
    wait_for(lambda: any(workspace.root.glob("autograded/*/a90/a90.ipynb")), process)
    children = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    _, alive = psutil.wait_procs(children, timeout=20)
    assert alive == []
    assert not all(is_graded(workspace, name, "a90") for name in workspace.students())
    results = autograde_assignment(workspace, "a90", workers=1)
    assert {result.outcome for result in results} <= {"graded", "skipped"}
    assert {standing.score for standing in read_standings(workspace, "a90")} == {4.0}


def no_more_than(limit):
    """What a full disk does to a file: the system refuses the bytes past `limit`."""

    def before():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return before


def test_a_full_disk_is_one_sentence_and_nothing_is_half_written(workspace, inbox):
    """No space for a hand-in: the others stay as they are, and collecting again finishes."""
    put(inbox, "x.zip", parts_of("ori-01", q1="right"))
    process = start("collect", "a90", inbox, "-w", workspace.root, preexec_fn=no_more_than(64))
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "cannot be written" in errors
    assert "Traceback" not in errors
    assert list(workspace.root.glob("submitted/*/*")) == []
    assert not (workspace.root / "collected.json").exists()
    assert collect_inbox(workspace, "a90", inbox).hand_ins[0].state == "accepted"


def test_a_folder_that_cannot_be_written_is_one_sentence(workspace, inbox):
    """Even an administrator's right to write everywhere is put aside for this."""
    put(inbox, "x.zip", parts_of("ori-01", q1="right"))
    plain_rights: list[str] = []
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("setpriv is not installed, and an administrator can write everywhere")
        plain_rights = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
    (workspace.root / "submitted").chmod(0o555)
    workspace.root.chmod(0o555)
    command = [*plain_rights, COMMAND, "collect", "a90", str(inbox), "-w", str(workspace.root)]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    workspace.root.chmod(0o755)
    (workspace.root / "submitted").chmod(0o755)
    assert result.returncode == 2, result
    assert "Permission denied" in result.stderr
    assert "Traceback" not in result.stderr
    assert list(workspace.root.glob("submitted/*")) == []
