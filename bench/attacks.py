"""Every attack of tests/grading/attacks against stock nbgrader and against ours, side by side.

python3 start.py bench attacks

An attack that does not succeed against stock proves nothing about ours: this shows which do.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from rich.table import Table

from tests.grading.attacks.attack import Attack
from tests.grading.attacks.scene import ASSIGNMENT, Scene, make_scene, nbgrader
from tests.grading.attacks.suite import ATTACKS

AT_MOST = 1200  # seconds for a whole cohort of attackers


def compare_attacks(_root: Path, _folder: Path) -> Table:
    """What each attack achieves, in stock and in ours."""
    stock, ours = attack_stock(ATTACKS), attack_ours(ATTACKS)
    table = Table("attack", "tries", "stock", "ours", title="Attacks")
    words = {True: "succeeds", False: "-"}
    for attack in ATTACKS:
        table.add_row(attack.name, attack.tries, words[stock[attack.name]], words[ours[attack.name]])
    table.add_row(
        "all", f"{len(ATTACKS)} attacks", f"{sum(stock.values())} succeed", f"{sum(ours.values())} succeed"
    )
    return table


def attack_ours(attacks: Iterable[Attack]) -> dict[str, bool]:
    """Grade all attacks and honest work with one command; which attacks succeeded."""
    with make_scene() as scene:
        for attack in attacks:
            attack.prepare(scene)
        grade_with_ours(scene)
        return {attack.name: attack.succeeds(scene, attack.name) for attack in attacks}


def attack_stock(attacks: Iterable[Attack]) -> dict[str, bool]:
    """The same with nbgrader's own command.

    Those that harm honest work, and those that are not graded because another one stopped the
    batch, are run again, each alone with honest work.
    """
    attacks = tuple(attacks)
    together = [attack for attack in attacks if not attack.wrecks]
    outcome = _attack_stock_once(together)
    for attack in attacks:
        if attack.name not in outcome:
            outcome |= {attack.name: False} | _attack_stock_once([attack])
    return outcome


def _attack_stock_once(attacks: Iterable[Attack]) -> dict[str, bool]:
    """One call for all of them; those that were reached, or that succeeded all the same."""
    with make_scene() as scene:
        for attack in attacks:
            attack.prepare(scene)
        grade_with_stock(scene)
        outcome = {attack.name: attack.succeeds(scene, attack.name) for attack in attacks}
        reached = set(scene.grades())
        return {name: done for name, done in outcome.items() if done or name in reached}


def grade_with_stock(scene: Scene) -> None:
    """nbgrader's own command, as it comes."""
    with suppress(subprocess.TimeoutExpired):  # an attack may well stop it for ever
        nbgrader(scene, "autograde", ASSIGNMENT, timeout=AT_MOST)


def grade_with_ours(scene: Scene) -> subprocess.CompletedProcess:
    """The course's command, in the same place and with the same configuration."""
    return subprocess.run(
        [Path(sys.executable).with_name("grading"), "autograde", ASSIGNMENT],
        cwd=scene.course,
        env=scene.environment,
        capture_output=True,
        text=True,
        timeout=AT_MOST,
        check=False,
    )
