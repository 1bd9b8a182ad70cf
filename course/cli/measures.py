"""`course gain` and `course path`: what was learnt and kept, and which way to go."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from course.cli.options import Folder, Format, FormatOption, Language, LanguageOption, print_json
from course.errors import CourseError
from course.files import find_root, write_whole

# ruff: noqa: PLC0415 - as in the other commands: `course --help` must not wait for the rooms

app = typer.Typer()


@app.command(epilog="Example: course gain --cohort results")
def gain(
    folder: Folder = None,
    cohort: Annotated[
        Path | None, typer.Option("--cohort", metavar="DIR", help="The means of all files gain-*.json in it.")
    ] = None,
    export: Annotated[
        Path | None, typer.Option("--export", metavar="DIR", help="Write your own shares there: no name.")
    ] = None,
    form: FormatOption = Format.TEXT,
    lang: LanguageOption = Language.EN,
) -> None:
    """Say what was learnt and what was kept, by module and outcome, from the three tests of the course."""
    from course.content.papers import load_blueprint
    from course.content.reading import load_module, module_folders
    from course.practice.gain import read_cohort
    from course.practice.measuring import ENOUGH, measure
    from course.texts import text

    if cohort and (export or folder):
        raise CourseError("--cohort reads the files of others; leave out --export and --dir.")
    root = find_root(Path.cwd())
    modules = [load_module(place.name, root) for place in module_folders(root)]
    least = load_blueprint(root).least_days
    own = None if cohort else _own_shares(folder, root)
    learners = read_cohort(cohort.expanduser()) if cohort else [own]
    lines = measure(learners, modules, least, ENOUGH if cohort else 0)
    if form is Format.JSON:
        found: dict[str, Any] = {"learners": len(learners), "lines": [line.as_dict() for line in lines]}
        print_json(found | ({"shares": own.model_dump()} if own else {}) | {"publish": "later"})
    else:
        said = text("gain.cohort", lang, n=len(learners)) if cohort else _said_of(own, root, lang, least)
        print(said)
        _print_lines(lines, lang, several=cohort is not None)
    if export and own:
        if not own.tests:
            raise CourseError("none of the three tests is answered yet; begin with that before the course.")
        path = export.expanduser() / own.file_name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, own.as_text())
        typer.echo(text("gain.written", lang, path=path), err=form is Format.JSON)


@app.command(epilog="Example: course path mine")
def path(
    name: Annotated[str, typer.Argument(help="short, whole, or mine: chosen by your first test.")] = "short",
    folder: Folder = None,
    form: FormatOption = Format.TEXT,
    lang: LanguageOption = Language.EN,
) -> None:
    """Show a path through the course with its time; `mine` leaves out what you know already."""
    from course.practice.paths import MINE, measured_objectives, path_lines, path_names, path_steps, total

    root = find_root(Path.cwd())
    if name not in path_names(root):
        raise CourseError(f"there is no path {name!r}; there are {', '.join(path_names(root))}.")
    before = _own_shares(folder, root).of("before") if name == MINE else {}
    steps = path_steps(name, root, before)
    if form is Format.JSON:
        minutes, hours = total(steps)
        print_json(
            {
                "path": name,
                "minutes": minutes,
                "planned_hours": hours,
                "steps": [step.as_dict() for step in steps],
            }
        )
        return
    asked = sum(map(len, measured_objectives(root).values()))
    for line in path_lines(name, steps, lang, len(before), asked):
        print(line)


def _own_shares(folder: Path | None, root: Path) -> Any:
    from course.practice.gain import shares_of
    from course.work import open_work
    from course.work.outline import load_outline

    work = open_work(folder.expanduser() / "my-work.db" if folder else None)
    return shares_of(work.responses(), load_outline(root).bank)


def _said_of(own: Any, root: Path, lang: str, least: int) -> str:
    """How much of each test one learner has answered, and whether the last one came late enough."""
    from course.content.models.measuring import TESTS
    from course.content.papers import load_slots
    from course.texts import text

    asked = len({slot.objective for slot in load_slots(root)})
    lines = [
        text("gain.answered", lang, test=text(f"paper.title-{name}", lang), done=len(own.of(name)), all=asked)
        for name in TESTS
    ]
    if own.waited is not None and own.waited < least:
        lines.append(text("gain.early", lang, days=own.waited, least=least))
    return "\n".join(lines)


def _print_lines(lines: Iterable[Any], lang: str, *, several: bool) -> None:
    from rich.console import Console
    from rich.table import Table

    from course.practice.measuring import WHOLE
    from course.texts import section

    say = section("gain", lang)
    table = Table(box=None, pad_edge=False)
    columns = ("what", *(("n",) if several else ()), "before", "after", "gain", "normalised", "later", "kept")
    for column in columns:
        first = column == "what"
        table.add_column(say[column], justify="left" if first else "right", max_width=None if first else 10)
    for line in lines:
        indent = "  " if line.name.startswith("LO-") else ""
        title = say["whole"] if line.name == WHOLE else f"{indent}{line.title}"
        counts = (f"{line.learners}/{line.returned}",) if several else ()
        points = "-" if line.gain is None else f"{line.gain * 100:+.0f}"
        normalised = "-" if line.normalised is None else f"{line.normalised:.2f}"
        learnt = [_percent(line.before), _percent(line.after), points, normalised]
        kept = [_percent(line.later), _percent(line.kept)]
        few = say["not-enough"]
        table.add_row(
            title,
            *counts,
            *(learnt if line.enough else [few, "", "", ""]),
            *(kept if line.enough_returned else [few, ""]),
        )
    Console(soft_wrap=False).print(table)
    for key in ("means", "practised", "publish"):
        print(say[key])


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"
