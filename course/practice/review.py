"""The questions of earlier pages that come back: five new ones a day, after 1, 3, 7, 21, 60 and 120 days."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from course.content import load_bank, load_item_texts
from course.content.reading import load_module
from course.errors import WorkError
from course.faults import note_fault
from course.files import find_root
from course.quizzes import Page, page_texts, recorder
from course.quizzes.payload import item_payload, page_extracts
from course.texts import direction, say_day, section
from course.work import open_work
from course.work.outline import load_outline
from course.work.schedule import Plan

QUIZ = "review"
NOTHING = {"today": [], "moved": 0, "next": None}


def review(lang: str = "en") -> Page:
    """The page of today's review.

    Live it asks what is due in my work, and keeps each answer there. In the book it chooses by
    the same rules from what the browser keeps. Raises CourseError where the course is faulty;
    where my work cannot be read, the page says so.
    """
    root = find_root(Path.cwd())
    try:
        plan = open_work().plan(root=root)
    except WorkError as error:
        fault = note_fault(error).words(lang)
        nothing = {"fault": fault, "plan": NOTHING}
        return Page(review_payload(lang, root), on_response=recorder(QUIZ, {}), live=nothing)
    asked = [review.item for review in plan.today]
    live = {
        **bank_payload(asked, lang, root),
        "plan": {
            "today": asked,
            "moved": plan.moved,
            "next": plan.next_day and plan.next_day.isoformat(),
        },
    }
    items = {name: load_bank(root)[name][1] for name in asked}
    return Page(review_payload(lang, root), on_response=recorder(QUIZ, items), live=live)


def review_payload(lang: str, root: Path, module: str | None = None) -> dict[str, Any]:
    """The payload of the review: which items there are, by module; with `module`, of this one alone."""
    texts = section(QUIZ, lang)
    outline = load_outline(root)
    return {
        "mode": "review",
        "id": QUIZ,
        "lang": lang,
        "dir": direction(lang),
        "title": texts["card"],
        "intro": texts["about"] if module else "",  # elsewhere the page around it says so
        "ui": page_texts(QUIZ, lang),
        "items": [],
        "actions": [],
        "readonly": False,
        "part": module is not None,
        "bank": {
            one.id: {
                "title": f"{one.code} {one.title}",
                "lang": "en",
                "dir": direction("en"),
                "items": [name for name, (home, _) in outline.bank.items() if home == one.id],
            }
            for one in outline.modules
            if module in (None, one.id)
        },
    }


def bank_payload(names: Iterable[str], lang: str, root: Path) -> dict[str, Any]:
    """`{"items": [...], "extracts": ...}`: the questions of those ids, drawn as in their quizzes."""
    found = [load_bank(root)[name] for name in names]
    items = [item_payload(item, load_item_texts(home, lang, root).get(item.id), lang) for home, item in found]
    return {"items": items, **page_extracts(item for _, item in found)}


def plan_data(plan: Plan) -> dict[str, Any]:
    """A plan as plain JSON data."""
    return {
        "today": [{**review._asdict(), "due": review.due.isoformat()} for review in plan.today],
        "moved": plan.moved,
        "next_day": plan.next_day and plan.next_day.isoformat(),
    }


def plan_lines(plan: Plan, lang: str, root: Path) -> list[str]:
    """A plan in plain sentences: each question with its module, then what waits."""
    texts = section(QUIZ, lang)
    lines = [
        texts["due-line"].format(
            number=number,
            module=load_module(load_bank(root)[entry["id"]][0], root).code,
            item=entry["id"],
            stem=" ".join(entry["stem"].split()),
        )
        for number, entry in enumerate(
            bank_payload((review.item for review in plan.today), lang, root)["items"], start=1
        )
    ] or [texts["none"]]
    if plan.moved:
        lines.append(texts["moved"].format(count=plan.moved))
    elif plan.next_day:
        lines.append(texts["next"].format(day=say_day(plan.next_day, lang)))
    elif not plan.reviews:
        lines.append(texts["begin"])
    return lines
