"""Checks one lesson: short, one idea, nothing of the machine in sight, practice at both ends."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import nbformat

from course.content.models import Lesson, Module
from course.content.wording import wording_faults
from course.errors import Problem, shown

MAX_CELLS = 20
MAX_WORDS = 900
CALLS = (
    *("quiz", "drill", "form", "answer", "case", "guide", "review"),
    *("rates", "rates_table", "recommended", "rules_table"),
)
HIDING_TAGS = {"remove-input", "hide-input"}
# What a learner meets is a page, a form, my work; these words belong to the machine.
MACHINE_WORDS = re.compile(r"\b(cells?|kernels?|notebooks?|variables?)\b", re.IGNORECASE)
MARKUP = re.compile(r"^\s*(#+|[-*>|]+|:?-{3,}:?|```.*|:::.*)\s*|<[^>]+>|\]\([^)]*\)|[|*_`\[\]]", re.MULTILINE)


def lesson_path(folder: Path, lesson: Lesson, language: str) -> Path:
    """The file of a lesson in one language: `02-x.ipynb` in English, else `02-x.ar.ipynb`."""
    suffix = "" if language == "en" else f".{language}"
    return folder / f"{lesson.file}{suffix}.ipynb"


def count_words(markdown: str) -> int:
    """The words that a reader reads: without the signs of the markup."""
    return len(MARKUP.sub(" ", markdown).split())


def course_calls(source: str) -> list[ast.Call] | None:
    """The calls `course.NAME(...)` of a code cell; None where it holds anything else.

    `import course` may stand before the call.
    """
    try:
        statements = ast.parse(source).body
    except SyntaxError:
        return None
    if statements and ast.unparse(statements[0]) == "import course":
        statements = statements[1:]
    calls = [node.value for node in statements if isinstance(node, ast.Expr)]
    if len(calls) != len(statements) or not all(_is_course_call(call) for call in calls):
        return None
    return calls


def _is_course_call(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "course"
        and node.func.attr in CALLS
    )


def literal_arguments(call: ast.Call) -> tuple[list[Any], dict[str, Any]]:
    """The arguments of a call as values; an argument that is no literal becomes None."""

    def value(node: ast.AST) -> Any:
        return node.value if isinstance(node, ast.Constant) else None

    return [value(a) for a in call.args], {k.arg: value(k.value) for k in call.keywords if k.arg}


def check_lesson(path: Path, lesson: Lesson, module: Module, language: str, root: Path) -> list[Problem]:
    """Every problem of one lesson's file; an empty list where it keeps all the rules."""
    name = shown(path, root)
    if not path.is_file():
        remedy = "Write it, or correct `file` and `languages` in module.yml."
        return [Problem(name, None, lesson.file, "the lesson's file is missing.", remedy)]
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(content, dict) or content.get("nbformat") != nbformat.current_nbformat:
            raise ValueError(f"it is not of format {nbformat.current_nbformat}")
        nbformat.validate(content)
    except (ValueError, nbformat.ValidationError) as error:
        reason = str(error).strip().splitlines()[0][:120]
        remedy = "Open it in JupyterLab and save it again, or take it back from git."
        return [Problem(name, None, lesson.file, f"this is not a notebook: {reason}.", remedy)]
    page = nbformat.reads(json.dumps(content), as_version=nbformat.current_nbformat)
    faults = [
        *_size_faults(page.cells, lesson, language),
        *_cell_faults(page.cells),
        *_set_faults(page, lesson, module, language),
        *wording_faults(page.cells, language),
    ]
    return [Problem(name, None, place, problem, remedy) for place, problem, remedy in faults]


Fault = tuple[str, str, str]


def _size_faults(cells: Sequence[Any], lesson: Lesson, language: str) -> Iterator[Fault]:
    if len(cells) > MAX_CELLS:
        yield "", f"has {len(cells)} cells, at most {MAX_CELLS} are allowed.", "Split the lesson in two."
    words = sum(count_words(cell.source) for cell in cells if cell.cell_type == "markdown")
    if words > MAX_WORDS:
        yield "", f"has {words} words, at most {MAX_WORDS} are allowed.", "Shorten it: one idea a lesson."
    first = cells[0] if cells else None
    if first is None or first.cell_type != "markdown" or not first.source.startswith("# "):
        yield "", "does not open with its title.", "Begin the first cell with `# Title`."
    elif language == "en" and f"{lesson.minutes} minutes" not in first.source:
        remedy = "Write the minutes of module.yml in the first cell."
        yield first.id, f"does not say `{lesson.minutes} minutes`.", remedy


def _cell_faults(cells: Sequence[Any]) -> Iterator[Fault]:
    for cell in cells:
        if cell.cell_type == "markdown":
            word = MACHINE_WORDS.search(cell.source)
            if word:
                yield cell.id, f"says {word[0]!r} to a learner.", "Say page, form or my work."
            continue
        if cell.cell_type != "code":
            yield cell.id, f"is a cell of type {cell.cell_type}.", "Use text or a call."
            continue
        if cell.outputs or cell.execution_count is not None:
            yield cell.id, "has stored outputs.", "Clear all outputs before you save."
        calls = course_calls(cell.source)
        if calls is None or len(calls) != 1:
            yield cell.id, "is not one call of the course.", "Write one line such as `course.quiz(...)`."
        if not HIDING_TAGS.intersection(cell.metadata.get("tags", [])):
            yield cell.id, "would show its code in the book.", "Give it the tag `remove-input`."
        if not cell.metadata.get("jupyter", {}).get("source_hidden"):
            yield cell.id, "would show its code in JupyterLab.", "Set `jupyter.source_hidden` to true."


def _set_faults(page: Any, lesson: Lesson, module: Module, language: str) -> Iterator[Fault]:
    stated = page.metadata.get("course", {}).get("lang")
    if stated != language:
        yield "", f"says its language is {stated!r}.", f'Set `"course": {{"lang": "{language}"}}`.'
    number = lesson.file[:2]
    order: list[str] = []
    for cell in page.cells:
        for call in (course_calls(cell.source) or []) if cell.cell_type == "code" else []:
            arguments, options = literal_arguments(call)
            if call.func.attr in ("quiz", "drill", "form") and options.get("lang", "en") != language:
                yield cell.id, "asks for another language than the page's.", f'Add `lang="{language}"`.'
            if call.func.attr == "quiz":
                name = (arguments[1:2] or [options.get("name", "exit")])[0]
                order.append(name)
                if arguments[:1] != [module.id] or name not in module.quizzes:
                    known = ", ".join(sorted(module.quizzes))
                    yield cell.id, f"names no set of {module.id}.", f"Its sets are {known}."
            if call.func.attr == "drill" and not set(arguments[1:2]) & module.drills.keys():
                yield cell.id, f"names no drill of {module.id}.", "Name one of `drills` in module.yml."
    opening = {f"recall-{number}", "start"} if number == "01" else {f"recall-{number}"}
    if not order or order[0] not in opening:
        yield "", "does not open with its recall set.", f"Call the set recall-{number} first."
    if f"check-{number}" not in order:
        yield "", "does not close with its check set.", f"Call the set check-{number} at the end."
