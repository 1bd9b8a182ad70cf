"""The command `course`. Each command calls one room; what a room raises becomes one sentence."""

from __future__ import annotations

import os
import sys

import typer

from course.cli import (
    authors,
    exports,
    facts,
    items,
    kit,
    learners,
    measures,
    report,
    report_budget,
    report_models,
    report_safety,
    team,
    work,
)
from course.cli.options import WRONG
from course.errors import CourseError

# Looking for plug-ins of pydantic, which the course has none of, would take as long as reading a draft.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

app = typer.Typer(
    name="course",
    help="The course for associations that bring their facts before the United Nations.",
    epilog="Example: course learn",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for part in (learners, measures, facts, kit, authors):
    app.add_typer(part.app)
app.add_typer(work.app, name="work")
app.add_typer(team.app, name="team")
report.app.add_typer(report_budget.app)
report.app.add_typer(report_safety.app)
report.app.add_typer(report_models.app)
app.add_typer(report.app, name="report")
app.add_typer(exports.app, name="quiz")
app.add_typer(items.app, name="item")


def main() -> None:
    """Run the command; a wrong input is one sentence and exit status 2, never a traceback."""
    try:
        app()
    except CourseError as error:
        print(error, file=sys.stderr)
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        print(
            f"{place}{error.strerror or error}; look at the file or folder, then try again.", file=sys.stderr
        )
    sys.exit(WRONG)
