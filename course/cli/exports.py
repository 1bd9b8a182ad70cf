"""`course quiz export`: a module's questions as a file for Moodle and other systems."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from course.cli.options import (
    CLEAN,
    FINDINGS,
    Format,
    Language,
    LanguageOption,
    print_json,
)
from course.errors import CourseError
from course.files import find_root, write_whole

# Rooms are imported inside the commands: `course --help` must not wait for Jupyter.
# ruff: noqa: PLC0415


class FileFormat(StrEnum):
    """The files that `course.quizzes.exports` makes; named here so that --help needs no room."""

    GIFT = "gift"
    MOODLE = "moodle"
    JUPYTERQUIZ = "jupyterquiz"


app = typer.Typer(
    help="The questions of a module, for use in other systems.",
    epilog="Example: course quiz export 03-treaty-bodies --format moodle",
    no_args_is_help=True,
)


@app.callback()
def _group() -> None:
    """The questions of a module, for use in other systems."""


@app.command("export", epilog="Example: course quiz export 03-treaty-bodies --format moodle --lang ar")
def export_quiz(
    module: Annotated[str, typer.Argument(help="The module's folder, such as 03-treaty-bodies.")],
    form: Annotated[FileFormat, typer.Option("--format", help="The file to make.")],
    lang: LanguageOption = Language.EN,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="The file.", show_default="named after both")
    ] = None,
    report: Annotated[Format, typer.Option("--report", help="How the losses are printed.")] = Format.TEXT,
) -> None:
    """Write a module's questions as GIFT, Moodle XML or jupyterquiz JSON.

    What the format cannot hold is listed, item by item and field by field; the exit status is
    then 1. Ids of choices and the place of each item in quizzes stay behind in every format.
    """
    from course.quizzes.exports import ExportFormat, export_module

    root = find_root(Path.cwd())
    if not (root / "modules" / module / "items.yml").is_file():
        known = sorted(path.parent.name for path in root.glob("modules/*/items.yml"))
        raise CourseError(f"there is no module {module!r} with questions; write {', '.join(known)}.")
    made = export_module(module, ExportFormat(form), lang, root)
    target = out or Path(f"{module}.{lang}{made.suffix}")
    write_whole(target, made.text)
    if report is Format.JSON:
        print_json([loss.as_dict() for loss in made.losses])
    else:
        for loss in made.losses:
            print(loss)
    said = sys.stderr if report is Format.JSON else sys.stdout
    whole = "nothing was left out or changed"
    print(
        f"Written: {target}, {made.items} items; "
        f"{f'{len(made.losses)} fields are not as written here' if made.losses else whole}.",
        file=said,
    )
    raise typer.Exit(FINDINGS if made.losses else CLEAN)
