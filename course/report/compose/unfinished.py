"""What a report that is being written still lacks: texts, evidence for a claim, claims for what is asked."""

from __future__ import annotations

from collections.abc import Iterator

from course.report.compose.model import Author, Claim, Demand, Report, Section

LINE = "____"  # what stands in an unfinished copy where a text is missing


def blanks(report: Report) -> tuple[str, ...]:
    """The texts without which the document would have a hole, each as the place it stands at."""
    return tuple(_blanks(report))


def _blanks(report: Report) -> Iterator[str]:
    yield from (f"author {one.member}: name" for one in report.authors if one.agreed and not one.name)
    for section in report.sections:
        if not section.heading:
            yield f"section {section.id}: heading"
        yield from (f"claim {claim.id}: text" for claim in section.claims if not claim.text)
        yield from (f"recommendation {demand.id}: text" for demand in section.demands if not demand.text)


def with_lines(report: Report) -> Report:
    """The report with a line to write on in each blank, for a copy that is not finished."""

    def lined(one: Author | Section | Claim | Demand, name: str, **more: object) -> object:
        return one.model_copy(update={name: getattr(one, name) or LINE, **more})

    sections = (
        lined(
            section,
            "heading",
            claims=tuple(lined(claim, "text") for claim in section.claims),
            demands=tuple(lined(demand, "text") for demand in section.demands),
        )
        for section in report.sections
    )
    authors = tuple(lined(author, "name") for author in report.authors)
    return report.model_copy(update={"authors": authors, "sections": tuple(sections)})


def orphan_claims(report: Report) -> tuple[tuple[Section, Claim], ...]:
    """Claims without any evidence that may be cited, with the section each stands in."""
    usable = {one.id for one in report.evidence if one.usable}
    return tuple(
        (section, claim)
        for section in report.sections
        for claim in section.claims
        if not usable.intersection(claim.evidence)
    )


def orphan_demands(report: Report) -> tuple[tuple[Section, Demand], ...]:
    """Recommendations and questions of sections that claim nothing: nobody can see what they rest on."""
    return tuple(
        (section, demand) for section in report.sections if not section.claims for demand in section.demands
    )


def evidence_counts(report: Report) -> dict[str, int]:
    """How many pieces of evidence there are of each method; those without one stand under an empty name."""
    counts: dict[str, int] = {}
    for one in report.evidence:
        counts[one.method] = counts.get(one.method, 0) + 1
    return dict(sorted(counts.items()))
