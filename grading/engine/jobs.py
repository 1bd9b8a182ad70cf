"""What one submission's grading needs and what comes of it: plain data that any process can be handed.

Nothing here knows the gradebook: a job carries what the assignment's law says, a result
carries what the gradebook is to be told.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from traitlets.config import Config

from grading.engine.law import PageLaw
from grading.findings import Finding
from grading.records import Flag
from grading.sandbox.limits import Limits


@dataclass(frozen=True)
class Job:
    """One submission to grade.

    `pages`: the submitted file of each page, by notebook id. `files`: what lies beside them,
    by its path in the graded folder, already as nbgrader would overwrite it. `stage`: an empty
    place where the graded folder is made. `kernels`: names of kernels that are this very
    Python. `config` is nbgrader's. `form`: no learner's code is in it.
    """

    student: str
    assignment: str
    pages: dict[str, Path]
    files: dict[str, Path]
    laws: dict[str, PageLaw]
    stage: Path
    db_url: str
    config: Config
    kernels: frozenset[str]
    form: bool = False
    sandboxed: bool = True
    limits: Limits = field(default_factory=Limits)
    log_level: int = logging.INFO


@dataclass(frozen=True)
class Said:
    """One line for the log."""

    level: int
    text: str


@dataclass(frozen=True)
class PageGrades:
    """What nbgrader's rules give for one page.

    `scores`: points of each graded cell, None where a person decides. `comments`: nbgrader's
    own, or None. `doubts`: cells that a person must look at, with or without points.
    """

    scores: dict[str, float | None]
    comments: dict[str, str | None]
    doubts: frozenset[str] = frozenset()
    repairs: tuple[Finding, ...] = ()
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True)
class Graded:
    """What became of one submission; its pages and files lie in the job's `stage` where it is graded."""

    student: str
    assignment: str
    outcome: Literal["graded", "refused", "failed", "skipped"]
    reason: str = ""
    refusal: Finding | None = None
    pages: dict[str, PageGrades] = field(default_factory=dict)
    said: tuple[Said, ...] = ()
    seconds: float = 0.0
