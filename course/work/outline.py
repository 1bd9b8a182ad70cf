"""What a learner's progress is measured against: items, objectives, exit sets, the safety check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from course.content.models import Module, Objective
from course.content.pages import page_with
from course.content.reading import cached_by_root, load_bank, load_module, module_folders
from course.work.mastery import QuizSet


@dataclass(frozen=True)
class SafetyCheck:
    """The check that comes before evidence is written down: its quiz, each item's revision, its page.

    `page` is the lesson that holds it, as a path from the root without a suffix.
    """

    quiz: str
    items: Mapping[str, int]
    page: str


@dataclass(frozen=True)
class Outline:
    """The course in its order. `bank` gives each item's module and objective.

    `exits` are the exit sets and `checks` the sets to be passed whole, by objective.
    """

    modules: tuple[Module, ...]
    bank: Mapping[str, tuple[str, str]]
    exits: Mapping[str, QuizSet]
    checks: Mapping[str, QuizSet]
    safety: SafetyCheck | None

    @property
    def objectives(self) -> dict[str, Objective]:
        """Every objective of the course by id, in the order of the modules."""
        return {objective.id: objective for module in self.modules for objective in module.objectives}


@cached_by_root
def load_outline(root: Path | None = None) -> Outline:
    """The outline of the course; raises ContentError where a module or its items are faulty."""
    modules = tuple(load_module(folder.name, root) for folder in module_folders(root))
    bank = load_bank(root)
    exits = {
        objective.id: QuizSet(f"{module.id}/exit", module.quizzes["exit"])
        for module in modules
        if "exit" in module.quizzes
        for objective in module.objectives
    }
    checks = {
        bank[item][1].objective: QuizSet(f"{module.id}/{name}", module.quizzes[name])
        for module in modules
        for name in module.whole
        for item in module.quizzes[name]
        if item in bank
    }
    return Outline(
        modules,
        {name: (home, item.objective) for name, (home, item) in bank.items()},
        exits,
        checks,
        _safety_check(modules, bank, root),
    )


def _safety_check(modules: tuple[Module, ...], bank: Mapping[str, tuple], root: Path) -> SafetyCheck | None:
    """The first set of the course that is passed only whole; a course without one has no closed task."""
    for module in modules:
        for name in module.whole:
            items = {item: bank[item][1].revision for item in module.quizzes[name] if item in bank}
            call = f'course.quiz("{module.id}", "{name}"'
            return SafetyCheck(f"{module.id}/{name}", items, page_with(call, module, root))
    return None
