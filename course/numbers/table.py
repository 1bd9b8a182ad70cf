"""The answer of the form from Python, as a table on a page: one line in a lesson, pandas behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from course.numbers.counting import Line, count_rates, read_lines
from course.numbers.saying import About, say_rates
from course.texts import direction, section

STYLE = """
.course-rates-table { margin: 1rem 0; }
.course-rates-table > div { overflow-x: auto; }
.course-rates-table table { border-collapse: collapse; margin: 0; font-size: .95rem; }
.course-rates-table th, .course-rates-table td { padding: .35rem .6rem; border: 1px solid #8a8a8a;
  text-align: start; }
.course-rates-table blockquote { margin: .6rem 0; }
""".strip()
COLUMNS = ("group", "people", "problem", "rate", "gap", "ratio")


@dataclass(frozen=True)
class RatesTable:
    """Rates and gaps of lines that were read; a page shows it as HTML, always the same."""

    lines: tuple[Line, ...]
    about: About
    lang: str = "en"

    @property
    def frame(self) -> pd.DataFrame:
        """The numbers themselves, to go on with."""
        return count_rates(self.lines)

    def _repr_html_(self) -> str:
        """The table, its warnings, and the sentences to paste."""
        texts, said = section("numbers", self.lang), say_rates(self.lines, self.about, self.lang)
        heads = "".join(f'<th scope="col">{escape(texts[f"column-{name}"])}</th>' for name in COLUMNS)
        rows = "".join(
            f'<tr><th scope="row">{escape(group)}</th>'
            + "".join(f'<td><bdi dir="ltr">{escape(cell)}</bdi></td>' for cell in cells)
            + "</tr>"
            for group, *cells in said.lines
        )
        warnings = "".join(f"<li>{escape(warning)}</li>" for warning in said.warnings)
        title = escape(texts["result"])
        return (
            f'<div class="course-rates-table" lang="{self.lang}" dir="{direction(self.lang)}">'
            f"<style>{STYLE}</style>"
            f'<div role="region" tabindex="0" aria-label="{title}"><table><thead><tr>{heads}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
            + (f"<ul>{warnings}</ul>" if warnings else "")
            + f"<p>{escape(texts['paste'])}</p><blockquote><p>{escape(said.sentence)}</p></blockquote></div>"
        )


def rates_table(
    rows: Iterable[Sequence[object]],
    *,
    what: str = "",
    who: str = "",
    when: str = "",
    basis: str = "reached",
    lang: str = "en",
) -> RatesTable:
    """Rates and gaps of up to six rows: group, people, people with the problem.

    Raises NumbersError, in the page's language, for a row that cannot be counted.
    """
    return RatesTable(tuple(read_lines(rows, lang)), About(what, who, when, basis), lang)
