"""What an attack is: what it tries, its code, and how one sees that it succeeded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from tests.grading.attacks.scene import HONEST, STOLEN, WRONG, Scene, hand_in

Evidence = Callable[[Scene, str], bool]


def undoubted_points(scene: Scene, name: str) -> float:
    """The points of a submission that no person is asked to look at."""
    parts = scene.grades().get(name, {})
    return sum(points or 0 for points, needs in parts.values() if not needs)


def has_points(scene: Scene, name: str) -> bool:
    """Its answers are wrong, and it has points that nobody doubts."""
    return undoubted_points(scene, name) > 0


def has_stolen(scene: Scene, name: str) -> bool:
    """Its graded page shows a secret."""
    return STOLEN in scene.said(name)


def has_left(scene: Scene, name: str) -> bool:
    """A file that it made stands outside of its own folder."""
    return scene.marker(name).exists()


def has_survived(scene: Scene, name: str) -> bool:
    """A process of it goes on after grading."""
    return bool(scene.survivors(f"outlive-{name}@{scene.port}@"))


def has_no_grade(scene, name):
    """It was handed in and has neither points nor a flag."""
    return not scene.grades().get(name)


def batch_is_spoilt(scene, name):
    """Honest submissions have no grade, or not the one they earned."""
    grades = scene.grades()
    return any(sum(p or 0 for p, _ in grades.get(who, {}).values()) != HONEST[who] for who in HONEST)


@dataclass(frozen=True)
class Attack:
    """One hostile submission.

    `code` stands before the first answer, with @COURSE@, @HOME@, @OUTSIDE@, @PORT@, @NAME@ and
    @SLEEPER@ (a command that goes on) filled in; `edit` changes the page and `furnish` its folder.
    `wrecks`: in stock it harms the run itself or everybody's grades, so that it needs a course of its own.
    """

    name: str
    tries: str
    code: str = ""
    succeeds: Evidence = has_points
    answers: dict[str, str] = field(default_factory=lambda: dict(WRONG))
    edit: Callable[[NotebookNode], None] | None = None
    furnish: Callable[[Path], None] | None = None
    wrecks: bool = False

    def prepare(self, scene: Scene) -> None:
        """Hand it in."""
        places = {
            "@COURSE@": str(scene.course),
            "@HOME@": str(scene.home),
            "@OUTSIDE@": str(scene.place / "outside"),
            "@PORT@": str(scene.port),
            "@NAME@": self.name,
            "@SLEEPER@": f"['sh', '-c', 'sleep 3000; : outlive-{self.name}@{scene.port}@']",
        }
        code = self.code
        for mark, text in places.items():
            code = code.replace(mark, text)
        answers = dict(self.answers)
        first = next(iter(answers))
        answers[first] = f"{code}\n{answers[first]}"
        hand_in(scene, self.name, answers, self.edit, self.furnish)
