"""The shadow report: check and count a draft."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from course.cli.options import FINDINGS, Language, LanguageOption, Stage, print_json

# Rooms are imported inside the commands: `course --help` must not wait for them.
# ruff: noqa: PLC0415

app = typer.Typer(help="The shadow report: check a draft before it is sent.", no_args_is_help=True)


class ReportFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    HTML = "html"


DraftFile = Annotated[Path, typer.Argument(metavar="DRAFT", help="A .docx, .odt, .md, .ipynb or .pdf file.")]
BodyOption = Annotated[str, typer.Option("--body", metavar="CODE", help="A committee such as CEDAW, or UPR.")]
StageOption = Annotated[Stage, typer.Option("--stage", help="The stage that the text is for.")]


@app.command(epilog="Example: course report check draft.docx --body CEDAW --stage session")
def check(
    draft: DraftFile,
    body: BodyOption,
    stage: StageOption,
    *,
    joint: Annotated[bool, typer.Option("--joint", help="The text of a coalition.")] = False,
    final: Annotated[bool, typer.Option("--final", help="This is the text that will be sent.")] = False,
    select: Annotated[list[str] | None, typer.Option(metavar="CODE", help="These codes alone.")] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="CODE", help="All but these codes.")] = None,
    earlier: Annotated[
        list[Path] | None, typer.Option("--compare", metavar="FILE", help="A text that it must not repeat.")
    ] = None,
    tasks: Annotated[
        list[str] | None,
        typer.Option("--answers", metavar="SYMBOL:PARA", help="A paragraph that it should answer."),
    ] = None,
    country: Annotated[str, typer.Option(metavar="CODE", help="The State, by three letters.")] = "MAR",
    on: Annotated[str | None, typer.Option(metavar="DAY", help="The rules of this day.")] = None,
    lang: LanguageOption = Language.EN,
    form: Annotated[
        ReportFormat, typer.Option("--format", help="How findings are printed.")
    ] = ReportFormat.TEXT,
) -> None:
    """Check a draft against the rules of the body it goes to; 1 where something must be mended."""
    from course.facts.printing import read_day
    from course.report import Setting, check_draft, exit_status, printing, read_draft

    setting = Setting(
        body=body,
        stage=stage.value,
        on=read_day(on) if on else date.today(),
        country=country,
        joint=joint,
        final=final,
        language=lang.value,
        earlier=tuple(read_draft(path) for path in earlier or ()),
        tasks=tuple(tasks or ()),
    )
    read = read_draft(draft)
    findings = check_draft(read, setting, select or (), ignore or ())
    match form:
        case ReportFormat.JSON:
            print_json(printing.as_json(read, setting, findings))
        case ReportFormat.SARIF:
            print_json(printing.as_sarif(read, setting, findings))
        case ReportFormat.HTML:
            print(printing.as_html(read, setting, findings), end="")
        case ReportFormat.TEXT:
            print(printing.as_text(read, setting, findings))
    raise typer.Exit(FINDINGS * exit_status(findings, final=final))


@app.command(epilog="Example: course report count draft.docx")
def count(draft: DraftFile) -> None:
    """Count the words of a draft, as Word and as LibreOffice count, with and without its notes."""
    from course.errors import CourseError
    from course.report import count_words, read_draft

    read = read_draft(draft)
    if not read.countable:
        raise CourseError(f"{read.name}: a PDF gives no honest count; count the document it was made from.")
    for rule, program in (("word", "Word"), ("libreoffice", "LibreOffice")):
        found = count_words(read, rule)
        print(f"{program}: {found.body} words, {found.with_notes} with the notes.")
