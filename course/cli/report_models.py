"""What to begin from: the model reports and the templates."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from course.cli.options import Kind, Language

# Rooms are imported inside the commands: `course --help` must not wait for them.
# ruff: noqa: PLC0415

app = typer.Typer()
OutFile = Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="Where it is written.")]


class Face(StrEnum):
    """The faces of a model."""

    FULL = "full"
    HALF = "half"
    BLANK = "blank"
    ANNOTATED = "annotated"


@app.command(epilog="Example: course report model crc --face annotated --out crc.html")
def model(
    name: Annotated[str, typer.Argument(help="crc (English), cedaw (French) or crpd (Arabic).")],
    *,
    out: OutFile,
    face: Annotated[
        Face, typer.Option("--face", help="Whole, half in gaps, all gaps, explained.")
    ] = Face.FULL,
) -> None:
    """Write a model report, invented for teaching, as .docx, .html or as a report's own file, .yml."""
    from course.report.models import write_model

    _require_new(out)
    print(f"{write_model(name, out, face.value)} is written. The case in it is invented.")


@app.command(
    epilog="Example: course report template --body CEDAW --stage session --lang fr --out report.docx"
)
def template(
    *,
    body: Annotated[str, typer.Option("--body", metavar="CODE", help="A committee such as CEDAW, or UPR.")],
    stage: Annotated[Kind, typer.Option("--stage", help="The stage that the text is for.")],
    out: OutFile,
    lang: Annotated[Language, typer.Option("--lang", help="The language of the template.")] = Language.EN,
    state: Annotated[str, typer.Option(metavar="CODE", help="The State, by three letters.")] = "MAR",
) -> None:
    """Write a template, .docx: each place says what belongs there, and the limit stands on top."""
    from course.report.templates import write_template

    _require_new(out)
    write_template(out, body, stage.value, lang.value, on=date.today(), country=state)
    print(f"{out} is written. The check finds each place that is still open.")


@app.command(epilog="Example: course report templates --out templates")
def templates(
    *, out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="The folder for all of them.")]
) -> None:
    """Write all templates: every body, every stage it has, in three languages."""
    from course.report.templates import write_templates

    print(f"{out}: {len(write_templates(out, on=date.today()))} templates are written.")


def _require_new(path: Path) -> None:
    from course.errors import CourseError

    if path.exists():
        raise CourseError(f"{path}: there is a file already; choose another name with --out.")
