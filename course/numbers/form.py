"""The form in which rates and gaps are counted: one small script counts, with no machine behind it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from course.numbers.limits import EXACT, FEW, LINES, MOST, SMALL, SWING
from course.quizzes.assets import shortened, without_comments
from course.quizzes.html import say, script_json
from course.texts import direction, section

ASSETS = Path(__file__).resolve().parent / "assets"
PARTS = ("count.js", "page.js")
ABOUT = ("what", "who", "when")
BASES = ("reached", "all")
HAND_STEPS = 4
# Texts that only the page itself says; the script needs the others.
NOT_SENT = ("form-", "hand", "what", "who", "when", "basis", "refused-row")


@dataclass(frozen=True)
class RatesForm:
    """The form in one language; Jupyter shows it by itself."""

    lang: str = "en"

    def _repr_html_(self) -> str:
        """The whole form as one piece of HTML that needs nothing else; always the same."""
        texts, way = section("numbers", self.lang), direction(self.lang)
        data = {
            "texts": {name: said for name, said in texts.items() if not name.startswith(NOT_SENT)},
            "small": SMALL,
            "few": FEW,
            "swing": SWING,
            "exact": EXACT,
            "most": MOST,
            "lines": LINES,
        }
        about = "".join(self._about(name) for name in ABOUT)
        options = "".join(
            f'<option value="{name}">{escape(texts[f"basis-{name}"])}</option>' for name in BASES
        )
        basis = f"course-rates-basis-{self.lang}"
        lines = "".join(self._line(number) for number in range(1, LINES + 1))
        steps = "".join(f"<li>{say(texts[f'hand-{place}'], way)}</li>" for place in range(1, HAND_STEPS + 1))
        return (
            f'<div class="course-rates" lang="{self.lang}" dir="{way}">\n<style>\n{form_style()}\n</style>\n'
            f'<form aria-label="{escape(texts["form-label"])}" autocomplete="off" novalidate hidden>'
            f"<p>{say(texts['form-safe'].format(small=SMALL, few=FEW), way)}</p>{about}"
            f'<div><label for="{basis}">{say(texts["basis"], way)}</label>'
            f'<select id="{basis}" name="basis">{options}</select></div>'
            f"<p>{say(texts['form-first'], way)}</p>{lines}"
            f'<p><button type="submit">{say(texts["form-count"], way)}</button> '
            f'<button type="button">{say(texts["form-clear"], way)}</button></p></form>\n'
            '<div class="cr-result" role="status"></div>\n'
            f"<details open><summary>{say(texts['hand'], way)}</summary>"
            f"<ol>{steps}</ol></details>\n"
            f'<script type="application/json">{script_json(data)}</script>\n'
            f"<script>\n{form_script()}</script>\n</div>"
        )

    def _about(self, name: str) -> str:
        texts, way = section("numbers", self.lang), direction(self.lang)
        identifier = f"course-rates-{name}-{self.lang}"
        return (
            f'<div><label for="{identifier}">{say(texts[name], way)}</label>'
            f'<input type="text" id="{identifier}" name="{name}" aria-describedby="{identifier}-help">'
            f'<small id="{identifier}-help">{say(texts[f"{name}-help"], way)}</small></div>'
        )

    def _line(self, number: int) -> str:
        texts, way = section("numbers", self.lang), direction(self.lang)
        fields = ""
        for name in ("group", "people", "problem"):
            identifier = f"course-rates-{name}-{number}-{self.lang}"
            mode = "" if name == "group" else ' inputmode="numeric"'
            fields += (
                f'<div><label for="{identifier}">{say(texts[f"column-{name}"], way)}</label>'
                f'<input type="text"{mode} id="{identifier}" name="{name}"></div>'
            )
        legend = say(texts["form-line"].format(line=number), way)
        return f'<fieldset><legend>{legend}</legend><div class="cr-line">{fields}</div></fieldset>'


def rates(lang: str = "en") -> RatesForm:
    """The form for rates and gaps; nothing entered is kept or sent. CourseError for an unknown language."""
    section("numbers", lang)
    return RatesForm(lang)


@cache
def form_script() -> str:
    """The script: classic, since a page opened from a disk loads no modules. It may stand there twice."""
    parts = "\n".join(without_comments((ASSETS / name).read_text(encoding="utf-8")) for name in PARTS)
    guard = "if (globalThis.courseRates) {\ncourseRates.drawWhenRead();\nreturn;\n}"
    return shortened("application/javascript", f'(() => {{\n"use strict";\n{guard}\n{parts}\n}})();\n')


@cache
def form_style() -> str:
    """The style; every rule lies below `.course-rates`."""
    return without_comments((ASSETS / "page.css").read_text(encoding="utf-8"))
