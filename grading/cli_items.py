"""`grading items`: which questions a cohort's answers make doubtful."""

# pandas and matplotlib take a second to import: --help must be there at once.
# ruff: noqa: PLC0415

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course.errors import CourseError
from grading.console import print_json, print_table, say

if TYPE_CHECKING:
    from grading.analysis import Analysis

CLEAN, FINDINGS = 0, 1


class TableFormat(StrEnum):
    """How the table is printed."""

    text = "text"
    json = "json"
    csv = "csv"


def analyse_items(
    sources: Annotated[
        list[Path], typer.Argument(metavar="INBOX|FILE...", help="Folders, zips or files that learners sent.")
    ],
    module: Annotated[
        str | None, typer.Option(metavar="MODULE", help="Only the questions of this module.")
    ] = None,
    output: Annotated[TableFormat, typer.Option("--format", help="Words, or the table alone.")] = (
        TableFormat.text
    ),
    picture: Annotated[
        Path | None, typer.Option(metavar="FILE.svg", help="Also draw difficulty and discrimination.")
    ] = None,
) -> None:
    """Say which questions to look at, from a cohort's first answers to the quizzes.

    Learners send what their browser or `course work export` saved. Nobody is named in the
    table or the picture. Status 1: there are questions to look at, or a file was not read.

    Example: grading items inbox/answers --picture items.svg
    """
    from course.content import load_bank
    from course.files import find_root, write_whole
    from grading.analysis import analyse
    from grading.responses import read_responses

    missing = [str(path) for path in sources if not path.exists()]
    if missing:
        raise CourseError(f"{missing[0]}: there is no such file or folder; name what learners sent.")
    root = find_root(Path.cwd())
    bank = load_bank(root)
    modules = sorted({name for name, _ in bank.values()})
    if module not in (None, *modules):
        raise CourseError(f"there is no module {module!r} with questions; write {', '.join(modules)}.")
    gathered = read_responses(sources)
    analysis = analyse(gathered.learners, bank, module)
    for fault in gathered.faults:
        say(f"Not read: {fault}")
    if analysis.table.empty:
        raise CourseError("there is no answer to a question of the course in what you named; look there.")
    print_items(analysis, output)
    left = {
        f"{analysis.learners} learners": True,
        f"{analysis.older} answers to questions that have changed since are left out": analysis.older,
        f"{analysis.unknown} answers to other questions are left out": analysis.unknown,
        f"{gathered.passed_over} other files are passed over": gathered.passed_over,
    }
    say("; ".join(sentence for sentence, there in left.items() if there) + ".")
    if picture is not None:
        from grading.item_picture import draw_items

        write_whole(picture, draw_items(analysis))
        say(f"Drawn: {picture}")
    raise typer.Exit(FINDINGS if gathered.faults or len(analysis.flagged) else CLEAN)


def print_items(analysis: Analysis, output: TableFormat) -> None:
    """The table on stdout, and nothing beside it where it is for programs."""
    from grading.analysis import MEANING

    table = analysis.table.round(3)
    if output is TableFormat.json:
        rows = table.astype(object).where(table.notna(), None).to_dict("records")
        print_json([{**row, "dead": list(row["dead"]), "flags": list(row["flags"])} for row in rows])
        return
    lists = {name: table[name].map(" ".join) for name in ("dead", "flags")}
    table = table.assign(**lists)
    if output is TableFormat.csv:
        print(table.to_csv(index=False), end="")
        return
    shown = table.astype(object).where(table.notna(), "").astype(str)
    print_table("Questions, those to look at first", list(shown.columns), shown.to_numpy().tolist())
    met = {flag for flags in analysis.table["flags"] for flag in flags}
    for flag in (name for name in MEANING if name in met):
        print(f"{flag}: {MEANING[flag]}")
