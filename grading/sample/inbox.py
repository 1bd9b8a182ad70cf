"""Writes the planted hand-ins into an inbox, as messy as real ones: names, layouts, damage."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from course.content import load_assignment
from course.forms import save_answer, write_submission
from grading.sample.planted import ASSIGNMENT, SEED, HandIn, Plan, draw_plan

ANSWERS, MANIFEST = "answers.json", "manifest.json"
JUNK = {"__MACOSX/._answers.json": b"\0", ".DS_Store": b"\0"}


def make_inbox(folder: Path, handout: Path, seed: int = SEED, assignment: str = ASSIGNMENT) -> Plan:
    """Write the sample of `seed` into `folder`; returns what is in it and what must come out.

    `handout` is the released folder of the assignment. Each hand-in is filled in and packed
    by the learner's own functions; only then it is named and damaged. The same seed writes
    the same bytes.
    """
    plan = draw_plan(seed, assignment)
    write_hand_ins(plan.hand_ins, folder, handout)
    return plan


def write_hand_ins(hand_ins: Iterable[HandIn], folder: Path, handout: Path) -> None:
    """Write these hand-ins into `folder`, each in its place and its layout."""
    for hand_in in hand_ins:
        packed = _pack(hand_in, handout)
        target = folder / hand_in.file
        target.parent.mkdir(parents=True, exist_ok=True)
        match hand_in.layout:
            case "zip":
                target.write_bytes(_damage(packed, hand_in) if hand_in.damage else packed)
            case "zip with a folder in it":
                inner = f"my-course/{hand_in.assignment}"
                files = {f"{inner}/{name}": data for name, data in _unzip(packed).items()}
                target.write_bytes(_zip(files | JUNK))
            case "folder":
                target.mkdir()
                for name, data in _unzip(packed).items():
                    (target / name).write_bytes(data)


def _pack(hand_in: HandIn, handout: Path) -> bytes:
    """The zip that the learner's own page makes, on the planted day."""
    with tempfile.TemporaryDirectory(prefix="sample-") as name:
        folder = Path(name)
        shutil.copytree(handout, folder, dirs_exist_ok=True)
        assignment = load_assignment(folder / "assignment.yml", folder)
        path = folder / ANSWERS
        for field, value in {"student_id": hand_in.student, **hand_in.answers}.items():
            save_answer(path, assignment, field, value)
        document = json.loads(path.read_bytes())
        document["saved_at"] = dict.fromkeys(document["saved_at"], hand_in.created.isoformat())
        path.write_text(json.dumps(document), encoding="utf-8")
        return write_submission(folder, hand_in.assignment, folder, hand_in.created).read_bytes()


def _damage(packed: bytes, hand_in: HandIn) -> bytes:
    files = _unzip(packed)
    page = f"{hand_in.assignment}.ipynb"
    answers, manifest = json.loads(files[ANSWERS]), json.loads(files[MANIFEST])
    match hand_in.damage:
        case "truncated zip":
            return packed[: len(packed) // 2]
        case "path out of the zip":
            return _zip(files | {f"../{page}": files[page]})
        case "page that is no page":
            files[page] = b"<html>This page was saved from a browser.</html>"
        case "answers of the wrong shape":
            answers["answers"] = list(answers["answers"].values())
        case "another assignment":
            manifest["assignment"] = answers["assignment"] = "a99"
        case "two people":
            other = "ori-01" if hand_in.student != "ori-01" else "ori-02"
            answers["student_id"] = answers["answers"]["student_id"] = other
    # The sums are made anew: what is planted is this damage and no other.
    files[ANSWERS] = json.dumps(answers, ensure_ascii=False).encode()
    manifest["files"] = {name: hashlib.sha256(files[name]).hexdigest() for name in manifest["files"]}
    return _zip(files | {MANIFEST: json.dumps(manifest).encode()})


def _unzip(packed: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zip(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
