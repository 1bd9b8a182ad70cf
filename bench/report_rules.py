"""How often each rule for reports is right, and how much it finds, on both halves of the labelled texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from pathlib import Path

from rich.console import Group
from rich.table import Table

from bench.labelled import HALVES, Labelled, read_drafts, read_paragraphs
from bench.measuring import Figures, add_up, as_document, shares, write_measured
from bench.persons import count_marks, count_persons
from course.report.checking import check_draft
from course.report.checks import CHECKS
from course.report.checks.persons import weight
from course.report.findings import Finding
from course.report.marks import NAME

# What one paragraph alone can show, and what needs the whole text. Left out are the codes of files
# (type, properties, changes, pictures), and those that compare with other documents: they count and
# look up, and are right by construction or by their tests.
PARAGRAPH = (
    *("REF001", "REF002", "REF003", "REF004", "SRC001", "SRC002", "SRC003", "EVD002", "FMT005", "FMT007"),
    *(f"REC00{number}" for number in range(1, 9)),
    *("TON001", "TON002", "TON003", "ACR001"),
)
UNREAD = ("LNG003",)
DRAFT = (
    *("LEN001", "LEN002", "LNG001", "LNG002", "LNG003", "FMT002", "FMT003", "FMT004", "FMT006"),
    *(f"STR00{number}" for number in range(1, 7)),
    *("EVD001", "EVD003", "CVG001"),
)
OURS = ("en", "fr", "ar")
# A check that says "not checked" claims nothing, unless that is all it can say.
ALWAYS_OPEN = {check.code for check in CHECKS if check.severity == "not-checked"}


def measure_rules(root: Path, _folder: Path) -> Group:
    """Both halves side by side, and how many errors were right; the half set aside is written down."""
    tuned, aside = (count_half(root, half) for half in HALVES)
    table = Table(
        *("code", "language", "tuned: to find", "false", "precision", "recall"),
        *("set aside: to find", "false", "precision", "recall"),
        title="Rules for reports, on invented texts; one hand wrote them: real ones fare worse",
    )
    for key in sorted(tuned.keys() | aside.keys()):
        table.add_row(*key, *_cells(tuned.get(key, Counter())), *_cells(aside.get(key, Counter())))
    write_measured(measured_now(root))
    return Group(table, _errors(root))


def measured_now(root: Path) -> dict[str, dict]:
    """What `measured.yml` should hold: the untouched half, with the sentences for PII that were set aside.

    For names the recall is that on names which stand in no list.
    """
    persons, strange = count_persons(root), count_persons(root, strange=True)
    names = {key: counts for key, counts in strange.items() if key[0] == NAME}
    return as_document(add_up(count_half(root, "held-out"), persons), names)


def count_half(root: Path, half: str) -> Figures:
    """Counts for each code and language: a text and a code count once; of PII, each place."""
    figures: Figures = {}
    for language, one in read_paragraphs(root, half):
        _count(figures, language, one, PARAGRAPH if language in OURS else UNREAD)
        if language in OURS:
            count_marks(figures, language, one.draft.blocks[-1].text, one.marks)
    for language, one in read_drafts(root, half):
        _count(figures, language, one, DRAFT)
    return figures


def count_errors(root: Path, half: str = "held-out") -> Figures:
    """Counts by family and language of the findings that are errors, on the texts of one half."""
    errors: Figures = {}
    texts = [(PARAGRAPH, each) for each in read_paragraphs(root, half)]
    texts += [(DRAFT, each) for each in read_drafts(root, half)]
    for judged, (language, one) in texts:
        for code in {finding.code for finding in claims(one, judged) if finding.severity == "error"}:
            if not _is_arguable(code, one):
                right = "true" if code in one.codes else "false"
                errors.setdefault((code[:3], language), Counter())[right] += 1
    persons: Figures = count_persons(root) if half == "held-out" else {}
    for language, one in read_paragraphs(root, half):
        if language in OURS:
            count_marks(persons, language, one.draft.blocks[-1].text, one.marks)
    for (code, language), counts in persons.items():
        if weight(code) == "error":
            errors.setdefault((code[:3], language), Counter()).update(
                {right: counts[right] for right in ("true", "false")}
            )
    return errors


def claims(one: Labelled, judged: Collection[str]) -> list[Finding]:
    """The findings on one text that say that something is so."""
    found = check_draft(one.draft, one.setting, select=judged)
    return [each for each in found if each.severity != "not-checked" or each.code in ALWAYS_OPEN]


def _count(figures: Figures, language: str, one: Labelled, judged: Collection[str]) -> None:
    found = {finding.code for finding in claims(one, judged)}
    for code in judged:
        if _is_arguable(code, one) or (code not in found and code not in one.codes):
            continue
        counts = figures.setdefault((code, language), Counter())
        counts["marked"] += code in one.codes
        counts["hit"] += code in found and code in one.codes
        counts["true"] += code in found and code in one.codes
        counts["false"] += code in found and code not in one.codes


def _is_arguable(code: str, one: Labelled) -> bool:
    return code not in one.codes and (code.startswith(one.arguable) or not code.startswith(one.judged))


def _errors(root: Path) -> Table:
    table = Table("family", "language", "errors", "false", "precision", title="Errors, on texts set aside")
    for key, counts in sorted(count_errors(root).items()):
        precision = shares(counts)[0]
        table.add_row(*key, str(counts.total()), str(counts["false"]), f"{precision:.3f}")
    return table


def _cells(counts: Counter[str]) -> tuple[str, ...]:
    precision, recall = ("" if one is None else f"{one:.2f}" for one in shares(counts))
    return str(counts["marked"]), str(counts["false"]), precision, recall
