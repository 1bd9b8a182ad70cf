"""What commands share: exit statuses, options, and how JSON is printed."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from course.files import find_root

CLEAN, FINDINGS, WRONG = 0, 1, 2


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


# What a report can be: a text for one of the stages, or what is said in the room.
Kind = StrEnum("Kind", {**{one.name: one.value for one in Stage}, "ORAL": "oral"})


Folder = Annotated[
    Path | None,
    typer.Option("--dir", metavar="DIR", help="Your own folder.", show_default="my-course in the course"),
]
FormatOption = Annotated[Format, typer.Option("--format", help="Text for people, JSON for programs.")]
LanguageOption = Annotated[Language, typer.Option("--lang", help="The language of what is said.")]


def learners_folder(folder: Path | None) -> Path:
    """The learner's own folder: the one that was named, else `my-course` in the course."""
    return folder.expanduser().absolute() if folder else find_root(Path.cwd()) / "my-course"


def print_json(value: Any) -> None:
    """Print plain data as JSON, and nothing beside it."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
