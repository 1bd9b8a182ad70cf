"""A sealed file opens with its passphrase and with nothing else, and nothing is lost on the way."""

from __future__ import annotations

import shutil

import pytest
from typer.testing import CliRunner

from course.cli import app
from course.errors import CourseError
from course.report import vault

WORDS = "five words that never meet"
SECRET = b"The mother told us what she saw."


@pytest.fixture(scope="module")
def sealed_once(tmp_path_factory):
    """A file sealed once for all tests: each sealing takes a second on purpose."""
    path = tmp_path_factory.mktemp("vault") / "report.yml"
    path.write_bytes(SECRET)
    return vault.seal(path, WORDS)


@pytest.fixture
def sealed(sealed_once, tmp_path):
    """A copy of it, alone in a folder."""
    return shutil.copy(sealed_once, tmp_path / "report.yml.age") and tmp_path / "report.yml.age"


def test_what_was_sealed_holds_no_plain_word_and_opens_again(sealed_once, sealed):
    """The plain file is gone after sealing and back after opening; the sealed one stays."""
    assert not sealed_once.with_suffix("").exists()
    assert b"mother" not in sealed.read_bytes()
    assert vault.open_sealed(sealed, WORDS).read_bytes() == SECRET
    assert sealed.exists()


@pytest.mark.parametrize("fault", ["wrong passphrase", "cut", "changed", "no age"])
def test_a_wrong_passphrase_or_a_damaged_file_is_one_sentence(sealed, fault):
    """And no plain file appears."""
    data = sealed.read_bytes()
    damaged = {"cut": data[:-5], "changed": data[:-5] + bytes(5), "no age": b"PK" + data}
    sealed.write_bytes(damaged.get(fault, data))
    with pytest.raises(CourseError, match=r"report\.yml\.age: [^.]+\.$"):
        vault.open_sealed(sealed, "not the right words" if fault == "wrong passphrase" else WORDS)
    assert [path.name for path in sealed.parent.iterdir()] == ["report.yml.age"]


def test_the_plain_file_stays_where_the_sealed_one_cannot_be_read_back(tmp_path, monkeypatch):
    """A disk that writes something else than it was given."""
    path = tmp_path / "report.yml"
    path.write_bytes(SECRET)
    monkeypatch.setattr(vault, "write_whole", lambda target, data: target.write_bytes(data[:-1]))
    with pytest.raises(CourseError):
        vault.seal(path, WORDS)
    assert path.read_bytes() == SECRET


def test_a_sealed_file_is_not_replaced_by_one_with_another_passphrase(sealed):
    """Else a slip of the hand would lose what was sealed before."""
    before = sealed.read_bytes()
    plain = sealed.with_suffix("")
    plain.write_bytes(b"something new")
    with pytest.raises(CourseError):
        vault.seal(plain, "quite another passphrase")
    assert plain.read_bytes() == b"something new"
    assert sealed.read_bytes() == before


def test_a_short_passphrase_is_refused(tmp_path):
    """Eleven signs."""
    path = tmp_path / "report.yml"
    path.write_bytes(SECRET)
    with pytest.raises(CourseError, match="too short"):
        vault.seal(path, "x" * 11)
    assert path.exists()


def test_the_command_asks_hidden_and_says_what_removing_means(tmp_path):
    """The passphrase is never printed and never an argument; two that differ change nothing."""
    path = tmp_path / "report.yml"
    path.write_bytes(SECRET)
    differ = CliRunner().invoke(app, ["report", "seal", str(path)], input=f"{WORDS}\nother words of mine\n")
    assert isinstance(differ.exception, CourseError)
    assert path.exists()
    result = CliRunner().invoke(app, ["report", "seal", str(path)], input=f"{WORDS}\n{WORDS}\n")
    assert result.exit_code == 0
    assert WORDS not in result.output
    assert "Removed is not destroyed" in result.output
    assert not path.exists()
