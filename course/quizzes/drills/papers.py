"""The papers of a drill: which generator makes them, from which seeds, and what stands above them."""

from __future__ import annotations

from typing import Any

from course.content.models import Drill
from course.errors import CourseError
from course.facts import body
from course.quizzes.drills.backward import find_deadline, make_backward_items
from course.quizzes.drills.deadlines import make_deadline_paper
from course.quizzes.drills.symbols import make_symbol_paper
from course.texts import say_day, section, text

PAPERS = 5  # that one page holds, of as many seeds one after the other
GENERATORS = {"deadline": make_deadline_paper, "symbol": make_symbol_paper}


def make_papers(drill: Drill, language: str, seed: int | None = None) -> list[list[Any]]:
    """The papers of one page: of `seed` and the seeds after it, or the only one of `backward`.

    Without a seed, that of module.yml. Raises CourseError for a seed that is no whole number
    from 1, and for one given to `backward`, which has nothing to draw.
    """
    if drill.generator == "backward":
        if seed is not None:
            raise CourseError("a drill `backward` is made from one session's day: leave out seed.")
        return [make_backward_items(drill, language)]
    first = drill.seed if seed is None else seed
    if type(first) is not int or first < 1:
        raise CourseError(f"the seed of a drill is a whole number from 1, not {first!r}.")
    make = GENERATORS[drill.generator]
    return [make(drill.objective, number, language) for number in range(first, first + PAPERS)]


def drill_title(drill: Drill, language: str) -> str:
    """The title above a drill."""
    return section("drill", language)[f"title-{drill.generator}"]


def drill_intro(drill: Drill, language: str) -> str:
    """What stands above the drill; a rule that nobody confirmed is called so."""
    texts = section("drill", language)
    if drill.generator != "backward":
        return texts[f"intro-{drill.generator}"]
    intro = text(
        "drill.intro-backward",
        language,
        body=body(drill.body).name(language),
        session=say_day(drill.session, language),
    )
    return intro if find_deadline(drill).decides else f"{intro} {texts['unconfirmed']}"
