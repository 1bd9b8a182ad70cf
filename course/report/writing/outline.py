"""What stands in the document, piece by piece and in order, whatever file it is written to.

Nothing that is private in the report comes here: no place of evidence, no note of the ledger, no
author who has not agreed, nothing that was told without consent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from course.errors import CourseError
from course.facts import body as find_body
from course.facts import country
from course.facts.shown import shown_date
from course.report.compose.model import REPEATING_STAGES, Author, Claim, Demand, Evidence, Report, Section
from course.report.compose.unfinished import blanks, orphan_claims, with_lines
from course.texts import section

PieceKind = Literal["title", "line", "heading", "contents", "point", "numbered", "demand", "plain", "break"]
QUESTION_STAGES = ("loi", "loipr")
JOINT_STAGE = "upr-joint"
BRIEF_STAGES = ("follow-up",)  # three to five pages need no contents


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph of the document.

    `numbered` and `demand` are the paragraphs that are counted through; `notes` are the texts of
    the notes that are called at its end; `level` is that of a heading, from 1. `part` is the part of
    the report that it comes from (`method`, `bus.standard`, the id of a claim), `aside` what stands in
    the margin beside it.
    """

    kind: PieceKind
    text: str = ""
    level: int = 0
    notes: tuple[str, ...] = ()
    part: str = ""
    aside: str = ""


def variant(stage: str) -> str:
    """The word by which texts are told apart by stage: all that goes to the UPR has one."""
    return "upr" if stage.startswith("upr-") else stage


def annotate(pieces: Iterable[Piece], asides: Mapping[str, str]) -> tuple[Piece, ...]:
    """The pieces with an aside at the first one of each part that has one."""
    left = dict(asides)
    return tuple(replace(piece, aside=left.pop(piece.part, "")) for piece in pieces)


def outline(report: Report, *, unfinished: bool = False) -> tuple[Piece, ...]:
    """Every piece of the document.

    Raises CourseError where a text is missing, or a claim stands on no evidence that may be cited;
    with `unfinished` a line stands for the text, and such a claim is marked instead.
    """
    if (empty := blanks(report)) and not unfinished:
        raise CourseError(
            f"{report.id}: these parts are still empty: {'; '.join(empty)}; "
            "fill them in, take them out, or write an unfinished copy."
        )
    report = with_lines(report)
    orphans = orphan_claims(report)
    if orphans and not unfinished:
        named = "; ".join(f"{claim.id} in section {part.id}" for part, claim in orphans)
        raise CourseError(
            f"{report.id}: these claims have no evidence that may be cited: {named}; "
            "add evidence, take them out, or write an unfinished copy."
        )
    return tuple(_Outline(report, frozenset(claim.id for _, claim in orphans)).pieces())


@dataclass(frozen=True)
class _Outline:
    report: Report
    orphans: frozenset[str]

    def say(self, name: str, **values: object) -> str:
        return section("document", self.report.language)[name].format(**values)

    def name_part(self, name: str) -> str:
        """The name of a part at this stage, else the general one."""
        texts = section("document", self.report.language)
        return texts.get(f"{name}-{variant(self.report.stage)}") or texts[name]

    def pieces(self) -> Iterator[Piece]:
        report = self.report
        if report.stage == "oral":
            yield from self.statement()
            return
        yield from self.cover()
        if report.priorities:
            yield Piece("heading", self.say("priorities"), 1, part="priorities")
            yield from (Piece("point", text) for text in report.priorities)
        if report.stage != JOINT_STAGE:
            yield Piece("break")  # what comes first stands on a page of its own
        if report.stage not in BRIEF_STAGES:
            yield Piece("contents", self.say("contents"))
        if report.summary:
            yield Piece("heading", self.say("summary"), 1, part="summary")
            yield from self.paragraphs(report.summary)
        yield Piece("heading", self.say("method"), 1, part="method")
        yield from self.paragraphs(report.method or self.say("method-missing"))
        for part in report.sections:
            yield from self.concern(part)
        if report.conclusion:
            yield Piece("heading", self.say("conclusion"), 1, part="conclusion")
            yield from self.paragraphs(report.conclusion)
        yield from self.all_demands()

    def cover(self) -> Iterator[Piece]:
        report, cover = self.report, self.report.cover
        if report.invented:
            yield Piece("line", self.say("invented"))
        yield Piece("title", report.title)
        session = self.say("join") + report.session if report.session else ""
        yield Piece("line", self.say(f"for-{report.stage}", body=self.body_name(), session=session))
        yield Piece("line", str(country(report.country).name(report.language)))
        yield Piece("line", self.authors(), part="cover")
        if cover.contact:
            yield Piece("line", self.say("contact", contact=cover.contact))
        yield Piece("line", self.say(f"publication-{cover.publication}"))
        several = len(self.named) > 1
        yield Piece("heading", self.say("members" if several else "about"), 1, part="about")
        for author in self.named:
            if author.about or several:
                told = self.say("member", author=author.name, about=author.about)
                yield Piece("point" if several else "plain", told if author.about else author.name)
        for name in ("independence", "funding", "training"):
            if said := getattr(cover, name):
                yield Piece("plain", f"{self.say(name)} {said}", part=f"cover.{name}")
        if report.stage == JOINT_STAGE:
            yield Piece("break")  # the members on a page of their own

    @property
    def named(self) -> tuple[Author, ...]:
        """The authors who agreed to be named."""
        return tuple(author for author in self.report.authors if author.agreed)

    @property
    def names(self) -> str:
        return self.say("names-join").join(author.name for author in self.named)

    def authors(self) -> str:
        if not self.named:
            return self.say("authors-none")
        return self.say("submitted-jointly" if len(self.named) > 1 else "submitted", names=self.names)

    def body_name(self) -> str:
        report = self.report
        if report.body == "UPR":
            return self.say("upr")
        return find_body(report.body).name(report.language)

    def concern(self, part: Section) -> Iterator[Piece]:
        yield Piece("heading", self.heading(part), 1, part=part.id)
        if part.issues:
            yield Piece("plain", self.say("answers-issues", numbers=self.join(part.issues)))
        for one in part.earlier:
            earlier = self.say("earlier", symbol=one.symbol, paragraph=one.paragraph)
            yield Piece("numbered", earlier, part=f"{part.id}.earlier")
        yield from self.block(part, "standard", part.standard)
        if part.claims:
            yield Piece("heading", self.name_part("facts"), 2)
            yield from (self.claim(claim) for claim in part.claims)
        yield from self.block(part, "analysis", part.analysis)
        if part.demands:
            asking = self.report.stage in QUESTION_STAGES
            yield Piece("heading", self.name_part("questions" if asking else "recommendations"), 2)
            yield from (Piece("demand", demand.text, part=demand.id) for demand in part.demands)

    def heading(self, part: Section) -> str:
        """The heading with the articles that it stands for."""
        if not part.articles:
            return part.heading
        *first, last = part.articles
        articles = self.say("and-article").join(filter(None, (self.join(tuple(first)), last)))
        name = {1: "with-articles", 2: "with-two-articles"}.get(len(part.articles), "with-many-articles")
        return self.say(name, heading=part.heading, articles=articles)

    def block(self, part: Section, name: str, text: str) -> Iterator[Piece]:
        if text:
            yield Piece("heading", self.name_part(name), 2, part=f"{part.id}.{name}")
            yield from self.paragraphs(text)

    def claim(self, claim: Claim) -> Piece:
        if claim.id in self.orphans:
            return Piece("numbered", self.say("orphan", text=claim.text), part=claim.id)
        used = [one for one in self.report.evidence if one.id in claim.evidence and one.usable]
        return Piece("numbered", claim.text, notes=tuple(map(self.cite, used)), part=claim.id)

    def cite(self, evidence: Evidence) -> str:
        said = self.say(
            "cited",
            source=evidence.source,
            method=self.say(f"by-{evidence.method}"),
            date=shown_date(evidence.date, self.report.language),
        )
        return f"{said} {evidence.link}".strip()

    def paragraphs(self, text: str) -> Iterator[Piece]:
        for paragraph in text.split("\n\n"):
            if clean := " ".join(paragraph.split()):
                yield Piece("numbered", clean)

    def all_demands(self) -> Iterator[Piece]:
        """All demands once more at the end, those for the follow-up procedure marked."""
        demands: list[Demand] = [demand for part in self.report.sections for demand in part.demands]
        if len(demands) < 2 or self.report.stage not in REPEATING_STAGES:
            return
        yield Piece("break")
        yield Piece("heading", self.say("all-demands"), 1)
        for demand in demands:
            yield Piece(
                "point", self.say("marked-follow-up", text=demand.text) if demand.follow_up else demand.text
            )

    def statement(self) -> Iterator[Piece]:
        """What is said in the room: greeting, who speaks, the points, what is asked, thanks."""
        report = self.report
        if report.invented:
            yield Piece("line", self.say("invented"))
        yield Piece("title", report.title)
        yield Piece("line", self.authors())
        yield Piece("plain", self.say("greeting", body=self.body_name()))
        if self.named:
            yield Piece("plain", self.say("speaks", names=self.names))
        for part in report.sections:
            for text in (part.standard, *(claim.text for claim in part.claims), part.analysis):
                if text:
                    yield Piece("plain", text)
        demands = [demand for part in report.sections for demand in part.demands]
        if demands:
            yield Piece("plain", self.say("asks"))
            yield from (Piece("plain", demand.text) for demand in demands)
        if report.conclusion:
            yield Piece("plain", report.conclusion)
        yield Piece("plain", self.say("thanks"))

    def join(self, parts: tuple[str, ...]) -> str:
        return self.say("join").join(parts)
