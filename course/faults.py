"""What goes wrong in a learner's page: a card in plain words with one thing to do, never a traceback.

In the process behind a page, `watch` turns every exception into a card. Where an error is caught,
`note_fault` finds its words. Why it happened goes into a file on this computer, for a helper, without
anything that the learner wrote. Where authors work no such file is named, and exceptions stay as they are.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any

from course.errors import CourseError
from course.texts import LANGUAGES, direction, section

LOG = "COURSE_FAULTS"  # of the environment of learners' pages: the file for a helper
LANGUAGE = "COURSE_LANGUAGE"  # likewise: the language of the page
LONGEST = 200_000  # bytes of that file, some thousand faults
HOME = Path(__file__).resolve().parent
# Only on the start page a damaged file can be put aside, and only there stands what else can be done.
AT_THE_START = frozenset({"work-damaged", "work-foreign", "work-newer", "answers-damaged"})
# What may pass by itself, or once the learner has made room.
TO_TRY_AGAIN = frozenset({"disk-full", "read-only", "work-busy", "work-unreachable"})
_OF_THE_DISK = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "disk-full"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "read-only"),
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR, errno.EISDIR), "content"),
    errno.EIO: "work-unreachable",
    errno.ENOMEM: "memory",
}


@dataclass(frozen=True)
class Fault:
    """What went wrong: `kind` names its words, `reference` is short and the same for the same cause."""

    kind: str
    reference: str

    @property
    def action(self) -> str:
        """The one thing to do: `start` (go to the start page), `again` (try again) or `reload` (the page)."""
        if self.kind in AT_THE_START:
            return "start"
        return "again" if self.kind in TO_TRY_AGAIN else "reload"

    def words(self, language: str) -> dict[str, str]:
        """`{"kind", "action", "title", "why", "do", "reference"}`, all but the first two to be shown.

        Raises CourseError where the texts themselves cannot be read.
        """
        texts = section("fault", language if language in LANGUAGES else LANGUAGES[0])
        return {
            "kind": self.kind,
            "action": self.action,
            "title": texts[f"{self.kind}-title"],
            "why": texts[f"{self.kind}-why"],
            "do": texts[f"do-{self.action}"],
            "reference": texts["reference"].format(reference=self.reference),
        }


def for_a_learner() -> bool:
    """Whether this process shows a learner's page, in which nothing is said as authors hear it."""
    return LOG in os.environ


def find_fault(error: BaseException) -> Fault:
    """The fault that an exception is."""
    if isinstance(error, CourseError):
        kind = error.kind or "unexpected"
    elif isinstance(error, OSError):
        kind = _OF_THE_DISK.get(error.errno or 0, "unexpected")
    else:
        kind = next((name for kinds, name in _OF_TYPES if isinstance(error, kinds)), "unexpected")
    cause = " ".join((kind, type(error).__name__, *(name for name, _ in _places(error)[-3:])))
    return Fault(kind, sha256(cause.encode()).hexdigest()[:6].upper())


_OF_TYPES = (
    (MemoryError, "memory"),
    (KeyboardInterrupt, "slow"),
    (ImportError, "install"),
)


def note_fault(error: BaseException) -> Fault:
    """The fault that an exception is, noted for a helper where a file is named for it."""
    fault = find_fault(error)
    if file := os.environ.get(LOG):
        # What keeps the note from being written must not keep the learner from reading the card.
        with contextlib.suppress(OSError):
            _note(Path(file), fault, error)
    return fault


def card_html(words: Mapping[str, str], language: str) -> str:
    """The card: what `Fault.words` says, and a link that needs no script."""
    address = "/" if words["action"] == "start" else ""
    return (  # an address without anything is that of this page
        f'<section class="card trouble course-fault" role="alert" data-fault="{escape(words["kind"])}"'
        f' lang="{escape(language)}" dir="{direction(language)}">'
        f"<h2>{escape(words['title'])}</h2><p>{escape(words['why'])}</p>"
        f"<p>{escape(words['reference'])}</p>"
        f'<p><a class="button" href="{address}">{escape(words["do"])}</a></p></section>'
    )


def watch(shell: Any) -> None:
    """From now on show a card wherever `shell`, IPython's, would show a traceback.

    Where the texts cannot be read, an error without any line is shown: the page around has its own words.
    """
    plain = shell._showtraceback

    def show(kind: type[BaseException], error: BaseException, lines: list[str]) -> None:
        from IPython.display import HTML, display  # noqa: PLC0415  (a graded page must not wait for it)

        fault = note_fault(error)
        language = os.environ.get(LANGUAGE, LANGUAGES[0])
        try:
            card = card_html(fault.words(language), language)
        except Exception:
            plain(CourseError, CourseError(fault.reference), [])
        else:
            display(HTML(card))

    shell._showtraceback = show


def watch_pages() -> None:
    """`watch` in the process behind a learner's page, once; elsewhere nothing."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython and for_a_learner() else None
    if shell is not None and "_showtraceback" not in vars(shell):
        watch(shell)


def load_ipython_extension(shell: Any) -> None:
    """What IPython calls where this module is named as one of its extensions."""
    if "_showtraceback" not in vars(shell):
        watch(shell)


def _places(error: BaseException) -> list[tuple[str, int]]:
    """Where it went through the course: function and line, the innermost last. No values, no texts."""
    return [
        (
            f"{Path(place.filename).relative_to(HOME).with_suffix('').as_posix()}.{place.name}",
            place.lineno or 0,
        )
        for place in traceback.extract_tb(error.__traceback__)
        if Path(place.filename).is_relative_to(HOME)
    ]


def _note(file: Path, fault: Fault, error: BaseException) -> None:
    types = [type(error).__name__]
    if error.__cause__ is not None:
        types.append(type(error.__cause__).__name__)
    files = sorted({f"{one.file}:{one.line}" for one in getattr(error, "problems", ())})[:5]
    words = (
        datetime.now(UTC).isoformat(timespec="seconds"),
        fault.reference,
        fault.kind,
        "<".join(types),
        " ".join(f"{name}:{line}" for name, line in _places(error)),
        *files,
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    begin_anew = file.exists() and file.stat().st_size > LONGEST
    with file.open("w" if begin_anew else "a", encoding="utf-8") as log:
        log.write("\t".join(words) + "\n")
