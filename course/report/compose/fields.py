"""What the form of a report asks, in its order: where each field stands in it, and how it is drawn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

# line, text: typed; lines: the priorities; list: typed with commas between; row: whether a row is
# there; rows: its parts follow; earlier, proofs, holder: chosen from the extract, the ledger, the authors.
Kind = Literal["line", "text", "lines", "list", "number", "choice", "flag", "row"]
Chosen = Literal["earlier", "proofs", "holder", "order"]
DAY = r"\d{4}-\d\d-\d\d"
PART_OF_DATE = r"\d{4}(-\d\d(-\d\d)?)?"
TARGET = r"\d{1,2}\.[0-9a-d]{1,2}"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field. `*` in its place stands for the id of a row.

    `part` is the part of the form, `lines` how many are left to write on when it is printed,
    `counted` whether its words count, `pattern` what each typed value must look like.
    """

    place: str
    kind: Kind | Chosen
    part: str
    lines: int = 1
    counted: bool = False
    pattern: str = ""

    @property
    def name(self) -> str:
        """The name under which its texts stand: `evidence-source`, `claims-text`."""
        parts = [part for part in self.place.split(".") if part != "*"]
        return "-".join(parts[-2:])


def _beginning() -> tuple[FormField, ...]:
    return (
        *(FormField(name, "choice", "beginning") for name in ("body", "country", "stage", "language")),
        FormField("title", "line", "beginning", lines=2),
        FormField("session", "line", "beginning"),
        FormField("joint", "flag", "beginning"),
    )


def _authors() -> tuple[FormField, ...]:
    return (
        FormField("authors.*", "row", "authors"),
        FormField("authors.*.name", "line", "authors"),
        FormField("authors.*.about", "text", "authors", lines=2),
        FormField("authors.*.agreed", "line", "authors", pattern=DAY),
        FormField("cover.contact", "line", "authors"),
        *(FormField(f"cover.{name}", "text", "authors", lines=2) for name in ABOUT_US),
        FormField("cover.publication", "choice", "authors"),
    )


def _evidence() -> tuple[FormField, ...]:
    return (
        FormField("evidence.*", "row", "evidence"),
        FormField("evidence.*.source", "line", "evidence"),
        FormField("evidence.*.date", "line", "evidence", pattern=PART_OF_DATE),
        FormField("evidence.*.method", "choice", "evidence"),
        FormField("evidence.*.consent", "choice", "evidence"),
        FormField("evidence.*.link", "line", "evidence"),
        FormField("evidence.*.place", "line", "evidence"),
        FormField("evidence.*.note", "text", "evidence", lines=2),
    )


def _opening() -> tuple[FormField, ...]:
    return (
        FormField("priorities", "lines", "opening", lines=5, counted=True),
        FormField("summary", "text", "opening", lines=5, counted=True),
        FormField("method", "text", "opening", lines=5, counted=True),
    )


def _sections() -> tuple[FormField, ...]:
    claim, demand = "sections.*.claims.*", "sections.*.demands.*"
    return (
        FormField("sections", "order", "sections"),
        FormField("sections.*", "row", "sections"),
        FormField("sections.*.heading", "line", "sections", counted=True),
        FormField("sections.*.member", "holder", "sections"),
        FormField("sections.*.words", "number", "sections", pattern=r"[1-9]\d{0,5}"),
        FormField("sections.*.articles", "list", "sections"),
        FormField("sections.*.issues", "list", "sections"),
        FormField("sections.*.earlier", "earlier", "sections", lines=2),
        FormField("sections.*.sdg", "list", "sections", pattern=TARGET),
        FormField("sections.*.standard", "text", "sections", lines=3, counted=True),
        FormField(claim, "row", "sections"),
        FormField(f"{claim}.text", "text", "sections", lines=3, counted=True),
        FormField(f"{claim}.evidence", "proofs", "sections"),
        FormField("sections.*.analysis", "text", "sections", lines=4, counted=True),
        FormField(demand, "row", "sections"),
        FormField(f"{demand}.text", "text", "sections", lines=3, counted=True),
        FormField(f"{demand}.follow_up", "flag", "sections"),
    )


ABOUT_US = ("independence", "funding", "training")
FIELDS = (
    *_beginning(),
    *_authors(),
    *_evidence(),
    *_opening(),
    *_sections(),
    FormField("conclusion", "text", "conclusion", lines=4, counted=True),
)
PARTS = tuple(dict.fromkeys(field.part for field in FIELDS))
_PLACES = re.compile(
    "|".join(re.escape(field.place).replace(r"\*", r"[a-z0-9][a-z0-9-]{0,39}") for field in FIELDS)
)


def is_place(name: str) -> bool:
    """Whether the form has such a field."""
    return _PLACES.fullmatch(name) is not None
