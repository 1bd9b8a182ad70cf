"""Checks the whole course at once: data, modules, assignments; nothing stops at the first fault."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from course.content import reading
from course.content.assignments import check_assignment
from course.content.cases import check_cases
from course.content.data import check_facts, check_texts
from course.content.guides import check_guides
from course.content.modules import check_module, collect
from course.content.outcomes import check_outcomes
from course.content.papers import check_blueprint
from course.content.paths import check_paths
from course.content.sources import check_sources
from course.content.workshops import check_workshop
from course.errors import Problem


def check_course(root: Path) -> list[Problem]:
    """Every problem in the content below `root`, in the order of the files; empty when clean."""
    problems = [*check_facts(), *check_texts(root)]
    earlier: dict[str, Any] = {}
    for folder in collect(lambda: reading.module_folders(root), problems) or ():
        problems += check_module(folder, earlier, root)
    # A module whose file is broken has said so; its cases would only say it again.
    if not problems:
        modules = [reading.load_module(folder.name, root) for folder in reading.module_folders(root)]
        problems += check_cases({objective.id for module in modules for objective in module.objectives})
        # Where the cases cannot be read, they have said so.
        problems += collect(lambda: check_workshop(root), []) or []
        problems += check_outcomes(root)
        problems += check_blueprint(root)
        problems += check_paths(root)
    problems += check_guides(root)
    problems += check_sources(root)
    # A learner's copy has no assignments/ folder: then there is nothing to check.
    for folder in sorted((root / "assignments").glob("a[0-9][0-9]-*")):
        problems += check_assignment(folder, root)
    return sorted(problems, key=lambda p: (p.file, p.line or 0, p.item, p.problem))
