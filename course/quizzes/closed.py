"""What is closed until the safety check is passed whole: forms about real facts, evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.errors import SubmissionError
from course.files import find_root
from course.texts import section, text
from course.work import open_work
from course.work.outline import load_outline


def closed_until_safe(lang: str, *, live: bool = False) -> dict[str, Any]:
    """`{"closed": what is drawn instead and what must be passed first}`; nothing where there is no check.

    Live it says besides whether the check is passed, by my work.
    """
    check = load_outline(find_root(Path.cwd())).safety
    if check is None:
        return {}
    texts = section("start", lang)
    closed = {
        "text": texts["gate"],
        "link": texts["gate-go"],
        "opened": texts["gate-open"],
        "page": check.page,
        "quiz": check.quiz,
        "items": dict(check.items),
    }
    return {"closed": {**closed, "passed": open_work().has_passed(check)} if live else closed}


def refuse_while_closed(lang: str) -> None:
    """Raises SubmissionError while the safety check is not passed: what a page shows is not the lock."""
    check = load_outline(find_root(Path.cwd())).safety
    if check is not None and not open_work().has_passed(check):
        raise SubmissionError(text("start.gate", lang))
