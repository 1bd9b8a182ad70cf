"""The HTML that pages of facts are made of: lists of definitions, tables, days that the browser counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape

from course.facts import Rule, Value, all_rules, rules
from course.facts.countries import Country, Event, Review
from course.facts.models import Dated
from course.facts.shown import STYLE as FACT_STYLE
from course.facts.shown import fact_html, in_english, rule_html, shown_date
from course.facts.tables import STYLE as TABLE_STYLE
from course.facts.words import word
from course.texts import direction, section, text

FACTS_MARK = "data-checked="
FACTS_STYLE = f"""{TABLE_STYLE}
{FACT_STYLE}
.course-facts > dt {{ font-weight: 650; }}
.course-facts > dt > small {{ font-weight: 400; display: block; }}
.course-facts > dd {{ margin: .1rem 0 .9rem; padding-block-end: .3rem;
  border-block-end: 1px solid var(--line); }}
.course-facts > dd > p {{ margin-block: .2rem; }}
.course-rules td .course-facts {{ margin: 0; }}
.course-rules td .course-facts > dd {{ border: 0; margin-block-end: .4rem; }}
.course-days {{ font-weight: 400; font-size: .85rem; }}
"""

# A line of a list of definitions: its name, `html` where the name is HTML (else a small addition
# or nothing), and the whole `<dd>`.
Entry = tuple[str, str, str]


def definitions(entries: Iterable[Entry]) -> str:
    """A list of names and values."""
    lines = ""
    for name, addition, value in entries:
        label = name if addition == "html" else escape(name)
        if addition not in ("", "html"):
            label += f" <small>{escape(addition)}</small>"
        lines += f"<dt>{label}</dt>{value}"
    return f'<dl class="course-facts">{lines}</dl>'


def put_value(given: Dated, said: str, lang: str, note: str = "", tag: str = "dd") -> str:
    """One value in its element; `said` is HTML, `note` an English text."""
    noted = in_english(note, lang) if note else ""
    return f'<{tag} data-confidence="{given.confidence}">{fact_html(given, said, lang, noted)}</{tag}>'


def value_entries(values: Mapping[str, Value], lang: str) -> list[Entry]:
    """The values of a treaty or a country, by the names of their fields."""
    return [
        (
            text(f"facts.field-{name}", lang),
            "",
            put_value(
                value, in_english(_said(name, value, lang), lang) if value.value else "", lang, value.note
            ),
        )
        for name, value in values.items()
    ]


def _said(name: str, value: Value, lang: str) -> str:
    if name == "authentic_languages":
        return section("facts", lang)["join"].join(
            word("value", part, lang) for part in value.value.split(";")
        )
    if value.value == "none":
        return word("value", "none", lang)
    return shown_date(value.value.replace(";", ", "), lang)


def rule_entries(code: str, pack: str | None, lang: str) -> list[Entry]:
    """The rules of one body that hold, then the earlier versions of some, each with its stage or its days."""
    held = rules(code, pack=pack)
    packs = {row.pack for row in held}
    past = [row for row in all_rules() if row.body == code and row.pack in packs and row not in held]
    return [
        (
            word("rule", row.rule, lang),
            _stage_and_days(row, lang),
            f'<dd data-confidence="{row.confidence}" data-rule="{row.id}">{rule_html(row, lang)}</dd>',
        )
        for row in (*held, *past)
    ]


def _stage_and_days(row: Rule, lang: str) -> str:
    texts = section("facts", lang)
    parts = [] if row.stage == "any" else [texts[f"stage-{row.stage}"]]
    for key, day in (("valid-from", row.valid_from), ("valid-until", row.valid_until)):
        if day:
            parts.append(texts[key].format(day=shown_date(day, lang)))
    return texts["join"].join(parts)


def grid(caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], lang: str) -> str:
    """A table in a box that scrolls by keyboard; cells come as whole elements."""
    head = "".join(f'<th scope="col">{escape(each)}</th>' for each in heads)
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    said = escape(caption)
    return (
        f'<div class="course-rules" lang="{lang}" dir="{direction(lang)}">'
        f'<div class="course-rules-box" role="region" tabindex="0" aria-label="{said}">'
        f"<table><caption><span>{said}</span></caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div></div>"
    )


def rule_grid(
    caption: str,
    heads: Mapping[str, str],
    names: Sequence[str],
    found: Mapping[tuple[str, str], Rule | None],
    lang: str,
) -> str:
    """Rules side by side: a row a body, headed by its HTML in `heads`; a column a rule."""
    texts = section("facts", lang)
    nothing = f"<td>{escape(texts['nothing-recorded'])}</td>"

    def cell(row: Rule | None) -> str:
        return f'<td data-confidence="{row.confidence}">{rule_html(row, lang)}</td>' if row else nothing

    rows = [
        [f'<th scope="row">{head}</th>', *(cell(found[code, name]) for name in names)]
        for code, head in heads.items()
    ]
    return grid(caption, [texts["column-body"], *(word("rule", name, lang) for name in names)], rows, lang)


def when_html(event: Event, today: date, lang: str) -> str:
    """An event's day or month, with the days left: the browser counts them, this is what stands without it.

    For a month, the days to its first one are counted: who is ready then is ready in time.
    """
    if event.always_open or not event.date_or_month:
        return "" if event.always_open else "?"
    texts = section("facts", lang)
    first = date.fromisoformat(f"{event.date_or_month}-01-01"[:10])
    key = "days-left" if len(event.date_or_month) == 10 else "days-left-to-month"
    days = (first - today).days
    said = texts[key].format(days=days) if days >= 0 else texts["days-past"]
    return (
        f"{escape(shown_date(event.date_or_month, lang))} "
        f'<small class="course-days" data-day="{first}" data-left="{escape(texts[key])}" '
        f'data-past="{escape(texts["days-past"])}">{escape(said)}</small>'
    )


def is_coming(event: Event, today: date) -> bool:
    """Whether an event's day, month or year is not over on `today`."""
    return event.date_or_month >= today.isoformat()[: len(event.date_or_month)]


def review_html(found: Review | None, lang: str, tag: str = "dd") -> str:
    """One review: its days and documents, or what is known of the next."""
    if found is None:
        return f"<{tag}>{escape(text('facts.no-review', lang))}</{tag}>"
    if found.is_next:
        said = in_english(found.next_step, lang) if found.next_step else ""
    else:
        days = ", ".join(shown_date(day, lang) for day in found.review_dates.split(";") if day) or "?"
        symbols = "".join(f' <bdi dir="ltr">{escape(symbol)}</bdi>' for symbol in found.symbols)
        said = f"{escape(days)}{symbols}"
    return put_value(found, said, lang, found.note, tag)


def review_entries(code: str, state: Country, lang: str) -> list[Entry]:
    """The last and the next review by one body, for a list of definitions."""
    return [
        (text("facts.last-review", lang), "", review_html(state.last_review(code), lang)),
        (text("facts.next-review", lang), "", review_html(state.next_review(code), lang)),
    ]
