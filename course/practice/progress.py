"""My work on one page of the book: what is due, next, overdue, and what I can do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from course.content import find_set, load_forms
from course.content.lessons import lesson_path
from course.content.models import Lesson, Module
from course.content.pages import page_heading, page_with
from course.files import find_root
from course.quizzes import page_texts
from course.quizzes.assets import ASSETS, without_comments
from course.texts import direction, section
from course.work.mastery import QuizSet
from course.work.outline import Outline, load_outline

STUDY_PLAN = "study-plan"
STUDY_FIELDS = ("what-for", "with-whom", "blocked")
REVIEW_PAGE, PLAN_PAGE = "pages/review", "pages/plan"


def progress_payload(lang: str = "en", root: Path | None = None) -> dict[str, Any]:
    """All that the page needs to know of the course; the learner's own answers stay in the browser."""
    root = root or find_root()
    outline, texts = load_outline(root), section("progress", lang)
    translated = root / f"{REVIEW_PAGE}.{lang}.ipynb"
    return {
        "mode": "progress",
        "id": "my-work",
        "lang": lang,
        "dir": direction(lang),
        "title": texts["heading"],
        "intro": "",
        "ui": page_texts("progress", lang),
        "items": [],
        "actions": [],
        "readonly": False,
        "style": without_comments((ASSETS / "progress.css").read_text(encoding="utf-8")),
        "modules": [_module(module, lang, root) for module in outline.modules],
        "objectives": {item: objective for item, (_, objective) in outline.bank.items()},
        "drills": {
            f"{module.id}/drill-{name}": drill.objective
            for module in outline.modules
            for name, drill in module.drills.items()
        },
        "exits": _sets(outline.exits),
        "checks": _sets(outline.checks),
        "safety": safety_payload(outline),
        "study": study_plan(outline, root),
        "reminders": list(reminders(outline, root)),
        "review": f"{REVIEW_PAGE}.{lang}" if translated.is_file() else REVIEW_PAGE,
        "plan": PLAN_PAGE,
        "transcript": dict(section("transcript", lang)),
    }


def safety_payload(outline: Outline) -> dict[str, Any] | None:
    """The safety check as plain data; None where the course has none."""
    check = outline.safety
    return check and {"quiz": check.quiz, "items": dict(check.items), "page": check.page}


def _sets(sets: Mapping[str, QuizSet]) -> dict[str, Any]:
    return {objective: {"quiz": one.quiz, "items": list(one.items)} for objective, one in sets.items()}


def _module(module: Module, lang: str, root: Path) -> dict[str, Any]:
    return {
        "code": module.code,
        "title": module.title,
        "lang": "en",
        "dir": direction("en"),
        "lessons": [_lesson(module, lesson, lang, root) for lesson in module.lessons],
        "objectives": [{"id": one.id, "text": one.text} for one in module.objectives],
    }


def _lesson(module: Module, lesson: Lesson, lang: str, root: Path) -> dict[str, Any]:
    path = lesson_path(root / "modules" / module.id, lesson, lang)
    tongue = lang if path.is_file() else "en"
    check = f"check-{lesson.file[:2]}"
    return {
        "page": f"modules/{module.id}/{path.stem if path.is_file() else lesson.file}",
        "title": (tongue != "en" and page_heading(path)) or lesson.title,
        "lang": tongue,
        "dir": direction(tongue),
        "minutes": lesson.minutes,
        "quiz": f"{module.id}/{check}",
        "items": list(find_set(module, check)) if check in module.quizzes else [],
    }


def study_plan(outline: Outline, root: Path) -> dict[str, Any] | None:
    """The form of the study plan and those of its fields that carry it; None where there is none."""
    for module in outline.modules:
        form = load_forms(module.id, root).get(STUDY_PLAN)
        if form is not None:
            fields = [field for field in form.fields if field.id in STUDY_FIELDS]
            return {
                "form": f"{module.id}/{form.id}",
                "page": page_with(f'course.form("{module.id}/{form.id}"', module, root),
                "lang": "en",
                "dir": direction("en"),
                "fields": [{"id": field.id, "label": field.label} for field in fields],
            }
    return None


def reminders(outline: Outline, root: Path) -> Iterator[dict[str, Any]]:
    """The date fields of forms of which the learner is reminded."""
    for module in outline.modules:
        for form in load_forms(module.id, root).values():
            for field in form.fields:
                if field.remind:
                    yield {
                        "form": f"{module.id}/{form.id}",
                        "field": field.id,
                        "label": field.remind,
                        "page": page_with(f'course.form("{module.id}/{form.id}"', module, root),
                        "lang": "en",
                        "dir": direction("en"),
                    }
