"""Zips that somebody sent: judged by their table of contents before anything is read."""

from __future__ import annotations

import io
import stat
import tracemalloc
import zipfile

import pytest

from grading.collect import collect_inbox
from tests.grading.handins import parts_of, put, zip_of

SOUND = parts_of("ori-01", q1="right")


def with_path(path):
    """A zip with one more file under this path."""
    return zip_of({**SOUND, path: b"x"})


def with_link():
    """A zip in which answers.json is a link to a file of the instructor's computer."""
    buffer = io.BytesIO(zip_of({name: content for name, content in SOUND.items() if name != "answers.json"}))
    with zipfile.ZipFile(buffer, "a") as archive:
        link = zipfile.ZipInfo("answers.json")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def with_password():
    """A zip that says of its files that they are encrypted."""
    content = bytearray(zip_of(SOUND))
    start = 0
    while (start := content.find(b"PK\x01\x02", start)) >= 0:
        content[start + 8] |= 1
        start += 4
    return bytes(content)


def with_wrong_sum():
    """A zip whose answers were damaged on the way."""
    content = bytearray(zip_of(SOUND))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        start = archive.getinfo("answers.json").header_offset + 30 + len("answers.json")
    content[start + 3] ^= 0xFF
    return bytes(content)


FAULTS = {
    "a path upward": ("unsafe-zip", lambda: with_path("../../escape.txt")),
    "a path upward with backslashes": ("unsafe-zip", lambda: with_path("..\\..\\escape.txt")),
    "an absolute path": ("unsafe-zip", lambda: with_path("/etc/escape.txt")),
    "a drive": ("unsafe-zip", lambda: with_path("C:/escape.txt")),
    "a link": ("unsafe-zip", with_link),
    "a password": ("locked-zip", with_password),
    "cut off": ("damaged-zip", lambda: zip_of(SOUND)[:-60]),
    "nothing": ("damaged-zip", lambda: b""),
    "no zip": ("damaged-zip", lambda: b"<html>please log in</html>"),
    "damaged answers": ("damaged-zip", with_wrong_sum),
    "a bomb": ("too-big", lambda: zip_of({**SOUND, "a90.ipynb": bytes(60_000_000)})),
    "a bomb of many": ("too-big", lambda: zip_of(dict.fromkeys(map(str, range(230)), bytes(900_000)))),
    "very many files": ("too-big", lambda: zip_of({f"{n}": b"" for n in range(10_001)})),
    "zips within zips": ("too-big", lambda: zip_of({"a.zip": zip_of({"b.zip": zip_of({"c.zip": b""})})})),
    "an empty zip": ("no-answers", lambda: zip_of({})),
}  # fmt: skip


@pytest.mark.parametrize(("code", "content"), FAULTS.values(), ids=FAULTS)
def test_a_dangerous_or_damaged_zip_is_refused(workspace, inbox, tmp_path, code, content):
    """It is told by its code, nothing of it is written anywhere, the next hand-in is collected."""
    (inbox / "a.zip").write_bytes(content())
    put(inbox, "b.zip", parts_of("dra-01"))
    before = {path for path in tmp_path.rglob("*") if "cohort" not in path.parts}
    refused, accepted = collect_inbox(workspace, "a90", inbox).hand_ins
    assert (refused.state, refused.findings[0].code) == ("refused", code)
    assert accepted.state == "accepted"
    assert {path for path in tmp_path.rglob("*") if "cohort" not in path.parts} == before
    assert [path.name for path in (workspace.root / "submitted").iterdir()] == ["dra-01"]


def test_a_bomb_is_not_unpacked_to_be_judged(workspace, inbox):
    """A file of a gigabyte costs a few megabytes of memory."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("answers.json", "w", force_zip64=True) as file,
    ):
        for _ in range(100):
            file.write(bytes(1_000_000))
    (inbox / "bomb.zip").write_bytes(buffer.getvalue())
    tracemalloc.start()
    collect_inbox(workspace, "a90", inbox)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_a_damaged_page_in_a_sound_zip_is_no_reason_to_refuse(workspace, inbox):
    """The page is never used, so that its damage costs nobody any points."""
    content = bytearray(zip_of(SOUND))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        start = archive.getinfo("a90.ipynb").header_offset + 30 + len("a90.ipynb")
    content[start + 3] ^= 0xFF
    (inbox / "a.zip").write_bytes(bytes(content))
    (hand_in,) = collect_inbox(workspace, "a90", inbox).hand_ins
    assert hand_in.state == "accepted"
    assert {finding.code for finding in hand_in.findings} == {"edited", "repaired"}


def test_two_answers_of_one_name_are_two_hand_ins(workspace, inbox):
    """A zip can hold a name twice, and every program reads another of the two."""
    buffer = io.BytesIO(zip_of(SOUND))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("answers.json", parts_of("dra-01")["answers.json"])
    (inbox / "a.zip").write_bytes(buffer.getvalue())
    collection = collect_inbox(workspace, "a90", inbox)
    assert [h.findings[0].code for h in collection.hand_ins] == ["two-people", "two-people"]
