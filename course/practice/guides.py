"""A guide to a real report on a page: the document, its parts, today's rules, a question, what to take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from course.content.guides import find_guide
from course.content.models import Guide
from course.content.models.guides import GuidePart, GuideRule
from course.facts import all_rules, bodies
from course.facts.shown import STYLE as FACT_STYLE
from course.facts.shown import rule_html, shown_day, source_html
from course.facts.words import word
from course.texts import LANGUAGES, direction, section, text

STYLE = f"""{FACT_STYLE}
.course-guide {{ overflow-wrap: anywhere; }}
.course-guide dt {{ font-weight: 650; }}
.course-guide dd {{ margin: 0 0 .6rem; margin-inline-start: 0; }}
.course-guide h3, .course-guide h4 {{ margin: 1rem 0 .3rem; }}
.course-guide p {{ margin: .3rem 0; }}
.course-guide-question > summary {{ cursor: pointer; padding: .4rem 0; font-weight: 600; }}
.course-guide summary:focus-visible {{ outline: 3px solid #1a5fb4; outline-offset: 2px; }}
"""
WRITTEN_IN = LANGUAGES[0]  # the guides are in English alone, and say so on another page
# The sections of a guide, in their order: the key of the heading's text is also the end of its anchor.
SECTIONS = ("document", "parts", "rules", "question", "take", "otherwise")


@dataclass(frozen=True)
class GuideOnPage:
    """One guide in a page of one language; the page shows it as HTML, always the same."""

    guide: Guide
    lang: str

    def _repr_html_(self) -> str:
        """The guide with its style: a lesson's page has no other."""
        return f"<style>{STYLE}</style>{guide_html(self.guide, self.lang)}"


def guide(identifier: str, lang: str = WRITTEN_IN) -> GuideOnPage:
    """A guide for a page; raises CourseError for an unknown guide or language."""
    section("annotated", lang)
    return GuideOnPage(find_guide(identifier), lang)


def guide_html(guide: Guide, lang: str) -> str:
    """The whole guide under one heading."""
    name, say = f"guide-{guide.id}", section("annotated", lang)
    inner = "".join(
        f"<h4>{escape(say[key])}</h4>{content}" for key, content in guide_sections(guide, lang, top=5).items()
    )
    return (
        f'<section class="course-guide" aria-labelledby="{name}" lang="{lang}" dir="{direction(lang)}">'
        f"<p>{escape(label(guide, lang))}</p>"
        f'<h3 id="{name}" {_written()}>{escape(guide.title)}</h3>{inner}</section>'
    )


def guide_sections(guide: Guide, lang: str, top: int) -> dict[str, str]:
    """The HTML of each section by its key; `top` is the level of the headings of parts."""
    say = section("annotated", lang)
    made = (
        _document(guide, lang),
        "".join(_part(part, lang, top) for part in guide.parts),
        f"<p>{escape(say['rules-said'])}</p><dl>"
        + "".join(_rule(place, lang) for place in guide.rules)
        + "</dl>",
        f"<p {_written()}><strong>{escape(guide.question)}</strong></p>"
        f'<details class="course-guide-question"><summary>{escape(say["answer"])}</summary>'
        f"<p {_written()}>{escape(guide.answer)}</p></details>",
        _listed(guide.take),
        _listed(guide.otherwise),
    )
    return dict(zip(SECTIONS, made, strict=True))


def label(guide: Guide, lang: str) -> str:
    """To whom and in which year, in one line."""
    return text("annotated.label", lang, body=body_name(guide, lang), year=guide.year)


def body_name(guide: Guide, lang: str) -> str:
    """The body or mechanism to which the report was sent, by name."""
    code = guide.body
    return bodies()[code].name(lang) if code in bodies() else text(f"facts.mechanism-{code}", lang)


def _document(guide: Guide, lang: str) -> str:
    say = section("annotated", lang)
    own = f'lang="{guide.language}" dir="{direction(guide.language)}"'
    addresses = "<br/>".join(source_html(address) for address in (guide.address, *guide.also))
    looked = escape(say["looked"].format(day=shown_day(guide.looked, lang)))
    lines = (
        ("title", f"<cite {own}>{escape(guide.document)}</cite>"),
        ("authors", f"<bdi>{escape(', '.join(guide.authors))}</bdi>"),
        ("body", escape(body_name(guide, lang))),
        ("occasion", _english(guide.occasion)),
        ("language", escape(word("value", guide.language, lang))),
        ("size", _english(guide.size)),
        ("address", addresses),
        ("seen", f"{_english(guide.seen)} {looked}"),
    )
    return "<dl>" + "".join(f"<dt>{escape(say[key])}</dt><dd>{told}</dd>" for key, told in lines) + "</dl>"


def _part(part: GuidePart, lang: str, top: int) -> str:
    say = section("annotated", lang)
    judged = "".join(
        f"<p><strong>{escape(say[key])}</strong> {_english(said)}</p>"
        for key, said in (("works", part.works), ("lacks", part.lacks))
        if said
    )
    heading = f"<h{top} {_written()}>{escape(part.title)}</h{top}>"
    return f"{heading}<p {_written()}>{escape(part.does)}</p>{judged}"


def _rule(place: GuideRule, lang: str) -> str:
    [rule] = [rule for rule in all_rules() if rule.id == place.rule]
    verdict = escape(text(f"annotated.verdict-{place.verdict}", lang))
    return (
        f"<dt>{escape(word('rule', rule.rule, lang))}</dt>"
        f'<dd data-confidence="{rule.confidence}" data-rule="{rule.id}">{rule_html(rule, lang)}</dd>'
        f"<dd><strong>{verdict}</strong> {_english(place.why)}</dd>"
    )


def _listed(lines: Iterable[str]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul {_written()}>{items}</ul>"


def _english(said: str) -> str:
    return f"<span {_written()}>{escape(said)}</span>"


def _written() -> str:
    return f'lang="{WRITTEN_IN}" dir="{direction(WRITTEN_IN)}"'
