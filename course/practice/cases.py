"""A case on a page: said to be invented, with its question; the answer opens when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from course.content.cases import find_case, region_names
from course.content.models import Case
from course.texts import LANGUAGES, direction, section

STYLE = """
.course-case { margin: 1rem 0; padding: .8rem 1rem; border: 1px solid #8a8a8a; border-radius: .4rem;
  border-inline-start: .4rem solid #1a5fb4; }
.course-case h3, .course-case p { margin: .3rem 0; }
.course-case h3 { font-size: 1.1rem; }
.course-case-label { font-size: .9rem; }
.course-case summary { cursor: pointer; padding: .4rem 0; font-weight: 600; }
.course-case summary:focus-visible { outline: 3px solid #1a5fb4; outline-offset: 2px; }
""".strip()
WRITTEN_IN = LANGUAGES[0]  # the cases are in English alone, and say so on another page


@dataclass(frozen=True)
class CaseOnPage:
    """One case in a page of one language; the page shows it as HTML, always the same."""

    case: Case
    lang: str

    def _repr_html_(self) -> str:
        """The case with its style: a lesson's page has no other."""
        return f"<style>{STYLE}</style>{case_html(self.case, self.lang)}"


def case(identifier: str, lang: str = WRITTEN_IN) -> CaseOnPage:
    """A case for a page; raises CourseError for an unknown case or language."""
    section("case", lang)
    return CaseOnPage(find_case(identifier), lang)


def case_html(case: Case, lang: str) -> str:
    """A box with what happens and what is asked; one good answer is folded away."""
    texts = section("case", lang)
    label = escape(texts["label"].format(region=region_names(lang)[case.region]))
    name = f"case-{case.id}"
    written = f'lang="{WRITTEN_IN}" dir="{direction(WRITTEN_IN)}"'
    return (
        f'<section class="course-case" aria-labelledby="{name}" lang="{lang}" dir="{direction(lang)}">'
        f'<p class="course-case-label">{label}</p>'
        f"<div {written}>"
        f'<h3 id="{name}">{escape(case.title)}</h3>'
        f"<p>{escape(case.text)}</p><p><strong>{escape(case.question)}</strong></p></div>"
        f"<details><summary>{escape(texts['answer'])}</summary>"
        f"<p {written}>{escape(case.answer)}</p></details></section>"
    )
