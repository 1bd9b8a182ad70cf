"""How many words each section has and may have, against the limit of the body and the stage."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from course.facts import Rule
from course.report.checks.length import find_limit, notes_count
from course.report.compose.model import REPEATING_STAGES, Report, Section
from course.report.counting import words_in
from course.report.findings import Setting
from course.texts import section as texts_of

PLACE = re.compile(r"\{[^}]*\}")
# What the document says by itself, by the texts it is made of (`document` in the interface texts).
ON_COVER = ("submitted", "contact", "publication-undecided", "independence", "funding", "training")
HEADINGS = ("about", "priorities", "contents", "summary", "method", "conclusion", "all-demands")
WITHIN = ("standard", "facts", "analysis", "recommendations", "with-articles", "answers-issues", "earlier")


@dataclass(frozen=True, slots=True)
class Share:
    """One part of the report: its words now, and those it was given. `part` is the section's id or a name."""

    part: str
    words: int
    given: int | None

    @property
    def over(self) -> int:
        """Words beyond what was given."""
        return max(0, self.words - self.given) if self.given is not None else 0


@dataclass(frozen=True, slots=True)
class Budget:
    """All shares and the limit where it is known.

    `frame` is about what cover, contents and headings add, `repeated` are the words of the
    recommendations that stand once more at the end, `notes` those of the notes that cite evidence;
    `with_notes` says whether the limit counts the notes.
    """

    shares: tuple[Share, ...]
    limit: int | None
    frame: int = 0
    repeated: int = 0
    notes: int = 0
    with_notes: bool = False

    @property
    def words(self) -> int:
        """Words of the whole without its notes."""
        return sum(share.words for share in self.shares) + self.frame + self.repeated

    @property
    def counted(self) -> int:
        """The words that the limit counts."""
        return self.words + (self.notes if self.with_notes else 0)

    @property
    def left(self) -> int | None:
        """Words that are left under the limit; negative where it is passed."""
        return None if self.limit is None else self.limit - self.counted


@dataclass(frozen=True, slots=True)
class Limit:
    """The rule on length, where there is one.

    `words` is None where it gives no number, or one of pages; a recalled number is given, so that
    there is something to plan with: whoever shows it says that nobody confirmed it. `with_notes` is
    None where nobody confirmed whether notes count.
    """

    rule: Rule | None
    words: int | None
    with_notes: bool | None


def word_budget(report: Report, limit: int | None, *, with_notes: bool = False) -> Budget:
    """The words of each part against its share of `limit`; `with_notes` where the limit counts notes.

    A section without a share of its own gets its part of what the others leave, by equal parts.
    """
    front = words_in("\n".join([*report.priorities, report.summary, report.method, report.conclusion]))
    frame, repeated, notes = frame_words(report), repeated_words(report), note_words(report)
    taken = front + frame + repeated + (notes if with_notes else 0)
    taken += sum(section.words or 0 for section in report.sections)
    open_sections = [section for section in report.sections if section.words is None]
    each = max(0, limit - taken) // len(open_sections) if limit is not None and open_sections else None
    shares = [Share("front", front, None)]
    shares += [
        Share(section.id, section_words(section), each if section.words is None else section.words)
        for section in report.sections
    ]
    return Budget(tuple(shares), limit, frame, repeated, notes, with_notes)


def section_words(section: Section) -> int:
    """The words of one section as it will be written out."""
    texts = [section.heading, section.standard, *(claim.text for claim in section.claims), section.analysis]
    return words_in("\n".join([*texts, *(demand.text for demand in section.demands)]))


def frame_words(report: Report) -> int:
    """About how many words cover, contents, headings and references add to what is written in the form.

    An estimate to plan with: the finished document is counted by the check.
    """
    fixed, cover = fixed_words(report.language), report.cover
    authors = [author for author in report.authors if author.agreed]
    names = sum(words_in(author.name) for author in authors)
    if report.stage == "oral":
        return fixed["submitted"] + words_in(report.title) + names
    told = [cover.contact, cover.independence, cover.funding, cover.training, report.session]
    told += [author.about for author in authors]
    # The title comes again in the line that says for whom, each heading again in the contents.
    return (
        sum(fixed[name] for name in ON_COVER)
        + 2 * sum(fixed[name] for name in HEADINGS)
        + 2 * (words_in(report.title) + names)
        + words_in("\n".join(told))
        + sum(_section_frame(section, fixed) for section in report.sections)
    )


def _section_frame(section: Section, fixed: Mapping[str, int]) -> int:
    words = words_in(section.heading)
    if section.articles:
        words += 2 * (fixed["with-articles"] + words_in(" ".join(section.articles)))
    if section.issues:
        words += fixed["answers-issues"] + words_in(" ".join(section.issues))
    words += sum(fixed["earlier"] + words_in(f"{one.symbol} {one.paragraph}") for one in section.earlier)
    there = {
        "standard": section.standard,
        "facts": section.claims,
        "analysis": section.analysis,
        "recommendations": section.demands,
    }
    return words + sum(fixed[name] for name, what in there.items() if what)


def fixed_words(language: str) -> dict[str, int]:
    """The words of what the document says by itself in a language, without what is filled in."""
    texts = texts_of("document", language)
    return {name: words_in(PLACE.sub("", texts[name])) for name in (*ON_COVER, *HEADINGS, *WITHIN)}


def repeated_words(report: Report) -> int:
    """The words of the list of all recommendations at the end, where the document has one."""
    demands = [demand.text for section in report.sections for demand in section.demands]
    return words_in("\n".join(demands)) if len(demands) > 1 and report.stage in REPEATING_STAGES else 0


def note_words(report: Report) -> int:
    """The words of the notes: source, method, date and link, once for each claim that cites it."""
    texts = texts_of("document", report.language)
    notes = {
        # The day is written out: `2026-06` is June 2026.
        one.id: f"{one.source} {texts[f'by-{one.method}']} {one.date.replace('-', ' ')} {one.link}"
        for one in report.evidence
        if one.usable
    }
    return sum(
        words_in(notes[name])
        for section in report.sections
        for claim in section.claims
        for name in set(claim.evidence) & notes.keys()
    )


def limit_of(code: str, stage: str, *, joint: bool = False, on: date | None = None) -> Limit:
    """The limit that a text falls under on a day, of which today is meant without one."""
    setting = Setting(body=code, stage=stage, on=on or date.today(), joint=joint)
    rule = find_limit(setting)
    words = int(float(rule.value)) if rule is not None and rule.value and rule.unit == "words" else None
    return Limit(rule, words, notes_count(setting))
