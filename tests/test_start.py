"""start.py: one command on a fresh machine, one sentence where something stands in the way."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile

import pytest


@pytest.fixture
def start(root):
    """start.py as a module."""
    specification = importlib.util.spec_from_file_location("start", root / "start.py")
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.fixture
def bare_copy(root, tmp_path):
    """What a newcomer has before the first call: no environment, nothing built."""
    for name in ("start.py", "requirements.txt", "pyproject.toml", "README.md"):
        shutil.copy(root / name, tmp_path / name)
    return tmp_path


def call(folder, *arguments, **environment):
    """Run start.py as a person does; everything it says comes back."""
    return subprocess.run(
        [sys.executable, "start.py", *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("version", [(3, 10), (3, 14)])
def test_a_wrong_python_gets_one_sentence(start, monkeypatch, version):
    """The sentence says which Python is needed and what to do."""
    monkeypatch.setattr(start.sys, "version_info", (*version, 0))

    with pytest.raises(start.StartError) as refusal:
        start.check_python()

    assert "3.11, 3.12 or 3.13" in str(refusal.value)
    assert "python.org" in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_the_three_pythons_are_accepted(start, monkeypatch, version):
    """What the README promises is not refused."""
    monkeypatch.setattr(start.sys, "version_info", (*version, 0))

    start.check_python()


def test_the_python_inside_the_environment_is_sent_away(start, monkeypatch):
    """It would take away the environment that it stands in."""
    monkeypatch.setattr(start.sys, "prefix", str(start.ENVIRONMENT))

    with pytest.raises(start.StartError, match=r"`python3 start\.py`"):
        start.check_place()


def test_an_unknown_word_is_answered_with_the_known_ones(bare_copy):
    """A slip costs a sentence, not an installation."""
    done = call(bare_copy, "tset")

    assert done.returncode == 2
    assert done.stderr == "start.py knows learn, test, bench, or no word at all; not 'tset'.\n"
    assert not (bare_copy / ".venv").exists()


def test_help_names_every_job(bare_copy):
    """`--help` costs nothing and says what there is."""
    done = call(bare_copy, "--help")

    assert done.returncode == 0
    assert all(f"start.py {job}" in done.stdout for job in ("learn", "test", "bench"))


@pytest.mark.skipif(shutil.which("uv") is None, reason="uv is not installed here")
def test_without_network_uv_gives_one_sentence(bare_copy, tmp_path):
    """No traceback, no half environment that would be taken for a whole one."""
    done = call(bare_copy, UV_OFFLINE="1", UV_CACHE_DIR=str(tmp_path / "empty-cache"))

    assert done.returncode == 2
    assert "is this computer online" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (bare_copy / ".venv/made-from.sha256").exists()


def test_without_network_pip_gives_one_sentence(bare_copy):
    """The same where uv is not there: venv and pip."""
    path = os.pathsep.join(p for p in os.environ["PATH"].split(os.pathsep) if not shutil.which("uv", path=p))

    done = call(bare_copy, PATH=path, PIP_NO_INDEX="1", PIP_FIND_LINKS="")

    assert done.returncode == 2
    assert "is this computer online" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (bare_copy / ".venv/made-from.sha256").exists()


def test_a_made_environment_is_not_made_again(start, monkeypatch, tmp_path):
    """With the stamp of this very lock the second call starts at once."""
    monkeypatch.setattr(start, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(start, "run", lambda *_: pytest.fail("installed again"))
    (tmp_path / "stamp").write_text(start.fingerprint())

    start.make_environment()


def test_another_lock_makes_another_environment(start, monkeypatch, tmp_path):
    """A changed lock, project, place or Python is seen in the fingerprint."""
    before = start.fingerprint()
    lock = tmp_path / "requirements.txt"
    lock.write_text("another==1\n")
    monkeypatch.setattr(start, "LOCK", lock)
    of_another_lock = start.fingerprint()
    monkeypatch.setattr(start, "ROOT", tmp_path)
    (tmp_path / "pyproject.toml").write_text("")

    assert len({before, of_another_lock, start.fingerprint()}) == 3


def test_the_lock_has_hashes_and_names_no_host(root):
    """Every package is pinned with a hash; where it comes from is the machine's own setting."""
    lock = (root / "requirements.txt").read_text()
    pins = [line for line in lock.splitlines() if "==" in line and not line.startswith((" ", "#"))]

    assert len(pins) > 100
    assert all(pin.rstrip().endswith("\\") for pin in pins)
    assert "://" not in lock


class TestLearnersZip:
    """What learners receive holds nothing that grades them."""

    @pytest.fixture
    def archive(self, start, tmp_path):
        """The zip, packed from this very tree."""
        start.pack_learners_zip(tmp_path / "learner.zip")
        with zipfile.ZipFile(tmp_path / "learner.zip") as archive:
            yield archive

    def test_nothing_that_grades_is_in_it(self, archive):
        """No source of an assignment, no grading wing, no tests."""
        parts = {name.split("/")[1] for name in archive.namelist()}

        assert parts & {"assignments", "grading", "tests", "bench", ".ci", ".git", ".venv"} == set()
        assert {"course", "modules", "start.py", "_toc.yml", "requirements.txt"} <= parts

    def test_no_file_holds_a_hidden_test_or_a_model_answer(self, archive):
        """The words that open a key or a model answer stand in no page or data file."""
        for name in archive.namelist():
            if name.endswith((".ipynb", ".yml", ".json", ".csv", ".md")):
                content = archive.read(name).decode()
                assert "BEGIN HIDDEN TESTS" not in content, name
                assert "model_answer" not in content, name

    def test_the_same_files_give_the_same_bytes(self, start, archive, tmp_path):
        """Packed twice it is one and the same file."""
        start.pack_learners_zip(tmp_path / "again.zip")

        first, again = (tmp_path / name for name in ("learner.zip", "again.zip"))
        assert hashlib.sha256(first.read_bytes()).digest() == hashlib.sha256(again.read_bytes()).digest()

    def test_nothing_half_written_stays(self, start, archive, tmp_path):
        """The file beside, in which it is written, is gone afterwards."""
        assert [path.name for path in tmp_path.glob("learner*")] == ["learner.zip"]
