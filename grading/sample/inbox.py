"""Writes the planted hand-ins into an inbox, as messy as real ones: names, layouts, damage."""

from __future__ import annotations

import hashlib
import io
import json
import tempfile
import zipfile
from pathlib import Path

from course.content import load_assignment
from course.forms import save_answer, write_submission
from grading.sample.planted import ASSIGNMENT, SEED, HandIn, Plan, draw_plan

PAGE = f"{ASSIGNMENT}.ipynb"
JUNK = {"__MACOSX/._answers.json": b"\0", ".DS_Store": b"\0"}


def make_inbox(folder: Path, handout: Path, seed: int = SEED) -> Plan:
    """Write the sample of `seed` into `folder`; returns what is in it and what must come out.

    `handout` is the released folder of the assignment. Each hand-in is filled in and packed
    by the learner's own functions; only then it is dated, named and damaged. The same seed
    writes the same bytes.
    """
    plan = draw_plan(seed)
    for hand_in in plan.hand_ins:
        files = _date(_pack(hand_in, handout), hand_in)
        target = folder / hand_in.file
        target.parent.mkdir(parents=True, exist_ok=True)
        if hand_in.layout == "folder":
            target.mkdir()
            for name, content in files.items():
                (target / name).write_bytes(content)
        else:
            target.write_bytes(_zip(files, hand_in))
    return plan


def _pack(hand_in: HandIn, handout: Path) -> dict[str, bytes]:
    """The files of the zip that the learner's own page makes."""
    with tempfile.TemporaryDirectory(prefix="sample-") as name:
        folder = Path(name)
        for file in handout.iterdir():
            (folder / file.name).write_bytes(file.read_bytes())
        assignment = load_assignment(folder / "assignment.yml", folder)
        for field, value in {"student_id": hand_in.student, **hand_in.answers}.items():
            save_answer(folder / "answers.json", assignment, field, value)
        with zipfile.ZipFile(write_submission(folder, ASSIGNMENT, folder)) as packed:
            return {member: packed.read(member) for member in packed.namelist()}


def _date(files: dict[str, bytes], hand_in: HandIn) -> dict[str, bytes]:
    """The same files as packed on the planted day, with the damage that happens before packing."""
    manifest = json.loads(files.pop("manifest.json"))
    answers = json.loads(files["answers.json"])
    created = hand_in.created.isoformat(timespec="seconds")
    manifest["created"] = created
    answers["saved_at"] = dict.fromkeys(answers["saved_at"], created)
    match hand_in.damage:
        case "answers of the wrong shape":
            answers["answers"] = list(answers["answers"].values())
        case "another assignment":
            manifest["assignment"] = answers["assignment"] = "a07"
        case "two people":
            other = "ori-01" if hand_in.student != "ori-01" else "ori-02"
            answers["student_id"] = answers["answers"]["student_id"] = other
        case "page that is no page":
            files[PAGE] = b"<html>This page was saved from a browser.</html>"
    files["answers.json"] = json.dumps(answers, ensure_ascii=False, indent=1).encode()
    manifest["files"] = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return files | {"manifest.json": json.dumps(manifest, indent=1).encode()}


def _zip(files: dict[str, bytes], hand_in: HandIn) -> bytes:
    if hand_in.layout == "zip with a folder in it":
        files = {f"my-course/{ASSIGNMENT}/{name}": content for name, content in files.items()} | JUNK
    if hand_in.damage == "path out of the zip":
        files = files | {f"../{PAGE}": files[PAGE]}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            member = zipfile.ZipInfo(name, hand_in.created.timetuple()[:6])
            archive.writestr(member, content, zipfile.ZIP_DEFLATED)
    content = packed.getvalue()
    return content[: len(content) // 2] if hand_in.damage == "truncated zip" else content
