"""What "my work" keeps: four kinds of records, never changed once written.

The id of a record is made from what it says, so that the same event is one record wherever
it comes from: this page, another computer, a browser's file. A merge is then a union.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, NamedTuple
from uuid import UUID, uuid5

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from course.work.moments import normal_stamp

_NAMESPACE = UUID("6f6c3a1e-98d5-5d0c-8f0e-52b1a9f0c7d4")
MOST_HINTS = 3
# Quizzes that measure the course: what is answered there neither comes back as a review nor counts as learnt.
TEST_QUIZZES = "tests/"
_MAX_VALUE = 1_048_576  # characters of one value; a longer one is no answer to any question of ours

Stamp = Annotated[str, AfterValidator(normal_stamp)]
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9/_-]*$", max_length=120)]
FieldName = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$", max_length=120)]
Objective = Annotated[str, Field(pattern=r"^(LO-\d\d\.\d+)?$")]
Language = Annotated[str, Field(pattern=r"^([a-z]{2,3}(-[A-Za-z0-9]+)*)?$", max_length=20)]
AssignmentId = Annotated[str, Field(pattern=r"^a\d\d$")]


def as_json(value: Any) -> str:
    """One text for one value: sorted keys, ASCII, 14.0 as 14 (a browser makes no difference).

    Raises ValueError for what JSON cannot hold and for what is longer than any answer.
    """
    try:
        text = json.dumps(_plain(value), sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (TypeError, RecursionError) as error:
        raise ValueError(f"this value cannot be kept: {error}") from None
    if len(text) > _MAX_VALUE:
        raise ValueError("this value is too long to be an answer")
    return text


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(part) for part in value]
    return value


def _checked_json(value: Any) -> Any:
    return json.loads(as_json(value))


Value = Annotated[Any, AfterValidator(_checked_json)]


class Record(BaseModel):
    """One row. `TABLE` is its table; the columns are `id` and the names of the fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    TABLE: ClassVar[str]
    VALUES: ClassVar[frozenset[str]] = frozenset()  # columns that hold JSON
    BESIDE: ClassVar[frozenset[str]] = frozenset()  # columns that do not make the identity

    @property
    def id(self) -> str:
        """The same for the same event, on every machine."""
        said = {name: value for name, value in self if name not in self.BESIDE}
        return str(uuid5(_NAMESPACE, as_json([self.TABLE, said])))

    def as_row(self) -> dict[str, Any]:
        """The record as its table holds it."""
        row = {name: as_json(value) if name in self.VALUES else value for name, value in self}
        return {"id": self.id, **row}

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Record:
        """The record of a row; pydantic's ValidationError or ValueError where it is damaged."""
        return cls(
            **{name: json.loads(row[name]) if name in cls.VALUES else row[name] for name in cls.model_fields}
        )


class Answered(NamedTuple):
    """The part of a scored response that the schedule and the progress are worked out from.

    The fields stand so that sorting brings answers into the order of time.
    """

    at: str
    quiz: str
    item: str
    score: float
    hints: int
    objective: str


class Response(Record):
    """One answer to one item of a quiz. `score` is 0 to 1, or None where nothing is scored.

    `hints` says how many of the three hints were seen before the answer.
    """

    TABLE: ClassVar[str] = "responses"
    VALUES: ClassVar[frozenset[str]] = frozenset({"response"})
    # A browser's file does not know the objective, an older one not the hints; the same answer must
    # stay the same record.
    BESIDE: ClassVar[frozenset[str]] = frozenset({"objective", "hints"})

    quiz: Name
    item: Name
    revision: int = Field(ge=0)
    objective: Objective
    language: Language
    response: Value
    score: float | None = Field(ge=0, le=1)
    hints: int = Field(default=0, ge=0, le=MOST_HINTS)
    at: Stamp

    @property
    def answered(self) -> Answered:
        """What the schedule needs of it."""
        return Answered(self.at, self.quiz, self.item, self.score, self.hints, self.objective)


class FieldEntry(Record):
    """What stood in one field of a form at one moment."""

    TABLE: ClassVar[str] = "fields"
    VALUES: ClassVar[frozenset[str]] = frozenset({"value"})

    form: Name
    field: FieldName
    value: Value
    at: Stamp


class DraftPlace(Record):
    """Where a draft of a report lay at one moment, on the machine that wrote this."""

    TABLE: ClassVar[str] = "drafts"

    draft: Name
    place: str = Field(min_length=1, max_length=4096)
    at: Stamp


class AnswersCopy(Record):
    """An `answers.json` of an assignment, carried along in an export."""

    TABLE: ClassVar[str] = "answers_copies"
    VALUES: ClassVar[frozenset[str]] = frozenset({"document"})

    assignment: AssignmentId
    document: Value


KINDS: tuple[type[Record], ...] = (Response, FieldEntry, DraftPlace, AnswersCopy)
