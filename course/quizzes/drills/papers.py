"""The papers of a drill: which generator makes them, from which seeds, and what stands above them."""

from __future__ import annotations

from typing import Any

from course.content.models import Drill
from course.errors import CourseError
from course.facts import body
from course.quizzes.drills.backward import find_deadline, make_backward_items
from course.quizzes.drills.cycle import make_cycle_paper
from course.quizzes.drills.deadlines import make_deadline_paper
from course.quizzes.drills.hunt import make_hunt_paper
from course.quizzes.drills.length import make_length_paper
from course.quizzes.drills.mechanism import make_mechanism_paper
from course.quizzes.drills.rates import make_rates_paper
from course.quizzes.drills.symbols import make_symbol_paper
from course.texts import section, text

PAPERS = 5  # that one page holds, of as many seeds one after the other
# Each makes one paper: (objective, seed, language) -> items.
GENERATORS = {
    "deadline": make_deadline_paper,
    "symbol": make_symbol_paper,
    "length": make_length_paper,
    "mechanism": make_mechanism_paper,
    "cycle": make_cycle_paper,
    "hunt": make_hunt_paper,
    "rates": make_rates_paper,
}


def make_papers(drill: Drill, language: str, seed: int | None = None) -> list[list[Any]]:
    """The papers of one page: of `seed` and the seeds after it; without a seed, of that of module.yml.

    A drill `backward` with a session begins with the paper on that day, unless a seed is named.
    Raises CourseError for a seed that is no whole number from 1.
    """
    first = drill.seed if seed is None else seed
    if type(first) is not int or first < 1:
        raise CourseError(f"the seed of a drill is a whole number from 1, not {first!r}.")
    seeds = range(first, first + PAPERS)
    if drill.generator != "backward":
        return [GENERATORS[drill.generator](drill.objective, number, language) for number in seeds]
    fixed = [make_backward_items(drill, language)] if drill.session and seed is None else []
    return [*fixed, *(make_backward_items(drill, language, number) for number in seeds)][:PAPERS]


def drill_title(drill: Drill, language: str) -> str:
    """The title above a drill."""
    return section("drill", language)[f"title-{drill.generator}"]


def drill_intro(drill: Drill, language: str) -> str:
    """What stands above the drill; a rule that nobody confirmed is called so."""
    texts = section("drill", language)
    if drill.generator != "backward":
        return texts[f"intro-{drill.generator}"]
    intro = text("drill.intro-backward", language, body=body(drill.body).name(language))
    return intro if find_deadline(drill).decides else f"{intro} {texts['unconfirmed']}"
