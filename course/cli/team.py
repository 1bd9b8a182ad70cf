"""`course team`: several people of one association hand in together, each with a knowledge score."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from course.cli.options import Folder, learners_folder
from course.files import find_root, write_whole

# ruff: noqa: PLC0415 - as in the other commands: `course --help` must not wait for the rooms

app = typer.Typer(
    help="Two to four people of one association hand in one assignment.",
    epilog="Example: course team card --seat b",
    no_args_is_help=True,
)


class SeatOption(StrEnum):
    """The four seats of an association: letters, so that no file needs a name."""

    A = "a"
    B = "b"
    C = "c"
    D = "d"


@app.command("card", epilog="Example: course team card --seat b --out Desktop")
def make_card(
    seat: Annotated[SeatOption, typer.Option("--seat", help="Your letter in the team; agree on it.")],
    folder: Folder = None,
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the file is put.")] = Path(),
) -> None:
    """Write your knowledge score, by module, into a small file for whoever hands in. No name, no answer."""
    from course.content.reading import load_module, module_folders
    from course.forms.team import knowledge_of
    from course.work import open_work
    from course.work.database import told_in_words

    root = find_root(Path.cwd())
    work = open_work(learners_folder(folder) / "my-work.db" if folder else None)
    modules = [load_module(place.name, root) for place in module_folders(root)]
    knowledge = knowledge_of(seat.value, work.summary().objectives, modules)
    path = out.expanduser() / f"knowledge-{seat.value}.json"
    with told_in_words(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, knowledge.as_text())
    for module, share in knowledge.modules.items():
        print(f"{module:28} {share:4.0%}")
    print(f"Written: {path}")
    print("Give it to the person of your team who hands in.")


@app.command("join", epilog="Example: course team join a03 knowledge-a.json knowledge-b.json")
def join(
    assignment: Annotated[str, typer.Argument(help="The assignment, such as a03.")],
    files: Annotated[list[Path], typer.Argument(help="The knowledge file of each person of the team.")],
    folder: Folder = None,
) -> None:
    """Put the team beside an assignment in your own copy; what you then hand in is everybody's."""
    from course.forms.submission import learners_assignment
    from course.forms.team import TEAM_FILE, join_team

    place = learners_assignment(learners_folder(folder), assignment)
    team = join_team(files)
    write_whole(place / TEAM_FILE, team.as_text())
    seats = ", ".join(member.seat for member in team.members)
    print(f"{assignment} is now the work of {len(team.members)} people: seats {seats}.")
    print(f"Hand it in as always, once for all: course submit {assignment}")
