"""The course for associations that bring their facts before the United Nations.

A lesson's page calls one of these in one line; nothing heavy is imported before that.
"""

from __future__ import annotations

import importlib
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course.facts.recommended import recommended
    from course.facts.tables import rules_table
    from course.forms import answer, form
    from course.numbers.form import rates
    from course.numbers.table import rates_table
    from course.planner import plan
    from course.practice.cases import case
    from course.practice.chains import chain, chains
    from course.practice.guides import guide
    from course.practice.papers import paper
    from course.practice.repair import repair
    from course.practice.review import review
    from course.quizzes import drill, quiz
    from course.report.compose.form import report_form

__all__ = [
    "answer",
    "case",
    "chain",
    "chains",
    "drill",
    "form",
    "guide",
    "paper",
    "plan",
    "quiz",
    "rates",
    "rates_table",
    "recommended",
    "repair",
    "report_form",
    "review",
    "rules_table",
]

_HOME = {
    "answer": "course.forms",
    "case": "course.practice.cases",
    "chain": "course.practice.chains",
    "chains": "course.practice.chains",
    "drill": "course.quizzes",
    "form": "course.forms",
    "guide": "course.practice.guides",
    "paper": "course.practice.papers",
    "plan": "course.planner",
    "quiz": "course.quizzes",
    "rates": "course.numbers.form",
    "rates_table": "course.numbers.table",
    "recommended": "course.facts.recommended",
    "repair": "course.practice.repair",
    "report_form": "course.report.compose.form",
    "review": "course.practice.review",
    "rules_table": "course.facts.tables",
}


def __getattr__(name: str) -> Any:
    """Import on first use (PEP 562): a graded page must not wait for what it does not call."""
    if name not in _HOME:
        raise AttributeError(f"module 'course' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)


if "COURSE_FAULTS" in os.environ:  # a learner's page: what goes wrong is said in words
    from course.faults import watch_pages

    watch_pages()
