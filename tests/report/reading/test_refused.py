"""What cannot be read is refused in one sentence, quickly, and nothing in it is executed or fetched."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import zipfile
from contextlib import suppress

import pytest

from course.errors import CourseError
from course.report.reading import read_draft
from course.report.reading.bounds import MAX_FILE, MAX_PART, OLE
from tests.report.making import RELS, W, docx, odt, paragraph, zipped

MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
ENTITY = (
    '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
    f"<w:document {W}><w:body>{{}}</w:body></w:document>"
)
ENDLESS = (
    '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f"<w:document {W}><w:body>{paragraph('&b;')}</w:body></w:document>"
)
GOOD = docx(paragraph("A good draft"))
PICTURE = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="scan"/></wp:inline></w:drawing></w:r>'
REFUSED = {
    "behind-a-password.docx": (OLE + bytes(600), "password"),
    "behind-a-password.odt": (
        odt("<text:p>x</text:p>", parts={"META-INF/manifest.xml": "<m:encryption-data/>"}),
        "password",
    ),
    "cut-short.docx": (GOOD[: len(GOOD) // 2], "cut short"),
    "cut-short.odt": (odt("<text:p>x</text:p>")[:-60], "cut short"),
    "cut-short.ipynb": (b'{"nbformat": 4, "cells": [', "cut short"),
    "cut-short.pdf": (b"%PDF-1.7\n1 0 obj", "cut short"),
    "with-macros.docx": (docx(paragraph("x"), main_type=MACROS), "macros"),
    "with-macros.odt": (odt("<text:p>x</text:p>", parts={"Basic/script.xml": "<x/>"}), "macros"),
    "a-pdf.docx": (b"%PDF-1.7\n", "save it again under its right name"),
    "a-word-file.pdf": (GOOD, "a .docx file"),
    "text.docx": (b"Only text", "no such file"),
    "an-archive.odt": (zipped({"a.txt": "x"}), "a .zip file"),
    "program.exe": (b"MZ", "files that end in .exe are not read"),
    "without-ending": (b"x", "its name has no ending"),
    "empty.md": (b"", "the file is empty"),
    "only-white-space.md": (b" \n\n ", "no text was found"),
    "pictures-only.docx": (docx(paragraph(inner=PICTURE)), "perhaps only pictures"),
    "outer-entity.docx": (
        docx("", parts={"word/document.xml": ENTITY.format(paragraph("&e;"))}),
        "outer entities",
    ),
    "outer-entity.odt": (
        odt("<text:p>x</text:p>", parts={"content.xml": ENTITY.format(paragraph("&e;"))}),
        "outer entities",
    ),
    "endless-entities.docx": (docx("", parts={"word/document.xml": ENDLESS}), "outer entities"),
    "latin-1.md": ("L'été à Fès".encode("latin-1"), "UTF-8"),
    "bytes.md": (b"text\x00\x01", "it is no text"),
    "old-notebook.ipynb": (b'{"nbformat": 3, "cells": []}', "another format than 4"),
    "deep.ipynb": (b"[" * 200_000, "cut short"),
    "deep.docx": (docx("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000), "damaged"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_in_one_sentence_that_names_the_file(tmp_path, name):
    """The sentence says what is wrong and what to do; no traceback, no second line."""
    data, said = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(CourseError) as refused:
        read_draft(tmp_path / name)
    message = str(refused.value)
    assert message.startswith(f"{name}: ")
    assert said in message
    assert message.count("\n") == 0
    assert message.endswith(".")


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    """A wrong name is the commonest fault of all."""
    with pytest.raises(CourseError, match="there is no such file"):
        read_draft(tmp_path / "nowhere.docx")


BOUNDED = """
import resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (900_000_000, 900_000_000))
from pathlib import Path
from course.errors import CourseError
from course.report.reading import read_draft
for path in map(Path, sys.argv[1:]):
    start = time.monotonic()
    try:
        read_draft(path)
    except CourseError as error:
        print(round(time.monotonic() - start, 2), error, sep="|")
# The peak of this program alone: getrusage still counts the one that started it.
status = Path("/proc/self/status").read_text()
print(int(status.partition("VmHWM:")[2].split()[0]) // 1000)
"""


def read_bounded(*paths):
    """(seconds, message) of each file that was refused, and the peak of memory in MB."""
    done = subprocess.run(
        [sys.executable, "-c", BOUNDED, *map(str, paths)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    *lines, megabytes = done.stdout.splitlines()
    return [(float(line.partition("|")[0]), line.partition("|")[2]) for line in lines], int(megabytes)


def bomb(path):
    """A .docx whose text unpacks to 400 MB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        with file.open("word/document.xml", "w") as part:
            part.write(f"<w:document {W}><w:body><w:p><w:r><w:t>".encode())
            for _ in range(400):
                part.write(b"a" * 1_000_000)
        file.writestr("[Content_Types].xml", "<Types/>")


def large(path):
    """A file of 300 MB that takes no room on the disk."""
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(300_000_000)


def open_bomb(path):
    """An .odt whose text unpacks to 100 MB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        with file.open("content.xml", "w") as part:
            for _ in range(100):
                part.write(b" " * 1_000_000)


def crowd(path):
    """A .docx of ten thousand parts."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("word/document.xml", f"<w:document {W}/>")
        for number in range(10_000):
            file.writestr(f"word/{number}.xml", "<x/>")


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of memory is read where Linux writes it")
def test_everything_bad_is_refused_within_two_seconds_and_500_mb(tmp_path):
    """In a process of its own, whose memory is measured from outside the reader."""
    made = {
        "bomb.docx": (bomb, "unpacks to more than"),
        "bomb.odt": (open_bomb, "unpacks to more than"),
        "crowd.docx": (crowd, "parts"),
        "large.docx": (large, "300 MB, more than the"),
        "large.md": (large, "300 MB, more than the"),
    }
    for name, (make, _) in made.items():
        make(tmp_path / name)
    for name, (data, _) in REFUSED.items():
        (tmp_path / name).write_bytes(data)
    said = {name: words for name, (_, words) in {**REFUSED, **made}.items()}
    refused, megabytes = read_bounded(*(tmp_path / name for name in said))
    assert len(refused) == len(said)
    for (name, words), (seconds, message) in zip(said.items(), refused, strict=True):
        assert words in message, name
        assert seconds < 2, name
    assert megabytes < 500


def test_what_a_file_asks_to_be_fetched_is_not(tmp_path):
    """A template, a picture and a link on another host are text to the reader: nobody is asked."""
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        host = f"http://127.0.0.1:{server.getsockname()[1]}"
        rels = "".join(
            f'<Relationship Id="rId{number}" Type="{RELS}/{kind}" Target="{host}" TargetMode="External"/>'
            for number, kind in enumerate(("attachedTemplate", "image", "hyperlink", "oleObject"), start=20)
        )
        path = tmp_path / "draft.docx"
        path.write_bytes(docx(paragraph("A draft"), rels=rels))
        read_draft(path)
        with suppress(TimeoutError):
            asked.append(server.accept())
    assert asked == []


def test_the_bounds_leave_room_for_real_reports():
    """A report of 200 pages with pictures has a few megabytes."""
    assert MAX_FILE >= 20_000_000
    assert MAX_PART >= 20_000_000


def test_a_formula_in_a_property_stays_text(tmp_path):
    """It is read as the characters that it is made of."""
    core = '<c:coreProperties xmlns:c="x" xmlns:dc="y"><dc:title>=cmd|calc!A1</dc:title></c:coreProperties>'
    path = tmp_path / "draft.docx"
    path.write_bytes(docx(paragraph("x"), parts={"docProps/core.xml": core}))
    assert read_draft(path).traces.properties == {"title": "=cmd|calc!A1"}


def test_mixed_directions_are_read_in_the_order_of_typing(tmp_path):
    """Arabic with a symbol and direction marks keeps its characters, marks included."""
    text = "أوصت اللجنة \u200eCRC/C/MAR/CO/3-4\u200f بذلك"
    path = tmp_path / "draft.docx"
    path.write_bytes(docx(paragraph(text)))
    assert read_draft(path).blocks[0].text == text


def test_a_pdf_behind_a_password_is_refused_in_words(soffice, tmp_path):
    """Made by LibreOffice, as an association would make it."""
    (tmp_path / "draft.docx").write_bytes(GOOD)
    lock = {
        "EncryptFile": {"type": "boolean", "value": "true"},
        "DocumentOpenPassword": {"type": "string", "value": "olive"},
    }
    way = f"pdf:writer_pdf_Export:{json.dumps(lock)}"
    soffice("--convert-to", way, "--outdir", str(tmp_path), str(tmp_path / "draft.docx"))

    with pytest.raises(CourseError, match="locked with a password"):
        read_draft(tmp_path / "draft.pdf")
