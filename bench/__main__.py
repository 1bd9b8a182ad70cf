"""Prints the figures that the course promises to measure; it asserts none of them.

python3 start.py bench            all but grading and the test suite
python3 start.py bench book       the second build against the cold one
python3 start.py bench weight     bytes and requests of a page beside a default jupyter-book
python3 start.py bench work       10,000 responses and the list of what is due
python3 start.py bench recommendations   how often the examiner is right, on labelled texts
python3 start.py bench persons    what the rules for names, numbers and places find, on sentences set aside
python3 start.py bench rules      how often each rule for reports is right; writes it beside the rules
python3 start.py bench report     how long drafts take to be read and checked, beside python-docx
python3 start.py bench quizzes    bytes and speed of quizzes beside jupyterquiz and ipywidgets
python3 start.py bench grading    nbgrader and the fast engine on the same submissions; takes minutes
python3 start.py bench grading-many   whether 1,632 submissions cost as much each as 93; takes minutes
python3 start.py bench nbgrader   nbgrader's own tests of autograde, with our command; takes minutes
python3 start.py bench suite      the whole test suite, in seconds
python3 start.py bench attacks    every attack on grading, in stock nbgrader and in ours
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from rich.console import Console

from bench.attacks import compare_attacks
from bench.build import time_builds
from bench.grading import measure_grading, measure_linearity
from bench.nbgrader_suite import count_nbgrader_tests
from bench.persons import measure_persons
from bench.quizzes import measure_quizzes
from bench.recommendations import measure_examiner
from bench.report import time_reports
from bench.report_rules import measure_rules
from bench.suite import time_suite
from bench.weight import weigh_pages
from bench.work import time_work
from course.files import find_root

BENCHMARKS = {
    "book": time_builds,
    "weight": weigh_pages,
    "quizzes": measure_quizzes,
    "work": time_work,
    "recommendations": measure_examiner,
    "persons": measure_persons,
    "rules": measure_rules,
    "report": time_reports,
    "grading": measure_grading,
    "grading-many": measure_linearity,
    "nbgrader": count_nbgrader_tests,
    "suite": time_suite,
    "attacks": compare_attacks,
}
BY_DEFAULT = ("book", "weight", "quizzes", "work", "recommendations", "persons", "rules", "report")


def main(names: list[str]) -> int:
    """Run the named benchmarks, each in a folder of its own that goes afterwards."""
    unknown = set(names) - BENCHMARKS.keys()
    if unknown:
        print(f"bench knows {', '.join(BENCHMARKS)}, not {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    console = Console()
    for name in names or BY_DEFAULT:
        with tempfile.TemporaryDirectory(prefix="course-bench-") as folder:
            console.print(BENCHMARKS[name](find_root(), Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
