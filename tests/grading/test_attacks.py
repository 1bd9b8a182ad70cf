"""Hostile submissions graded with honest ones, by one command: each is blocked, flagged or harmless.

`python3 start.py bench attacks` runs the same ones against stock nbgrader and shows that they bite.
"""

from __future__ import annotations

import json

import pytest

from bench.attacks import attack_stock, grade_with_ours
from tests.grading.attacks.attack import has_points, undoubted_points
from tests.grading.attacks.scene import ASSIGNMENT, HONEST, make_scene
from tests.grading.attacks.suite import ATTACKS
from tests.grading.namespaces import needs_sandbox

pytestmark = needs_sandbox()

BITES_QUICKLY = {"skip-tag", "clear-after", "read-home", "network-tcp"}


@pytest.fixture(scope="module")
def attacked():
    """A course after all attacks and honest work were graded, and what the command said."""
    with make_scene() as scene:
        for attack in ATTACKS:
            attack.prepare(scene)
        yield scene, grade_with_ours(scene)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_fails(attacked, attack):
    """It neither reaches what it tries to, nor earns a point that no person is asked to look at."""
    scene, _ = attacked

    assert not attack.succeeds(scene, attack.name)
    assert attack.succeeds is not has_points or undoubted_points(scene, attack.name) == 0


@pytest.mark.parametrize("name", HONEST)
def test_honest_work_among_attacks_has_its_points(attacked, name):
    """Exactly what it earned, and nobody is asked to doubt it."""
    scene, _ = attacked
    parts = scene.grades()[name]

    assert sum(points for points, _ in parts.values()) == HONEST[name]
    assert not any(needs for _, needs in parts.values())


def test_every_hand_in_is_graded_or_refused_in_words(attacked):
    """No attack keeps the command from the others, and none of them disappears."""
    scene, done = attacked
    records = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in (scene.course / "logs" / ASSIGNMENT).glob("*.json")
    }
    outcomes = {name: record["outcome"] for name, record in records.items()}

    assert done.returncode == 1, done.stderr
    assert outcomes.keys() == {*HONEST, *(attack.name for attack in ATTACKS)}
    assert {name for name, outcome in outcomes.items() if outcome != "graded"} == {
        "submitted-link",
        "submitted-page-link",
        "submitted-pipe",
    }


def test_every_doubt_has_a_sentence(attacked):
    """A graded part that a person must look at says why."""
    scene, _ = attacked
    for attack in ATTACKS:
        doubted = {part for part, (_, needs) in scene.grades().get(attack.name, {}).items() if needs}
        path = scene.course / "logs" / ASSIGNMENT / f"{attack.name}.json"
        flags = [flag for found in json.loads(path.read_text())["flags"].values() for flag in found]

        assert {flag["grade_id"] for flag in flags} == doubted
        assert all(flag["sentence"].endswith(".") for flag in flags)


def test_nothing_is_left_running(attacked):
    """No process of any submission outlives the command."""
    scene, _ = attacked

    assert scene.survivors(f"@{scene.port}@") == []
    assert scene.survivors(str(scene.place)) == []


def test_the_same_attacks_bite_in_stock():
    """A handful of quick ones against nbgrader itself, so that the tests above prove something."""
    chosen = [attack for attack in ATTACKS if attack.name in BITES_QUICKLY]

    assert attack_stock(chosen) == dict.fromkeys(BITES_QUICKLY, True)
