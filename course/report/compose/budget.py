"""How many words each section has and may have, and which claims stand on nothing."""

from __future__ import annotations

from dataclasses import dataclass

from course.report.compose.model import Claim, Report, Section
from course.report.counting import words_in


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
    """All shares, their sum, and the limit of the body where it is known."""

    shares: tuple[Share, ...]
    limit: int | None

    @property
    def words(self) -> int:
        """Words of the whole, as they will be written out (cover and notes apart)."""
        return sum(share.words for share in self.shares)

    @property
    def left(self) -> int | None:
        """Words that are left under the limit; negative where it is passed."""
        return None if self.limit is None else self.limit - self.words


def word_budget(report: Report, limit: int | None) -> Budget:
    """The words of each part against its share of `limit`.

    A section without a share of its own gets its part of what the others leave, by equal parts.
    """
    front = words_in("\n".join([*report.priorities, report.summary, report.method, report.conclusion]))
    taken = front + sum(section.words or 0 for section in report.sections)
    open_sections = [section for section in report.sections if section.words is None]
    each = max(0, limit - taken) // len(open_sections) if limit is not None and open_sections else None
    shares = [Share("front", front, None)]
    shares += [
        Share(section.id, section_words(section), each if section.words is None else section.words)
        for section in report.sections
    ]
    return Budget(tuple(shares), limit)


def section_words(section: Section) -> int:
    """The words of one section as it will be written out."""
    texts = [section.heading, section.standard, *(claim.text for claim in section.claims), section.analysis]
    return words_in("\n".join([*texts, *(demand.text for demand in section.demands)]))


def orphan_claims(report: Report) -> tuple[tuple[Section, Claim], ...]:
    """Claims without any evidence that may be cited, with the section each stands in."""
    usable = {one.id for one in report.evidence if one.usable}
    return tuple(
        (section, claim)
        for section in report.sections
        for claim in section.claims
        if not usable.intersection(claim.evidence)
    )


def evidence_counts(report: Report) -> dict[str, int]:
    """How many pieces of evidence there are of each method."""
    counts: dict[str, int] = {}
    for one in report.evidence:
        counts[one.method] = counts.get(one.method, 0) + 1
    return dict(sorted(counts.items()))
