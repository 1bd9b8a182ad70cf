"""Puts three tests of equal form together from the items of the modules that stand, by one blueprint."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, combinations, permutations, zip_longest
from pathlib import Path
from typing import Any, get_args

from course.content import reading
from course.content.models import Module
from course.content.models.base import Bloom
from course.content.models.measuring import TESTS, Blueprint
from course.errors import ContentError, Problem, shown
from course.files import DATA, PACKAGE_ROOT

FILE = DATA / "tests.yml"
BLOOM = {level: rank for rank, level in enumerate(get_args(Bloom))}
FORMS = len(TESTS)


@dataclass(frozen=True)
class Slot:
    """One place of every test: the module and objective that it measures, and its item in each test."""

    module: str
    objective: str
    items: tuple[Any, ...]
    unlike: tuple[int, ...]  # the less, the more equal its items

    @property
    def shared(self) -> bool:
        """Whether the bank had too few items, so that two tests ask the same."""
        return len({item.id for item in self.items}) < FORMS


@reading.cached_by_root
def load_blueprint(root: Path | None = None) -> Blueprint:
    """The blueprint of the tests; raises ContentError with every fault of its file."""
    return reading.read_model(FILE, Blueprint, PACKAGE_ROOT)


@reading.cached_by_root
def load_slots(root: Path | None = None) -> tuple[Slot, ...]:
    """The places of the tests in the order of the course; raises ContentError for a faulty file."""
    modules = [reading.load_module(folder.name, root) for folder in reading.module_folders(root)]
    items = {module.id: reading.load_items(module.id, root) for module in modules}
    return assemble(load_blueprint(root), modules, items)


def paper_items(name: str, root: Path | None = None) -> list[tuple[str, Any]]:
    """The items of one test, each with the name of its module: one of each place, in their order."""
    place = TESTS.index(name)
    return [(slot.module, slot.items[place]) for slot in load_slots(root)]


def assemble(
    blueprint: Blueprint, modules: Sequence[Module], items: Mapping[str, Mapping[str, Any]]
) -> tuple[Slot, ...]:
    """The places of the tests, always the same for the same items.

    Modules take turns, each with its objective whose items are most alike first, until the tests are
    as long as they may be: so all modules are measured about equally. In the last turn, which not all
    can have, those go first whose items are most alike. Items that many pages of a module ask already
    come last.
    """
    asked = [name for one in modules for name in chain(*one.quizzes.values(), one.cards)]
    queues = [_queue(blueprint, module, items[module.id], asked) for module in modules]
    most = blueprint.most // blueprint.per_objective
    chosen: list[tuple[Slot, ...]] = []
    for turn in zip_longest(*queues):
        fitting = sorted((slots for slots in turn if slots), key=lambda slots: slots[0].unlike)
        chosen += fitting[: most - len(chosen)]
    order = {objective.id: place for place, objective in enumerate(_objectives(modules))}
    slots = chain.from_iterable(sorted(chosen, key=lambda slots: order[slots[0].objective]))
    return tuple(_balanced(slots))


def check_blueprint(root: Path) -> list[Problem]:
    """Every problem of the blueprint, and that of a bank from which no test can be made."""
    try:
        slots = load_slots(root)
    except ContentError as error:
        return list(error.problems)
    if slots:
        return []
    said = "no item of any module is of one of these kinds."
    return [Problem(shown(FILE, PACKAGE_ROOT), None, "kinds", said, "Name kinds that the modules have.")]


def _objectives(modules: Sequence[Module]) -> Iterable[Any]:
    return chain.from_iterable(module.objectives for module in modules)


def _queue(
    blueprint: Blueprint, module: Module, items: Mapping[str, Any], asked: Sequence[str]
) -> list[tuple[Slot, ...]]:
    """The places that each objective of a module can have, the most alike first."""
    found = []
    for objective in module.objectives:
        fitting = [
            item for item in items.values() if item.objective == objective.id and item.kind in blueprint.kinds
        ]
        slots: list[Slot] = []
        while len(slots) < blueprint.per_objective and fitting:
            slot = _most_alike(module.id, objective, fitting, asked)
            slots.append(slot)
            fitting = [item for item in fitting if item not in slot.items]
        if len(slots) == blueprint.per_objective:
            found.append(tuple(slots))
    return sorted(found, key=lambda slots: [slot.unlike for slot in slots])


def _most_alike(module: str, objective: Any, items: Sequence[Any], asked: Sequence[str]) -> Slot:
    """Three items of one level and one kind, if there are; with fewer than three, the first comes again
    in the test that is farthest away in time.
    """
    groups = combinations(range(len(items)), min(FORMS, len(items)))

    def unlike(group: tuple[int, ...]) -> tuple[int, ...]:
        mine = [items[place] for place in group]
        levels = [BLOOM[item.bloom] for item in mine]
        return (
            FORMS - len(mine),
            max(levels) - min(levels),
            sum(abs(level - BLOOM[objective.bloom]) for level in levels),
            len({item.kind for item in mine}),
            sum(asked.count(item.id) for item in mine),
            *group,
        )

    best = min(groups, key=unlike)
    chosen = tuple(items[place] for place in best)
    return Slot(module, objective.id, (*chosen, *chosen)[:FORMS], unlike(best))


def _balanced(slots: Iterable[Slot]) -> Iterable[Slot]:
    """The same places; which of its items is whose is decided so that levels and kinds stay even."""
    seen: Counter[tuple[int, str]] = Counter()
    for slot in slots:

        def weight(items: Sequence[Any]) -> int:
            return sum(seen[place, item.bloom] + seen[place, item.kind] for place, item in enumerate(items))

        best = slot.items if slot.shared else min(permutations(slot.items), key=weight)
        for place, item in enumerate(best):
            seen[place, item.bloom] += 1
            seen[place, item.kind] += 1
        yield replace(slot, items=tuple(best))
