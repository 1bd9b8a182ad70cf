"""The command `course`. Each command calls one room; what a room raises becomes one sentence."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from course.errors import CourseError

if TYPE_CHECKING:
    from course.work import Work

# Rooms are imported inside the commands: `course --help` must not wait for Jupyter.
# ruff: noqa: PLC0415

CLEAN, FINDINGS, WRONG = 0, 1, 2

app = typer.Typer(
    name="course",
    help="The course for associations that bring their facts before the United Nations.",
    epilog="Example: course learn",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
work_app = typer.Typer(
    help="Your own answers: one file on this computer.",
    epilog="Example: course work export my-work-copy.db",
    no_args_is_help=True,
)
app.add_typer(work_app, name="work")


class Format(StrEnum):
    """How findings and tables are printed."""

    TEXT = "text"
    JSON = "json"


class Language(StrEnum):
    """The languages of the pages."""

    EN = "en"
    FR = "fr"
    AR = "ar"


class Stage(StrEnum):
    """The stages of a procedure, by their fixed names."""

    LOI = "loi"
    LOIPR = "loipr"
    SESSION = "session"
    FOLLOW_UP = "follow-up"
    UPR_INDIVIDUAL = "upr-individual"
    UPR_JOINT = "upr-joint"


Folder = Annotated[
    Path | None,
    typer.Option("--dir", metavar="DIR", help="Your own folder.", show_default="my-course in the course"),
]
FormatOption = Annotated[Format, typer.Option("--format", help="Text for people, JSON for programs.")]
LanguageOption = Annotated[Language, typer.Option("--lang", help="The language of what is said.")]


def _root() -> Path:
    from course.files import find_root

    return find_root(Path.cwd())


def _learners_folder(folder: Path | None) -> Path:
    return folder.expanduser().absolute() if folder else _root() / "my-course"


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


@app.command(epilog="Example: course learn --lang fr")
def learn(
    folder: Folder = None,
    lab: Annotated[bool, typer.Option("--lab", help="Open the pages in JupyterLab instead.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The first port to try; 0 takes any.")] = 8866,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
    lang: LanguageOption = Language.EN,
) -> None:
    """Open your own copy of the course in a browser; what you wrote in it stays as it is."""
    from course.learn.copying import copy_course
    from course.learn.opening import Opened
    from course.texts import text

    root, place = _root(), _learners_folder(folder)
    copied = copy_course(root, place)
    if copied.added:
        print(text("learn.added", lang, n=len(copied.added)))
    if copied.refreshed:
        print(text("learn.refreshed", lang, n=len(copied.refreshed)))
    for page in copied.kept:
        print(text("learn.kept", lang, page=page))
    opened = Opened(root, place, lang)
    if lab:
        from course.learn.lab import open_lab

        open_lab(opened, port=port, open_browser=not no_browser)
    else:
        from course.learn.server import serve

        serve(opened, port=port, open_browser=not no_browser)


@app.command(epilog="Example: course submit a03 --out Desktop")
def submit(
    assignment: Annotated[str, typer.Argument(help="The assignment, such as a03.")],
    folder: Folder = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the file is put.")] = Path(),
) -> None:
    """Write the one file that you hand in: your answers and what identifies them."""
    from course.forms import write_submission

    home = _learners_folder(folder) / "assignments"
    if not (home / assignment / "assignment.yml").is_file():
        there = sorted(path.parent.name for path in home.glob("*/assignment.yml"))
        held = f"it holds {', '.join(there)}" if there else "it holds none"
        raise CourseError(
            f"{home}: there is no assignment {assignment!r} in your copy ({held}); "
            "open the course once with `course learn`, or name your folder with --dir."
        )
    print(f"Written: {write_submission(home / assignment, assignment, out.expanduser())}")
    print("Send this one file to your instructor.")


@app.command(epilog="Example: course check --format json")
def check(form: FormatOption = Format.TEXT) -> None:
    """For authors: list every error in the content at once, each with its remedy."""
    from course.content.checks import check_course

    problems = check_course(_root())
    if form is Format.JSON:
        _print_json([problem.as_dict() for problem in problems])
    else:
        for problem in problems:
            print(problem)
        print(f"{len(problems)} to correct." if problems else "The content is clean.")
    raise typer.Exit(FINDINGS if problems else CLEAN)


@app.command(epilog="Example: course book")
def book() -> None:
    """Build the book, which needs no network to be read."""
    from course.book.build import build_book

    print(f"Made: {build_book(_root())}")


@app.command(epilog="Example: course rules --body CEDAW --stage session")
def rules(
    body: Annotated[
        str | None,
        typer.Option(metavar="CODE", help="One committee, such as CEDAW, or UPR, SP, HRC, ECOSOC."),
    ] = None,
    *,
    stage: Annotated[Stage | None, typer.Option(help="One stage of the procedure.")] = None,
    source: Annotated[bool, typer.Option("--source", help="Each value with its source and dates.")] = False,
    stale: Annotated[
        bool, typer.Option("--stale", help="Only what nobody has looked at for 120 days; 1 if there is any.")
    ] = False,
    on: Annotated[
        str | None, typer.Option(metavar="DAY", help="The rules of this day, or how stale on it.")
    ] = None,
    diff: Annotated[
        tuple[str, str] | None,
        typer.Option(metavar="A B", help="What differs between two days, files or folders of rules."),
    ] = None,
    form: FormatOption = Format.TEXT,
) -> None:
    """Print the rules: side by side, or each with its source, its dates and how sure it is."""
    from datetime import date

    from course.facts import printing
    from course.facts import stale as find_stale

    if diff:
        changes = printing.compare(*diff)
        if form is Format.JSON:
            _print_json([vars(change) for change in changes])
        else:
            print("\n".join([*printing.list_changes(changes), f"{len(changes)} changes."]))
        return
    day = printing.read_day(on) if on else None
    if stale:
        day = day or date.today()
        chosen = [
            fact
            for fact in find_stale(day)
            if (body is None or fact.subject == body) and (stage is None or fact.stage in (stage, "any"))
        ]
    else:
        chosen = printing.choose_facts(body, stage, day)
    if form is Format.JSON:
        _print_json([fact.as_dict() for fact in chosen])
    elif stale:
        print("\n".join([*printing.list_unseen(chosen, day), f"{len(chosen)} values to look at again."]))
    elif source or body:
        print("\n".join([*printing.list_facts(chosen), f"{len(chosen)} values."]))
    else:
        print(printing.side_by_side(stage.value if stage else "session", day))
        print("NOT CHECKED: recalled or unknown; it decides nothing. Sources: course rules --source")
    raise typer.Exit(FINDINGS if stale and chosen else CLEAN)


@app.command(epilog="Example: course plan CEDAW --stage session --session 2027-10-11 --ics plan.ics")
def plan(
    body: Annotated[str, typer.Argument(help="A committee, such as CEDAW, or UPR.")],
    *,
    session: Annotated[str, typer.Option(metavar="DAY", help="The day on which the session opens.")],
    stage: Annotated[Stage, typer.Option(help="The stage of the procedure.")] = Stage.SESSION,
    today: Annotated[str | None, typer.Option(metavar="DAY", help="Plan as on this day.")] = None,
    country: Annotated[str, typer.Option(help="Whose holidays count: ISO 3166, three letters.")] = "MAR",
    words: Annotated[int | None, typer.Option(help="Words to translate.")] = None,
    pages: Annotated[int | None, typer.Option(help="Pages to translate, instead of words.")] = None,
    pace: Annotated[int | None, typer.Option(help="Words that you translate in a working day.")] = None,
    deadline: Annotated[
        str | None, typer.Option(metavar="DAY", help="The last day by the session's information note.")
    ] = None,
    hour: Annotated[
        str | None, typer.Option(metavar="HH:MM", help="The hour in Geneva, by the information note.")
    ] = None,
    limit: Annotated[int | None, typer.Option(help="The limit of length, by the information note.")] = None,
    limit_unit: Annotated[str, typer.Option(help="What the limit counts: words or pages.")] = "words",
    channel: Annotated[str | None, typer.Option(help="The way to send, by the information note.")] = None,
    link: Annotated[str | None, typer.Option(help="The address of the information note.")] = None,
    dated: Annotated[str | None, typer.Option(metavar="DAY", help="The date it bears.")] = None,
    was: Annotated[
        str | None, typer.Option(metavar="DAY", help="The session's earlier day: say what moves and breaks.")
    ] = None,
    ics: Annotated[Path | None, typer.Option(metavar="FILE", help="Write appointments with alarms.")] = None,
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a line of time to print.")] = None,
    lang: LanguageOption = Language.EN,
    form: FormatOption = Format.TEXT,
) -> None:
    """Plan back from a session: what must be done by when, on working days, in Geneva time."""
    from course.planner.asking import Asked, answer

    asked = Asked(
        body,
        session,
        stage=stage.value,
        today=today,
        country=country,
        words=words,
        pages=pages,
        pace=pace,
        deadline=deadline,
        hour=hour,
        limit=limit,
        limit_unit=limit_unit,
        channel=channel,
        link=link,
        dated=dated,
        was=was,
        lang=lang.value,
    )
    answered = answer(asked)
    answered.write(ics, svg)
    if form is Format.JSON:
        _print_json(answered.data())
        return
    print("\n".join(answered.lines()))
    for written in filter(None, (ics, svg)):
        print(f"Written: {written}")


@app.command(epilog="Example: course doctor")
def doctor(folder: Folder = None, form: FormatOption = Format.TEXT) -> None:
    """Look whether everything is in order on this computer, and say what to do where it is not."""
    from course.learn.doctor import examine

    findings = examine(_root(), _learners_folder(folder))
    if form is Format.JSON:
        _print_json([finding.as_dict() for finding in findings])
    else:
        for finding in findings:
            print(f"{'In order' if finding.well else 'To do   '}  {finding}")
    raise typer.Exit(CLEAN if all(finding.well for finding in findings) else FINDINGS)


# My work -----------------------------------------------------------------------------------


def _work(folder: Path | None) -> Work:
    from course.work import open_work

    return open_work(_learners_folder(folder) / "my-work.db" if folder else None)


@work_app.command("show", epilog="Example: course work show --format json")
def show_work(
    folder: Folder = None, lang: LanguageOption = Language.EN, form: FormatOption = Format.TEXT
) -> None:
    """Say what is in your work: answers, progress, what to see again."""
    from course.work import summary_lines

    summary = _work(folder).summary()
    if form is Format.JSON:
        _print_json(summary.as_dict())
    else:
        print("\n".join(summary_lines(summary, lang)))


@work_app.command("export", epilog="Example: course work export my-work-copy.db")
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


@work_app.command("import", epilog="Example: course work import my-work-copy.db")
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


@work_app.command("erase", epilog="Example: course work erase --yes")
def erase_work(
    folder: Folder = None,
    yes: Annotated[bool, typer.Option("--yes", help="Erase without asking.")] = False,
) -> None:
    """Delete your work from this computer; copies that you made elsewhere stay."""
    work = _work(folder)
    if not yes:
        typer.confirm(
            f"Delete every answer in {work.path.parent}? This cannot be undone", abort=True, err=True
        )
    deleted = work.erase()
    for path in deleted:
        print(f"Deleted: {path}")
    if not deleted:
        print("There was nothing to delete.")


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
