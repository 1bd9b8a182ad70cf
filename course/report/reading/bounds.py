"""What is refused before anything is parsed: too large, packed too tightly, encrypted, of another kind.

A draft comes from anywhere. Nothing in it is executed, nothing is fetched, and every read is bounded.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from course.errors import CourseError

MAX_FILE = 60_000_000  # bytes; a report with pictures stays far below
MAX_PART = 40_000_000  # bytes of one part of an archive, unpacked
MAX_PARTS = 4_000
OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # old Office files, and new ones behind a password


def refuse(path: Path, why: str, remedy: str) -> CourseError:
    """The error that says which draft cannot be read, why, and what to do."""
    return CourseError(f"{path.name}: {why}; {remedy}.")


def read_bytes(path: Path) -> bytes:
    """The whole file. Raises CourseError where it is missing, no file, empty or too large."""
    try:
        if not path.is_file():
            raise refuse(path, "there is no such file", "look at the name and the folder")
        size = path.stat().st_size
        if size > MAX_FILE:
            raise refuse(
                path,
                f"the file has {size // 1_000_000} MB, more than the {MAX_FILE // 1_000_000} that are read",
                "make its pictures smaller or send them apart",
            )
        data = path.read_bytes()
    except OSError as error:
        raise refuse(
            path, f"it cannot be opened ({error.strerror})", "close it elsewhere and try again"
        ) from None
    if not data:
        raise refuse(path, "the file is empty", "look whether the right one was saved")
    return data


class Archive:
    """The parts of a .docx or .odt, each read with a bound on what it unpacks to."""

    def __init__(self, path: Path, file: zipfile.ZipFile) -> None:
        self.path = path
        self._file = file
        self.names = frozenset(file.namelist())

    def part(self, name: str) -> bytes:
        """The bytes of one part. Raises CourseError for one that is damaged or far too large."""
        try:
            with self._file.open(name) as opened:
                data = opened.read(MAX_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
            raise damaged(self.path) from None
        except RuntimeError:  # what zipfile says of a part behind a password
            raise encrypted(self.path) from None
        if len(data) > MAX_PART:
            raise refuse(
                self.path,
                f"its part {name} unpacks to more than {MAX_PART // 1_000_000} MB",
                "copy the text into a new document",
            )
        return data

    def xml(self, name: str) -> etree._Element | None:
        """The root of an XML part, None where there is no such part.

        A document type is refused whole: no office program writes one, and it is where outer
        files and endless entities hide.
        """
        if name not in self.names:
            return None
        data = self.part(name)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
        )
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError):
            raise damaged(self.path) from None
        if root.getroottree().docinfo.doctype:
            raise refuse(
                self.path,
                f"its part {name} declares outer entities, which no office program writes",
                "do not trust this file; ask whoever sent it for a new one",
            )
        return root


def open_archive(path: Path, data: bytes) -> Archive:
    """The archive in `data`. Raises CourseError where it is none, or one with too many parts."""
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise damaged(path) from None
    if len(file.infolist()) > MAX_PARTS:
        raise refuse(path, f"it holds more than {MAX_PARTS} parts", "copy the text into a new document")
    return Archive(path, file)


def damaged(path: Path) -> CourseError:
    """What is said of a file that ends too early or is no file of its kind."""
    return refuse(
        path, "the file is damaged or was cut short", "open it in your word processor and save it again"
    )


def encrypted(path: Path) -> CourseError:
    """What is said of a file behind a password."""
    return refuse(path, "it is locked with a password", "save a copy without the password and check that")


def without_text(path: Path) -> CourseError:
    """What is said of a file in which no word was found."""
    return refuse(
        path,
        "no text was found in it, perhaps only pictures of pages",
        "give the document that the text was typed in",
    )
