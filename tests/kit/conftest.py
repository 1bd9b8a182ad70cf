"""The kit of the course's own workshop, made once."""

from __future__ import annotations

import socket

import pytest

from course.content.workshops import load_workshop
from course.files import find_root
from course.kit import FILES, write_kit
from tests.kit.shared import plain, words_of


@pytest.fixture(scope="session")
def workshop():
    """The workshop of the course."""
    return load_workshop()


@pytest.fixture(scope="session")
def folder(tmp_path_factory, workshop):
    """The whole kit, made while no connection can be opened."""

    def refuse(*_):
        raise AssertionError("the kit asked for an outside address")

    out = tmp_path_factory.mktemp("kit") / "workshop"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        write_kit(out, workshop, find_root())
    return out


@pytest.fixture(scope="session")
def words(folder):
    """All words of each part, those of the speaker's notes too, with single spaces."""
    return {part: plain(words_of(folder / file)) for part, file in FILES.items()}
