"""`python -m grading.sample DIR`: grade the sample cohort, and say whether all is as planned."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from course.errors import CourseError
from grading.console import say, show_progress
from grading.sample.planted import SEED, sampled_assignments
from grading.sample.run import run_sample


def main() -> int:
    """Exit status: 0 all as planned, 1 with differences, 2 the call was wrong."""
    parser = argparse.ArgumentParser(
        prog="python -m grading.sample",
        description="Grade the sample cohort of 93 invented associations and compare with what was planted.",
        epilog="example: python -m grading.sample cohorts/sample --handout _build/handouts",
    )
    parser.add_argument("folder", type=Path, help="where its workspace is, or is made")
    known = sampled_assignments()
    parser.add_argument(
        "--assignment",
        action="append",
        choices=known,
        help="what they hand in; all of them where none is named",
    )
    parser.add_argument("--handout", type=Path, help="also copy the released form into this folder")
    parser.add_argument("--seed", type=int, default=SEED, help="another seed plants other answers")
    call = parser.parse_args()
    differences = 0
    for assignment in call.assignment or known:
        try:
            with show_progress(f"Grading {assignment}") as advance:
                report = run_sample(
                    call.folder,
                    assignment,
                    handout=call.handout,
                    seed=call.seed,
                    on_progress=lambda grading, done, total: advance(grading.student, done, total),
                )
        except CourseError as error:
            say(str(error))
            return 2
        counted = ", ".join(f"{number} {what}" for what, number in report.counts.items())
        print(f"{assignment}: {counted}.", flush=True)
        for difference in report.differences:
            print(f"- {difference}")
        differences += len(report.differences)
    if differences:
        print(f"{differences} differences: do not trust this grading before they are understood.")
        return 1
    print("Exactly the planted damage was found, and every score is as expected.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
