"""Reads and checks the cases: one file a module in `course/data/cases`, in the order of their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from course.content.models import Case
from course.content.validating import line_of, validate
from course.errors import ContentError, CourseError, Problem, shown
from course.facts import country
from course.files import DATA, PACKAGE_ROOT, read_yaml

FOLDER = DATA / "cases"
COUNTRY = "MAR"  # the country in whose regions the cases are set
CASE = TypeAdapter(Case)


def read_cases(folder: Path = FOLDER) -> tuple[dict[str, Case], list[Problem]]:
    """The cases below `folder` by id, and every problem found on the way."""
    cases: dict[str, Case] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yml")):
        name = shown(path, PACKAGE_ROOT)
        try:
            document = read_yaml(path)
        except ContentError as error:  # one file that cannot be read hides no fault of the others
            problems.extend(error.problems)
            continue
        entries = document.get("cases") if isinstance(document, Mapping) else None
        if not isinstance(entries, Sequence) or isinstance(entries, str):
            problems.append(Problem(name, 1, "", "there is no list under `cases`.", "Write `cases:` first."))
            continue
        for place, entry in enumerate(entries):
            label = str(entry.get("id", f"case {place + 1}")) if isinstance(entry, Mapping) else ""
            at = ("cases", place)
            try:
                case = validate(CASE, entry, name=name, item=label, whole=document, at=at)
            except ContentError as error:
                problems.extend(error.problems)
                continue
            line = line_of(document, at)
            if case.id in cases:
                said = "this id stands twice."
                problems.append(Problem(name, line, case.id, said, "Give each case its own id."))
            if case.region not in region_names():
                known = ", ".join(region_names())
                said = f"there is no region {case.region}."
                problems.append(Problem(name, line, case.id, said, f"The regions are {known}."))
            cases[case.id] = case
    return cases, problems


@cache
def load_cases() -> Mapping[str, Case]:
    """Every case by id; raises ContentError with every fault of their files."""
    cases, problems = read_cases()
    if problems:
        raise ContentError(problems)
    return cases


def find_case(identifier: str) -> Case:
    """One case; raises CourseError where there is none with this id."""
    cases = load_cases()
    if identifier not in cases:
        raise CourseError(f"there is no case {identifier!r}; the cases stand in course/data/cases.")
    return cases[identifier]


def region_names(language: str = "en") -> dict[str, str]:
    """The regions in which a case may be set: their names in one language, by id."""
    return {region.id: region.name(language) for region in country(COUNTRY).regions}


def check_cases(objectives: set[str], folder: Path = FOLDER) -> list[Problem]:
    """Every problem of the cases; `objectives` are the ids that the modules have."""
    cases, problems = read_cases(folder)
    for case in cases.values():
        for unknown in sorted(set(case.objectives) - objectives):
            said = f"is for {unknown}, which no module has."
            problems.append(Problem(shown(folder, PACKAGE_ROOT), None, case.id, said, "Correct it."))
    return problems
