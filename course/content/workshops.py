"""Reads and checks a workshop: every id is one of the course, and the minutes fit the days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from pydantic import TypeAdapter

from course.content import reading
from course.content.cases import load_cases
from course.content.lessons import lesson_path
from course.content.models.workshop import Entry, Half, Plan, Session, Workshop
from course.content.modules import collect
from course.content.validating import line_of, validate
from course.errors import ContentError, CourseError, Problem, shown
from course.facts import bodies, mechanisms, rules
from course.files import DATA, PACKAGE_ROOT, read_yaml
from course.texts import LANGUAGES

PATH = DATA / "kit/workshop.yml"
LEAST_MEAL = 60  # minutes of the pause for the meal, once a day
LONGEST_SITTING = 120  # minutes without a pause
PLAN, ENTRY = TypeAdapter(Plan), TypeAdapter(Entry)
Fault = tuple[str, tuple[str | int, ...], str, str]  # id, place in the file, problem, remedy


def load_workshop(path: Path = PATH, root: Path = PACKAGE_ROOT) -> Workshop:
    """The workshop of one file; raises ContentError with every fault in it."""
    workshop, problems = read_workshop(path, root)
    if problems:
        raise ContentError(problems)
    return workshop


def check_workshop(root: Path, path: Path = PATH) -> list[Problem]:
    """Every problem of the course's own workshop."""
    return read_workshop(path, root)[1]


def read_workshop(path: Path, root: Path) -> tuple[Workshop | None, list[Problem]]:
    """The workshop, or None where it is faulty, and every problem of its file."""
    name = shown(path, PACKAGE_ROOT)
    try:
        document = read_yaml(path)
        if not isinstance(document, Mapping):
            raise ContentError([Problem(name, 1, "", "this is a list.", "Write `title:` and the rest.")])
    except ContentError as error:
        return None, list(error.problems)
    problems: list[Problem] = []
    head = {key: value for key, value in document.items() if key != "sessions"}
    plan = collect(lambda: validate(PLAN, head, name=name, item="", whole=document), problems)
    listed = document.get("sessions")
    entries, faulty = [], False
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        problems.append(Problem(name, 1, "", "there is no list under `sessions`.", "Write `sessions:`."))
        return None, problems
    for place, entry in enumerate(listed):
        label = str(entry.get("id", f"session {place + 1}")) if isinstance(entry, Mapping) else ""
        at = ("sessions", place)
        made = collect(
            lambda entry=entry, label=label, at=at: validate(
                ENTRY, entry, name=name, item=label, whole=document, at=at
            ),
            problems,
        )
        faulty = faulty or made is None
        if made is not None:
            entries.append((place, made))
    language = plan.language if plan else LANGUAGES[0]
    faults = [
        fault for place, one in entries for fault in _entry_faults(one, ("sessions", place), root, language)
    ]
    if plan is not None:
        faults += _plan_faults(plan, root)
        # Where an entry is broken its minutes are unknown: the cause is said already.
        if not faulty:
            faults += _time_faults(plan, [one for _, one in entries], [place for place, _ in entries])
    problems += [
        Problem(name, line_of(document, at), item, problem, remedy) for item, at, problem, remedy in faults
    ]
    if problems:
        return None, sorted(problems, key=lambda one: (one.line or 0, one.item, one.problem))
    return Workshop(**plan.model_dump(), sessions=[one.model_dump() for _, one in entries]), []


def lesson_cells(module: str, lesson: str, root: Path, language: str = LANGUAGES[0]) -> dict[str, str]:
    """The texts of a lesson by the ids of its parts, in its language where it has that, else in English."""
    folder = root / "modules" / module
    found = {one.file: one for one in reading.load_module(module, root).lessons}
    if lesson not in found:
        raise CourseError(f"{module} has no lesson {lesson!r}; it has {', '.join(found)}.")
    spoken = language if language in found[lesson].languages else LANGUAGES[0]
    page = nbformat.read(lesson_path(folder, found[lesson], spoken), as_version=nbformat.current_nbformat)
    # A part has the same name in each language: `lesson-02-ar-why` is `lesson-02-why`.
    return {
        cell.id.replace(f"-{spoken}-", "-"): cell.source
        for cell in page.cells
        if cell.cell_type == "markdown"
    }


def _entry_faults(entry: Any, at: tuple[str | int, ...], root: Path, language: str) -> Iterator[Fault]:
    """What a session names that the course does not have."""
    if not isinstance(entry, Session):
        return
    modules = [folder.name for folder in reading.module_folders(root)]
    if entry.module not in modules:
        remedy = f"Write one of {', '.join(modules)}."
        yield entry.id, (*at, "module"), f"there is no module {entry.module!r}.", remedy
    else:
        yield from _lesson_faults(entry, at, root, language)
    for field, known, where in (
        ("cases", load_cases(), "course/data/cases"),
        ("items", reading.load_bank(root), "the items.yml of a module"),
    ):
        for name in getattr(entry, field):
            if name not in known:
                remedy = f"Name one that stands in {where}."
                yield entry.id, (*at, field), f"{field}: there is no {name!r}.", remedy
    for name in entry.forms:
        module, _, form = name.partition("/")
        if module not in modules or form not in reading.load_forms(module, root):
            remedy = "Write the module and a form of its forms.yml, such as 00-start/study-plan."
            yield entry.id, (*at, "forms"), f"there is no form {name!r}.", remedy
    if entry.plan:
        yield from _rule_faults(entry.id, (*at, "plan"), entry.plan.body, entry.plan.stage)


def _lesson_faults(entry: Session, at: tuple[str | int, ...], root: Path, language: str) -> Iterator[Fault]:
    try:
        cells = lesson_cells(entry.module, entry.lesson, root, language)
    except CourseError as error:
        yield entry.id, (*at, "lesson"), str(error), "Correct `lesson`."
        return
    for field in ("show", "print"):
        for name in getattr(entry, field):
            if name not in cells:
                remedy = f"Its parts are {', '.join(cells)}."
                yield entry.id, (*at, field), f"the lesson has no part {name!r}.", remedy


def _rule_faults(item: str, at: tuple[str | int, ...], body: str, stage: str) -> Iterator[Fault]:
    known = (*bodies(), *mechanisms())
    if body not in known:
        yield item, at, f"there is no body {body!r}.", f"Write one of {', '.join(known)}."
    elif not [rule for rule in rules(body) if rule.stage == stage]:
        stages = sorted({rule.stage for rule in rules(body)} - {"any"})
        remedy = f"Its stages are {', '.join(stages)}."
        yield item, at, f"{body} has no rules for the stage {stage!r}.", remedy


def _plan_faults(plan: Plan, root: Path) -> Iterator[Fault]:
    for place, sheet in enumerate(plan.rules):
        yield from _rule_faults("rules", ("rules", place), sheet.body, sheet.stage)
    for item, at, file in (
        ("picture", ("picture",), plan.picture.file),
        *(("pages", ("pages", place), file) for place, file in enumerate(plan.pages)),
    ):
        if not (root / file).is_file():
            yield item, at, f"there is no file {file}.", "Name one that is in the course's folder."


def _time_faults(plan: Plan, entries: list[Any], places: list[int]) -> Iterator[Fault]:
    """Where the minutes do not fit: half-days filled exactly, one after the other, with their pauses."""
    known = {half.id: place for place, half in enumerate(plan.halves)}
    for place, entry in zip(places, entries, strict=True):
        if entry.half not in known:
            remedy = f"Write one of {', '.join(known)}."
            yield entry.id, ("sessions", place, "half"), f"there is no half-day {entry.half!r}.", remedy
    order = [known[entry.half] for entry in entries if entry.half in known]
    if order != sorted(order):
        yield "sessions", ("sessions",), "they do not stand in the order of the half-days.", "Move them."
    for name, count in Counter(entry.id for entry in entries).items():
        if count > 1:
            yield name, ("sessions",), f"this id stands {count} times.", "Give each its own id."
    for place, half in enumerate(plan.halves):
        yield from _half_faults(half, place, [entry for entry in entries if entry.half == half.id])
        before = plan.halves[place - 1] if place else None
        if before and before.day == half.day and before.ends != half.begins:
            remedy = f"Let it begin at {before.ends}, or make the pause longer."
            yield half.id, ("halves", place), "it does not begin when the one before it ends.", remedy
    for day in range(1, len(plan.days) + 1):
        own = {half.id for half in plan.halves if half.day == day}
        meals = [one for one in entries if one.half in own and one.kind == "pause" and one.meal]
        if not any(meal.minutes >= LEAST_MEAL and meal.prayer for meal in meals):
            remedy = f"Give it a pause of at least {LEAST_MEAL} minutes with `meal: true` and `prayer: true`."
            yield f"day {day}", ("days",), "there is no pause for the meal and the prayer.", remedy


def _half_faults(half: Half, place: int, entries: list[Any]) -> Iterator[Fault]:
    at = ("halves", place)
    total = sum(entry.minutes for entry in entries)
    if total != half.minutes:
        problem = (
            f"what stands in it takes {total} minutes, but {half.begins} to {half.ends} are {half.minutes}."
        )
        yield half.id, at, problem, "Change minutes or hours, until both are the same."
    sitting = 0
    for entry in entries:
        sitting = 0 if entry.kind == "pause" else sitting + entry.minutes
        if sitting > LONGEST_SITTING:
            problem = f"people sit {sitting} minutes without a pause up to the end of {entry.id}."
            yield half.id, at, problem, f"Put a pause before it: at most {LONGEST_SITTING} minutes."
            break
