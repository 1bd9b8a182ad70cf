"""Teams: two to four people of one association hand in one assignment; each keeps a knowledge score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import ConfigDict, Field, ValidationError, model_validator

from course.content.models import Module
from course.content.models.base import Model, require_distinct
from course.errors import SubmissionError
from course.work.mastery import Mastery

TEAM_FILE = "team.json"
MAX_BYTES = 50_000

Seat = Literal["a", "b", "c", "d"]
ModuleId = Annotated[str, Field(pattern=r"^\d\d-[a-z0-9-]+$", max_length=60)]
Share = Annotated[float, Field(ge=0, le=1)]


class Knowledge(Model):
    """What one person of an association knows, by module, from 0 to 1. A seat, and no name.

    `modules` holds those in which the person answered anything.
    """

    model_config = ConfigDict(strict=True, allow_inf_nan=False)

    format: Literal["course-knowledge"] = "course-knowledge"
    version: Literal[1] = 1
    seat: Seat
    modules: dict[ModuleId, Share] = Field(default_factory=dict, max_length=60)

    def as_text(self) -> str:
        """What is written into the person's file: the same scores give the same bytes."""
        return self.model_dump_json(indent=1) + "\n"


class Team(Model):
    """The people who hand in one assignment together."""

    model_config = ConfigDict(strict=True)

    format: Literal["course-team"] = "course-team"
    version: Literal[1] = 1
    members: Annotated[tuple[Knowledge, ...], Field(min_length=2, max_length=4, strict=False)]

    @model_validator(mode="after")
    def _seats_are_distinct(self) -> Team:
        require_distinct([member.seat for member in self.members])
        return self

    def as_text(self) -> str:
        """What is written beside the page and handed in with it."""
        return self.model_dump_json(indent=1) + "\n"


Shape = TypeVar("Shape", Knowledge, Team)


def knowledge_of(seat: Seat, mastery: Iterable[Mastery], modules: Sequence[Module]) -> Knowledge:
    """The knowledge score of whoever sits on `seat`: for each module the mean over its objectives.

    Of an objective the mean of the last scores counts, 0 where nothing was answered; a module without
    any answer is left out.
    """
    scores: Mapping[str, float] = {one.objective: one.score for one in mastery if one.items}
    shares = {}
    for module in modules:
        objectives = [objective.id for objective in module.objectives]
        if any(objective in scores for objective in objectives):
            known = sum(scores.get(objective, 0.0) for objective in objectives) / len(objectives)
            shares[module.id] = round(known, 3)
    return Knowledge(seat=seat, modules=shares)


def parse_team(content: bytes, name: str = TEAM_FILE) -> Team:
    """The team in the bytes of a file; raises SubmissionError, which repeats nothing of them."""
    return _parsed(Team, content, name, "put the team together again with `course team join`.")


def read_team(folder: Path) -> Team | None:
    """The team beside the page, None where somebody works alone; raises SubmissionError."""
    path = folder / TEAM_FILE
    return parse_team(path.read_bytes()) if path.is_file() else None


def join_team(files: Sequence[Path]) -> Team:
    """The team of whoever made these knowledge files, in the order of their seats.

    Raises SubmissionError where a file cannot be read, a seat stands twice, or the team has fewer
    than two or more than four people.
    """
    again = "ask its owner for a new one: `course team card`."
    members = [_parsed(Knowledge, _bytes_of(path), path.name, again) for path in files]
    seats = [member.seat for member in members]
    twice = sorted({seat for seat in seats if seats.count(seat) > 1})
    if twice:
        raise SubmissionError(f"seat {', '.join(twice)} stands twice; give each person a seat of their own.")
    if not 2 <= len(members) <= 4:
        raise SubmissionError(f"a team has two to four people, not {len(members)}; name a file for each.")
    return Team(members=tuple(sorted(members, key=lambda member: member.seat)))


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SubmissionError(f"{path}: it cannot be read ({error.strerror}); look at its name.") from None


def _parsed(shape: type[Shape], content: bytes, name: str, remedy: str) -> Shape:
    if len(content) > MAX_BYTES:
        raise SubmissionError(f"{name}: this file is too large; {remedy}")
    try:
        return shape.model_validate_json(content)
    except ValidationError:
        raise SubmissionError(f"{name}: this is no file of a team's; {remedy}") from None
