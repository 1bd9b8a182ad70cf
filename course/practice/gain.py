"""What the three tests say of one learner: shares by objective, without a name and without an answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from statistics import fmean
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, ValidationError

from course.content.models.base import Model
from course.content.models.measuring import TESTS, TestName
from course.errors import SubmissionError
from course.practice.papers import quiz_of
from course.work.records import Response

MAX_BYTES = 50_000
PATTERN = "gain-*.json"

Share = Annotated[float, Field(ge=0, le=1)]
MeasuredObjective = Annotated[str, Field(pattern=r"^LO-\d\d\.\d+$")]


class Shares(Model):
    """How much of each objective was right in each test, from 0 to 1, at the first answer.

    `token` is made from the moment of the first answer: a second file of the same learner has the same
    one, and it leads to nobody. `waited` are the days between the end of the test after the course and
    the beginning of the last one; None while one of them is missing.
    """

    model_config = ConfigDict(strict=True, allow_inf_nan=False)

    format: Literal["course-gain"] = "course-gain"
    version: Literal[1] = 1
    token: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
    waited: Annotated[int, Field(ge=-10_000, le=10_000)] | None = None
    tests: dict[TestName, Annotated[dict[MeasuredObjective, Share], Field(max_length=200)]]

    @property
    def file_name(self) -> str:
        """What the file is called in a folder of many."""
        return f"gain-{self.token}.json"

    def as_text(self) -> str:
        """What is written: the same answers give the same bytes."""
        return self.model_dump_json(indent=1) + "\n"

    def of(self, test: TestName) -> Mapping[str, float]:
        """The shares of one test by objective; empty where nothing of it was answered."""
        return self.tests.get(test, {})


def shares_of(responses: Sequence[Response], bank: Mapping[str, tuple[str, str]]) -> Shares:
    """What the tests say, from all responses of a learner in the order of time.

    The first scored answer to an item counts: what comes after it has seen the reasons. An item is for
    the objective that `bank` (item -> module, objective) gives it; one that is no longer there is left out.
    """
    tests: dict[TestName, dict[str, float]] = {}
    days: dict[TestName, list[datetime]] = {}
    first = ""
    for test in TESTS:
        given: dict[str, Response] = {}
        for response in responses:
            if response.quiz == quiz_of(test) and response.score is not None and response.item in bank:
                given.setdefault(response.item, response)
        if not given:
            continue
        by_objective: dict[str, list[float]] = {}
        for item, response in given.items():
            by_objective.setdefault(bank[item][1], []).append(response.score or 0.0)
        tests[test] = {name: round(fmean(scores), 4) for name, scores in sorted(by_objective.items())}
        days[test] = [datetime.fromisoformat(response.at) for response in given.values()]
        first = first or next(iter(given.values())).id
    waited = (min(days["90-days"]) - max(days["after"])).days if {"after", "90-days"} <= days.keys() else None
    return Shares(token=sha256(first.encode()).hexdigest()[:12], waited=waited, tests=tests)


def read_cohort(folder: Path) -> list[Shares]:
    """The files of a cohort; raises SubmissionError, which repeats nothing of them.

    A file that is none of ours, or a learner who is there twice, stops the reading: a mean of what is
    left would look like that of all.
    """
    paths = sorted(folder.glob(PATTERN))
    if not paths:
        raise SubmissionError(f"{folder}: there is no file {PATTERN} here; look at the name of the folder.")
    found: dict[str, Path] = {}
    learners = []
    for path in paths:
        shares = _read(path)
        if shares.token in found:
            other = found[shares.token].name
            raise SubmissionError(f"{path}: this learner is in {other} too; keep the newer file only.")
        found[shares.token] = path
        learners.append(shares)
    return learners


def _read(path: Path) -> Shares:
    remedy = "ask its owner for a new one: `course gain --export DIR`."
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SubmissionError(f"{path}: it cannot be read ({error.strerror}); look at its name.") from None
    if len(content) > MAX_BYTES:
        raise SubmissionError(f"{path}: this file is too large; {remedy}")
    try:
        return Shares.model_validate_json(content)
    except ValidationError:
        raise SubmissionError(f"{path}: this is no file of test results; {remedy}") from None
