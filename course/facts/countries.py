"""The country files: what one State accepted, when it was reviewed, what comes next, who does what.

`data/countries/MAR/` and its like are the only place that knows a country: adding a folder adds one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from course.errors import CourseError
from course.facts.models import Dated, PartOfDate, Value
from course.facts.reading import load
from course.facts.symbols import Symbol, parse_symbol
from course.facts.treaties import by_subject
from course.files import DATA

COUNTRIES = DATA / "countries"
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+$")]
Words = Annotated[str, Field(min_length=1)]
Position = Literal["supported", "noted", ""]


class _Named(Dated):
    """A row with a name in each of the course's languages."""

    id: Id
    name_en: Words
    name_fr: Words
    name_ar: Words

    def name(self, language: str = "en") -> str:
        """The name in one of the course's languages."""
        return getattr(self, f"name_{language}")


class Review(Dated):
    """One review of the State: its symbols, and its days as `;`-joined dates or months.

    Of a review to come (`is_next`), `next_step` says what is known; a gap knows nothing.
    """

    id: Id
    body: Words
    report: str
    report_symbol: str
    review_dates: str
    session: str
    co_symbol: str
    co_date: str
    loi_symbol: str
    next_step: str
    note: str

    @property
    def is_next(self) -> bool:
        """Whether this is the coming review of its body, not one that was held."""
        return self.id.startswith("next-")

    @property
    def symbols(self) -> tuple[str, ...]:
        """The symbols of its documents, as far as they are known."""
        return tuple(filter(None, (self.report_symbol, self.loi_symbol, self.co_symbol)))


class Institution(_Named):
    """An office of the State or an independent one: `role` is what it does towards the UN."""

    role: Words
    what_for: Words


class Region(_Named):
    """One administrative region; `programme_phase` says when the programme was there."""

    seat: str
    programme_phase: str


class Recommendation(Dated):
    """One recommendation to the State, in our own paraphrase.

    `position` is the State's own in the UPR; treaty bodies and experts ask for none: empty.
    """

    id: Id
    body: Words
    symbol: Words
    paragraph: Words
    date: PartOfDate
    paraphrase: Words
    theme: Words
    rights_holders: Words
    position: Position
    sdg_target: str


class Theme(BaseModel):
    """One theme of recommendations: a word of this course, in its three languages."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    id: Id
    en: Words
    fr: Words
    ar: Words


class Event(Dated):
    """One thing that comes or is open. `date_or_month`: a day, a month, a year, `any-day`, or unknown."""

    id: Id
    what: Words
    body: Words
    date_or_month: Annotated[str, Field(pattern=r"^(\d{4}(-\d\d(-\d\d)?)?|any-day)?$")]
    note: str

    @property
    def always_open(self) -> bool:
        """Whether the door is open on any day."""
        return self.date_or_month == "any-day"


class Document(Dated):
    """One document of the UN on the State; `last_paragraph` is empty where it is not known."""

    symbol: Words
    title: Words
    last_paragraph: Annotated[str, Field(pattern=r"^\d*$")]
    date: PartOfDate

    @property
    def parsed(self) -> Symbol:
        """What the symbol says; raises CourseError where it says nothing."""
        return parse_symbol(self.symbol)


@dataclass(frozen=True)
class Country:
    """All that the course knows of one State.

    `facts["law-cndh"]["reference"]` and `treaties["CEDAW"]["ratification"]` are Values; the
    rest are rows, in the order of the files.
    """

    code: str
    facts: Mapping[str, Mapping[str, Value]]
    treaties: Mapping[str, Mapping[str, Value]]
    reviews: tuple[Review, ...]
    institutions: tuple[Institution, ...]
    regions: tuple[Region, ...]
    recommendations: tuple[Recommendation, ...]
    themes: tuple[Theme, ...]
    documents: tuple[Document, ...]
    calendar: tuple[Event, ...]

    def name(self, language: str = "en") -> Value:
        """The country's name in one of the course's languages."""
        return self.facts["country"][f"name_{language}"]

    def last_review(self, body: str) -> Review | None:
        """The newest review that was held by a body, or None."""
        held = [review for review in self.reviews if review.body == body and not review.is_next]
        return max(held, key=lambda review: review.review_dates or review.id[-4:], default=None)

    def next_review(self, body: str) -> Review | None:
        """What is known of the coming review by a body, or None."""
        return next((review for review in self.reviews if review.body == body and review.is_next), None)


# The files of a country and what their rows are; country.csv and treaties.csv are in long format.
ROWS: Mapping[str, type[BaseModel]] = MappingProxyType(
    {
        "reviews": Review,
        "institutions": Institution,
        "regions": Region,
        "recommendations": Recommendation,
        "themes": Theme,
        "documents": Document,
        "calendar": Event,
    }
)


def country_codes(folder: Path = COUNTRIES) -> tuple[str, ...]:
    """The countries that the course has a file of, by their three letters."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/country.csv")))


@cache
def country(code: str) -> Country:
    """One country by its three letters (`"MAR"`).

    Raises CourseError for one without a file, with those that have one, and ContentError
    with every fault of its files.
    """
    known = country_codes()
    if code not in known:
        raise CourseError(f"there is no file of a country {code!r}; the course knows {', '.join(known)}.")
    return read_country(COUNTRIES / code)


def read_country(folder: Path) -> Country:
    """The country whose files stand in `folder`; a file of rows that is not there is empty."""
    rows = {
        name: load(path, model) if (path := folder / f"{name}.csv").is_file() else ()
        for name, model in ROWS.items()
    }
    long = {name: _by_subject(folder / f"{name}.csv") for name in ("country", "treaties")}
    return Country(code=folder.name, facts=long["country"], treaties=long["treaties"], **rows)


def _by_subject(path: Path) -> Mapping[str, Mapping[str, Value]]:
    found = by_subject(load(path, Value))
    return MappingProxyType({subject: MappingProxyType(values) for subject, values in found.items()})


def documents(code: str | None = None) -> tuple[Document, ...]:
    """The documents of one country, or of all."""
    return tuple(row for each in ([code] if code else country_codes()) for row in country(each).documents)
