"""One report as a structured file: what every section, claim, piece of evidence and recommendation is.

The file is the association's own. The forms fill it, the writer makes the document from it, the
checker reads that document; what is private in it is never written out. A report that is being
written has blanks: a text may be empty, and `blanks` in unfinished.py says which ones must not stay so.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

VERSION = 1
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Text = Annotated[str, Field(min_length=1)]
Language = Literal["en", "fr", "ar"]
ReportStage = Literal["loi", "loipr", "session", "follow-up", "upr-individual", "upr-joint", "oral"]
Consent = Literal["not-needed", "given", "anonymous", "none"]
Method = Literal["own-count", "visit", "interview", "survey", "official", "court", "un", "study", "press"]
CITABLE = frozenset({"not-needed", "given", "anonymous"})  # consents with which evidence may be cited
Publication = Literal["public", "confidential", "undecided"]
MOST_PRIORITIES = 5
REPEATING_STAGES = ("session",)  # only there the limits leave room for all recommendations once more


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Author(_Model):
    """One association that stands behind the report. `member` is the id that sections name."""

    member: Id
    name: str
    about: str = ""
    agreed: date | None = None  # the day on which it agreed to be named; without one it is not listed


class Cover(_Model):
    """What the first page states beside the title: who wrote, who paid, who helped, who may read it."""

    contact: str = ""
    independence: str = ""
    funding: str = ""
    training: str = ""
    publication: Publication = "undecided"


class Evidence(_Model):
    """One piece of evidence. `place` says where it lies; `note` is private, and neither is written out.

    `source` is what the reader of the report sees; where people were heard, their consent decides
    whether it may be used. A method or consent that is not chosen yet is empty.
    """

    id: Id
    source: str
    date: Annotated[str, Field(pattern=r"^(\d{4}(-\d\d(-\d\d)?)?)?$")]
    method: Method | Literal[""]
    consent: Consent | Literal[""]
    link: str = ""
    place: str = ""
    note: str = ""

    @property
    def usable(self) -> bool:
        """Whether it may be cited: what was told without consent may not, nor what is half noted."""
        return self.consent in CITABLE and bool(self.source and self.date and self.method)


class Claim(_Model):
    """One thing that the report says is so, with the evidence for it."""

    id: Id
    text: str
    evidence: tuple[Id, ...] = ()


class Demand(_Model):
    """One recommendation, or before a list of issues one question."""

    id: Id
    kind: Literal["recommendation", "question"] = "recommendation"
    text: str
    follow_up: bool = False  # proposed for the committee's follow-up procedure


class EarlierRecommendation(_Model):
    """A paragraph of an earlier document that a section comes back to."""

    symbol: Text
    paragraph: Text


class Section(_Model):
    """One concern: the standard, the facts, what they mean, what is asked.

    `articles` are numbers of articles of the body's treaty, as they are cited ("28", "28 (1) (a)");
    `issues` numbers of paragraphs of the list of issues. `member` holds the section in a coalition,
    `words` is the share of the limit that was agreed.
    """

    id: Id
    heading: str
    articles: tuple[Text, ...] = ()
    issues: tuple[Text, ...] = ()
    earlier: tuple[EarlierRecommendation, ...] = ()
    sdg: tuple[Annotated[str, Field(pattern=r"^\d{1,2}\.[0-9a-d]{1,2}$")], ...] = ()
    standard: str = ""
    claims: tuple[Claim, ...] = ()
    analysis: str = ""
    demands: tuple[Demand, ...] = ()
    member: Id | None = None
    words: int | None = Field(default=None, ge=1)


class Segment(_Model):
    """One text and its translation, for those who write in one language and send in another."""

    id: Id
    source: Text
    target: str = ""


class Report(_Model):
    """The whole report. Ids are unique in their kind, and what one part names must exist."""

    version: Literal[1] = VERSION
    id: Id
    body: Text
    country: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    stage: ReportStage
    language: Language
    title: Text
    session: str = ""
    joint: bool = False
    invented: bool = False  # a model for teaching: every page says so
    authors: tuple[Author, ...] = ()
    cover: Cover = Cover()
    priorities: tuple[Text, ...] = Field(default=(), max_length=MOST_PRIORITIES)
    summary: str = ""
    method: str = ""
    sections: tuple[Section, ...] = ()
    conclusion: str = ""
    evidence: tuple[Evidence, ...] = ()
    segments: tuple[Segment, ...] = ()

    @model_validator(mode="after")
    def _names_what_exists(self) -> Report:
        known = _distinct("evidence", (one.id for one in self.evidence))
        members = _distinct("member", (one.member for one in self.authors))
        _distinct("section", (one.id for one in self.sections))
        _distinct("claim", (claim.id for section in self.sections for claim in section.claims))
        _distinct("demand", (demand.id for section in self.sections for demand in section.demands))
        for section in self.sections:
            if section.member is not None and section.member not in members:
                raise ValueError(f"section {section.id} is held by {section.member}, who is no author")
            for claim in section.claims:
                for name in claim.evidence:
                    if name not in known:
                        raise ValueError(f"claim {claim.id} names the evidence {name}, which is not there")
        return self


def _distinct(kind: str, names: object) -> set[str]:
    found: set[str] = set()
    for name in names:
        if name in found:
            raise ValueError(f"two parts of the kind {kind} are called {name}; give each a name of its own")
        found.add(name)
    return found
