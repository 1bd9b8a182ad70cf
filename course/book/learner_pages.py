"""What the book has for a learner's own work: the page "My work", and the questions that come back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from docutils import nodes

from course.book.overview import CourseDirective
from course.content.reading import load_bank, load_forms, load_item_texts, load_items, module_folders
from course.errors import CourseError
from course.practice.progress import progress_payload
from course.practice.review import bank_payload, review_payload
from course.quizzes.html import page_html, script_json
from course.work.outline import load_outline

BANK = Path("_static", "review")


class MyWork(CourseDirective):
    """`{my-work}`: what is due, next and overdue, and what the learner can do, from the browser's answers."""

    has_content = False

    def run(self) -> list[nodes.Node]:
        """The page as one piece of HTML; it is drawn in the browser."""
        root = Path(self.env.srcdir)
        for folder in module_folders(root):
            for path in (*folder.glob("*.yml"), *folder.glob("*.ipynb")):
                self.env.note_dependency(str(path))
        for read in (load_items, load_forms, load_item_texts, load_bank, load_outline):
            read.cache_clear()
        try:
            return [nodes.raw("", page_html(progress_payload(self.language, root)), format="html")]
        except CourseError as error:
            raise self.error(str(error)) from None


def write_bank(root: Path, site: Path, languages: Iterable[str]) -> None:
    """Writes `_static/review/MODULE.LANGUAGE.js`: what a page of review fetches when something is due.

    Classic scripts, since a page opened from a disk may fetch nothing else.
    """
    (site / BANK).mkdir(parents=True, exist_ok=True)
    for folder in module_folders(root):
        for language in languages:
            payload = bank_payload(load_items(folder.name, root), language, root)
            name = f"{folder.name}.{language}"
            content = f'(courseQuiz.bank ??= {{}})["{name}"] = {script_json(payload)};\n'
            (site / BANK / f"{name}.js").write_text(content, encoding="utf-8")


def review_part(root: Path, module: str, language: str) -> str:
    """The review of one module, for its single file: the questions stand in the file already."""
    return page_html(review_payload(language, root, module))
