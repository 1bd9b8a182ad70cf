"""How a value is shown on a page: in words, with how sure it is, its source and dates on demand."""

from __future__ import annotations

import re
from datetime import date
from html import escape

from course.facts.models import Dated, Rule
from course.facts.reading import rule_notes
from course.facts.words import word
from course.texts import section

URL = re.compile(r"https?://\S+?(?=[;,).]?(?:\s|$))")

STYLE = """
.course-fact-value { display: block; font-weight: 600; }
.course-fact-sure { display: block; font-size: .8rem; }
[data-confidence=recalled] > .course-fact-sure, [data-confidence=gap] > .course-fact-sure {
  border-inline-start: 3px solid currentColor; padding-inline-start: .4rem; }
[data-confidence] > details { font-size: .8rem; margin: .2rem 0 0; border: 0; padding: 0; background: none;
  overflow-wrap: anywhere; }
[data-confidence] > details > summary { cursor: pointer; min-height: 1.5rem; padding: .2rem 0;
  font-weight: 400; }
""".strip()


def fact_html(given: Dated, said: str, lang: str, note: str = "", *, of_rule: bool = False) -> str:
    """What stands inside the element of one value; `said` is HTML, empty for a gap.

    A rule that is not checked sends its reader to the session's information note. A note in
    English on a page in another language says so.
    """
    texts = section("facts", lang)
    value = f'<span class="course-fact-value">{said}</span>' if said else ""
    sure = texts[f"{'confidence' if of_rule else 'fact'}-{given.confidence}"]
    days = {"as_of": in_english(given.as_of, lang), "checked": escape(shown_day(given.checked, lang))}
    told = f"<p>{note}</p>" if note else ""
    return (
        f'{value}<span class="course-fact-sure">{escape(sure)}</span>'
        f'<details data-checked="{given.checked}"><summary>{escape(texts["source"])}</summary>'
        f"{told}<p>{source_html(given.source)}</p><p>{escape(texts['dates']).format(**days)}</p></details>"
    )


def rule_html(rule: Rule, lang: str) -> str:
    """What stands inside the element of one rule, its note translated where somebody did."""
    translated = rule_notes(lang).get(rule.id)
    note = (escape(translated) if translated else in_english(rule.note, lang)) if rule.note else ""
    said = escape(shown_value(rule, lang)) if rule.value else ""
    return fact_html(rule, said, lang, note, of_rule=True)


def shown_value(rule: Rule, lang: str = "en") -> str:
    """A rule's value in words: `3,300 words at most`, `1 December; 1 April; 1 August`."""
    texts = section("facts", lang)
    if rule.unit == "text":
        return texts["join"].join(word("value", part, lang) for part in rule.value.split(";"))
    if rule.unit == "month-days":
        days = [date.fromisoformat(f"2000-{part}") for part in rule.value.split(";")]
        return texts["join"].join(_day_and_month(day, lang) for day in days)
    if rule.unit == "date":
        return shown_date(rule.value, lang)
    number = float(rule.value)
    words = f"unit-{rule.unit}-{rule.value}"
    if words not in texts:
        words = f"unit-{rule.unit}"
    if "length" in rule.rule and rule.unit in ("words", "pages"):
        words += "-most"
    if not number.is_integer():
        return texts[words].format(value=texts["decimal"].join(rule.value.split(".")))
    thousands, rest = divmod(int(number), 1000)
    said = texts["thousands"].format(thousands=thousands, rest=f"{rest:03}") if thousands else str(rest)
    return texts[words].format(value=said)


def shown_date(text: str, lang: str = "en") -> str:
    """A day, a month or a year in words: `1 June 2027`, `March 2027`, `2027`; anything else as it is."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return shown_day(date.fromisoformat(text), lang)
    if re.fullmatch(r"\d{4}-\d\d", text):
        year, month = text.split("-")
        return f"{section('quiz', lang)[f'month-{int(month)}']} {year}"
    return text


def shown_day(day: date, lang: str = "en") -> str:
    """A day in words: `23 November 2026`."""
    return f"{_day_and_month(day, lang)} {day.year}"


def _day_and_month(day: date, lang: str) -> str:
    texts = section("quiz", lang)  # the names of the months stand there once
    number = texts["first-day"] if day.day == 1 else str(day.day)
    return f"{number} {texts[f'month-{day.month}']}"


def source_html(source: str) -> str:
    """A source with each address in it as a link; always left to right."""
    if URL.fullmatch(source):
        return f'<a dir="ltr" href="{escape(source)}">{escape(source)}</a>'
    linked, place = "", 0
    for match in URL.finditer(source):
        address = escape(match[0])
        linked += f'{escape(source[place : match.start()])}<a dir="ltr" href="{address}">{address}</a>'
        place = match.end()
    return f'<bdi lang="en" dir="ltr">{linked}{escape(source[place:])}</bdi>'


def in_english(text: str, lang: str) -> str:
    """A text that is in English on every page; where the page is not, it says so."""
    return escape(text) if lang == "en" else f'<bdi lang="en" dir="ltr">{escape(text)}</bdi>'
