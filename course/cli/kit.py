"""What a person who trains others calls: kit."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from course.files import find_root

# Rooms are imported inside the command: `course --help` must not wait for them.
# ruff: noqa: PLC0415

app = typer.Typer()


class Part(StrEnum):
    """The parts of a kit."""

    RUN_SHEETS = "run-sheets"
    SLIDES = "slides"
    HANDOUTS = "handouts"
    ANSWERS = "answers"
    EVALUATION = "evaluation"
    README = "readme"


@app.command(epilog="Example: course kit --out workshop --only slides")
def kit(
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="The folder for the kit.")],
    workshop: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Your own plan of the workshop.", show_default="course/data/kit/workshop.yml"
        ),
    ] = None,
    only: Annotated[
        list[Part] | None, typer.Option("--only", help="One part of the kit; may be given several times.")
    ] = None,
) -> None:
    """Make what a trainer of associations needs for two days: run sheets, slides, handouts, answers."""
    from course.content.workshops import PATH, load_workshop
    from course.kit import write_kit

    root = find_root(Path.cwd())
    plan = load_workshop(workshop or PATH, root)
    for path in write_kit(out, plan, root, [part.value for part in only or ()]):
        print(f"Written: {path}")
