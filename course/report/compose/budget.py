"""How many words each section has and may have, against the limit of the body and the stage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from course.facts import Rule
from course.report.checks.length import find_limit, notes_count
from course.report.compose.model import REPEATING_STAGES, Report, Section
from course.report.counting import words_in
from course.report.findings import Setting
from course.texts import section as texts_of


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

    `repeated` are the words of the recommendations that stand once more at the end, `notes` those
    of the notes that cite evidence; `with_notes` says whether the limit counts the notes.
    """

    shares: tuple[Share, ...]
    limit: int | None
    repeated: int = 0
    notes: int = 0
    with_notes: bool = False

    @property
    def words(self) -> int:
        """Words of the whole without its notes; the cover and fixed headings add some more."""
        return sum(share.words for share in self.shares) + self.repeated

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
    repeated, notes = repeated_words(report), note_words(report)
    taken = front + repeated + (notes if with_notes else 0)
    taken += sum(section.words or 0 for section in report.sections)
    open_sections = [section for section in report.sections if section.words is None]
    each = max(0, limit - taken) // len(open_sections) if limit is not None and open_sections else None
    shares = [Share("front", front, None)]
    shares += [
        Share(section.id, section_words(section), each if section.words is None else section.words)
        for section in report.sections
    ]
    return Budget(tuple(shares), limit, repeated, notes, with_notes)


def section_words(section: Section) -> int:
    """The words of one section as it will be written out."""
    texts = [section.heading, section.standard, *(claim.text for claim in section.claims), section.analysis]
    return words_in("\n".join([*texts, *(demand.text for demand in section.demands)]))


def repeated_words(report: Report) -> int:
    """The words of the list of all recommendations at the end, where the document has one."""
    demands = [demand.text for section in report.sections for demand in section.demands]
    return words_in("\n".join(demands)) if len(demands) > 1 and report.stage in REPEATING_STAGES else 0


def note_words(report: Report) -> int:
    """The words of the notes: source, method, date and link, once for each claim that cites it."""
    texts = texts_of("document", report.language)
    notes = {
        one.id: f"{one.source} {texts[f'by-{one.method}']} {one.date} {one.link}"
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
