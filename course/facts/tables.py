"""Tables: of the rules for a page, every value with its confidence and source; of all facts for pandas."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd

from course.errors import CourseError
from course.facts.countries import country
from course.facts.models import Body, Rule
from course.facts.reading import REPORTING, all_rules, bodies
from course.facts.shown import STYLE as FACT_STYLE
from course.facts.shown import rule_html
from course.facts.values import all_facts
from course.facts.words import word
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
        head = "".join(f'<th scope="col">{escape(word("rule", name, self.lang))}</th>' for name in names)
        rows = "".join(
            f"<tr>{_body_cell(body, self.lang)}"
            + "".join(_value_cell(found.get((body.code, name)), self.lang) for name in names)
            + "</tr>"
            for body in bodies().values()
        )
        return (
            f'<div class="course-rules" lang="{self.lang}" dir="{direction(self.lang)}">'
            f"<style>{STYLE}\n{FACT_STYLE}</style>"
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
    if rule is None:
        return f"<td>{escape(section('facts', lang)['nothing-recorded'])}</td>"
    return f'<td data-confidence="{rule.confidence}">{rule_html(rule, lang)}</td>'


def facts_frame() -> pd.DataFrame:
    """One row a value of the whole course: rules, bodies, treaties, what countries' files say.

    Columns, text but where said: `id`, `body` (the body, treaty or subject), `stage`, `rule` (or
    field), `value` (None for a gap; a number in `unit`, or codes), `unit` (`words`, `pages`,
    `weeks-before-session`, `months`, `years`, `days`, `minutes`, `count`, `date`, `month-days`,
    `text`), `note`, `valid_from` and `valid_until` (a day or part of one, None where there is
    none), `source`, `as_of`, `checked` (ISO date), `confidence`, `decides` (bool).
    """
    return pd.DataFrame([fact.as_dict() for fact in all_facts()])


def recommendations_frame(code: str) -> pd.DataFrame:
    """One row a recommendation to a country, in our own paraphrase. All columns are text but `checked`.

    `id`, `body`, `symbol`, `paragraph`, `date` (a day or part of one), `paraphrase`, `theme` (an id
    of the country's themes), `rights_holders`, `position` (`supported`, `noted`, or empty where
    nobody asked for one), `sdg_target` (such as `16.3`), `source`, `as_of`, `checked` (date),
    `confidence`. Raises CourseError for an unknown country.
    """
    return pd.DataFrame([row.model_dump() for row in country(code).recommendations])


def documents_frame(code: str) -> pd.DataFrame:
    """One row a document on a country, with what its symbol says. All columns are text but `checked`.

    `symbol`, `body`, `kind`, `title`, `date` (a day or part of one), `last_paragraph` (empty where
    it is not known), `source`, `as_of`, `checked` (date), `confidence`. Raises CourseError for an
    unknown country or a symbol that does not parse.
    """
    columns = ("title", "date", "last_paragraph", "source", "as_of", "checked", "confidence")
    return pd.DataFrame(
        {"symbol": row.symbol, "body": row.parsed.body, "kind": row.parsed.kind}
        | {name: getattr(row, name) for name in columns}
        for row in country(code).documents
    )
