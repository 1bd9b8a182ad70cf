"""The test before the course, the one after it and the one 90 days later, each as a page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.content.models.measuring import TESTS
from course.content.papers import load_blueprint, load_slots, paper_items
from course.content.reading import load_item_texts
from course.errors import CourseError
from course.files import find_root
from course.quizzes import Page, earlier_answers, page_texts, recorder
from course.quizzes.payload import item_payload
from course.texts import direction, section
from course.work.records import TEST_QUIZZES


def quiz_of(name: str) -> str:
    """The id under which my work keeps the answers of a test; CourseError for one that is not there."""
    if name not in TESTS:
        raise CourseError(f"there is no test {name!r}; there are {', '.join(TESTS)}.")
    return f"{TEST_QUIZZES}{name}"


def paper(name: str, lang: str = "en") -> Page:
    """The test `name`: `before`, `after` or `90-days`.

    It is answered and kept like a quiz, in my work where Python listens and in the browser elsewhere.
    Raises CourseError for a test or a language that is not there.
    """
    root = find_root(Path.cwd())
    payload = paper_payload(name, lang, root)
    earlier, fault = earlier_answers(payload["id"], lang)
    items = {item.id: item for _, item in paper_items(name, root)}
    return Page(payload, earlier, on_response=recorder(payload["id"], items), live=fault)


def paper_payload(name: str, lang: str, root: Path) -> dict[str, Any]:
    """The payload of a test: that of a quiz, with no hints, since help would be measured with it."""
    identifier, texts = quiz_of(name), section("paper", lang)
    items = [
        item_payload(item, load_item_texts(home, lang, root).get(item.id), lang)
        for home, item in paper_items(name, root)
    ]
    modules = len({slot.module for slot in load_slots(root)})
    days = load_blueprint(root).due_days
    return {
        "mode": "quiz",
        "id": identifier,
        "lang": lang,
        "dir": direction(lang),
        "title": texts[f"title-{name}"],
        "intro": texts[f"intro-{name}"].format(items=len(items), modules=modules, days=days),
        "ui": page_texts("quiz", lang),
        "items": [{**item, "hints": []} for item in items],
        "actions": [],
        "readonly": False,
    }
