"""Reads and checks the paths through the course: which modules each has, which do not stand yet."""

from __future__ import annotations

from pathlib import Path

from course.content import reading
from course.content.models import Module
from course.content.models.measuring import Paths, PlannedModule
from course.errors import ContentError, CourseError, Problem, shown
from course.files import DATA, PACKAGE_ROOT

FILE = DATA / "paths.yml"


@reading.cached_by_root
def load_paths(root: Path | None = None) -> Paths:
    """The paths; raises ContentError with every fault of their file."""
    return reading.read_model(FILE, Paths, PACKAGE_ROOT)


def modules_of(path: str, root: Path) -> list[Module | PlannedModule]:
    """The modules of a path in their order, those that do not stand yet as they are planned.

    Raises CourseError for a path that is not there.
    """
    paths = load_paths(root)
    routes = {route.id: route.modules for route in paths.paths}
    if path not in routes:
        raise CourseError(f"there is no path {path!r}; there are {', '.join(routes)}.")
    known = {module.code: module for module in paths.planned} | _standing(root)
    return [known[code] for code in routes[path] if code in known]


def check_paths(root: Path) -> list[Problem]:
    """Every problem of the paths: a fault of their file, a module that nobody knows, one on no path."""
    try:
        paths = load_paths(root)
    except ContentError as error:
        return list(error.problems)
    name = shown(FILE, PACKAGE_ROOT)
    standing = _standing(root)
    known = standing.keys() | {module.code for module in paths.planned}
    problems = [
        Problem(name, None, route.id, f"names {code}, which is not there.", "Write it under `planned`.")
        for route in paths.paths
        for code in route.modules
        if code not in known
    ]
    [whole] = [route.modules for route in paths.paths if route.id == "whole"]
    problems += [
        Problem(name, None, "whole", f"leaves out {code}.", "Add it: this path has every module.")
        for code in standing
        if code not in whole
    ]
    return problems


def _standing(root: Path) -> dict[str, Module]:
    modules = [reading.load_module(folder.name, root) for folder in reading.module_folders(root)]
    return {module.code: module for module in modules}
