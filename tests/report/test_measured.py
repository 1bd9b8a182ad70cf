"""The figures beside the rules are true, and rules that err are no errors."""

from __future__ import annotations

import pytest

from bench.labelled import HALVES
from bench.report_rules import OURS, count_errors, measured_now
from course.files import PACKAGE_ROOT
from course.report.checks import CHECKS
from course.report.checks.persons import weight
from course.report.codes import codes
from course.report.measured import measured

ENOUGH = 0.95
SURE = ("LEN", "REF", "PII")  # families whose errors must hold


def test_figures_are_kept_of_codes_that_exist_in_languages_that_were_measured():
    """A code that was taken out, or renamed, leaves no figures behind."""
    assert set(measured()) <= set(codes())
    assert {language for of in measured().values() for language in of} <= {*OURS, "es"}


def test_the_figures_are_those_of_the_rules_as_they_are_now():
    """Whoever changes a rule or a list measures again: `python3 start.py bench rules`."""
    kept = {
        code: {language: dict(one) for language, one in languages.items()}
        for code, languages in measured().items()
    }
    assert kept == measured_now(PACKAGE_ROOT)


@pytest.mark.parametrize("language", OURS)
def test_rules_that_give_errors_were_right_in_95_of_100(language):
    """On texts set aside; else the rule must warn only."""
    errors = {
        check.code
        for check in CHECKS
        if check.severity == "error"
        and check.code.startswith(SURE)
        and (not check.code.startswith("PII") or weight(check.code) == "error")
    }
    assert {code[:3] for code in errors} == set(SURE)
    for code in errors:
        one = measured().get(code, {}).get(language)
        assert one is not None and one.n > 0, f"{code} is an error, and nobody measured it in {language}"
        assert one.precision is not None and one.precision >= ENOUGH, (code, one)


@pytest.mark.parametrize("half", HALVES)
def test_errors_were_right_in_95_of_100(half):
    """All errors of one family and language together, as they were given, not as they might be."""
    counted = count_errors(PACKAGE_ROOT, half)
    assert {family for family, _ in counted} >= set(SURE)
    for key, counts in counted.items():
        assert counts["true"] >= ENOUGH * counts.total(), key
