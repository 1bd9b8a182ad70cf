"""What the start page shows: modules and lessons in their order, and how far the learner is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.content import find_set, load_assignment, load_module, module_folders
from course.content.lessons import lesson_path
from course.content.models import Lesson, Module
from course.errors import CourseError
from course.forms import read_answers
from course.learn.copying import WORK
from course.work import open_work

MAIN_LANGUAGE = "en"


@dataclass(frozen=True)
class LessonCard:
    """One lesson; `path` is its page below the learner's folder, in the language asked for
    where there is one, and `others` are its pages in other languages."""

    path: str
    language: str
    title: str
    minutes: int
    answered: int
    total: int
    others: Mapping[str, str]

    @property
    def done(self) -> bool:
        """Whether every question at the end of the lesson was answered."""
        return 0 < self.total == self.answered


@dataclass(frozen=True)
class ModuleCard:
    """One module with the lessons that lie in the learner's folder."""

    code: str
    title: str
    summary: str
    minutes: int
    lessons: tuple[LessonCard, ...]


@dataclass(frozen=True)
class AssignmentCard:
    """One form to hand in; `written` of `total` required fields are filled."""

    id: str
    path: str
    title: str
    minutes: int
    written: int
    total: int


@dataclass(frozen=True)
class Overview:
    """The whole start page. `references` are the pages to look things up in, title by path;
    `trouble` says in words why progress could not be read."""

    modules: tuple[ModuleCard, ...]
    assignments: tuple[AssignmentCard, ...]
    references: Mapping[str, str]
    work: Path
    trouble: str = ""

    @property
    def next(self) -> LessonCard | None:
        """The first lesson that is not done."""
        lessons = (lesson for module in self.modules for lesson in module.lessons)
        return next((lesson for lesson in lessons if not lesson.done), None)

    @property
    def begun(self) -> bool:
        """Whether anything was answered yet."""
        return any(lesson.answered for module in self.modules for lesson in module.lessons)


def look_over(root: Path, folder: Path, language: str) -> Overview:
    """The start page of the learner's `folder`. Never raises for a damaged file of work."""
    path, trouble = folder / WORK, ""
    answered: dict[str, Mapping[str, Any]] = {}
    modules = [load_module(module.name, root) for module in module_folders(root)]
    try:
        work = open_work(path)
        for module in modules:
            for name in module.quizzes:
                answered[f"{module.id}/{name}"] = work.latest_responses(f"{module.id}/{name}")
    except CourseError as error:
        trouble = str(error)
    cards = tuple(_module_card(root, folder, module, language, answered) for module in modules)
    assignments = []
    for file in sorted((folder / "assignments").glob("*/assignment.yml")):
        try:
            assignments.append(_assignment_card(folder, file))
        except CourseError as error:
            trouble = str(error)
    references = {
        page.relative_to(folder).as_posix(): _heading_of(page) or page.stem
        for page in sorted((folder / "pages").glob("*.ipynb"))
    }
    return Overview(cards, tuple(assignments), references, path, trouble)


def neighbours(root: Path, folder: Path, page: str, language: str) -> tuple[str | None, str | None]:
    """The pages before and after `page` (paths below the folder), over all modules."""
    pages = [
        path
        for module in (load_module(found.name, root) for found in module_folders(root))
        for lesson in module.lessons
        if (path := _page(folder, module, lesson, language)) is not None
    ]
    if page not in pages:
        return None, None
    place = pages.index(page)
    before = pages[place - 1] if place else None
    after = pages[place + 1] if place + 1 < len(pages) else None
    return before, after


def versions(folder: Path, page: str) -> dict[str, str]:
    """The same lesson in other languages, by language, as far as it lies in the folder."""
    place = folder / page
    stem, _, language = place.name.removesuffix(".ipynb").partition(".")
    found = {}
    for other in sorted(place.parent.glob(f"{stem}*.ipynb")):
        name, _, tongue = other.name.removesuffix(".ipynb").partition(".")
        if name == stem and tongue != language:
            found[tongue or MAIN_LANGUAGE] = other.relative_to(folder).as_posix()
    return found


def heading(notebook: Mapping[str, Any]) -> str:
    """The title of a page: its first Markdown heading, or an empty string."""
    for cell in notebook.get("cells", ()):
        for line in "".join(cell["source"]).splitlines():
            if cell["cell_type"] == "markdown" and line.startswith("# "):
                return line[2:].strip()
    return ""


def _heading_of(page: Path) -> str:
    """The title of a page on the disk; empty where it cannot be read: opening it says why."""
    try:
        return heading(json.loads(page.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _page(folder: Path, module: Module, lesson: Lesson, language: str) -> str | None:
    """The page of a lesson in `language`, else in the main one, else None."""
    home = folder / "modules" / module.id
    for tongue in (language, MAIN_LANGUAGE):
        if (path := lesson_path(home, lesson, tongue)).is_file():
            return path.relative_to(folder).as_posix()
    return None


def _module_card(
    root: Path, folder: Path, module: Module, language: str, answered: Mapping[str, Mapping[str, Any]]
) -> ModuleCard:
    lessons = []
    for lesson in module.lessons:
        page = _page(folder, module, lesson, language)
        if page is None:
            continue
        name = f"check-{lesson.file[:2]}"
        items = find_set(module, name) if name in module.quizzes else ()
        given = answered.get(f"{module.id}/{name}", {})
        tongue = page.removesuffix(".ipynb").partition(".")[2] or MAIN_LANGUAGE
        done = sum(item in given for item in items)
        lessons.append(
            LessonCard(
                page,
                tongue,
                lesson.title if tongue == MAIN_LANGUAGE else _heading_of(folder / page) or lesson.title,
                lesson.minutes,
                done,
                len(items),
                versions(folder, page),
            )
        )
    return ModuleCard(module.code, module.title, module.summary, module.minutes, tuple(lessons))


def _assignment_card(folder: Path, file: Path) -> AssignmentCard:
    assignment = load_assignment(file)
    answers = file.with_name("answers.json")
    given = read_answers(answers, assignment).answers if answers.exists() else {}
    required = [field.id for field in assignment.form.fields if field.required]
    page = file.with_name(f"{assignment.id}.ipynb").relative_to(folder).as_posix()
    return AssignmentCard(
        assignment.id,
        page,
        assignment.title,
        assignment.minutes,
        sum(given.get(field) not in (None, "", [], {}) for field in required),
        len(required),
    )
