"""Checks one module: its file, its items, and what they say of each other and of earlier modules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from course.content import reading
from course.content.extracts import hunt_faults
from course.content.lessons import check_lesson, lesson_path
from course.content.models import Module
from course.content.validating import line_of
from course.errors import ContentError, Problem, shown
from course.files import read_yaml
from course.texts import LANGUAGES

MIN_ITEMS_PER_OBJECTIVE = 3
MAX_SHARE_REMEMBER = 0.6
CARDS = 5
ITEMS_IN_A_LESSON_SET = 3


def collect(read: Callable[[], Any], problems: list[Problem]) -> Any:
    """The result of `read`; None where it failed, its problems added to the list."""
    try:
        return read()
    except ContentError as error:
        problems.extend(error.problems)
        return None


def check_module(folder: Path, earlier: dict[str, Any], root: Path) -> list[Problem]:
    """Every problem of one module. Its items are added to `earlier`, those of the modules before."""
    problems: list[Problem] = []
    items, found = reading.read_items(folder / "items.yml", root)
    problems += found
    problems += _hunt_problems(folder / "items.yml", items, root)
    for language in LANGUAGES[1:]:
        path = folder / f"items.{language}.yml"
        # Against an unreadable items.yml every translation would be one of an unknown item.
        if path.is_file() and items:
            problems += reading.read_item_texts(path, items, root)[1]
    module = collect(lambda: reading.read_model(folder / "module.yml", Module, root), problems)
    collect(lambda: reading.load_forms(folder.name, root), problems)
    if module is not None:
        name = shown(folder / "module.yml", root)
        document = read_yaml(folder / "module.yml", root)
        for item, at, problem, remedy in _module_faults(module, folder, items, earlier, bool(found)):
            problems.append(Problem(name, line_of(document, at), item, problem, remedy))
        for lesson in module.lessons:
            for language in lesson.languages:
                path = lesson_path(folder, lesson, language)
                problems += check_lesson(path, lesson, module, language, root)
        problems += _untranslated(module, folder, root)
    known_twice = [item for item in items if item in earlier]
    name = shown(folder / "items.yml", root)
    problems += [
        Problem(name, None, item, "an earlier module has this id.", "Give the item another id.")
        for item in known_twice
    ]
    earlier.update(items)
    return problems


def _hunt_problems(path: Path, items: Mapping[str, Any], root: Path) -> Iterator[Problem]:
    """What is asked in a document hunt must stand in its extract, and the extract must stay small."""
    hunts = [item for item in items.values() if item.kind == "document-hunt"]
    document = read_yaml(path, root) if hunts else {"items": []}
    lines = {entry.get("id"): line_of(document, ("items", i)) for i, entry in enumerate(document["items"])}
    for item in hunts:
        for fault in hunt_faults(item):
            yield Problem(shown(path, root), lines[item.id], item.id, *fault)


Fault = tuple[str, tuple[str | int, ...], str, str]


def _module_faults(
    module: Module, folder: Path, items: Mapping[str, Any], earlier: Mapping[str, Any], broken: bool
) -> Iterator[Fault]:
    if module.id != folder.name:
        yield "", ("id",), f"the id is not the folder's name {folder.name}.", f"Write `id: {folder.name}`."
    yield from _objective_faults(module, items)
    # With a broken items.yml every set would name "unknown" items: the cause is said already.
    if not broken:
        yield from _quiz_faults(module, items, earlier)


def _objective_faults(module: Module, items: Mapping[str, Any]) -> Iterator[Fault]:
    number = module.id[:2]
    known = [objective.id for objective in module.objectives]
    for place, objective in enumerate(module.objectives):
        at = ("objectives", place)
        if not objective.id.startswith(f"LO-{number}."):
            yield objective.id, at, "belongs to another module.", f"Begin it with `LO-{number}.`."
        count = sum(item.objective == objective.id for item in items.values())
        if count < MIN_ITEMS_PER_OBJECTIVE:
            remedy = f"Write at least {MIN_ITEMS_PER_OBJECTIVE}."
            yield objective.id, at, f"has {count} items.", remedy
    for item in items.values():
        if item.objective not in known:
            remedy = f"Its objectives are {', '.join(known)}."
            yield item.id, (), f"is for {item.objective}, which the module does not have.", remedy
    remembering = sum(item.bloom == "remember" for item in items.values())
    if items and remembering > MAX_SHARE_REMEMBER * len(items):
        yield "", (), f"{remembering} of {len(items)} items only ask to remember.", "Ask for decisions."
    for place, lesson in enumerate(module.lessons):
        for objective in lesson.objectives:
            if objective not in known:
                remedy = f"Its objectives are {', '.join(known)}."
                yield lesson.file, ("lessons", place), f"names {objective}.", remedy


def _quiz_faults(module: Module, items: Mapping[str, Any], earlier: Mapping[str, Any]) -> Iterator[Fault]:
    yield from _absent_sets(module, bool(earlier))
    for name, members in module.quizzes.items():
        allowed = {**earlier, **items}
        if name.startswith("recall-"):
            allowed = dict(earlier) or _items_of_earlier_lessons(module, name, items)
        for member in members:
            if member not in allowed:
                unknown = member not in items and member not in earlier
                problem = "no such item." if unknown else "recall asks only for what came earlier."
                yield member, ("quizzes", name), f"{name}: {problem}", "Name an item that fits."
    used = {member for members in module.quizzes.values() for member in members} | set(module.cards)
    for item in items:
        if item not in used:
            yield item, (), "is in no set: nobody meets it.", "Name it under `quizzes` in module.yml."
    if len(module.cards) != CARDS:
        yield "cards", ("cards",), f"the module has {len(module.cards)} cards.", f"Name {CARDS} items."
    for member in module.cards:
        if member not in items:
            yield member, ("cards",), "a card is an item of its own module.", "Correct the id."


def _absent_sets(module: Module, has_earlier: bool) -> Iterator[Fault]:
    for name in ("start", "exit"):
        if name not in module.quizzes:
            yield name, ("quizzes",), "the module has no such set.", f"Add `{name}:` under `quizzes`."
    for lesson in module.lessons:
        number = lesson.file[:2]
        wanted = [f"check-{number}"]
        # The very first lesson of the course has nothing to recall; its start quiz stands there.
        if has_earlier or number != "01":
            wanted.append(f"recall-{number}")
        for name in wanted:
            if len(module.quizzes.get(name, ())) != ITEMS_IN_A_LESSON_SET:
                problem = f"lesson {lesson.file} needs this set with {ITEMS_IN_A_LESSON_SET} items."
                yield name, ("quizzes", name), problem, "Name three items."


def _items_of_earlier_lessons(module: Module, recall: str, items: Mapping[str, Any]) -> dict[str, Any]:
    """In the first module recall asks for earlier lessons: their objectives, and not what is yet to come."""
    number = recall.removeprefix("recall-")
    objectives = {o for lesson in module.lessons if lesson.file[:2] < number for o in lesson.objectives}
    yet_to_come = {
        member
        for name, members in module.quizzes.items()
        if name.startswith("check-") and name.removeprefix("check-") >= number
        for member in members
    }
    return {
        name: item for name, item in items.items() if item.objective in objectives and name not in yet_to_come
    }


def _untranslated(module: Module, folder: Path, root: Path) -> Iterator[Problem]:
    """Items that a page in another language shows, but that are not translated."""
    for lesson in module.lessons:
        number = lesson.file[:2]
        for language in lesson.languages:
            if language == LANGUAGES[0]:
                continue
            for name in (f"recall-{number}", f"check-{number}"):
                for member in module.quizzes.get(name, ()):
                    if not _is_translated(member, language, root):
                        path = lesson_path(folder, lesson, language)
                        problem = f"the page is in {language!r}, but this item of {name} is not."
                        remedy = f"Translate it in items.{language}.yml of its module."
                        yield Problem(shown(path, root), None, member, problem, remedy)


def _is_translated(member: str, language: str, root: Path) -> bool:
    for folder in reading.module_folders(root):
        path = folder / f"items.{language}.yml"
        if path.is_file():
            items, _ = reading.read_items(folder / "items.yml", root)
            if member in reading.read_item_texts(path, items, root)[0]:
                return True
    return False
