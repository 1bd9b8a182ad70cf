"""What a country was asked on one theme, by all mechanisms: a table for a page."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from course.errors import CourseError
from course.facts.countries import Recommendation, country
from course.facts.shown import STYLE as FACT_STYLE
from course.facts.shown import fact_html
from course.facts.tables import STYLE
from course.texts import direction, section

COLUMNS = ("place", "asked")
# Two columns, so that a phone shows the words beside the place without scrolling.
NARROW = ".course-asked table { width: 100%; } .course-asked td, .course-asked th { max-width: none; }"


@dataclass(frozen=True)
class RecommendationsTable:
    """The recommendations of one theme to a country in one language; a page shows them as HTML."""

    theme: str
    state: str
    lang: str

    def _repr_html_(self) -> str:
        """The table, oldest first, in a box that scrolls by keyboard; always the same."""
        texts = section("facts", self.lang)
        themes = {theme.id: theme for theme in country(self.state).themes}
        rows = sorted(
            (row for row in country(self.state).recommendations if row.theme == self.theme),
            key=lambda row: row.date,
        )
        caption = escape(
            texts["asked-caption"].format(
                country=country(self.state).name(self.lang),
                theme=getattr(themes[self.theme], self.lang),
                count=len(rows),
            )
        )
        head = "".join(f'<th scope="col">{escape(texts[f"asked-{name}"])}</th>' for name in COLUMNS)
        return (
            f'<div class="course-rules course-asked" lang="{self.lang}" dir="{direction(self.lang)}">'
            f"<style>{STYLE}\n{FACT_STYLE}\n{NARROW}</style>"
            f'<div class="course-rules-box" role="region" tabindex="0" aria-label="{caption}">'
            f"<table><caption><span>{caption}</span></caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{''.join(self._row(row) for row in rows)}</tbody></table></div></div>"
        )

    def _row(self, row: Recommendation) -> str:
        place = escape(f"{row.symbol}, para. {row.paragraph}")
        asked = escape(f"{row.body}, {row.date[:4]}")
        words = f'<span lang="en" dir="ltr">{escape(row.paraphrase)}</span>'
        return (
            f'<tr><th scope="row"><bdi dir="ltr">{place}</bdi>'
            f'<span class="course-rules-name"><bdi dir="ltr">{asked}</bdi></span></th>'
            f'<td data-confidence="{row.confidence}">'
            f"{fact_html(row, words, self.lang)}</td></tr>"
        )


def recommended(theme: str, state: str = "MAR", lang: str = "en") -> RecommendationsTable:
    """What a country was asked on `theme`, an id of its file of themes, for a page.

    Raises CourseError for a country, a theme or a language that does not exist.
    """
    section("facts", lang)
    known = [one.id for one in country(state).themes]
    if theme not in known:
        raise CourseError(f"there is no theme {theme!r}; the themes are {', '.join(known)}.")
    return RecommendationsTable(theme, state, lang)
