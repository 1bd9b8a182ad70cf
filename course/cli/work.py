"""`course work`: the learner's own file is shown, moved, joined, erased."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course.cli.options import (
    Folder,
    Format,
    FormatOption,
    Language,
    LanguageOption,
    learners_folder,
    print_json,
)
from course.errors import CourseError

if TYPE_CHECKING:
    from course.work import Work

# Rooms are imported inside the commands: `course --help` must not wait for Jupyter.
# ruff: noqa: PLC0415

app = typer.Typer(
    help="Your own answers: one file on this computer.",
    epilog="Example: course work export my-work-copy.db",
    no_args_is_help=True,
)


def _work(folder: Path | None) -> Work:
    from course.work import open_work

    return open_work(learners_folder(folder) / "my-work.db" if folder else None)


@app.command("show", epilog="Example: course work show --format json")
def show_work(
    folder: Folder = None, lang: LanguageOption = Language.EN, form: FormatOption = Format.TEXT
) -> None:
    """Say what is in your work: answers, progress, what to see again."""
    from course.work import summary_lines

    summary = _work(folder).summary()
    if form is Format.JSON:
        print_json(summary.as_dict())
    else:
        print("\n".join(summary_lines(summary, lang)))


@app.command("due", epilog="Example: course work due --format json")
def show_due(
    folder: Folder = None, lang: LanguageOption = Language.EN, form: FormatOption = Format.TEXT
) -> None:
    """Say which questions come back today, and how many wait for the next days."""
    from course.files import find_root
    from course.practice.review import plan_data, plan_lines

    root = find_root(Path.cwd())
    plan = _work(folder).plan(root=root)
    if form is Format.JSON:
        print_json(plan_data(plan))
    else:
        print("\n".join(plan_lines(plan, lang, root)))


@app.command("export", epilog="Example: course work export my-work-copy.db")
def export_work(
    file: Annotated[Path, typer.Argument(help="The copy; one that ends in .json is for a browser.")],
    folder: Folder = None,
) -> None:
    """Write all of your work into one file, to keep or to carry to another computer."""
    from course.files import write_whole

    work = _work(folder)
    if file.suffix == ".json":
        write_whole(file, json.dumps(work.export_browser(), ensure_ascii=False, indent=1) + "\n")
    else:
        work.export_to(file)
    print(f"Written: {file}")


@app.command("import", epilog="Example: course work import my-work-copy.db")
def import_work(
    file: Annotated[Path, typer.Argument(help="An exported copy, or a file saved by a page in a browser.")],
    folder: Folder = None,
) -> None:
    """Take in a copy of your work; nothing on either side is lost."""
    work = _work(folder)
    if file.suffix == ".json":
        try:
            document = json.loads(file.read_text(encoding="utf-8"))
        except ValueError:
            raise CourseError(
                f"{file}: this is not a file of answers; choose the one that the page saved."
            ) from None
        new = work.import_browser(document)
    else:
        new = work.merge(file)
    print(f"Taken in: {new} new entries.")


@app.command("erase", epilog="Example: course work erase --yes")
def erase_work(
    folder: Folder = None,
    yes: Annotated[bool, typer.Option("--yes", help="Erase without asking.")] = False,
) -> None:
    """Delete your work from this computer; copies that you made elsewhere stay."""
    work = _work(folder)
    if not yes:
        typer.confirm(
            f"Delete every answer and the report in {work.path.parent}? This cannot be undone",
            abort=True,
            err=True,
        )
    deleted = work.erase()
    for path in deleted:
        print(f"Deleted: {path}")
    if not deleted:
        print("There was nothing to delete.")
