"""The paths through the course: the short one, the whole one, and the one that the first test chooses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from course.content.models import Module
from course.content.pages import page_with
from course.content.papers import load_slots, paper_items
from course.content.paths import load_paths, modules_of
from course.practice.papers import quiz_of
from course.quizzes import page_texts
from course.texts import direction, section
from course.work.schedule import KNOWN

MINE, WHOLE = "mine", "whole"
State = Literal["stands", "known", "safety", "not-yet"]


@dataclass(frozen=True)
class Step:
    """One module of a path. `minutes` are those of its lessons and tasks; a module that does not stand
    yet has None, and the `hours` of the curriculum instead.

    `state`: `stands`; `known` where the first test was right, so that it is left out; `safety` where it
    was right too, but the set that must be passed whole stays to be done, on `page`; `not-yet`.
    """

    code: str
    title: str
    module: str = ""
    minutes: int | None = None
    hours: float | None = None
    state: State = "stands"
    page: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The step as plain JSON data."""
        return asdict(self)


def path_names(root: Path) -> tuple[str, ...]:
    """The paths that can be asked for; the learner's own is the last."""
    return (*(route.id for route in load_paths(root).paths), MINE)


def path_steps(name: str, root: Path, before: Mapping[str, float] | None = None) -> list[Step]:
    """The steps of a path; `before` are the learner's shares by objective in the first test, for `mine`.

    A module is left out of `mine` where each of its objectives that the test measures was answered and
    is known (0.8 or more). Two or three questions are a rough guide, and a set that must be passed whole,
    the safety check, is never left out, nor are the modules under `always`. Raises CourseError for a
    path that is not there.
    """
    steps = []
    tested, always = measured_objectives(root), load_paths(root).always
    for module in modules_of(WHOLE if name == MINE else name, root):
        if not isinstance(module, Module):
            steps.append(Step(module.code, module.title, hours=module.hours, state="not-yet"))
            continue
        state, page, minutes = "stands", f"modules/{module.id}/index", module.minutes
        if name == MINE and module.code not in always and is_known(tested.get(module.id, ()), before or {}):
            state, minutes = "known", 0
            if module.whole:
                state = "safety"
                page = page_with(f'course.quiz("{module.id}", "{module.whole[0]}"', module, root)
                minutes = safety_minutes(module, page)
        steps.append(Step(module.code, module.title, module.id, minutes, None, state, page))
    return steps


def measured_objectives(root: Path) -> dict[str, tuple[str, ...]]:
    """The objectives that the tests measure, by module."""
    tested: dict[str, dict[str, None]] = defaultdict(dict)
    for slot in load_slots(root):
        tested[slot.module].setdefault(slot.objective)
    return {module: tuple(objectives) for module, objectives in tested.items()}


def is_known(objectives: Sequence[str], shares: Mapping[str, float]) -> bool:
    """Whether each of the objectives was answered and is known; a module without any was not tested."""
    return bool(objectives) and all(shares.get(objective, 0.0) >= KNOWN for objective in objectives)


def safety_minutes(module: Module, page: str) -> int:
    """The minutes of the lesson that holds the set which must be passed whole."""
    return next(lesson.minutes for lesson in module.lessons if page.endswith(lesson.file))


def total(steps: Sequence[Step]) -> tuple[int, float]:
    """The minutes of all steps that stand, and the hours of those that do not."""
    return sum(step.minutes or 0 for step in steps), sum(step.hours or 0.0 for step in steps)


def mine_payload(lang: str, root: Path) -> dict[str, Any]:
    """What a page needs to draw the learner's own path from the answers that the browser keeps."""
    texts, written_in = section("path", lang), "en"
    tested: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for module, item in paper_items("before", root):
        tested[module].setdefault(item.objective, []).append(item.id)
    known = {step.code: step for step in path_steps(MINE, root, _all_known(root))}
    return {
        "mode": "path",
        "id": "path",
        "lang": lang,
        "dir": direction(lang),
        "title": texts["title-mine"],
        "intro": texts["about-mine"],
        "ui": page_texts("path", lang),
        "items": [],
        "actions": [],
        "readonly": True,
        "test": quiz_of("before"),
        "page": "pages/test-before",
        "known": KNOWN,
        "modules": [
            {
                "code": step.code,
                "title": step.title,
                "lang": written_in,
                "dir": direction(written_in),
                "page": step.page,
                "minutes": step.minutes,
                "hours": step.hours,
                "tested": list(tested[step.module].values()),
                "safety": _safety(known[step.code]),
                "always": step.module != "" and known[step.code].state == "stands",
            }
            for step in path_steps(WHOLE, root)
        ],
    }


def _all_known(root: Path) -> dict[str, float]:
    return {name: 1.0 for objectives in measured_objectives(root).values() for name in objectives}


def _safety(step: Step) -> dict[str, Any] | None:
    return {"page": step.page, "minutes": step.minutes} if step.state == "safety" else None


def path_lines(name: str, steps: Sequence[Step], lang: str, answered: int, asked: int) -> list[str]:
    """A path in plain sentences; of the learner's own it says how much of the test it goes by."""
    texts = section("path", lang)
    lines = [texts[f"title-{name}"], texts[f"about-{name}"]]
    if name == MINE:
        lines.append(
            texts["path-answered"].format(done=answered, all=asked) if answered else texts["no-test"]
        )
    for step in steps:
        lines.append(f"{step.code:4} {step.title}: {say_step(step, lang)}")
    lines.append(say_total(steps, lang))
    return lines


def say_step(step: Step, lang: str) -> str:
    """How long one step takes, or why it is left out, or that it is not there yet."""
    texts = section("path", lang)
    if step.state == "not-yet":
        return texts["not-yet"].format(hours=f"{step.hours:g}")
    return texts[step.state].format(minutes=step.minutes)


def say_total(steps: Sequence[Step], lang: str) -> str:
    """The whole time, in hours: what stands, and what is planned beside it."""
    texts = section("path", lang)
    minutes, hours = total(steps)
    key = "total-more" if hours else "total"
    return texts[key].format(hours=f"{minutes / 60:.1f}".removesuffix(".0"), more=f"{hours:g}")
