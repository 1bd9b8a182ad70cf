"""What a check says of a draft: a code, how sure it is, where, and the rule behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from course.facts import Rule
from course.report.draft import Draft, Place

Severity = Literal["error", "not-checked", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "not-checked", "warning", "info")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a draft is checked for: the body and the stage it goes to, on which day.

    `language` is that of the messages. `final` says that this is the text to be sent: what is
    allowed in work in progress is no longer. `earlier` are texts it must not repeat (our models,
    other members' drafts); `tasks` are the paragraphs of a list of issues or of earlier
    recommendations that it should answer, as they are cited ("CRC/C/MAR/CO/3-4, para. 24").
    """

    body: str
    stage: str
    on: date
    country: str = "MAR"
    joint: bool = False
    final: bool = False
    language: str = "en"
    earlier: tuple[Draft, ...] = ()
    tasks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    An error is certain, a warning probable, an info is worth a look; `not-checked` says that the
    rule itself is not known well enough, and that a person must find out. `message` is the id of
    one of the code's messages, `values` fill the places in it; `span` are the first offset in
    the block and the one after the last; `rule` is the rule of the pack that decided.
    """

    code: str
    severity: Severity
    message: str
    values: dict[str, Any] = field(default_factory=dict)
    place: Place | None = None
    span: tuple[int, int] | None = None
    rule: Rule | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """One code: how grave its findings are at most, and what looks for them.

    The texts of the code stand in `data/report/codes.*.yml`.
    """

    code: str
    severity: Severity
    run: Callable[[Draft, Setting], Iterable[Finding]]
