"""Reads and checks which task proves each outcome, and what serves each clause of the announcement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

from course.content import reading
from course.content.models import Clause, Module, Objective, Proof
from course.content.models.outcomes import EXIT_QUIZ
from course.content.validating import line_of, validate
from course.errors import ContentError, Problem, shown
from course.files import DATA, PACKAGE_ROOT, read_yaml

FILE = DATA / "outcomes.yml"
PROOFS, CLAUSES = TypeAdapter(Proof), TypeAdapter(Clause)


@dataclass(frozen=True)
class Outcome:
    """One outcome of a module: the lessons and the number of items for it, and its graded task."""

    module: Module
    objective: Objective
    lessons: tuple[str, ...]
    items: int
    proof: Proof


def read_outcomes(path: Path = FILE) -> tuple[list[Proof], list[Clause], list[Problem]]:
    """The proofs and the clauses of the file, and every problem found on the way."""
    name = shown(path, PACKAGE_ROOT)
    problems: list[Problem] = []
    try:
        document = read_yaml(path)
    except ContentError as error:
        return [], [], list(error.problems)

    def entries(key: str, adapter: TypeAdapter, label: str) -> Iterator:
        found = document.get(key) if isinstance(document, Mapping) else None
        if not isinstance(found, Sequence) or isinstance(found, str):
            problems.append(
                Problem(name, 1, "", f"there is no list under `{key}`.", f"Write `{key}:` first.")
            )
            return
        seen: Counter[str] = Counter()
        for place, entry in enumerate(found):
            said = str(entry.get(label, "")) if isinstance(entry, Mapping) else ""
            at = (key, place)
            seen[said] += 1
            if seen[said] == 2:
                problem = "stands twice."
                problems.append(Problem(name, line_of(document, at), said, problem, "Name it once."))
            try:
                yield validate(adapter, entry, name=name, item=said, whole=document, at=at)
            except ContentError as error:
                problems.extend(error.problems)

    proofs = list(entries("proofs", PROOFS, "objective"))
    clauses = list(entries("clauses", CLAUSES, "id"))
    return proofs, clauses, problems


def load_clauses() -> list[Clause]:
    """The clauses of the announcement; raises ContentError with every fault of the file."""
    _, clauses, problems = read_outcomes()
    if problems:
        raise ContentError(problems)
    return clauses


def load_outcomes(root: Path) -> list[Outcome]:
    """Every outcome of every module, in their order; raises ContentError with every fault."""
    proofs, _, problems = read_outcomes()
    problems += _proof_faults(proofs, _modules(root))
    if problems:
        raise ContentError(problems)
    by_objective = {proof.objective: proof for proof in proofs}
    outcomes = []
    for module in _modules(root):
        items = Counter(item.objective for item in reading.load_items(module.id, root).values())
        for objective in module.objectives:
            lessons = tuple(lesson.file for lesson in module.lessons if objective.id in lesson.objectives)
            proof = by_objective[objective.id]
            outcomes.append(Outcome(module, objective, lessons, items[objective.id], proof))
    return outcomes


def check_outcomes(root: Path, path: Path = FILE) -> list[Problem]:
    """Every problem of the file: what it does not prove, and what it names that is not there.

    A learner's copy has no assignments: then their parts are not looked at.
    """
    proofs, clauses, problems = read_outcomes(path)
    modules = _modules(root)
    problems += _proof_faults(proofs, modules, path)
    problems += _part_faults(proofs, root, path)
    known = {module.id for module in modules}
    for clause in clauses:
        absent = [name for name in clause.modules if name not in known]
        absent += [
            page for page in clause.pages if not any((root / page).parent.glob(f"{Path(page).name}.*"))
        ]
        for one in absent:
            problems.append(_problem(path, clause.id, f"names {one}, which is not there.", "Correct it."))
    return problems


def _modules(root: Path) -> list[Module]:
    return [reading.load_module(folder.name, root) for folder in reading.module_folders(root)]


def _problem(path: Path, item: str, problem: str, remedy: str) -> Problem:
    return Problem(shown(path, PACKAGE_ROOT), None, item, problem, remedy)


def _proof_faults(proofs: Sequence[Proof], modules: Sequence[Module], path: Path = FILE) -> Iterator[Problem]:
    proved = {proof.objective for proof in proofs}
    objectives = [objective.id for module in modules for objective in module.objectives]
    for objective in objectives:
        if objective not in proved:
            yield _problem(path, objective, "no graded task proves it.", "Name one under `proofs`.")
    for objective in sorted(proved - set(objectives)):
        yield _problem(path, objective, "no module has this outcome.", "Correct its number.")


def _part_faults(proofs: Sequence[Proof], root: Path, path: Path) -> Iterator[Problem]:
    folders = {folder.name[:3]: folder for folder in (root / "assignments").glob("a[0-9][0-9]-*")}
    for proof in proofs if folders else ():
        if proof.task == EXIT_QUIZ:
            continue
        if proof.task not in folders:
            known = ", ".join(sorted(folders))
            yield _problem(path, proof.objective, f"there is no {proof.task}.", f"There are {known}.")
            continue
        folder = folders[proof.task]
        points = reading.load_assignment(folder / "assignment.yml", root).points
        criteria = reading.load_rubric(folder / "rubric.yml", root).criteria
        graded = {*points, *(criterion.id for criterion in criteria)}
        for part in proof.parts:
            if part not in graded:
                remedy = f"Its graded parts are {', '.join(sorted(graded))}."
                yield _problem(path, proof.objective, f"{proof.task} grades no {part!r}.", remedy)
