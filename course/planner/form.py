"""The planner as a form on a page: one small script plans, with no machine behind it; without it, by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from course.facts import country as country_of
from course.facts.shown import shown_day, source_html
from course.planner.backward import PACE
from course.planner.form_data import form_data
from course.quizzes.assets import shortened, without_comments
from course.quizzes.html import say, script_json
from course.texts import say_day, section

ASSETS = Path(__file__).resolve().parent / "assets"
PARTS = ("count.js", "calendar.js", "page.js")
HAND_STEPS = 6
# Name, kind of control, whether it may always stay empty; in the order of the form.
ASKED = (
    ("body", "select", False),
    ("stage", "select", False),
    ("session", "date", False),
    ("today", "date", False),
)
NOTED = (
    ("deadline", "date", False),
    ("hour", "time", True),
    ("link", "url", False),
    ("dated", "date", False),
)
TRANSLATED = (("words", "number", True), ("pace", "number", True))
HELPED = {"session", "today", "pace"}


@dataclass(frozen=True)
class PlanForm:
    """The form in one language, with the holidays of one country; Jupyter shows it by itself."""

    lang: str = "en"
    country: str = "MAR"

    def _repr_html_(self) -> str:
        """The whole form as one piece of HTML that needs nothing else; always the same."""
        data = form_data(self.lang, self.country)
        return (
            f'<div class="course-planner" lang="{data["lang"]}" dir="{data["dir"]}">\n'
            f"<style>\n{form_style()}\n</style>\n{_form(data)}\n"
            f'<div class="cp-status" role="status"></div>\n{_result(data)}\n{_by_hand(data, self.country)}\n'
            f'<script type="application/json" data-plan="data">{script_json(data)}</script>\n'
            f"<script>\n{form_script()}</script>\n</div>"
        )


def plan(lang: str = "en", country: str = "MAR") -> PlanForm:
    """The form that plans back from a session. Raises PlanError for a country without a calendar."""
    return PlanForm(lang, country)


@cache
def form_script() -> str:
    """The script: classic, since a page opened from a disk loads no modules. It may stand there twice."""
    parts = "\n".join(without_comments((ASSETS / name).read_text(encoding="utf-8")) for name in PARTS)
    return shortened(
        "application/javascript",
        '(() => {\n"use strict";\n'
        "if (globalThis.coursePlanner) {\nglobalThis.coursePlanner.drawWhenRead();\nreturn;\n}\n"
        f"{parts}\n}})();\n",
    )


@cache
def form_style() -> str:
    """The style; every rule lies below `.course-planner`."""
    return without_comments((ASSETS / "page.css").read_text(encoding="utf-8"))


def _form(data: dict[str, Any]) -> str:
    """Hidden until the script shows it: without the script it could do nothing."""
    texts, way = section("planner", data["lang"]), data["dir"]
    asked, noted, translated = (
        f'<div class="cp-fields">{"".join(_field(*field, data) for field in fields)}</div>'
        for fields in (ASKED, NOTED, TRANSLATED)
    )
    return (
        f'<form aria-label="{escape(texts["form-label"])}" autocomplete="off" novalidate hidden>\n'
        f'<p class="cp-small">{say(texts["form-kept"], way)}</p>\n{asked}\n'
        f"<fieldset><legend>{say(texts['form-note'], way)}</legend>"
        '<p class="cp-small" aria-live="polite"></p>'
        f'<p class="cp-small">{say(texts["form-note-help"], way)}</p>'
        f"{noted}</fieldset>\n"
        f"<fieldset><legend>{say(texts['form-translation'], way)}</legend>{translated}</fieldset>\n"
        '<div class="cp-buttons">'
        f'<button type="submit" class="cp-main">{say(texts["form-make"], way)}</button>'
        f'<button type="button" data-action="clear">{say(texts["form-clear"], way)}</button></div>\n</form>'
    )


def _field(name: str, kind: str, optional: bool, data: dict[str, Any]) -> str:
    texts, way = section("planner", data["lang"]), data["dir"]
    identifier = f"course-plan-{name}-{data['lang']}"
    mark = f"<span> ({say(section('form', data['lang'])['optional'], way)})</span>" if optional else ""
    label = f'<label for="{identifier}">{say(texts[f"form-{name}"], way)}{mark}</label>'
    attributes = f'id="{identifier}" name="{name}"'
    told = ""
    if name in HELPED:
        attributes += f' aria-describedby="{identifier}-help"'
        words = texts[f"form-{name}-help"].format(pace=PACE)
        told = f'<p class="cp-small" id="{identifier}-help">{say(words, way)}</p>'
    if kind == "select":
        bodies = (
            [(code, f"{code}: {body['name']}") for code, body in data["bodies"].items()]
            if name == "body"
            else []
        )
        options = "".join(
            f'<option value="{escape(code)}">{escape(words)}</option>'
            for code, words in [("", texts["form-choose"]), *bodies]
        )
        return f"<div>{label}<select {attributes}>{options}</select>{told}</div>"
    if kind == "date":
        first, last = data["window"]
        attributes += f' min="{first}-01-01" max="{last}-12-31"'
    if kind == "number":  # Arabic figures are welcome, which a control for numbers would refuse
        return f'<div>{label}<input type="text" inputmode="numeric" {attributes}>{told}</div>'
    direction = ' dir="ltr"' if kind == "url" else ""
    return f'<div>{label}<input type="{kind}"{direction} {attributes}>{told}</div>'


def _result(data: dict[str, Any]) -> str:
    texts, way = section("planner", data["lang"]), data["dir"]
    return (
        '<div class="cp-result" hidden><div class="cp-plan"></div>'
        '<div class="cp-buttons">'
        f'<button type="button" data-action="calendar">{say(texts["form-ics"], way)}</button></div>'
        f'<p class="cp-small">{say(texts["form-ics-help"], way)}</p></div>'
    )


def _by_hand(data: dict[str, Any], country: str) -> str:
    """How to count without the form; open until the script closes it."""
    texts, way, lang = section("planner", data["lang"]), data["dir"], data["lang"]
    told = {
        "weekend": section("facts", lang)["join"].join(
            section("quiz", lang)[f"weekday-{day}"] for day in data["home"]["rest"]
        ),
        "pace": PACE,
    }
    steps = "".join(
        f"<li>{say(texts[f'form-hand-{place}'].format(**told), way)}</li>"
        for place in range(1, HAND_STEPS + 1)
    )
    looked = max(basis["checked"] or "" for _, _, case in _cases(data) for basis in case.get("bases", ()))
    shown = {"first": looked[:4], "last": data["window"][1], "country": country_of(country).name(lang)}
    caption = say(texts["form-hand-holidays"].format(**shown), way)
    holidays = _holidays_table(data, int(looked[:4]), caption)
    return (
        f'<details class="cp-hand" open><summary>{say(texts["form-hand"], way)}</summary>\n'
        f"<noscript><p>{say(texts['form-hand-only'], way)}</p></noscript>\n<ol>{steps}</ol>\n"
        f"{_steps_table(data)}\n{_rules_table(data)}\n"
        f"<details><summary>{caption}</summary>{holidays}</details>\n</details>"
    )


def _steps_table(data: dict[str, Any]) -> str:
    texts = section("planner", data["lang"])
    rows = [
        (step["name"], str(step["days"]), step["reason"])
        for step in sorted(data["milestones"], key=lambda step: -step["days"])
    ]
    heads = (texts["column-step"], texts["form-days-before"], texts["column-reason"])
    return _table(texts["form-hand-steps"], heads, [[say(cell, data["dir"]) for cell in row] for row in rows])


def _rules_table(data: dict[str, Any]) -> str:
    """Only what is confirmed: everything else stands in the information note."""
    texts, way, lang = section("planner", data["lang"]), data["dir"], data["lang"]
    rows = []
    for code, stage, case in _cases(data):
        if "before" not in case and "fixed" not in case:
            continue
        basis = case["bases"][0]
        looked = texts["form-looked"].format(day=shown_day(date.fromisoformat(basis["checked"]), lang))
        rows.append(
            [
                say(f"{code}: {data['bodies'][code]['name']}", way),
                say(data["stages"][stage], way),
                say(basis["value"], way),
                f"{source_html(basis['source'])}<br>{say(looked, way)}",
            ]
        )
    heads = (texts["form-body"], texts["form-stage"], texts["last-day"], texts["form-source"])
    return _table(texts["form-hand-rules"], heads, rows)


def _cases(data: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Body, stage and what holds for the latest sessions."""
    return [
        (code, stage, cases[-1])
        for code, body in data["bodies"].items()
        for stage, cases in body["stages"].items()
    ]


def _holidays_table(data: dict[str, Any], first: int, caption: str) -> str:
    texts, way, lang = section("planner", data["lang"]), data["dir"], data["lang"]
    rows = []
    for iso, (place, estimated) in data["home"]["days"].items():
        day = date.fromisoformat(iso)
        if first <= day.year <= data["window"][1]:
            words = data["home"]["names"][place]
            words = texts["form-estimated"].format(holiday=words) if estimated else words
            rows.append([say(say_day(day, lang), way), say(words, way)])
    return _table(caption, (texts["column-day"], texts["form-holiday"]), rows)


def _table(caption: str, heads: tuple[str, ...], rows: list[list[str]]) -> str:
    """A table in a frame that scrolls by itself; its first column heads the rows. Cells are HTML."""
    columns = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    lines = "".join(
        f'<tr><th scope="row">{head}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
        for head, *cells in rows
    )
    return (
        f'<div class="cp-box" role="region" tabindex="0" aria-label="{escape(caption)}"><table>'
        f"<caption>{caption}</caption><thead><tr>{columns}</tr></thead><tbody>{lines}</tbody></table></div>"
    )
