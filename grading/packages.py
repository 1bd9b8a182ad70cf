"""One possible hand-in as it lies in an inbox, and what bounds its size."""

from __future__ import annotations

from dataclasses import dataclass, field

from grading.findings import Finding

ANSWERS, MANIFEST = "answers.json", "manifest.json"
MAX_ENTRIES = 10_000  # files of one zip: a platform's download of all hand-ins
MAX_FILE = 10_000_000  # bytes of one file that is read
MAX_TOTAL = 200_000_000  # bytes of a zip's content, as it declares them
MAX_RATIO = 200  # of a file of more than a megabyte; a page of text stays below 20
MAX_NESTING = 2  # a zip in a zip
JUNK = {".ds_store", "thumbs.db", "desktop.ini", "__macosx"}


@dataclass
class Package:
    """One possible hand-in: what to call it, its files by name in small letters, what is wrong with it.

    `whole` names the zip or the learner's upload folder it came in, which one person hands
    in; it is empty for a plain folder. `modified` is in seconds since 1970.
    """

    label: str
    files: dict[str, bytes] = field(default_factory=dict)
    modified: float = 0.0
    faults: list[Finding] = field(default_factory=list)
    whole: str = ""


def printable(name: str) -> str:
    """A file's name without what a terminal would obey, and without bytes that are no text."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


def is_junk(name: str) -> bool:
    """What operating systems leave behind."""
    return name.lower() in JUNK or name.startswith("._")


def is_zip(name: str) -> bool:
    """By name only, so that a zip that is cut off is told to be one."""
    return name.lower().rstrip(" .").endswith(".zip")


def is_upload(name: str) -> bool:
    """Whether Moodle named this folder, for what one learner uploaded."""
    return "_assignsubmission_" in name


def is_part(name: str) -> bool:
    """Whether a file of this name, in small letters, is a part of a hand-in."""
    return name in (ANSWERS, MANIFEST) or name.endswith(".ipynb")
