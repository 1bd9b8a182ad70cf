"""The shadow report: begin, write, check and count it, and note what was sent."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course.cli.options import (
    FINDINGS,
    Folder,
    Format,
    FormatOption,
    Kind,
    Language,
    LanguageOption,
    Stage,
    learners_folder,
    print_json,
)

if TYPE_CHECKING:
    from course.report import Report

# Rooms are imported inside the commands: `course --help` must not wait for them.
# ruff: noqa: PLC0415

BOOK = Path("_build/html")  # below the root of the course

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
    book: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Where the book stands; findings lead to it.")
    ] = None,
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
    address = _built_book() if book is None else book
    match form:
        case ReportFormat.JSON:
            print_json(printing.as_json(read, setting, findings, address))
        case ReportFormat.SARIF:
            print_json(printing.as_sarif(read, setting, findings, address))
        case ReportFormat.HTML:
            print(printing.as_html(read, setting, findings, address), end="")
        case ReportFormat.TEXT:
            print(printing.as_text(read, setting, findings))
    raise typer.Exit(FINDINGS * exit_status(findings, final=final))


def _built_book() -> str:
    """The book that was built, as seen from here, so that no result tells the name of a folder above."""
    from course.errors import CourseError
    from course.files import find_root

    with suppress(CourseError, ValueError):  # no course around; on Windows, another drive
        built = find_root() / BOOK
        if built.is_dir():
            return Path(os.path.relpath(built)).as_posix()
    return ""


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


@app.command(epilog="Example: course report new --body CRC --state MAR --stage session")
def new(
    body: BodyOption,
    stage: Annotated[Kind, typer.Option("--stage", help="The stage, or oral for what is said in the room.")],
    *,
    state: Annotated[str, typer.Option(metavar="CODE", help="The State, by three letters.")] = "MAR",
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the report is kept.")] = Path("report.yml"),
    lang: Annotated[Language, typer.Option("--lang", help="The language of the report.")] = Language.EN,
) -> None:
    """Begin a report: one file that holds its sections, claims, evidence and recommendations."""
    from course.errors import CourseError
    from course.report import save_report, start_report

    if out.exists():
        raise CourseError(f"{out}: there is a report already; choose another name with --out.")
    save_report(out, start_report(body, state, stage.value, language=lang.value, identifier=out.stem.lower()))
    print(f"{out} is made. Fill it in, then: course report write {out}")


@app.command(epilog="Example: course report write report.yml --out report.docx")
def write(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="The report's own file, a .yml.")],
    *,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="A .docx, .html or .pdf.")] = None,
    unfinished: Annotated[
        bool, typer.Option("--unfinished", help="Mark claims without evidence instead of refusing.")
    ] = False,
    minutes: Annotated[
        float | None, typer.Option(metavar="N", help="What was given for an oral statement.")
    ] = None,
    folder: Folder = None,
) -> None:
    """Make the document from the report, .docx, .html or .pdf, once the gate has nothing open."""
    from course.report import load_report, write_report
    from course.report.gate import DecisionLog, find_hits, release

    source = load_report(report)
    decisions = DecisionLog(learners_folder(folder)).recall(report.name, find_hits(source))
    released = release(source, decisions)
    path = write_report(released, out or report.with_suffix(".docx"), unfinished=unfinished)
    if released.stage == "oral":
        print(f"{path} is written. {_told_time(released, minutes)}")
        return
    print(f"{path} is written. Check it: course report check {path}")


def _told_time(report: Report, minutes: float | None) -> str:
    from course.report.writing import outline
    from course.report.writing.statement import time_statement

    spoken = time_statement(outline(report, unfinished=True), report.language, minutes=minutes)
    told = (
        f"Read aloud it takes about {spoken.seconds // 60} min {spoken.seconds % 60} s "
        f"({spoken.words} words at {spoken.pace} a minute)"
    )
    return f"{told}: {spoken.over} s too long." if spoken.over else f"{told}."


@app.command(epilog="Example: course report log --add --report crc --body CRC --file report.docx")
def log(
    *,
    add: Annotated[bool, typer.Option("--add", help="Note one; without it the log is shown.")] = False,
    report: Annotated[str, typer.Option(help="The report's name.")] = "",
    body: Annotated[str, typer.Option(metavar="CODE", help="The body it went to.")] = "",
    stage: Annotated[Stage | None, typer.Option(help="The stage it was for.")] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="MOMENT", help="When, in Geneva: 2027-09-13T22:05; else now."),
    ] = None,
    channel: Annotated[
        str, typer.Option(help="submission-system, email, paper, other.")
    ] = "submission-system",
    file: Annotated[Path | None, typer.Option(metavar="FILE", help="The file as it was sent.")] = None,
    receipt: Annotated[str, typer.Option(help="The number or words of the receipt.")] = "",
    publication: Annotated[str, typer.Option(help="public, confidential or undecided.")] = "undecided",
    link: Annotated[str, typer.Option(help="Where it is posted, once it is.")] = "",
    note: Annotated[str, typer.Option(help="Anything else.")] = "",
    corrects: Annotated[int | None, typer.Option(metavar="N", help="The line that it corrects.")] = None,
    book: Annotated[Path, typer.Option("--log", metavar="FILE", help="The log itself.")] = Path(
        "submissions.jsonl"
    ),
    form: FormatOption = Format.TEXT,
) -> None:
    """Note what was sent, or show it: Geneva time, way, receipt, publication, link, corrections."""
    from course.report.log import add_submission, moment_in_geneva, read_log

    if add:
        values = {"report": report, "body": body, "stage": stage.value if stage else "", "channel": channel}
        values |= {"receipt": receipt, "publication": publication, "link": link, "note": note}
        entry = add_submission(book, at=moment_in_geneva(at), sent=file, corrects=corrects, **values)
        print(f"Noted as line {entry.number}: {entry.at:%Y-%m-%d %H:%M} in Geneva.")
        return
    entries = read_log(book)
    if form is Format.JSON:
        print_json([entry.model_dump(mode="json") for entry in entries])
        return
    for entry in entries:
        corrected = f" (corrects line {entry.corrects})" if entry.corrects else ""
        parts = (entry.report, entry.body, entry.stage, entry.channel, entry.file, entry.receipt, entry.link)
        print(f"{entry.number}. {entry.at:%Y-%m-%d %H:%M} {', '.join(filter(None, parts))}{corrected}")
    print(f"{len(entries)} lines.")
