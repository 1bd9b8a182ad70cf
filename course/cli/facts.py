"""What the facts answer: rules and plan."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from course.cli.options import (
    CLEAN,
    FINDINGS,
    Format,
    FormatOption,
    Language,
    LanguageOption,
    Stage,
    print_json,
)

# Rooms are imported inside the commands: `course --help` must not wait for Jupyter.
# ruff: noqa: PLC0415

app = typer.Typer()


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
            print_json([vars(change) for change in changes])
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
        print_json([fact.as_dict() for fact in chosen])
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
        print_json(answered.data())
        return
    print("\n".join(answered.lines()))
    for written in filter(None, (ics, svg)):
        print(f"Written: {written}")
