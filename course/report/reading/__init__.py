"""Reads a draft from any of the files that associations write in."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from course.errors import CourseError
from course.report.draft import Draft
from course.report.reading.bounds import OLE, encrypted, open_archive, read_bytes, refuse

# The file of this room that reads each ending; only the one that is needed is loaded.
READERS = {
    ".docx": "docx",
    ".odt": "odt",
    ".md": "markdown",
    ".txt": "markdown",
    ".ipynb": "notebook",
    ".pdf": "pdf",
}
OFFICE = (".docx", ".odt", ".pdf")


def read_draft(path: Path) -> Draft:
    """The draft in a file; its content must be what its name says.

    Raises CourseError, one sentence that names the file, for everything that cannot be read: it
    is missing, empty, too large, damaged, locked, of another kind than its name says, or holds no
    text. Nothing in it is executed and nothing is fetched.
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in READERS:
        said = f"files that end in {ending} are not read" if ending else "its name has no ending"
        raise refuse(path, said, f"give one of {', '.join(READERS)}")
    data = read_bytes(path)
    found = _office_kind(path, data)
    if found != (ending if ending in OFFICE else None):
        raise _misnamed(path, ending, found)
    reader = import_module(f"{__name__}.{READERS[ending]}")
    return getattr(reader, f"read_{READERS[ending]}")(path, data)


def _misnamed(path: Path, ending: str, found: str | None) -> CourseError:
    what = f"its content is that of a {found} file" if found else "its content is no such file"
    remedy = "open it in your word processor and save it again under its right name"
    return refuse(path, f"its name ends in {ending}, but {what}", remedy)


def _office_kind(path: Path, data: bytes) -> str | None:
    """The ending that the content stands for, None for what begins as no office file does."""
    if data.startswith(OLE):
        if path.suffix.lower() in (".docx", ".odt"):  # a new file behind a password is wrapped like this
            raise encrypted(path)
        return ".doc"
    if data.startswith(b"%PDF-"):
        return ".pdf"
    if not data.startswith(b"PK\x03\x04"):
        return None
    names = open_archive(path, data).names
    if "word/document.xml" in names:
        return ".docx"
    return ".odt" if "content.xml" in names else ".zip"
