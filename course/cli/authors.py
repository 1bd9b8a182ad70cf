"""What authors of content call: check and book."""

from __future__ import annotations

from pathlib import Path

import typer

from course.cli.options import CLEAN, FINDINGS, Format, FormatOption, print_json
from course.files import find_root

# Rooms are imported inside the commands: `course --help` must not wait for Jupyter.
# ruff: noqa: PLC0415

app = typer.Typer()


@app.command(epilog="Example: course check --format json")
def check(form: FormatOption = Format.TEXT) -> None:
    """For authors: list every error in the content at once, each with its remedy."""
    from course.content.checks import check_course

    problems = check_course(find_root(Path.cwd()))
    if form is Format.JSON:
        print_json([problem.as_dict() for problem in problems])
    else:
        for problem in problems:
            print(problem)
        print(f"{len(problems)} to correct." if problems else "The content is clean.")
    raise typer.Exit(FINDINGS if problems else CLEAN)


@app.command(epilog="Example: course book")
def book() -> None:
    """Build the book, which needs no network to be read."""
    from course.book.build import build_book

    print(f"Made: {build_book(find_root(Path.cwd()))}")
