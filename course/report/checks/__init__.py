"""Every check, family by family. A new one is written in its family's file and gathered here."""

from course.report import exceptions
from course.report.checks import (
    coverage,
    form,
    language,
    length,
    persons,
    recommendations,
    references,
    similarity,
    sources,
    structure,
    wording,
)
from course.report.findings import Check

FAMILIES = (
    *(length, language, form, structure, references, sources),
    *(recommendations, wording, coverage, similarity, persons, exceptions),
)
CHECKS: tuple[Check, ...] = tuple(check for family in FAMILIES for check in family.CHECKS)
