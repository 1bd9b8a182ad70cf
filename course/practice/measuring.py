"""Gain, normalised gain and retention, of one learner or of many, by objective and by module."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean
from typing import Any

from course.content.models import Module
from course.content.models.measuring import TestName
from course.practice.gain import Shares

ENOUGH = 5  # below so many learners a mean says more of chance, and of persons, than of a course
WHOLE = "all"
Pairs = Sequence[tuple[float, float]]  # of each learner, in two tests


@dataclass(frozen=True)
class Line:
    """What was learnt and kept of one objective, one module or the whole (`all`); shares from 0 to 1.

    `before`, `after`, `gain` and `normalised` are of the `learners` who answered the same objectives in
    both tests; `later` and `kept` of the `returned`, who came back late enough. Where `enough` or
    `enough_returned` is False, they are too few, and nothing but their number is there.
    `normalised` is Hake's gain of a class, of the two means: what was gained of what was missing (R. R.
    Hake, American Journal of Physics 66 (1998), 64-74); None where nothing was missing. `kept` is the
    mean 90 days later over the mean after.
    """

    name: str
    title: str
    learners: int
    returned: int
    enough: bool = True
    enough_returned: bool = True
    before: float | None = None
    after: float | None = None
    gain: float | None = None
    normalised: float | None = None
    later: float | None = None
    kept: float | None = None

    def as_dict(self) -> dict[str, Any]:
        """The line as plain JSON data."""
        return asdict(self)


def measure(
    learners: Sequence[Shares], modules: Sequence[Module], least_days: int, enough: int = 0
) -> list[Line]:
    """A line for each module with any answer, each followed by its objectives, then one for the whole.

    `least_days` must lie between the last two tests for what is kept to count. `enough` is the number
    of learners below which a line says nothing: `ENOUGH` for a cohort, none for a learner's own.
    """
    lines = []
    back = [one for one in learners if one.waited is not None and one.waited >= least_days]
    answered = {name for one in learners for test in one.tests.values() for name in test}

    def line(name: str, title: str, objectives: Collection[str]) -> Line:
        learnt = _pairs(learners, objectives, "before", "after")
        lasting = _pairs(back, objectives, "after", "90-days")
        return _line(name, title, learnt, lasting, enough)

    for module in modules:
        objectives = {one.id: one.text for one in module.objectives if one.id in answered}
        if objectives:
            lines.append(line(module.id, f"{module.code} {module.title}", objectives))
            lines += [line(name, said, [name]) for name, said in objectives.items()]
    whole = [one.id for module in modules for one in module.objectives]
    return [*lines, line(WHOLE, "", whole)]


def _line(name: str, title: str, learnt: Pairs, lasting: Pairs, enough: int) -> Line:
    said: dict[str, float | None] = {}
    if learnt and len(learnt) >= enough:
        before, after = _means(learnt)
        gained = after - before
        normalised = round(gained / (1 - before), 4) if before < 1 else None
        said |= {"before": before, "after": after, "gain": round(gained, 4), "normalised": normalised}
    if lasting and len(lasting) >= enough:
        after, later = _means(lasting)
        said |= {"later": later, "kept": round(later / after, 4) if after else None}
    return Line(name, title, len(learnt), len(lasting), len(learnt) >= enough, len(lasting) >= enough, **said)


def _pairs(
    learners: Sequence[Shares], objectives: Collection[str], first: TestName, second: TestName
) -> Pairs:
    """The means of each learner in two tests, over the objectives that were answered in both."""
    pairs = []
    for one in learners:
        both = sorted(one.of(first).keys() & one.of(second).keys() & set(objectives))
        if both:
            pairs.append(
                (fmean(one.of(first)[name] for name in both), fmean(one.of(second)[name] for name in both))
            )
    return pairs


def _means(pairs: Pairs) -> tuple[float, float]:
    return round(fmean(first for first, _ in pairs), 4), round(fmean(second for _, second in pairs), 4)
