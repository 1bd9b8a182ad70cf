"""Templates: for each body and stage a .docx in which every place says what belongs there.

Which stages a body has, and its limit, stand in the rule packs. Nothing generated is kept in the
repository: `course report templates` makes all of them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from course.errors import CourseError
from course.facts import bodies, rule
from course.facts.shown import shown_value
from course.files import write_whole
from course.report.checking import STAGES
from course.report.checks.length import find_limit
from course.report.compose.model import Author, Claim, Cover, Demand, Report, ReportStage, Section
from course.report.compose.starting import start_report
from course.report.findings import Setting
from course.report.guide import gap
from course.report.writing.docx import as_docx
from course.report.writing.outline import QUESTION_STAGES, Piece, outline
from course.texts import LANGUAGES, section

ORAL = "oral"
# What the packs say where a body has no such stage; the SPT visits and holds no session on reports.
WITHOUT = {"deadline": ("no-such-stage", "before-visit"), "follow-up-delay": ("no-procedure",)}
PRIORITIES, SECTIONS, CLAIMS, DEMANDS, POINTS = 3, 2, 2, 2, 3


def stages_of(body: str, *, on: date) -> tuple[str, ...]:
    """The stages at which a body reads texts on the day `on`, by the rule packs; none for one that visits."""
    if body == "UPR":
        return tuple(stage for stage in STAGES if stage.startswith("upr-"))
    return tuple(stage for stage in STAGES if not stage.startswith("upr-") and _exists(body, stage, on))


def all_templates(*, on: date) -> tuple[tuple[str, str], ...]:
    """Every body with each of its stages, and once for each body that has a session the oral statement."""
    found = []
    for body in (*bodies(), "UPR"):
        stages = stages_of(body, on=on)
        found += [(body, stage) for stage in stages]
        found += [(body, ORAL)] if "session" in stages else []
    return tuple(found)


def template_report(body: str, stage: ReportStage, language: str = "en", country: str = "MAR") -> Report:
    """The report of a template: each text is a gap with what belongs there."""
    report = start_report(body, country, stage, language=language, identifier="template")

    def ask(part: str, section_id: str = "") -> str:
        return gap(report, part, section_id)

    told = [(part.id, part.heading) for part in report.sections]
    if not told:
        told = [(f"part-{number}", ask("heading")) for number in range(1, SECTIONS + 1)]
    members = ("first", "second") if stage == "upr-joint" else ("first",)
    kind = "question" if stage in QUESTION_STAGES else "recommendation"
    return report.model_copy(
        update={
            "session": "" if stage == "follow-up" else ask("session"),
            "authors": tuple(
                Author(member=one, name=ask("name"), about=ask("about"), agreed=date(2000, 1, 1))
                for one in members
            ),
            "cover": Cover(
                contact=ask("contact"),
                independence=ask("independence"),
                funding=ask("funding"),
                training=ask("training"),
            ),
            "priorities": (ask("priority"),) * PRIORITIES,
            "summary": ask("summary"),
            "method": ask("method"),
            "sections": tuple(
                Section(
                    id=identifier,
                    heading=heading,
                    standard="" if stage == ORAL else ask("standard", identifier),
                    claims=tuple(
                        Claim(id=f"{identifier}-fact-{number}", text=ask("claim"))
                        for number in range(1 if stage == ORAL else CLAIMS)
                    ),
                    analysis=ask("analysis"),
                    demands=tuple(
                        Demand(id=f"{identifier}-act-{number}", kind=kind, text=ask("demand"))
                        for number in range(1 if stage == ORAL else DEMANDS)
                    ),
                )
                for identifier, heading in told
            ),
            "conclusion": ask("conclusion"),
        }
    )


def template_pieces(report: Report, *, on: date) -> tuple[Piece, ...]:
    """The pieces of a template, the limit of the body first."""
    # A fact that is only asked for needs no word that it has no source.
    texts = section("document", report.language)
    unsourced, undecided = texts["orphan"].format(text=""), texts["publication-undecided"]
    chosen = gap(report, "publication")
    pieces = tuple(
        replace(piece, text=chosen if piece.text == undecided else piece.text.removesuffix(unsourced))
        for piece in outline(report, unfinished=True)
    )
    return pieces if report.stage == ORAL else (Piece("line", _limit(report, on)), *pieces)


def write_template(
    path: Path, body: str, stage: ReportStage, language: str = "en", *, on: date, country: str = "MAR"
) -> Path:
    """One template as .docx.

    Raises CourseError for a stage that the body has not, and for another ending.
    """
    known = stages_of(body, on=on)
    known += (ORAL,) if "session" in known else ()
    if stage not in known:
        told = f"its stages are {', '.join(known)}" if known else "it visits, and reads no reports"
        raise CourseError(f"{body} has no stage {stage!r}; {told}.")
    if path.suffix.lower() != ".docx":
        raise CourseError(f"{path.name}: a template is a .docx; name it {path.with_suffix('.docx').name}.")
    report = template_report(body, stage, language, country)
    write_whole(path, as_docx(report, template_pieces(report, on=on)))
    return path


def write_templates(folder: Path, *, on: date) -> tuple[Path, ...]:
    """Every template in every language, named `BODY-STAGE.LANGUAGE.docx`."""
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(
        write_template(folder / f"{body.lower()}-{stage}.{language}.docx", body, stage, language, on=on)
        for body, stage in all_templates(on=on)
        for language in LANGUAGES
    )


def _exists(body: str, stage: str, on: date) -> bool:
    names = ("follow-up-delay", "deadline") if stage == "follow-up" else ("deadline",)
    values = [(name, found.value) for name in names if (found := rule(body, stage, name, on=on))]
    return not any(value in WITHOUT[name] for name, value in values)


def _limit(report: Report, on: date) -> str:
    """The limit in words, with its source, or that it is only remembered, or not known."""
    texts = section("guide", report.language)
    joint = report.stage == "upr-joint"
    limit = find_limit(Setting(report.body, report.stage, on, country=report.country, joint=joint))
    if limit is None or not limit.value:
        return texts["limit-unknown"]
    said = shown_value(limit, report.language)
    return texts["limit" if limit.decides else "limit-recalled"].format(limit=said, source=limit.source)
