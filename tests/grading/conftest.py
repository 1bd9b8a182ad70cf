"""One released and one graded cohort that the tests of grading share or copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grading.autograde import autograde_assignment
from grading.collect import collect_inbox
from grading.release import release_assignment
from grading.workspace import Workspace, create_workspace
from tests.grading.courses import make_course
from tests.grading.handins import STUDENTS, hostile_page, parts_of, put, write_assignment, zip_of


@pytest.fixture(scope="session")
def assignments(tmp_path_factory) -> Path:
    """A folder of assignments that holds the small form a90."""
    folder = tmp_path_factory.mktemp("assignments")
    write_assignment(folder)
    return folder


@pytest.fixture(scope="session")
def released(tmp_path_factory, assignments) -> Workspace:
    """A cohort of four with a90 released; read only, copy it to change it."""
    workspace = create_workspace(tmp_path_factory.mktemp("cohort") / "released", STUDENTS)
    release_assignment(workspace, "a90", assignments=assignments)
    return workspace


@pytest.fixture
def workspace(tmp_path, released) -> Workspace:
    """A fresh copy of the released cohort: a workspace may be moved, so it may be copied."""
    return Workspace(Path(shutil.copytree(released.root, tmp_path / "cohort")))


@pytest.fixture
def inbox(tmp_path) -> Path:
    """An empty folder for hand-ins."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def graded(tmp_path_factory, released) -> Workspace:
    """A cohort whose hand-ins are collected and graded: right, half, hostile; and one refused."""
    base = tmp_path_factory.mktemp("graded")
    place = Workspace(Path(shutil.copytree(released.root, base / "cohort")))
    inbox = base / "inbox"
    put(
        inbox,
        "a90-ori-01.zip",
        parts_of("ori-01", q1="right", q2=42, plan="<script>alert(1)</script> <b>ours"),
    )
    put(inbox, "Amal_Noor_4711_assignsubmission_file_/مهمة.zip", parts_of("ori-02", q1="half", q2=41))
    put(inbox, "dra-01 final", parts_of("dra-01", page=hostile_page(base / "pwned"), q1="wrong"))
    (inbox / "broken.zip").write_bytes(zip_of(parts_of("dra-02"))[:-40])
    collect_inbox(place, "a90", inbox)
    autograde_assignment(place, "a90", workers=1)
    return place


@pytest.fixture(scope="session")
def numbers(tmp_path_factory) -> Path:
    """A course that is not ours, with learners' code, and ps1 released; read only, copy it to change it."""
    return make_course(tmp_path_factory.mktemp("numbers") / "course")
