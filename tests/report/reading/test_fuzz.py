"""Ten thousand damaged files: each is read or refused in words, and none hangs."""

from __future__ import annotations

import io
import random
import time
import zipfile

import pytest

from course.errors import CourseError
from course.report.reading import read_draft
from tests.report.making import box, call, docx, odt, paragraph, table, with_notes, zipped

INPUTS = 2_000  # of each kind
NOTEBOOK = (
    b'{"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "markdown", "source": ["# A\\n", "b[^1]"]}]}'
)
MARKDOWN = (
    b"---\nauthor: A\n---\n# A\n\n1. b[^1]\n   - c <!-- d -->\n\n| a | b |\n|---|---|\n| c | d |\n\n[^1]: e\n"
)
BODY = paragraph("a", style="Titre1") + paragraph("b", number=1, inner=call(1) + box("c")) + table(["d", "e"])
LIST = (
    "<text:list text:style-name='L'><text:list-item><text:p>a<text:s text:c='3'/></text:p>"
    "</text:list-item></text:list>"
)
PIECES = [
    b"<w:p>",
    b"</w:p>",
    b'"',
    b"-1",
    b"99999999999",
    b"\xff",
    b"w:val",
    b"\x00",
    b"&#8206;",
    b"[^1]",
    b"]]>",
]


def unpacked(data):
    """The parts of an archive, to be damaged inside of it: damage outside is found by the checksum."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def damage(data, chance):
    """A few bytes changed, cut, doubled, or replaced by what readers stumble over."""
    data = bytearray(data)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(data) + 1)
        end = min(len(data), place + chance.choice((0, 1, 1, 5, 40)))
        data[place:end] = chance.choice(
            (b"", chance.choice(PIECES), bytes([chance.randrange(256)]), data[place:end] * 2)
        )
    return bytes(data)


def damage_inside(parts, chance):
    """One part of an archive damaged."""
    name = chance.choice(sorted(parts))
    return zipped({**parts, name: damage(parts[name], chance)}, method=0)


KINDS = {
    "docx": (unpacked(with_notes(BODY, {1: "f"})), damage_inside),
    "odt": (unpacked(odt(f"<text:h>a</text:h>{LIST}")), damage_inside),
    "md": (MARKDOWN, damage),
    "ipynb": (NOTEBOOK, damage),
    "pdf": (None, damage),
    "archive": (docx(BODY), damage),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_file_is_read_or_refused_in_words(tmp_path, soffice, kind):
    """Two thousand of a kind, the same ones in each run: no other error, no second spent on one."""
    seed, damaging = KINDS[kind]
    if kind == "pdf":
        (tmp_path / "seed.docx").write_bytes(docx(paragraph("Some text.") * 3))
        soffice("--convert-to", "pdf", "--outdir", str(tmp_path), str(tmp_path / "seed.docx"))
        seed = (tmp_path / "seed.pdf").read_bytes()
    chance = random.Random(20261123)
    path = tmp_path / f"draft.{'docx' if kind == 'archive' else kind}"
    outcomes = {"read": 0, "refused": 0}
    for _ in range(INPUTS):
        path.write_bytes(damaging(seed, chance))
        start = time.perf_counter()
        try:
            read_draft(path)
            outcomes["read"] += 1
        except CourseError:
            outcomes["refused"] += 1
        assert time.perf_counter() - start < 1
    assert min(outcomes.values()) > INPUTS / 100
