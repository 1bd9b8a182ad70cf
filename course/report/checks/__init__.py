"""Every check, family by family. A new one is written in its family's file and gathered here."""

from course.report import exceptions
from course.report.checks import form, language, length
from course.report.findings import Check

CHECKS: tuple[Check, ...] = (*length.CHECKS, *language.CHECKS, *form.CHECKS, *exceptions.CHECKS)
