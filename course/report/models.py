"""The model reports: cases invented for teaching, each shown whole, with gaps, empty, or explained.

One source for each, `data/report/models/NAME/report.yml`, and beside it `notes.yml`, which says of
its parts why they are as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from course.errors import CourseError
from course.files import DATA, read_yaml, write_whole
from course.report.compose.model import Report, Section
from course.report.compose.reading import load_report, save_report
from course.report.guide import gap
from course.report.writing.docx import as_docx
from course.report.writing.html import as_html
from course.report.writing.outline import Piece, annotate, outline

MODELS = DATA / "report" / "models"
FAULTY = MODELS / "faulty.md"  # a draft with faults that were planted; faulty.yml tells them
Face = Literal["full", "half", "blank", "annotated"]
FACES: tuple[Face, ...] = get_args(Face)
ENDINGS = (".docx", ".html", ".yml")


class Fault(BaseModel):
    """One fault that was planted: the check that finds it, the words `at` its place, and what is better."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    at: str
    wrong: str
    write: str


def load_faults() -> tuple[Fault, ...]:
    """The faults of the faulty draft, in the order of its text."""
    document = read_yaml(FAULTY.with_suffix(".yml"))
    return tuple(Fault.model_validate(dict(one)) for one in document["faults"])


def list_models() -> tuple[str, ...]:
    """The names of all models, in their order."""
    return tuple(sorted(path.parent.name for path in MODELS.glob("*/report.yml")))


def load_model(name: str, face: Face = "full") -> Report:
    """One model: `full` and `annotated` whole, `half` with every second part a gap, `blank` all gaps.

    Raises CourseError for a model or a face that does not exist.
    """
    if name not in list_models():
        raise CourseError(f"there is no model {name!r}; there are {', '.join(list_models())}.")
    if face not in FACES:
        raise CourseError(f"a model has no face {face!r}; it has {', '.join(FACES)}.")
    report = load_report(MODELS / name / "report.yml")
    if face == "half":
        return _with_gaps(report, every=2)
    if face == "blank":
        empty = _with_gaps(report, every=1)
        claims = {
            part.id: tuple(claim.model_copy(update={"evidence": ()}) for claim in part.claims)
            for part in empty.sections
        }
        sections = tuple(part.model_copy(update={"claims": claims[part.id]}) for part in empty.sections)
        return empty.model_copy(update={"sections": sections, "evidence": ()})
    return report


def model_notes(name: str) -> Mapping[str, str]:
    """Why each part of a model is as it is, by the name of the part."""
    return {str(part): str(note) for part, note in read_yaml(MODELS / name / "notes.yml").items()}


def model_pieces(name: str, face: Face = "full") -> tuple[Piece, ...]:
    """The pieces of the document of a model; the annotated one has its notes beside it."""
    pieces = outline(load_model(name, face), unfinished=True)
    return annotate(pieces, model_notes(name)) if face == "annotated" else pieces


def write_model(name: str, path: Path, face: Face = "full") -> Path:
    """One face of a model as .docx, .html or, to work on it, as the report's own file .yml.

    Raises CourseError for another ending, and for the annotated face as .yml, which has no margin.
    """
    report, ending = load_model(name, face), path.suffix.lower()
    if ending not in ENDINGS:
        raise CourseError(
            f"{path.name}: no model is written as {ending or 'nothing'}; choose {', '.join(ENDINGS)}."
        )
    if ending == ".yml" and face == "annotated":
        raise CourseError(f"{path.name}: the annotated model has a margin; write it as .docx or .html.")
    if ending == ".yml":
        save_report(path, report)
    elif ending == ".html":
        write_whole(path, as_html(report, model_pieces(name, face)))
    else:
        write_whole(path, as_docx(report, model_pieces(name, face)))
    return path


def _with_gaps(report: Report, *, every: int) -> Report:
    """The report with each `every`-th part asked for instead of told; what is asked first stands whole."""
    number = count(1)

    def told(text: str, part: str) -> str:
        return gap(report, part) if text and next(number) % every == 0 else text

    def of_section(part: Section) -> Iterator[tuple[str, object]]:
        yield "standard", told(part.standard, "standard")
        yield (
            "claims",
            tuple(claim.model_copy(update={"text": told(claim.text, "claim")}) for claim in part.claims),
        )
        yield "analysis", told(part.analysis, "analysis")
        yield (
            "demands",
            tuple(demand.model_copy(update={"text": told(demand.text, "demand")}) for demand in part.demands),
        )

    return report.model_copy(
        update={
            "priorities": tuple(told(text, "priority") for text in report.priorities),
            "summary": told(report.summary, "summary"),
            "method": told(report.method, "method"),
            "sections": tuple(part.model_copy(update=dict(of_section(part))) for part in report.sections),
            "conclusion": told(report.conclusion, "conclusion"),
        }
    )
