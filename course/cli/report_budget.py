"""The shadow report while it is written: words against the limit, what is open, how long it takes to say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from course.cli.options import FINDINGS, Format, FormatOption, Language, LanguageOption, print_json

if TYPE_CHECKING:
    from course.report import Report
    from course.report.writing.outline import Piece

# Rooms are imported inside the commands: `course --help` must not wait for them.
# ruff: noqa: PLC0415

app = typer.Typer()


@app.command(epilog="Example: course report budget report.yml")
def budget(
    report: Annotated[Path, typer.Argument(metavar="REPORT", help="The report's own file, a .yml.")],
    *,
    lang: LanguageOption = Language.EN,
    form: FormatOption = Format.TEXT,
) -> None:
    """Words of each section against the limit, evidence by method, and what is open; 1 where something is."""
    from course.report import load_report
    from course.report.compose.form_data import limit_data

    read = load_report(report)
    found = _measured(read)
    limit = limit_data(read.body, read.stage, lang.value, joint=read.joint)["text"]
    if form is Format.JSON:
        print_json({**found, "limit-said": limit})
    else:
        print(*_lines(read, found, limit, lang.value), sep="\n")
    over = found["left"] is not None and found["left"] < 0
    raise typer.Exit(FINDINGS * bool(found["open"] or over))


def _measured(report: Report) -> dict[str, Any]:
    """All figures as plain data; a section, claim or recommendation goes by its id."""
    from course.report.compose.budget import limit_of, word_budget
    from course.report.compose.unfinished import blanks, evidence_counts, orphan_claims, orphan_demands

    limit = limit_of(report.body, report.stage, joint=report.joint)
    words = word_budget(report, limit.words, with_notes=bool(limit.with_notes))
    opened = [{"what": "blank", "place": place} for place in blanks(report)]
    opened += [
        {"what": "claim", "section": section.id, "id": claim.id, "text": claim.text}
        for section, claim in orphan_claims(report)
    ]
    opened += [
        {"what": "recommendation", "section": section.id, "id": demand.id, "text": demand.text}
        for section, demand in orphan_demands(report)
    ]
    return {
        "report": report.id,
        "limit": words.limit,
        "words": words.counted,
        "left": words.left,
        "parts": [
            {"part": share.part, "words": share.words, "given": share.given, "over": share.over}
            for share in words.shares
        ],
        "frame": words.frame,
        "repeated": words.repeated,
        "notes": words.notes,
        "notes-count": words.with_notes,
        "evidence": evidence_counts(report),
        "open": opened,
    }


def _lines(report: Report, found: dict[str, Any], limit: str, lang: str) -> list[str]:
    from course.texts import section

    texts, methods = section("compose", lang), section("document", lang)
    headings = {one.id: one.heading or one.id for one in report.sections}
    lines = [limit]
    for part in found["parts"]:
        words = "of-part-open" if part["given"] is None else "of-part"
        name = texts["front"] if part["part"] == "front" else headings[part["part"]]
        over = f" {texts['part-over'].format(over=part['over'])}" if part["over"] else ""
        lines.append(f"{name}. {texts[words].format(**part)}{over}")
    lines.append(f"{texts['frame']}: {found['frame']}")
    if found["repeated"]:
        lines.append(f"{texts['repeated']}: {found['repeated']}")
    lines.append(f"{texts['notes' if found['notes-count'] else 'notes-apart']}: {found['notes']}")
    lines.append(f"{texts['sum']}: {found['words']}. {texts['sum-help']}")
    if found["left"] is not None:
        lines.append(_left(found["left"], texts))
    counts = [
        f"{methods[f'by-{method}'] if method else texts['no-method']}: {count}"
        for method, count in found["evidence"].items()
    ]
    lines.append(f"{texts['evidence-sum']}: {methods['join'].join(counts) or 0}")
    lines.append(texts["points"].format(count=len(found["open"])) if found["open"] else texts["points-none"])
    for one in found["open"]:
        if one["what"] == "blank":
            lines.append(f"- {texts['point-blank'].format(what=one['place'])}")
        else:
            said = texts[f"open-{one['what']}"].format(section=headings[one["section"]], id=one["id"])
            lines.append(f"- {said} {one['text']}".rstrip())
    return lines


def _left(left: int, texts: Any) -> str:
    return texts["left"].format(left=left) if left >= 0 else texts["over"].format(over=-left)


@app.command("time", epilog="Example: course report time statement.docx --lang fr --minutes 3")
def time_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A report (.yml), or a draft of any kind.")],
    *,
    minutes: Annotated[
        float | None, typer.Option(metavar="N", min=0.1, help="What the speaker was given.")
    ] = None,
    pace: Annotated[
        int | None, typer.Option(metavar="N", min=20, max=400, help="Your own words a minute.")
    ] = None,
    lang: Annotated[Language, typer.Option("--lang", help="The language that is spoken.")] = Language.EN,
    form: FormatOption = Format.TEXT,
) -> None:
    """How long a statement takes when it is read aloud; 1 where it is longer than what was given."""
    from course.report import load_report
    from course.report.writing import outline
    from course.report.writing.statement import time_statement

    if file.suffix == ".yml":
        report = load_report(file)
        pieces, language = outline(report, unfinished=True), report.language
    else:
        pieces, language = _said(file), lang.value
    spoken = time_statement(pieces, language, pace=pace, minutes=minutes)
    if form is Format.JSON:
        print_json({name: getattr(spoken, name) for name in ("words", "pace", "seconds", "allowed", "over")})
    else:
        print(f"{spoken.words} words take {_clock(spoken.seconds)} at {spoken.pace} words a minute.")
        if spoken.over:
            print(f"That is {_clock(spoken.over)} more than the {_clock(spoken.allowed)} that were given.")
        print("The pace is our own assumption: read it aloud with a watch, and give yours with --pace.")
    raise typer.Exit(FINDINGS * bool(spoken.over))


def _said(file: Path) -> tuple[Piece, ...]:
    """What is read aloud of a draft: its paragraphs and lists, no headings, tables or captions."""
    from course.report import read_draft
    from course.report.writing.outline import Piece

    return tuple(
        Piece("plain", block.text)
        for block in read_draft(file).blocks
        if block.kind in ("paragraph", "list-item")
    )


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"
