"""Files behind a passphrase, in the age format: any age program opens them, also without this course."""

from __future__ import annotations

import os
from pathlib import Path

from pyrage import DecryptError, passphrase

from course.errors import CourseError
from course.files import write_whole

ENDING = ".age"
FIRST_LINE = b"age-encryption.org/v1\n"
SCRYPT = b"-> scrypt "
LEAST_LENGTH = 12  # characters; four or five words
MAX_SIZE = 200_000_000  # bytes; everything is held in memory


def seal(path: Path, words: str) -> Path:
    """Lock a file: `report.yml` becomes `report.yml.age`, and the plain file goes.

    The plain file is removed only after the sealed one was read back from the disk, opened and found
    the same. An older sealed file of that name is replaced only if the passphrase opens it. Raises
    CourseError where anything stands against it; then the plain file is untouched.
    """
    if path.suffix == ENDING:
        raise CourseError(f"{path.name}: this file is sealed already.")
    if path.is_symlink():
        raise CourseError(f"{path.name}: this is a link; seal the file itself, or it stays where it is.")
    if len(words) < LEAST_LENGTH:
        raise CourseError(
            f"{path.name}: the passphrase is too short; take {LEAST_LENGTH} signs or more, best five words "
            "that do not belong together."
        )
    data = _read(path)
    sealed = path.with_name(path.name + ENDING)
    if sealed.exists():
        _opened(sealed, words)
    write_whole(sealed, passphrase.encrypt(data, words))
    if _opened(sealed, words) != data:
        sealed.unlink()
        raise CourseError(f"{path.name}: the sealed file could not be read back, so nothing was changed.")
    path.unlink()
    return sealed


def open_sealed(path: Path, words: str) -> Path:
    """Open a sealed file beside it: `report.yml.age` gives `report.yml`; the sealed one stays.

    Raises CourseError for a wrong passphrase, a damaged file, or a plain file that stands there.
    """
    if path.suffix != ENDING:
        raise CourseError(f"{path.name}: a sealed file ends in {ENDING}; this one is not sealed.")
    target = path.with_suffix("")
    if os.path.lexists(target):
        raise CourseError(f"{target.name}: a file of this name stands there; move it away first.")
    write_whole(target, _opened(path, words))
    return target


def _opened(path: Path, words: str) -> bytes:
    data = _read(path)
    if not data.startswith(FIRST_LINE) or SCRYPT not in data[: len(FIRST_LINE) + len(SCRYPT)]:
        raise CourseError(
            f"{path.name}: this is no file sealed with a passphrase, or its beginning is damaged."
        )
    try:
        return passphrase.decrypt(data, words)
    except DecryptError:
        raise CourseError(
            f"{path.name}: the passphrase is wrong, or the file is damaged; nothing was changed."
        ) from None


def _read(path: Path) -> bytes:
    if not path.is_file():
        raise CourseError(f"{path.name}: there is no such file; look at the name and the folder.")
    if path.stat().st_size > MAX_SIZE:
        raise CourseError(f"{path.name}: the file is larger than {MAX_SIZE // 1_000_000} MB; split it first.")
    return path.read_bytes()
