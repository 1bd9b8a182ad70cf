"""Hidden tests and mark schemes: what stands between nbgrader's marks, and what is left without it."""

from __future__ import annotations

import re

from traitlets.config import Config

Marks = tuple[tuple[str, str], ...]  # the words that begin and end a hidden part
TESTS = ("BEGIN HIDDEN TESTS", "END HIDDEN TESTS")
SCHEMES = ("BEGIN MARK SCHEME", "END MARK SCHEME")
MARKS: Marks = (TESTS, SCHEMES)


def read_marks(config: Config) -> Marks:
    """The marks of a course: nbgrader's own, or those that its settings name."""
    tests, schemes = config.ClearHiddenTests, config.ClearMarkScheme
    return (
        (tests.get("begin_test_delimeter", TESTS[0]), tests.get("end_test_delimeter", TESTS[1])),
        (
            schemes.get("begin_mark_scheme_delimeter", SCHEMES[0]),
            schemes.get("end_mark_scheme_delimeter", SCHEMES[1]),
        ),
    )


def split_hidden(source: str, marks: Marks = MARKS) -> tuple[str, list[str]]:
    """What of a cell's text may be seen, and its hidden lines; a part without an end hides the rest."""
    shown: list[str] = []
    hidden: list[str] = []
    end = ""
    for line in source.split("\n"):
        if end:
            if end in line:
                end = ""
            else:
                hidden.append(line)
            continue
        end = next((stop for start, stop in marks if start in line), "")
        if not end:
            shown.append(line)
    return "\n".join(shown), hidden


def squeezed(text: str) -> str:
    """A text with one space for any white space: two texts that differ only there are the same."""
    return re.sub(r"\s+", " ", text).strip()
