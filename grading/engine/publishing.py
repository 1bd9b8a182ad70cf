"""Puts a graded submission in its place, once its grades are saved, and writes down what was done."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

from nbgrader import utils

from grading.engine.finding import Pending
from grading.engine.jobs import Graded
from grading.records import Record, read_timestamp, save_record, write_log


def publish(pending: Pending, *, whole: bool) -> None:
    """Move the graded folder to its place; with `whole` it replaces what is there, else its files do."""
    stage, dest = pending.job.stage, pending.dest
    if whole or not dest.exists():
        if dest.exists():
            utils.rmtree(str(dest))
        stage.rename(dest)
        return
    for path in sorted(stage.rglob("*")):
        if path.is_file():
            target = dest / path.relative_to(stage)
            target.parent.mkdir(parents=True, exist_ok=True)
            path.replace(target)
    shutil.rmtree(stage)


def remove(pending: Pending, *, whole: bool) -> None:
    """As nbgrader: what could not be graded has no graded folder; one page of it, a folder without it."""
    if whole:
        if pending.dest.exists():
            utils.rmtree(str(pending.dest))
        return
    pending.dest.mkdir(parents=True, exist_ok=True)
    for path in pending.notebooks:
        graded = pending.dest / Path(path).name
        if graded.exists():
            utils.remove(str(graded))


def write_down(root: Path, pending: Pending, graded: Graded) -> None:
    """The record and the log of one submission. Raises OSError."""
    record = Record(
        graded.student,
        graded.assignment,
        graded.outcome,
        reason="" if graded.refusal else graded.reason,
        refusal=graded.refusal,
        timestamp=read_timestamp(Path(pending.submitted)),
        engine="fast",
        seconds=graded.seconds,
        repairs={name: page.repairs for name, page in graded.pages.items() if page.repairs},
        flags={name: page.flags for name, page in graded.pages.items() if page.flags},
    )
    save_record(root, record)
    log = "\n".join(f"{logging.getLevelName(said.level)} {said.text}" for said in graded.said)
    write_log(root, record, log)
