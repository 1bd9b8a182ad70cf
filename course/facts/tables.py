"""Tables of the rules for a page: every value with its confidence in words, its source and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

import pandas as pd

from course.errors import CourseError
from course.facts.models import Body, Rule
from course.facts.reading import REPORTING, all_rules, bodies, rule_notes
from course.texts import direction, section

# The stages of a treaty body; those of the UPR have no body to stand beside.
STAGES = ("loi", "loipr", "session", "follow-up")
RULE_NAMES = (
    *("length", "length-joint", "length-thematic", "languages", "deadline", "channel"),
    *("file-type", "publication", "oral", "ecosoc-status", "follow-up-delay"),
)
# After the observations, what was asked before the session says nothing: only these columns stand.
SHOWN = {"follow-up": ("follow-up-delay", "languages")}
COLUMNS = [
    *("id", "body", "stage", "rule", "value", "unit", "note", "source", "as_of"),
    *("confidence", "checked", "decides"),
]
# A body that does not have the stage at all: its rules for `any` stage must not be shown for it.
NO_SUCH_STAGE = "no-such-stage"

STYLE = """
.course-rules { margin: 1rem 0; }
.course-rules-box { overflow-x: auto; border: 1px solid #8a8a8a; border-radius: .4rem; }
.course-rules-box:focus-visible { outline: 3px solid #1a5fb4; outline-offset: 2px; }
.course-rules table { border-collapse: separate; border-spacing: 0; width: max-content;
  max-width: none; margin: 0; font-size: .9rem; line-height: 1.4; text-align: start; }
.course-rules caption { caption-side: top; text-align: start; padding: .6rem .7rem; font-weight: 600; }
.course-rules caption span { display: inline-block; position: sticky; inset-inline-start: .7rem;
  max-width: min(40rem, 75vw); }
.course-rules th, .course-rules td { padding: .5rem .7rem; vertical-align: top; text-align: start;
  border: 0; border-top: 1px solid #8a8a8a; min-width: 8rem; max-width: 14rem; white-space: normal; }
.course-rules tbody th, .course-rules thead th:first-child { position: sticky; z-index: 1;
  inset-inline-start: 0; min-width: 5.5rem; border-inline-end: 1px solid #8a8a8a;
  background: var(--paper, var(--jp-layout-color0, Canvas)); }
.course-rules-name { display: block; font-weight: 400; font-size: .8rem; max-width: 11rem; }
.course-rules-value { display: block; font-weight: 600; }
.course-rules-sure { display: block; font-size: .8rem; }
.course-rules [data-confidence=recalled] .course-rules-sure,
.course-rules [data-confidence=gap] .course-rules-sure { border-inline-start: 3px solid currentColor;
  padding-inline-start: .4rem; }
.course-rules details { font-size: .8rem; margin-top: .2rem; overflow-wrap: anywhere; }
.course-rules summary { cursor: pointer; min-height: 1.5rem; }
@media (max-width: 40rem) {
  .course-rules tbody th, .course-rules thead th:first-child { min-width: 4.5rem; max-width: 5.5rem; }
  .course-rules-name { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); white-space: nowrap; }
}
""".strip()


@dataclass(frozen=True)
class RulesTable:
    """The rules of one stage in one language; a page shows it as HTML."""

    stage: str
    lang: str

    def _repr_html_(self) -> str:
        """The table with its caption, its style and a box that scrolls by keyboard; always the same."""
        texts = section("facts", self.lang)
        frame = rules_frame(self.stage)
        names = [name for name in SHOWN.get(self.stage, RULE_NAMES) if (frame["rule"] == name).any()]
        found = {(rule.body, rule.rule): rule for rule in _rules_of(self.stage)}
        caption = escape(texts["caption"].format(stage=texts[f"stage-{self.stage}"]))
        head = "".join(f'<th scope="col">{escape(texts[f"rule-{name}"])}</th>' for name in names)
        rows = "".join(
            f"<tr>{_body_cell(body, self.lang)}"
            + "".join(_value_cell(found.get((body.code, name)), self.lang) for name in names)
            + "</tr>"
            for body in bodies().values()
        )
        return (
            f'<div class="course-rules" lang="{self.lang}" dir="{direction(self.lang)}">'
            f"<style>{STYLE}</style>"
            f'<div class="course-rules-box" role="region" tabindex="0" aria-label="{caption}">'
            f"<table><caption><span>{caption}</span></caption>"
            f'<thead><tr><th scope="col">{escape(texts["column-body"])}</th>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div></div>"
        )


def rules_table(stage: str = "session", lang: str = "en") -> RulesTable:
    """The rules of every treaty body at one stage, for a page.

    Raises CourseError for a stage or a language that does not exist.
    """
    _require_stage(stage)
    section("facts", lang)
    return RulesTable(stage, lang)


def rules_frame(stage: str = "session") -> pd.DataFrame:
    """One row a rule that holds at `stage`, in the order of the bodies and of the rules.

    Columns, all text but the last two: `id`, `body` (code), `stage` (`stage` itself or
    `any`), `rule`, `value` (empty for a gap), `unit`, `note`, `source`, `as_of`,
    `confidence` (`verified`, `recalled`, `gap`), `checked` (date), `decides` (bool: only
    a verified rule may fail a draft). A rule of the stage goes before one for `any`.
    Raises CourseError for a stage that does not exist.
    """
    _require_stage(stage)
    rows = [{**rule.model_dump(), "decides": rule.decides} for rule in _rules_of(stage)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _require_stage(stage: str) -> None:
    if stage not in STAGES:
        raise CourseError(f"there is no stage {stage!r}; the stages are {', '.join(STAGES)}.")


def _rules_of(stage: str) -> list[Rule]:
    """The rules of one stage, one for each body and name, in the order of both."""
    chosen: dict[tuple[str, str], Rule] = {}
    for rule in all_rules():
        if rule.pack != REPORTING or not rule.holds(None):
            continue
        if rule.stage == stage or (rule.stage == "any" and (rule.body, rule.rule) not in chosen):
            chosen[rule.body, rule.rule] = rule
    without = {rule.body for rule in chosen.values() if rule.value == NO_SUCH_STAGE}
    return [
        rule
        for code in bodies()
        for name in RULE_NAMES
        if (rule := chosen.get((code, name))) and (code not in without or rule.value == NO_SUCH_STAGE)
    ]


def _body_cell(body: Body, lang: str) -> str:
    return (
        f'<th scope="row"><bdi dir="ltr">{escape(body.code)}</bdi>'
        f'<span class="course-rules-name">{escape(body.name(lang))}</span></th>'
    )


def _value_cell(rule: Rule | None, lang: str) -> str:
    texts = section("facts", lang)
    if rule is None:
        return f"<td>{escape(texts['nothing-recorded'])}</td>"
    value = f'<span class="course-rules-value">{escape(shown_value(rule, lang))}</span>' if rule.value else ""
    translated = rule_notes(lang).get(rule.id)
    note = f"<p>{escape(translated) if translated else _english(rule.note, lang)}</p>" if rule.note else ""
    days = {"as_of": _english(rule.as_of, lang), "checked": escape(shown_day(rule.checked, lang))}
    return (
        f'<td data-confidence="{rule.confidence}">{value}'
        f'<span class="course-rules-sure">{escape(texts[f"confidence-{rule.confidence}"])}</span>'
        f"<details><summary>{escape(texts['source'])}</summary>{note}<p>{_source(rule.source)}</p>"
        f"<p>{escape(texts['dates']).format(**days)}</p></details></td>"
    )


def shown_value(rule: Rule, lang: str = "en") -> str:
    """A rule's value in words: `3,300 words at most`, `1 December; 1 April; 1 August`."""
    texts = section("facts", lang)
    if rule.unit == "text":
        return texts["join"].join(texts[f"value-{part}"] for part in rule.value.split(";"))
    if rule.unit == "month-days":
        days = [date.fromisoformat(f"2000-{part}") for part in rule.value.split(";")]
        return texts["join"].join(_day_and_month(day, lang) for day in days)
    number = int(rule.value)
    words = f"unit-{rule.unit}-{number}"
    if words not in texts:
        words = f"unit-{rule.unit}"
    thousands, rest = divmod(number, 1000)
    said = texts["thousands"].format(thousands=thousands, rest=f"{rest:03}") if thousands else str(rest)
    return texts[words].format(value=said)


def shown_day(day: date, lang: str = "en") -> str:
    """A day in words: `23 November 2026`."""
    return f"{_day_and_month(day, lang)} {day.year}"


def _day_and_month(day: date, lang: str) -> str:
    texts = section("quiz", lang)  # the names of the months stand there once
    number = texts["first-day"] if day.day == 1 else str(day.day)
    return f"{number} {texts[f'month-{day.month}']}"


def _source(source: str) -> str:
    """A link where the source is an address, else the symbol or title; always left to right."""
    if source.startswith("http"):
        return f'<a dir="ltr" href="{escape(source)}">{escape(source)}</a>'
    return f'<bdi lang="en" dir="ltr">{escape(source)}</bdi>'


def _english(text: str, lang: str) -> str:
    """A text that is in English on every page; where the page is not, it says so."""
    return escape(text) if lang == "en" else f'<bdi lang="en" dir="ltr">{escape(text)}</bdi>'
