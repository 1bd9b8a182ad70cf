"""Reads and checks the annotated guides: one file each in `course/data/guides`, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from course.content.models import Guide
from course.content.validating import validate
from course.errors import ContentError, CourseError, Problem, shown
from course.facts import all_rules, bodies, mechanisms
from course.files import DATA, PACKAGE_ROOT, read_yaml

FOLDER = DATA / "guides"
GUIDE = TypeAdapter(Guide)


def read_guides(folder: Path = FOLDER) -> tuple[dict[str, Guide], list[Problem]]:
    """The guides below `folder` by id, and every problem found on the way."""
    guides: dict[str, Guide] = {}
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yml")):
        name, label = shown(path, PACKAGE_ROOT), path.stem.partition("-")[2]
        try:
            document = read_yaml(path)
            guide = validate(GUIDE, document, name=name, item=label, whole=document)
        except ContentError as error:  # one file that cannot be read hides no fault of the others
            problems.extend(error.problems)
            continue
        if guide.id != label:
            said = f"its id is {guide.id}, its file is named {path.name}."
            problems.append(Problem(name, 1, guide.id, said, "Give both the same name."))
        problems.extend(Problem(name, None, guide.id, *fault) for fault in _faults(guide))
        guides[label] = guide
    return guides, problems


def _faults(guide: Guide) -> Iterator[tuple[str, str]]:
    """What a guide says of bodies and rules that the data do not bear out, each with its remedy."""
    if guide.body not in (*bodies(), *mechanisms()):
        yield f"there is no body {guide.body}.", "Use the letters of a body or mechanism of course/data."
    known = {rule.id: rule for rule in all_rules()}
    for place in guide.rules:
        rule = known.get(place.rule)
        if rule is None:
            yield f"there is no rule {place.rule}.", "Name a rule of course/data/rules."
        elif rule.body != guide.body:
            yield f"the rule {place.rule} is of {rule.body}, not of {guide.body}.", "Name a rule of its body."
        elif place.verdict != "open" and not rule.decides:
            said = f"the rule {place.rule} is not verified, so nothing {place.verdict} it."
            yield said, "Write `verdict: open`."


@cache
def load_guides() -> Mapping[str, Guide]:
    """Every guide by id; raises ContentError with every fault of their files."""
    guides, problems = read_guides()
    if problems:
        raise ContentError(problems)
    return guides


def find_guide(identifier: str) -> Guide:
    """One guide; raises CourseError where there is none with this id."""
    guides = load_guides()
    if identifier not in guides:
        raise CourseError(f"there is no guide {identifier!r}; the guides stand in course/data/guides.")
    return guides[identifier]


def check_guides(root: Path, folder: Path = FOLDER) -> list[Problem]:
    """Every problem of the guides, and every guide without a page in the book below `root`."""
    guides, problems = read_guides(folder)
    for name in guides:
        page = root / "pages" / "guides" / f"{name}.md"
        if page.parent.is_dir() and not page.is_file():
            remedy = f"Write pages/guides/{name}.md and name it in _toc.yml."
            problems.append(Problem(shown(folder, PACKAGE_ROOT), None, name, "has no page.", remedy))
    return problems
