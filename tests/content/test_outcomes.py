"""Which task proves an outcome, and what keeps a promise of the programme: the table stays true."""

from __future__ import annotations

import pytest

from course.content.outcomes import FILE, check_outcomes, load_clauses, load_outcomes

FAULTS = {
    "an outcome without a proof": (
        "  - {objective: LO-01.1, task: a01, parts: [rights, one_fact, right_article]}\n",
        "",
        "LO-01.1: no graded task proves it",
    ),
    "an outcome that no module has": (
        "objective: LO-01.1,",
        "objective: LO-01.9,",
        "no module has this outcome",
    ),
    "a part that is not graded": ("[rights, one_fact,", "[rights, my_right,", "a01 grades no 'my_right'"),
    "an assignment that is not there": ("task: a01, parts: [rights,", "task: a99, parts: [rights,", "no a99"),
    "an outcome that stands twice": ("objective: LO-00.2,", "objective: LO-00.1,", "stands twice"),
    "a module that is not there": ("[03-treaty-bodies]", "[03-treaties]", "names 03-treaties"),
    "a page that is not there": ("pages/compare", "pages/compared", "names pages/compared"),
    "a promise kept by nothing": ("    state: not-yet\n", "    state: partly\n", "names what serves it"),
    "a part that is missing and not said": (
        "    state: served\n",
        "    state: partly\n",
        "write under `missing`",
    ),
    "no list": ("proofs:", "proof:", "no list under `proofs`"),
    "no YAML": ("proofs:", "proofs: [", "not YAML"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named(root, tmp_path, fault):
    """Each planted fault is found and said in words."""
    old, new, said = FAULTS[fault]
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "outcomes.yml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert said in "\n".join(map(str, check_outcomes(root, path)))


def test_every_outcome_is_taught_practised_and_proved(root):
    """A lesson, three items and a graded task for each outcome of each module."""
    outcomes = load_outcomes(root)
    assert len(outcomes) > 25
    assert [o.objective.id for o in outcomes if not o.lessons or o.items < 3 or not o.proof] == []


def test_every_assignment_proves_something(root):
    """Each of the assignments, and of the first module its exit quiz."""
    tasks = {outcome.proof.task for outcome in load_outcomes(root)}
    assert tasks == {"exit"} | {folder.name[:3] for folder in (root / "assignments").glob("a[0-9][0-9]-*")}


def test_what_is_not_there_is_said():
    """No promise is called kept while a part of it is missing."""
    states = {clause.id: clause.state for clause in load_clauses()}
    assert states["accompaniment"] == "not-yet"
    assert {"served", "partly", "not-yet"} == set(states.values())
