"""What the start page shows: modules and lessons in their order, what is due, how far the learner is."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.content import find_set, load_assignment, load_module, module_folders
from course.content.lessons import lesson_path
from course.content.models import Lesson, Module
from course.content.pages import page_heading
from course.errors import CourseError
from course.faults import Fault, note_fault
from course.forms import usable_answers
from course.learn.copying import WORK
from course.learn.standing import Standing, look_at
from course.practice.progress import PLAN_PAGE, REVIEW_PAGE
from course.work import open_work
from course.work.mastery import Mastery
from course.work.outline import load_outline

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
    """One module with the lessons that lie in the learner's folder, and the word for each objective."""

    code: str
    title: str
    summary: str
    minutes: int
    lessons: tuple[LessonCard, ...]
    objectives: tuple[tuple[str, str], ...]


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
    `trouble` is why progress could not be read. `review` and `planner` are the pages
    for what is due and for the plan back from a session, where the learner has them."""

    modules: tuple[ModuleCard, ...]
    assignments: tuple[AssignmentCard, ...]
    references: Mapping[str, str]
    work: Path
    trouble: Fault | None = None
    standing: Standing | None = None
    review: str | None = None
    planner: str | None = None

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
    path, trouble, standing = folder / WORK, None, None
    outline = load_outline(root)
    try:
        standing = look_at(open_work(path), outline, root)
    except CourseError as error:
        trouble = note_fault(error)
    answered = standing.answered if standing else frozenset()
    known = standing.known if standing else {}
    cards = tuple(_module_card(folder, module, language, answered, known) for module in outline.modules)
    assignments = []
    for file in sorted((folder / "assignments").glob("*/assignment.yml")):
        try:
            assignments.append(_assignment_card(folder, file))
        except CourseError as error:
            trouble = trouble or note_fault(error)
    review, planner = (_reference(folder, page, language) for page in (REVIEW_PAGE, PLAN_PAGE))
    references = {
        page.relative_to(folder).as_posix(): page_heading(page) or page.stem
        for page in sorted((folder / "pages").glob("*.ipynb"))
        if not page.relative_to(folder).as_posix().startswith(f"{REVIEW_PAGE}.")
    }
    return Overview(
        cards,
        tuple(assignments),
        references,
        path,
        trouble,
        standing,
        review,
        planner,
    )


def _reference(folder: Path, page: str, language: str) -> str | None:
    """A page to look something up in, in `language` where there is one, else in the main one."""
    names = (f"{page}.{language}.ipynb", f"{page}.ipynb")
    return next((name for name in names if (folder / name).is_file()), None)


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


def _page(folder: Path, module: Module, lesson: Lesson, language: str) -> str | None:
    """The page of a lesson in `language`, else in the main one, else None."""
    home = folder / "modules" / module.id
    for tongue in (language, MAIN_LANGUAGE):
        if (path := lesson_path(home, lesson, tongue)).is_file():
            return path.relative_to(folder).as_posix()
    return None


def _module_card(
    folder: Path,
    module: Module,
    language: str,
    answered: Set[tuple[str, str]],
    known: Mapping[str, Mastery],
) -> ModuleCard:
    lessons = []
    for lesson in module.lessons:
        page = _page(folder, module, lesson, language)
        if page is None:
            continue
        name = f"check-{lesson.file[:2]}"
        items = find_set(module, name) if name in module.quizzes else ()
        tongue = page.removesuffix(".ipynb").partition(".")[2] or MAIN_LANGUAGE
        done = sum((f"{module.id}/{name}", item) in answered for item in items)
        lessons.append(
            LessonCard(
                page,
                tongue,
                lesson.title if tongue == MAIN_LANGUAGE else page_heading(folder / page) or lesson.title,
                lesson.minutes,
                done,
                len(items),
                versions(folder, page),
            )
        )
    objectives = tuple(
        (objective.text, known.get(objective.id, Mastery(objective.id)).word)
        for objective in module.objectives
    )
    return ModuleCard(module.code, module.title, module.summary, module.minutes, tuple(lessons), objectives)


def _assignment_card(folder: Path, file: Path) -> AssignmentCard:
    assignment = load_assignment(file)
    answers = file.with_name("answers.json")
    given = usable_answers(answers, assignment).answers
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
