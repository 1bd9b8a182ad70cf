"""What stands in the document, piece by piece and in order, whatever file it is written to.

Nothing that is private in the report comes here: no place of evidence, no note of the ledger, no
author who has not agreed, nothing that was told without consent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from course.errors import CourseError
from course.facts import body as find_body
from course.facts import country
from course.report.compose.model import Claim, Demand, Evidence, Report, Section
from course.report.compose.unfinished import blanks, orphan_claims, with_lines
from course.texts import section

PieceKind = Literal["title", "line", "heading", "contents", "point", "numbered", "demand", "plain", "break"]
QUESTION_STAGES = ("loi", "loipr")
SHORT_STAGES = ("oral",)


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph of the document.

    `numbered` and `demand` are the paragraphs that are counted through; `notes` are the texts of
    the notes that are called at its end; `level` is that of a heading, from 1.
    """

    kind: PieceKind
    text: str = ""
    level: int = 0
    notes: tuple[str, ...] = ()


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

    def pieces(self) -> Iterator[Piece]:
        report = self.report
        if report.stage in SHORT_STAGES:
            yield from self.statement()
            return
        yield from self.cover()
        if report.priorities:
            yield Piece("heading", self.say("priorities"), 1)
            yield from (Piece("point", text) for text in report.priorities)
        yield Piece("contents", self.say("contents"))
        yield Piece("break")
        if report.summary:
            yield Piece("heading", self.say("summary"), 1)
            yield from self.paragraphs(report.summary)
        yield Piece("heading", self.say("method"), 1)
        yield from self.paragraphs(report.method or self.say("method-missing"))
        for part in report.sections:
            yield from self.concern(part)
        if report.conclusion:
            yield Piece("heading", self.say("conclusion"), 1)
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
        yield Piece("line", self.authors())
        if cover.contact:
            yield Piece("line", self.say("contact", contact=cover.contact))
        yield Piece("line", self.say(f"publication-{cover.publication}"))
        yield Piece("heading", self.say("about"), 1)
        for author in report.authors:
            if author.agreed and author.about:
                yield Piece("plain", f"{author.name}: {author.about}")
        for name in ("independence", "funding", "training"):
            if said := getattr(cover, name):
                yield Piece("plain", f"{self.say(name)} {said}")

    def authors(self) -> str:
        names = [author.name for author in self.report.authors if author.agreed]
        if not names:
            return self.say("authors-none")
        return self.say("submitted-jointly" if len(names) > 1 else "submitted", names="; ".join(names))

    def body_name(self) -> str:
        report = self.report
        if report.body == "UPR":
            return self.say("upr")
        return find_body(report.body).name(report.language)

    def concern(self, part: Section) -> Iterator[Piece]:
        articles = self.join(part.articles)
        heading = (
            self.say("with-articles", heading=part.heading, articles=articles) if articles else part.heading
        )
        yield Piece("heading", heading, 1)
        if part.issues:
            yield Piece("plain", self.say("answers-issues", numbers=self.join(part.issues)))
        for one in part.earlier:
            yield Piece("numbered", self.say("earlier", symbol=one.symbol, paragraph=one.paragraph))
        yield from self.block("standard", part.standard)
        if part.claims:
            yield Piece("heading", self.say("facts"), 2)
            yield from (self.claim(claim) for claim in part.claims)
        yield from self.block("analysis", part.analysis)
        if part.demands:
            yield Piece("heading", self.demands_title(), 2)
            yield from (Piece("demand", demand.text) for demand in part.demands)

    def block(self, name: str, text: str) -> Iterator[Piece]:
        if text:
            yield Piece("heading", self.say(name), 2)
            yield from self.paragraphs(text)

    def claim(self, claim: Claim) -> Piece:
        if claim.id in self.orphans:
            return Piece("numbered", self.say("orphan", text=claim.text))
        used = [one for one in self.report.evidence if one.id in claim.evidence and one.usable]
        return Piece("numbered", claim.text, notes=tuple(map(self.cite, used)))

    def cite(self, evidence: Evidence) -> str:
        said = self.say(
            "cited", source=evidence.source, method=self.say(f"by-{evidence.method}"), date=evidence.date
        )
        return f"{said} {evidence.link}".strip()

    def paragraphs(self, text: str) -> Iterator[Piece]:
        for paragraph in text.split("\n\n"):
            if clean := " ".join(paragraph.split()):
                yield Piece("numbered", clean)

    def all_demands(self) -> Iterator[Piece]:
        """All demands once more at the end, those for the follow-up procedure marked."""
        demands: list[Demand] = [demand for part in self.report.sections for demand in part.demands]
        if len(demands) < 2 or self.report.stage in QUESTION_STAGES:
            return
        yield Piece("break")
        yield Piece("heading", self.say("all-demands"), 1)
        for demand in demands:
            yield Piece(
                "point", self.say("marked-follow-up", text=demand.text) if demand.follow_up else demand.text
            )

    def demands_title(self) -> str:
        return self.say("questions" if self.report.stage in QUESTION_STAGES else "recommendations")

    def statement(self) -> Iterator[Piece]:
        """What is said in the room: no cover, no headings, no numbers; short paragraphs to be read aloud."""
        report = self.report
        if report.invented:
            yield Piece("line", self.say("invented"))
        yield Piece("title", report.title)
        yield Piece("line", self.authors())
        for part in report.sections:
            for text in (part.standard, *(claim.text for claim in part.claims), part.analysis):
                if text:
                    yield Piece("plain", text)
            yield from (Piece("plain", demand.text) for demand in part.demands)
        if report.conclusion:
            yield Piece("plain", report.conclusion)

    def join(self, parts: tuple[str, ...]) -> str:
        return self.say("join").join(parts)
