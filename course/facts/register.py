"""The register of documents: what lessons, items and cases name as true, and where it was really read."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from course.facts.models import PartOfDate
from course.facts.reading import load
from course.files import DATA

Addresses = Annotated[str, Field(pattern=r"^(https?://\S+( ; https?://\S+)*)?$")]


class Reference(BaseModel):
    """One general document, or one page outside the course; those of a State stand in its folder.

    `address` is where the document's own publisher keeps it; `read_at` the copy that was read,
    where it was not read there. Both may hold several, joined by ` ; `. `date` is the document's.
    `recalled`: nobody saw the page or the text again for this register.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, defer_build=True)

    symbol: str
    title: Annotated[str, Field(min_length=1)]
    date: PartOfDate
    address: Addresses
    read_at: Addresses
    as_of: Annotated[str, Field(min_length=1)]
    checked: datetime.date
    confidence: Literal["verified", "recalled"]

    @model_validator(mode="after")
    def _can_be_found(self) -> Reference:
        if not (self.symbol or self.address or self.read_at):
            raise ValueError("it has neither a symbol nor an address")
        if self.confidence == "verified" and not (self.address or self.read_at):
            raise ValueError("it is verified, but nothing says where it was read")
        return self


@cache
def references() -> tuple[Reference, ...]:
    """The whole register, in the order of the file; raises ContentError with every fault of it."""
    return load(DATA / "documents.csv", Reference)
