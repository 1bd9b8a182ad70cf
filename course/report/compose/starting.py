"""A new report: the structured file with everything in its place and nothing in it yet."""

from __future__ import annotations

from course.facts import body as find_body
from course.facts import country
from course.report.compose.model import Cover, Report, ReportStage, Section
from course.texts import section

# What a text for the UPR is divided into; the ids are those of the headings in the interface texts.
UPR_SECTIONS = ("upr-background", "upr-earlier", "upr-law", "upr-practice", "upr-new")


def start_report(
    body: str, state: str, stage: ReportStage, *, language: str = "en", identifier: str = "report"
) -> Report:
    """An empty report for one body, State and stage; one for the UPR has its five sections already.

    Raises CourseError for a body, a State or a language that does not exist.
    """
    texts = section("document", language)
    named = texts["upr"] if body == "UPR" else find_body(body).name(language)
    title = texts[f"for-{stage}"].format(body=named, session="")
    return Report(
        id=identifier,
        body=body,
        country=state,
        stage=stage,
        language=language,
        title=f"{title}{texts['join']}{country(state).name(language)}",
        joint=stage == "upr-joint",
        cover=Cover(),
        sections=tuple(Section(id=name, heading=texts[name]) for name in UPR_SECTIONS if body == "UPR"),
    )
