"""The command `grading`: an instructor's way through release, collection, grading and export."""

# nbgrader takes seconds to import: a command imports what it needs, so that --help is there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

import sys
from datetime import UTC, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from course.errors import CourseError
from grading.cli_items import analyse_items
from grading.console import print_json, print_table, say
from grading.environment import without_slow_import

CLEAN, FINDINGS, WRONG = 0, 1, 2

app = typer.Typer(
    help="Grade a cohort with nbgrader: new, release, collect, autograde, status, feedback, export.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How findings and tables are printed."""

    text = "text"
    json = "json"


AssignmentId = Annotated[str, typer.Argument(metavar="ASSIGNMENT", help="The assignment's id, such as a03.")]
WorkspacePath = Annotated[
    Path, typer.Option("--workspace", "-w", metavar="DIR", help="The cohort's folder.", show_default="here")
]
OutputFormat = Annotated[Format, typer.Option("--format", help="Words, or JSON alone on stdout.")]
HERE = Path()


def main() -> None:
    """Run the command; a wrong input ends in one sentence and status 2, never in a traceback."""
    try:
        app()
    except CourseError as error:
        say(str(error))
        sys.exit(WRONG)
    except OSError as error:
        say(f"{error.filename or 'The disk'}: {error.strerror or error}; make room or change its rights.")
        sys.exit(WRONG)


@app.command("new")
def new_workspace(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Where to make it; new or empty.")],
    name: Annotated[
        str | None, typer.Option(help="The course_id in nbgrader; else the folder's name.")
    ] = None,
    students: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A CSV with student_id, region, association.")
    ] = None,
) -> None:
    """Make a cohort's folder, which stock nbgrader opens too.

    Example: grading new cohorts/2026 --students associations.csv
    """
    from grading.workspace import create_workspace, read_students

    workspace = create_workspace(folder, read_students(students) if students else (), name)
    count = len(workspace.students())
    print(f"{workspace.root}: ready, {count} students. Next: grading release a03 -w {folder}")


@app.command("release")
def release(
    assignment: AssignmentId,
    workspace: WorkspacePath = HERE,
    handout: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Also copy the learners' version to DIR/ASSIGNMENT.")
    ] = None,
    due: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The last day, or moment, in UTC: 2027-03-01 or 2027-03-01T18:00."),
    ] = None,
) -> None:
    """Make the learners' version of an assignment, without hidden tests and rubric.

    Example: grading release a03 --due 2027-03-01 --handout handouts
    """
    from grading.release import release_assignment
    from grading.workspace import open_workspace

    moment = read_due(due) if due else None
    released = release_assignment(open_workspace(workspace), assignment, handout, moment)
    print(f"{released}: released; no hidden test and no rubric is in it.")
    if handout is not None:
        print(f"{handout / assignment}: give this folder to the learners.")


@app.command("collect")
def collect(
    assignment: AssignmentId,
    inbox: Annotated[Path, typer.Argument(metavar="INBOX", help="The folder with what was sent.")],
    workspace: WorkspacePath = HERE,
    output: OutputFormat = Format.text,
) -> None:
    """Take hand-ins out of a folder of zips and folders, whatever their names.

    Whose a hand-in is stands in it, not in its name. Status 1: something was found.

    Example: grading collect a03 downloads/moodle
    """
    from grading.collect import collect_inbox
    from grading.lock import hold_course
    from grading.workspace import open_workspace

    place = open_workspace(workspace)
    with hold_course(place.root, "collect"):
        collection = collect_inbox(place, assignment, inbox)
    if output is Format.json:
        print_json(collection.as_dict())
    else:
        for hand_in in collection.hand_ins:
            for finding in hand_in.findings:
                whose = f" ({hand_in.student})" if hand_in.student else ""
                print(f"{hand_in.state:10} {hand_in.file}{whose}: {finding.for_instructor} [{finding.code}]")
        counts = {s: len(collection.of_state(s)) for s in ("accepted", "unchanged", "superseded", "refused")}
        print(", ".join(f"{count} {state}" for state, count in counts.items()))
    raise typer.Exit(CLEAN if collection.clean else FINDINGS)


@app.command(
    "autograde",
    add_help_option=False,  # nbgrader's own application answers --help too
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
def autograde(context: typer.Context) -> None:
    """Grade all that is collected and not graded yet, in any nbgrader course; a run that was stopped goes on.

    It takes what `nbgrader autograde` takes, and --workspace, --workers, --engine, --format and
    --trust-submissions. Status 1: something was not graded.

    Example: grading autograde a03
    """
    with without_slow_import():
        from grading.app import run_autograde
    raise typer.Exit(run_autograde(context.args))


@app.command("verify")
def verify(
    assignment: AssignmentId,
    workspace: WorkspacePath = HERE,
    students: Annotated[int | None, typer.Option(min=1, help="Only so many; else all.")] = None,
    trust_submissions: Annotated[
        bool, typer.Option("--trust-submissions", help="Let stock kernels run what was handed in.")
    ] = False,
    output: OutputFormat = Format.text,
) -> None:
    """Grade with both engines, fast and stock, in copies of the course, and compare all that comes of it.

    Example: grading verify a03 --students 5
    """
    from grading.verify import verify_assignment

    found = verify_assignment(workspace, assignment, students=students, trust_submissions=trust_submissions)
    if output is Format.json:
        print_json({"submissions": found.submissions, "differences": list(found.differences)})
    else:
        for difference in found.differences:
            print(difference)
        print(f"{found.submissions} submissions, {len(found.differences)} differences")
    raise typer.Exit(FINDINGS if found.differences else CLEAN)


@app.command("status")
def status(
    assignment: Annotated[
        str | None, typer.Argument(metavar="[ASSIGNMENT]", help="One assignment; else all that are released.")
    ] = None,
    workspace: WorkspacePath = HERE,
    output: OutputFormat = Format.text,
) -> None:
    """Show for each student: handed in, late, refused and why, graded, points.

    Example: grading status a03 --format json
    """
    from grading.status import read_standings, released_assignments, unclaimed_hand_ins
    from grading.workspace import open_course

    place = open_course(workspace)
    chosen = [assignment] if assignment else released_assignments(place)
    standings = {name: read_standings(place, name) for name in chosen}
    unclaimed = {name: unclaimed_hand_ins(place, name) for name in chosen}
    if output is Format.json:
        document = {
            name: {
                "students": [standing.as_dict() for standing in rows],
                "unclaimed": [hand_in.as_dict() for hand_in in unclaimed[name]],
            }
            for name, rows in standings.items()
        }
        print_json(document)
        return
    for name, rows in standings.items():
        lines = [
            [
                row.student.student_id,
                row.student.region,
                row.state,
                "late" if row.late else "",
                "" if row.score is None else f"{row.score:g} of {row.max_score:g}",
                " ".join([*row.reasons, *row.repairs, *(flag["sentence"] for flag in row.flags)])
                or ", ".join(row.findings),
            ]
            for row in rows
        ]
        print_table(name, ["student", "region", "state", "late", "points", "note"], lines)
        for hand_in in unclaimed[name]:
            print(f"Whose? {hand_in.file}: {hand_in.findings[0].for_instructor}")


@app.command("feedback")
def feedback(
    assignment: AssignmentId,
    *,
    workspace: WorkspacePath = HERE,
    show_hidden_tests: Annotated[
        bool, typer.Option("--show-hidden-tests", help="Show hidden tests and mark schemes too.")
    ] = False,
    language: Annotated[
        str, typer.Option(metavar="CODE", help="en, fr or ar, for pages that name no language.")
    ] = "en",
) -> None:
    """Write a page for each graded hand-in and a sentence for each refused one.

    In any course of nbgrader. Nothing in a page acts: no script, no address outside it.

    Example: grading feedback a03
    """
    from grading.feedback import REFUSED, generate_feedback
    from grading.lock import hold_course
    from grading.workspace import open_course

    place = open_course(workspace)
    with hold_course(place.root, "feedback"):
        made = generate_feedback(place, assignment, show_hidden_tests=show_hidden_tests, language=language)
    for student, reason in made.failed.items():
        print(f"{student}: no page. {reason}")
    print(f"{len(made.pages)} pages in {place.layout.feedback_directory}")
    if made.sentences:
        print(
            f"{len(made.sentences)} refused hand-ins, a sentence each in {place.root / REFUSED / assignment}"
        )
    raise typer.Exit(FINDINGS if made.failed else CLEAN)


@app.command("export")
def export(
    assignment: AssignmentId,
    workspace: WorkspacePath = HERE,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Where to write; else exports/ in the workspace.")
    ] = None,
) -> None:
    """Write the grades as CSV and XLSX: a row an association, a row a region.

    Example: grading export a03 --out results
    """
    from grading.export import export_grades
    from grading.workspace import open_course

    for path in export_grades(open_course(workspace), assignment, out):
        print(path)


app.command("items")(analyse_items)


def read_due(value: str) -> datetime:
    """A day (its last minute) or a moment, in UTC where no zone is named; raises CourseError."""
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise CourseError(f"{value!r} is no date; write it as 2027-03-01 or 2027-03-01T18:00.") from None
    if len(value) <= len("2027-03-01"):
        moment = datetime.combine(moment.date(), time(23, 59, 59))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


if __name__ == "__main__":
    main()
