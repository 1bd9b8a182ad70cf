"""Reads modules, items, translations, forms and assignments; every fault of a file at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, wraps
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from course.content.models import Assignment, Form, Item, ItemText, Module, Rubric
from course.content.translations import translation_faults
from course.content.validating import line_of, validate
from course.errors import ContentError, CourseError, Problem, shown
from course.files import find_root, read_yaml
from course.texts import LANGUAGES

ITEM = TypeAdapter(Item)
ITEM_TEXT = TypeAdapter(ItemText)
FORM = TypeAdapter(Form)
_ASSIGNMENTS: dict[bytes, Assignment] = {}  # by the bytes of the file


def read_items(path: Path, root: Path) -> tuple[dict[str, Any], list[Problem]]:
    """The items of one `items.yml` by id, and every problem found on the way."""
    name = shown(path, root)
    try:
        document = read_yaml(path, root)
    except ContentError as error:
        return {}, list(error.problems)
    entries = document.get("items") if isinstance(document, Mapping) else None
    if not isinstance(entries, Sequence) or isinstance(entries, str):
        return {}, [Problem(name, 1, "", "there is no list under `items`.", "Write `items:` first.")]
    items: dict[str, Any] = {}
    problems: list[Problem] = []
    for place, entry in enumerate(entries):
        label = str(entry.get("id", f"item {place + 1}")) if isinstance(entry, Mapping) else ""
        try:
            item = validate(ITEM, entry, name=name, item=label, whole=document, at=("items", place))
        except ContentError as error:
            problems.extend(error.problems)
            continue
        if item.id in items:
            line = line_of(document, ("items", place))
            problems.append(
                Problem(name, line, item.id, "this id stands twice.", "Give each item its own id.")
            )
        items[item.id] = item
    return items, problems


def read_item_texts(
    path: Path, items: Mapping[str, Any], root: Path
) -> tuple[dict[str, ItemText], list[Problem]]:
    """The translations of one `items.LANGUAGE.yml` by item id, and every problem.

    A translation owns text only: a key in it, a choice that the item does not have, a
    text that is missing and a revision that is not the item's are problems.
    """
    name = shown(path, root)
    try:
        document = read_yaml(path, root)
    except ContentError as error:
        return {}, list(error.problems)
    texts: dict[str, ItemText] = {}
    problems: list[Problem] = []
    language = path.name.split(".")[1]
    if str(document.get("language")) != language:
        problems.append(
            Problem(name, 1, "", "`language` is not the file's.", f"Write `language: {language}`.")
        )
    for identifier, entry in (document.get("items") or {}).items():
        at = ("items", identifier)
        line = line_of(document, at)
        if identifier not in items:
            problems.append(
                Problem(name, line, identifier, "no such item in items.yml.", "Correct the id or remove it.")
            )
            continue
        if isinstance(entry, Mapping) and "key" in entry:
            problems.append(
                Problem(
                    name,
                    line_of(document, (*at, "key")),
                    identifier,
                    "a translation cannot hold a key.",
                    "Remove `key:`; it stands in items.yml only.",
                )
            )
            continue
        try:
            translated = validate(ITEM_TEXT, entry, name=name, item=identifier, whole=document, at=at)
        except ContentError as error:
            problems.extend(error.problems)
            continue
        faults = list(translation_faults(items[identifier], translated))
        problems.extend(Problem(name, line, identifier, *fault) for fault in faults)
        if not faults:
            texts[identifier] = translated
    return texts, problems


# Modules, forms, assignments -------------------------------------------------------------------


def read_model(path: Path, model: type, root: Path) -> Any:
    """One file as one model; raises ContentError with every fault in it."""
    document = read_yaml(path, root)
    return validate(TypeAdapter(model), document, name=shown(path, root), item="", whole=document)


def toc_files(root: Path) -> list[str]:
    """Every page of `_toc.yml`, without its suffix, in its order: the root first."""
    return list(_listed(read_yaml(root / "_toc.yml", root)))


def _listed(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in ("file", "root"):
                yield str(value)
            else:
                yield from _listed(value)
    elif isinstance(node, Sequence) and not isinstance(node, str):
        for value in node:
            yield from _listed(value)


def module_folders(root: Path) -> list[Path]:
    """The folders of the modules, in the order of `_toc.yml`; unlisted ones are not there."""
    seen: dict[str, None] = {}
    for file in toc_files(root):
        parts = Path(file).parts
        if len(parts) > 2 and parts[0] == "modules":
            seen.setdefault(parts[1])
    return [root / "modules" / name for name in seen]


def cached_by_root(read: Callable[..., Any]) -> Callable[..., Any]:
    """Read once for each course: without `root`, the last argument, it is the course of now.

    A plain cache would go on answering with the course of the first call.
    """
    kept = cache(read)
    place = read.__code__.co_argcount - 1

    @wraps(read)
    def of_course(*given: Any) -> Any:
        root = given[place] if len(given) > place else None
        return kept(*given[:place], root or find_root())

    of_course.cache_clear = kept.cache_clear
    return of_course


@cached_by_root
def load_module(name: str, root: Path | None = None) -> Module:
    """The module in `modules/NAME`; raises ContentError where it is faulty or missing."""
    return read_model(root / "modules" / name / "module.yml", Module, root)


@cached_by_root
def load_items(name: str, root: Path | None = None) -> Mapping[str, Any]:
    """The items of one module by id; raises ContentError with every fault in the file."""
    items, problems = read_items(root / "modules" / name / "items.yml", root)
    if problems:
        raise ContentError(problems)
    return items


@cached_by_root
def load_item_texts(name: str, language: str, root: Path | None = None) -> Mapping[str, ItemText]:
    """The translations of one module's items; empty where there are none yet."""
    path = root / "modules" / name / f"items.{language}.yml"
    if language == LANGUAGES[0] or not path.is_file():
        return {}
    texts, problems = read_item_texts(path, load_items(name, root), root)
    if problems:
        raise ContentError(problems)
    return texts


@cached_by_root
def load_bank(root: Path | None = None) -> Mapping[str, tuple[str, Any]]:
    """Every item of the course by id, with the name of its module."""
    return {
        identifier: (folder.name, item)
        for folder in module_folders(root)
        for identifier, item in load_items(folder.name, root).items()
    }


@cached_by_root
def load_forms(name: str, root: Path | None = None) -> Mapping[str, Form]:
    """The forms of one module by id, from `forms.yml`; empty where it has none."""
    path = root / "modules" / name / "forms.yml"
    if not path.is_file():
        return {}
    document = read_yaml(path, root)
    label = shown(path, root)
    forms = [
        validate(
            FORM,
            entry,
            name=label,
            item=str(entry.get("id", "")),
            whole=document,
            at=("forms", place),
        )
        for place, entry in enumerate(document.get("forms") or [])
    ]
    return {form.id: form for form in forms}


def load_assignment(path: Path, root: Path | None = None) -> Assignment:
    """The assignment of one `assignment.yml`; raises ContentError with every fault.

    The same text is parsed once: a page of an assignment asks for it with every question.
    """
    try:
        content = path.read_bytes()
    except OSError:
        content = b""  # to be told in words
    known = _ASSIGNMENTS.get(content)
    if known is None:
        known = read_model(path, Assignment, root or find_root())
        _ASSIGNMENTS[content] = known
    return known


def load_rubric(path: Path, root: Path | None = None) -> Rubric:
    """The rubric of one `rubric.yml`; raises ContentError with every fault."""
    return read_model(path, Rubric, root or find_root())


def find_set(module: Module, name: str) -> tuple[str, ...]:
    """The item ids of a named set; raises CourseError with the names that exist."""
    if name not in module.quizzes:
        raise CourseError(
            f"{module.id} has no set of items {name!r}; it has {', '.join(sorted(module.quizzes))}."
        )
    return module.quizzes[name]
