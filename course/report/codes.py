"""The texts of each code, in the course's languages: what was seen, why it matters, what to do."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from pydantic import BaseModel, ConfigDict

from course.errors import CourseError
from course.facts.shown import shown_value
from course.files import DATA, read_quickly
from course.report.findings import Finding
from course.texts import section


class Code(BaseModel):
    """One code: its title, why it matters, what to do, a bad and a good example, its messages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    why: str
    do: str
    bad: str
    good: str
    messages: dict[str, str]


@cache
def codes(language: str = "en") -> Mapping[str, Code]:
    """Every code with its texts. Raises ContentError or CourseError for a file that does not fit."""
    path = DATA / "report" / f"codes.{language}.yml"
    found = {}
    for code, texts in read_quickly(path).items():
        try:
            found[str(code)] = Code.model_validate(texts)
        except ValueError as error:
            raise CourseError(f"{path.name}: {code}: {error}") from None
    return MappingProxyType(found)


def page_of(code: str, language: str = "en") -> str:
    """Where the page of a code stands, from the root of the book: `codes/len001.fr.html`."""
    return f"codes/{code.lower()}{'' if language == 'en' else f'.{language}'}.html"


def message(finding: Finding, language: str = "en") -> str:
    """What a finding says, in one language."""
    texts = codes(language)[finding.code]
    values = dict(finding.values)
    if "language" in values:
        values["language"] = section("report", language)[f"language-{values['language']}"]
    if finding.rule is not None:
        values.setdefault("rule", shown_value(finding.rule, language) if finding.rule.value else "")
        values.setdefault("source", finding.rule.source)
        values.setdefault("as_of", finding.rule.as_of)
    return texts.messages[finding.message].format(**values)
