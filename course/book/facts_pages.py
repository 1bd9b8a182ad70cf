"""The directives of the pages made from the facts: what now, sheets, side by side, calendar, glossary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from docutils import nodes

from course.book.facts_directive import FactsDirective
from course.book.facts_parts import (
    definitions,
    grid,
    is_coming,
    put_value,
    review_entries,
    review_html,
    rule_entries,
    rule_grid,
    value_entries,
    when_html,
)
from course.facts import Rule, all_rules, bodies, body, country, glossary, mechanisms, rule, treaties
from course.facts.countries import Country, Event
from course.facts.reading import COMPLAINTS
from course.facts.shown import fact_html, in_english, shown_date
from course.texts import LANGUAGES, direction

TREATY_FIELDS = (
    *("adopted", "in_force", "last_article", "reporting_article", "initial_report_years"),
    *("periodic_report_years", "complaints_article", "inquiry_article", "authentic_languages"),
)
# What mechanisms without reports to examine can be asked about, in the order of an association's questions.
COMPARED = (
    *("who-may-write", "ecosoc-status", "ratification", "exhaustion", "anonymity", "length", "languages"),
    *("file-type", "channel", "deadline", "publication"),
)
COMPLAINTS_COMPARED = (
    *("acceptance", "who-may-complain", "exhaustion", "exhaustion-exception", "time-limit"),
    *("same-matter", "anonymity", "interim-measures", "state-reply"),
)


class BodySheet(FactsDirective):
    """`{body-sheet} CEDAW MAR`: all that is known of a body or mechanism, and of a country before it."""

    required_arguments = 1
    optional_arguments = 1

    def parts(self) -> Iterable[nodes.Node]:
        """Names and treaties, the rules for reports, those for complaints, the country."""
        code = self.arguments[0]
        language = self.language
        if code in bodies():
            yield self.html(self._names(code))
            yield self.titled("treaties", self.word("sheet-treaties"), self._treaties(code))
        heading = self.word("sheet-rules" if code in bodies() else "sheet-mechanism-rules")
        yield self.titled("rules", heading, definitions(rule_entries(code, None, language)))
        if any(row.body == code for row in rules_of_complaints()):
            content = definitions(rule_entries(code, COMPLAINTS, language))
            yield self.titled("complaints", self.word("sheet-complaints"), content)
        if len(self.arguments) > 1:
            state = country(self.arguments[1])
            title = self.word("sheet-country", country=state.name(language))
            yield self.titled("country", title, self._country(code, state))

    def _names(self, code: str) -> str:
        known = body(code)
        names = "<br>".join(
            f'<span lang="{each}" dir="{direction(each)}">{escape(known.name(each))}</span>'
            for each in LANGUAGES
            if each != self.language
        )
        entries = [
            (self.word("sheet-names"), "", f"<dd>{names}</dd>"),
            (self.word("sheet-members"), "", put_value(known, str(known.members), self.language)),
            (
                self.word("sheet-documents"),
                "",
                f'<dd><bdi dir="ltr">{escape(known.document_code)}</bdi></dd>',
            ),
        ]
        return definitions(entries)

    def _treaties(self, code: str) -> str:
        made = ""
        for known in treaties().values():
            if known.body.value == code:
                title = escape(known.title(self.language).value)
                values = {name: getattr(known, name) for name in TREATY_FIELDS}
                made += f'<h3>{title} (<bdi dir="ltr">{known.code}</bdi>)</h3>'
                made += definitions(value_entries(values, self.language))
        return made

    def _country(self, code: str, state: Country) -> str:
        made = ""
        for treaty_code, values in state.treaties.items():
            if treaty_code in treaties() and treaties()[treaty_code].body.value == code:
                made += f'<h3><bdi dir="ltr">{treaty_code}</bdi></h3>'
                made += definitions(value_entries(values, self.language))
        return made + definitions(review_entries(code, state, self.language))


class WhatNow(FactsDirective):
    """`{what-now} MAR`: the doors that are open, those with a date, and where each mechanism stands."""

    required_arguments = 1

    def parts(self) -> Iterable[nodes.Node]:
        """Open on any day; with a date, the next first; without one; then every mechanism."""
        state, today = country(self.arguments[0]), date.today()
        is_open = [event for event in state.calendar if event.always_open]
        dated = [event for event in state.calendar if not event.always_open and event.date_or_month]
        coming = sorted((event for event in dated if is_coming(event, today)), key=lambda e: e.date_or_month)
        unknown = [event for event in state.calendar if not event.date_or_month]
        yield self.titled("open", self.word("now-open"), definitions(event_entries(self, is_open, today)))
        if coming:
            yield self.titled(
                "dated", self.word("now-dated"), definitions(event_entries(self, coming, today))
            )
        if unknown:
            content = f"<p>{escape(self.word('now-unknown-text'))}</p>" + definitions(
                event_entries(self, unknown, today)
            )
            yield self.titled("unknown", self.word("now-unknown"), content)
        yield self.titled("state", self.word("now-state"), self._state(state))

    def _state(self, state: Country) -> str:
        caption = self.word("now-state-caption", country=state.name(self.language))
        heads = [
            self.word(key) for key in ("column-mechanism", "column-accepted", "last-review", "next-review")
        ]
        rows = [
            [
                f'<th scope="row">{self.sheet(code)}'
                f'<span class="course-rules-name">{escape(self.name_of(code))}</span></th>',
                self._accepted(code, state),
                review_html(state.last_review(code), self.language, "td"),
                review_html(state.next_review(code), self.language, "td"),
            ]
            for code in (*bodies(), "UPR")
        ]
        return grid(caption, heads, rows, self.language)

    def _accepted(self, code: str, state: Country) -> str:
        entries = [
            (f"{treaty_code}: {self.word(f'field-{name}')}", "", values[name])
            for treaty_code, values in state.treaties.items()
            if treaty_code in treaties() and treaties()[treaty_code].body.value == code
            for name in ("ratification", "complaints")
            if name in values
        ]
        shown = [
            (
                label,
                extra,
                put_value(value, shown_date(value.value, self.language), self.language, value.note),
            )
            for label, extra, value in entries
        ]
        return f"<td>{definitions(shown)}</td>" if shown else "<td>–</td>"


class CountryCalendar(FactsDirective):
    """`{country-calendar} MAR`: what comes, by date; what has passed; the reviews that were held."""

    required_arguments = 1

    def parts(self) -> Iterable[nodes.Node]:
        """One list of what comes, those of what was."""
        state, today = country(self.arguments[0]), date.today()
        dated = [event for event in state.calendar if event.date_or_month and not event.always_open]
        dated.sort(key=lambda event: event.date_or_month)
        coming = [event for event in dated if is_coming(event, today)]
        unknown = [event for event in state.calendar if not event.date_or_month]
        passed = [event for event in dated if event not in coming]
        name = state.name(self.language)
        for identifier, heading, events in (
            ("coming", self.word("calendar-caption", country=name), [*coming, *unknown]),
            ("past", self.word("calendar-past"), passed),
        ):
            if events:
                yield self.titled(identifier, heading, definitions(event_entries(self, events, today)))
        held = [review for review in state.reviews if not review.is_next]
        held.sort(key=lambda review: review.review_dates or review.id[-4:], reverse=True)
        if held:
            content = definitions(
                (
                    f"{self.sheet(review.body)} {escape(review.report)}",
                    "html",
                    review_html(review, self.language),
                )
                for review in held
            )
            yield self.titled("reviews", self.word("calendar-reviews"), content)


class Compare(FactsDirective):
    """`{compare-mechanisms}`: the mechanisms side by side, then the committees on complaints."""

    def parts(self) -> Iterable[nodes.Node]:
        """Two tables."""
        codes = mechanisms()
        found = {(code, name): rule(code, "any", name) for code in codes for name in COMPARED}
        names = [name for name in COMPARED if any(found[code, name] for code in codes)]
        yield self._side_by_side("mechanisms", codes, names, found)
        committees = [code for code in bodies() if any(row.body == code for row in rules_of_complaints())]
        found = {
            (code, name): rule(code, "any", name, pack=COMPLAINTS)
            for code in committees
            for name in COMPLAINTS_COMPARED
        }
        yield self._side_by_side("complaints", committees, COMPLAINTS_COMPARED, found)

    def _side_by_side(
        self,
        identifier: str,
        codes: Iterable[str],
        names: Sequence[str],
        found: Mapping[tuple[str, str], Any],
    ) -> nodes.section:
        caption = self.word(f"compare-{identifier}")
        heads = {
            code: f'{self.sheet(code)}<span class="course-rules-name">{escape(self.name_of(code))}</span>'
            for code in codes
        }
        return self.titled(identifier, caption, rule_grid(caption, heads, names, found, self.language))


class Glossary(FactsDirective):
    """`{glossary-table}`: every term in the three languages, the page's own first."""

    def parts(self) -> Iterable[nodes.Node]:
        """One list of definitions."""
        order = [self.language, *(each for each in LANGUAGES if each != self.language)]
        terms = sorted(glossary().values(), key=lambda term: term.term(self.language).casefold())
        made = ""
        for term in terms:
            told = "".join(
                f'<p lang="{each}" dir="{direction(each)}"><b>{escape(term.term(each))}</b> '
                f"{escape(term.definition(each))}</p>"
                for each in order[1:]
            )
            own = f"<p>{escape(term.definition(self.language))}</p>{told}"
            made += (
                f'<dt id="term-{term.id}">{escape(term.term(self.language))}</dt>'
                f'<dd data-confidence="{term.confidence}">{own}{fact_html(term, "", self.language)}</dd>'
            )
        yield self.html(f'<dl class="course-facts course-glossary">{made}</dl>')


def rules_of_complaints() -> list[Rule]:
    """The committees' rules for complaints, of every body that has some."""
    return [row for row in all_rules() if row.pack == COMPLAINTS]


def event_entries(page: FactsDirective, events: Iterable[Event], today: date) -> list[tuple[str, str, str]]:
    """Events for a list of definitions: the body and when, then what with its source."""
    return [
        (
            f"{page.sheet(event.body)} {when_html(event, today, page.language)}",
            "html",
            put_value(event, in_english(event.what, page.language), page.language, event.note),
        )
        for event in events
    ]


DIRECTIVES: dict[str, Callable[..., Any]] = {
    "body-sheet": BodySheet,
    "what-now": WhatNow,
    "country-calendar": CountryCalendar,
    "compare-mechanisms": Compare,
    "glossary-table": Glossary,
}
