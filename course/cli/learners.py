"""What a learner calls: learn, submit, doctor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from course.cli.options import (
    CLEAN,
    FINDINGS,
    Folder,
    Format,
    FormatOption,
    Language,
    LanguageOption,
    Stage,
    learners_folder,
    print_json,
)
from course.errors import CourseError
from course.files import find_root

# Rooms are imported inside the commands: `course --help` must not wait for Jupyter.
# ruff: noqa: PLC0415

app = typer.Typer()


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

    root, place = find_root(Path.cwd()), learners_folder(folder)
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
    *,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="DRAFT", help="Check your own report for it first.")
    ] = None,
    body: Annotated[str, typer.Option("--body", metavar="CODE", help="The committee it goes to.")] = "",
    stage: Annotated[Stage, typer.Option("--stage", help="The stage it is for.")] = Stage.SESSION,
    joint: Annotated[bool, typer.Option("--joint", help="The report of a coalition.")] = False,
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Send your answers in words too; your instructor reads them.")
    ] = False,
    lang: LanguageOption = Language.EN,
) -> None:
    """Write the one file that you hand in: your answers and what identifies them.

    Of your own report, numbers and codes of its check go along, and never its text.
    """
    from course.forms import write_submission
    from course.forms.submission import learners_assignment, read_assignment
    from course.texts import text

    place = learners_assignment(learners_folder(folder), assignment)
    about_report = read_assignment(place).report
    if about_report and report is not None:
        _check_report(place, report, body, stage, joint)
    elif report is not None or with_text:
        raise CourseError(
            f"{assignment}: it asks for no report of yours; leave out --report and --with-text."
        )
    contents = "text" if with_text or not about_report else "scores"
    written = write_submission(place, assignment, out.expanduser(), contents=contents)
    print(f"Written: {written}")
    if about_report:
        print(text("submit.with-text" if with_text else "submit.without-text", lang))
    print("Send this one file to your instructor.")


def _check_report(folder: Path, draft: Path, body: str, stage: Stage, joint: bool) -> None:
    """Put the numbers and codes of a check beside the page, from where they are handed in."""
    from datetime import date

    from course.files import write_whole
    from course.forms.scores import SCORES_FILE, ReportScores
    from course.report import Setting, check_draft, read_draft
    from course.report.summary import summarise

    setting = Setting(body=body, stage=stage.value, on=date.today(), joint=joint)
    read = read_draft(draft)
    found = check_draft(read, setting)
    scores = ReportScores.model_validate(summarise(read, setting, found))
    write_whole(folder / SCORES_FILE, scores.as_text())


@app.command(epilog="Example: course doctor")
def doctor(folder: Folder = None, form: FormatOption = Format.TEXT) -> None:
    """Look whether everything is in order on this computer, and say what to do where it is not."""
    from course.learn.doctor import examine

    findings = examine(find_root(Path.cwd()), learners_folder(folder))
    if form is Format.JSON:
        print_json([finding.as_dict() for finding in findings])
    else:
        for finding in findings:
            print(f"{'In order' if finding.well else 'To do   '}  {finding}")
    raise typer.Exit(CLEAN if all(finding.well for finding in findings) else FINDINGS)
