"""What the sample cohort hands in, drawn by a seed, and what each of the 93 must get for it.

The points come from the profile of the assignment, where a person wrote them beside each answer; here they
are only added up. Nothing in this file marks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any, Literal

from course.files import read_yaml
from grading.workspace import Student, read_students

HERE = Path(__file__).resolve().parent
PROFILES = HERE / "profiles"
ASSIGNMENT = "a03"
SEED = 93
DUE = datetime(2025, 3, 31, 22, 0, tzinfo=UTC)  # invented, and past on every clock

Group = Literal["right", "partly", "wrong", "missing"]
Layout = Literal["zip", "folder", "zip with a folder in it"]
Damage = Literal[
    "truncated zip",
    "answers of the wrong shape",
    "path out of the zip",
    "another assignment",
    "two people",
    "page that is no page",
]

# What collecting must find in each damaged hand-in, by the code of the finding.
FOUND: Mapping[Damage, str] = {
    "truncated zip": "damaged-zip",
    "answers of the wrong shape": "bad-answers",
    "path out of the zip": "unsafe-zip",
    "another assignment": "wrong-assignment",
    "two people": "wrong-person",
    "page that is no page": "repaired",
}

# How many of the 93 hand in what; damaged: one in each of the six ways; twice: an older
# hand-in lies beside the one that counts.
ROLES = {"right": 15, "partly": 45, "wrong": 9, "empty": 6, "late": 8, "damaged": len(FOUND), "twice": 4}

# How hand-ins are named and packed where nobody tells people how; one after the other.
NAMES: Sequence[tuple[str, Layout]] = (
    ("{assignment}-{id}.zip", "zip"),
    ("{assignment}-{id} (1).zip", "zip"),
    ("Final VERSION {ID}.ZIP", "zip"),
    ("تسليم {id}.zip", "zip"),
    ("association {id}/{assignment}-{id}.zip", "zip"),
    ("association {id}/{assignment}", "folder"),
    ("Nouveau dossier {number}/devoir.zip", "zip with a folder in it"),
    ("Sample association {id}_{number}_assignsubmission_file_/{assignment}-{id}.zip", "zip"),
)

# How often a learner who is partly right answers a question so; `missing` leaves it out.
SHARES: Mapping[Group, int] = {"right": 40, "partly": 35, "wrong": 15, "missing": 10}


@dataclass(frozen=True)
class Variant:
    """One way to answer one question, with the points a person gave it by hand."""

    group: Group
    points: float
    answer: Any


@dataclass(frozen=True)
class HandIn:
    """One planted hand-in: whose, of which assignment, packed when, what it answers, what is wrong with it.

    `file` is its place in the inbox and `layout` how it lies there. `points` are by graded
    field. `findings` are the codes that collecting must report.
    """

    student: str
    assignment: str
    role: str
    file: str
    layout: Layout
    created: datetime
    answers: Mapping[str, Any]
    points: Mapping[str, float]
    findings: frozenset[str] = frozenset()
    damage: Damage | None = None


@dataclass(frozen=True)
class Plan:
    """The whole sample: the students, what lies in the inbox, what must come out."""

    students: tuple[Student, ...]
    hand_ins: tuple[HandIn, ...]

    @property
    def points(self) -> dict[str, Mapping[str, float] | None]:
        """What each student must get, by graded field; None where nothing can be graded."""
        counting: dict[str, Mapping[str, float] | None] = {s.student_id: None for s in self.students}
        for hand_in in self.hand_ins:
            if "superseded" not in hand_in.findings and hand_in.damage in (None, "page that is no page"):
                counting[hand_in.student] = hand_in.points
        return counting

    @property
    def scores(self) -> dict[str, float | None]:
        """The sum of each student's points; None where nothing can be graded."""
        return {
            student: None if points is None else round(sum(points.values()), 2)
            for student, points in self.points.items()
        }


def sample_students() -> tuple[Student, ...]:
    """The 93 invented associations: 29 of Oriental, 30 of Draa-Tafilalet, 34 of Rabat-Sale-Kenitra."""
    return read_students(HERE / "students.csv")


def sampled_assignments() -> tuple[str, ...]:
    """The assignments that have a profile, in their order."""
    return tuple(sorted(path.stem for path in PROFILES.glob("a[0-9][0-9].yml")))


def load_variants(
    assignment: str = ASSIGNMENT,
) -> tuple[dict[str, list[Variant]], dict[str, list[str]]]:
    """The planted answers by graded field, and the texts by free field, of one assignment."""
    document = read_yaml(PROFILES / f"{assignment}.yml")
    variants = {
        str(field): [Variant(str(v["group"]), float(v["points"]), _plain(v["answer"])) for v in listed]
        for field, listed in document["fields"].items()
    }
    texts = {str(field): [str(text) for text in listed] for field, listed in document["texts"].items()}
    return variants, texts


def draw_plan(seed: int = SEED, assignment: str = ASSIGNMENT) -> Plan:
    """The sample of one seed and assignment: the same plan on every computer."""
    random = Random(seed)
    students = sample_students()
    drawing = _Drawing(random, assignment, *load_variants(assignment))
    order = [student.student_id for student in students]
    random.shuffle(order)
    roles = [role for role, number in ROLES.items() for _ in range(number)]
    damages = iter(FOUND)
    hand_ins: list[HandIn] = []
    for student, role in zip(order, roles, strict=True):
        created = DUE - timedelta(minutes=random.randrange(60, 10_000))
        if role == "twice":
            older = created - timedelta(days=random.randrange(1, 10))
            hand_ins.append(drawing.hand_in(student, "wrong", older, {"superseded"}))
        if role == "late":
            created = DUE + timedelta(minutes=random.randrange(5, 3_000))
        damage = next(damages) if role == "damaged" else None
        findings = {"late"} if role == "late" else {FOUND[damage]} if damage else set()
        hand_ins.append(drawing.hand_in(student, role, created, findings, damage))
    return Plan(students, tuple(hand_ins))


class _Drawing:
    """Draws one hand-in after the other from one source of chance."""

    def __init__(
        self,
        random: Random,
        assignment: str,
        variants: Mapping[str, list[Variant]],
        texts: Mapping[str, Sequence[str]],
    ) -> None:
        self.random = random
        self.assignment = assignment
        self.variants = variants
        self.texts = texts
        self.number = 0

    def hand_in(
        self, student: str, role: str, created: datetime, findings: set[str], damage: Damage | None = None
    ) -> HandIn:
        name, layout = NAMES[0 if damage else self.number % len(NAMES)]
        self.number += 1
        file = name.format(assignment=self.assignment, id=student, ID=student.upper(), number=self.number)
        answers, points = self._answers(role)
        return HandIn(
            *(student, self.assignment, role, file, layout, created),
            *(answers, points, frozenset(findings), damage),
        )

    def _answers(self, role: str) -> tuple[dict[str, Any], dict[str, float]]:
        answers: dict[str, Any] = {}
        points: dict[str, float] = {}
        for field, listed in self.variants.items():
            group = _draw_group(role, listed, self.random)
            points[field] = 0.0
            if group != "missing":
                variant = self.random.choice([v for v in listed if v.group == group])
                answers[field], points[field] = variant.answer, variant.points
        if role != "empty":
            for field, texts in self.texts.items():
                answers[field] = texts[0] if role == "right" else self.random.choice(texts)
        return answers, points


def _draw_group(role: str, listed: Sequence[Variant], random: Random) -> Group:
    if role in ("right", "wrong"):
        return role
    if role == "empty":
        return "missing"
    [group] = random.choices(list(SHARES), weights=list(SHARES.values()))
    has_it = group == "missing" or any(variant.group == group for variant in listed)
    return group if has_it else "wrong"


def _plain(node: Any) -> Any:
    """Plain lists, dicts and text: what a JSON file holds."""
    if isinstance(node, Mapping):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return str(node) if isinstance(node, str) else node
