"""The pages of the codes: one list of all, and one page a code in each language, made from data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any, NamedTuple

from docutils import nodes

from course.book.facts_directive import FactsDirective
from course.book.facts_parts import FACTS_STYLE, Entry, definitions, grid
from course.book.navigation import Outline, Page
from course.facts import all_rules, bodies
from course.facts.shown import rule_html, shown_date
from course.facts.words import word
from course.report.checks import CHECKS
from course.report.codes import codes, page_of
from course.report.criteria import ALL, criteria
from course.report.findings import Check
from course.report.measured import measured
from course.texts import LANGUAGES, section

LIST = "pages/codes"
PACKS = ("treaty-bodies", "upr")
# The rows of the packs that decide a code; all others go by the criteria or the course's own data.
ROWS = {
    "LEN001": ("length", "length-joint", "counted-parts"),
    "LEN002": ("length", "length-joint"),
    "LNG001": ("languages",),
    "FMT001": ("file-type",),
    "FMT006": ("publication",),
}
DATA_FAMILIES = ("REF", "CVG")
GATHERED = "2026-11-23"  # the day of the checklist


class RuleCodes(FactsDirective):
    """`{rule-codes}`: every code by family, what each stands for, and what no code looks for."""

    def parts(self) -> Iterable[nodes.Node]:
        """A section a family, then the criteria that are left."""
        say, texts, known = section("codes", self.language), codes(self.language), criteria()
        families = list(dict.fromkeys(check.code[:3] for check in CHECKS))
        for family in families:
            rows = [
                [
                    f'<th scope="row">{_link(check.code, self.language, self._up)}</th>',
                    f"<td>{escape(texts[check.code].title)}</td>",
                    f"<td>{escape(say[f'severity-{check.severity}'])}</td>",
                ]
                for check in CHECKS
                if check.code.startswith(family)
            ]
            title = f"{family}: {say[f'family-{family}']}"
            heads = [say["code"], say["title"], say["at-most"]]
            yield self.titled(f"family-{family.lower()}", title, grid(title, heads, rows, self.language))
        left = [
            (f"{number}. {one.what[self.language]}", "", f"<dd>{escape(one.why[self.language])}</dd>")
            for number, one in known.left.items()
        ]
        told = say["left-text"].format(people=len(known.people), left=len(known.left), all=ALL)
        yield self.titled("left", say["left"], f"<p>{escape(told)}</p>{definitions(left)}")

    @property
    def _up(self) -> str:
        return "../" * self.env.docname.count("/")


class CodePage(NamedTuple):
    """One page that no source file stands behind: its name, what the template gets."""

    name: str
    context: dict[str, Any]


def code_pages(outline: Outline) -> Iterator[CodePage]:
    """One page for each code in each language; none where the book has no list of codes."""
    if LIST not in outline.pages:
        return
    for check in CHECKS:
        for language in LANGUAGES:
            name = page_of(check.code, language).removesuffix(".html")
            texts = codes(language)[check.code]
            title = f"{check.code}: {texts.title}"
            others = [
                (
                    Page(page_of(check.code, each).removesuffix(".html"), title, each, check.code),
                    section("book", each)["language-name"],
                )
                for each in LANGUAGES
                if each != language
            ]
            context = {
                "page_language": language,
                "title": title,
                "body": f"<h1>{escape(title)}</h1>{_body(check, language)}",
                "above": [outline.in_language(LIST, language)],
                "translations": others,
            }
            yield CodePage(name, context)


def _body(check: Check, language: str) -> str:
    say, texts = section("codes", language), codes(language)[check.code]
    examples = "".join(
        f'<dt>{escape(say[key])}</dt><dd dir="auto">{escape(value)}</dd>'
        for key, value in (("bad", texts.bad), ("good", texts.good))
    )
    parts = [
        f"<style>{FACTS_STYLE}</style>",
        f"<p><strong>{escape(say['at-most'])}: {escape(say[f'severity-{check.severity}'])}.</strong> "
        f"{escape(say[f'means-{check.severity}'])}</p>",
        _titled("why", say, f"<p>{escape(texts.why)}</p>"),
        _titled("do", say, f"<p>{escape(texts.do)}</p>"),
        _titled("examples", say, f'<dl class="course-facts">{examples}</dl>'),
        _titled("source", say, _source(check, language)),
        _titled("measured", say, _measured(check, language)),
        _titled("ignore", say, f"<p>{escape(say['ignore-text'])}</p>{_ignored(check.code, say)}"),
    ]
    return "".join(parts)


def _titled(key: str, say: Any, content: str) -> str:
    return f'<section id="{key}"><h2>{escape(say[key])}</h2>{content}</section>'


def _source(check: Check, language: str) -> str:
    say = section("codes", language)
    numbers = [number for number, named in criteria().checked.items() if check.code in named]
    told = []
    if numbers:
        listed = ", ".join(map(str, numbers))
        day = shown_date(GATHERED, language)
        told.append(say["from-criteria"].format(numbers=listed, all=ALL, day=day))
    if check.code[:3] in DATA_FAMILIES:
        told.append(say["from-data"])
    if not numbers and check.code not in ROWS:
        told.append(say["from-us"].format(day=shown_date(GATHERED, language)))
    said = "".join(f"<p>{escape(one)}</p>" for one in told)
    if check.code in ROWS:
        said += f"<p>{escape(say['from-packs'])}</p>{definitions(_rows(check.code, language))}"
    return said


def _rows(code: str, language: str) -> list[Entry]:
    texts = section("facts", language)
    order = (*bodies(), "UPR")
    rows = [
        row
        for row in all_rules()
        if row.pack in PACKS and row.rule in ROWS[code] and row.body in order and not row.valid_until
    ]
    return [
        (
            f'<bdi dir="ltr">{row.body}</bdi>, {escape(word("rule", row.rule, language))}'
            + ("" if row.stage == "any" else f" <small>{escape(texts[f'stage-{row.stage}'])}</small>"),
            "html",
            f'<dd data-confidence="{row.confidence}">{rule_html(row, language)}</dd>',
        )
        for row in sorted(rows, key=lambda row: order.index(row.body))
    ]


def _measured(check: Check, language: str) -> str:
    """Precision and recall by language, each with what it was counted on; or that nobody counted."""
    say, names = section("codes", language), section("report", language)
    found = measured().get(check.code, {})
    rows = []
    for each in LANGUAGES:
        one = found.get(each)
        shares = (None, None) if one is None else (one.precision, one.recall)
        said = [say["not-measured"] if share is None else f"{share:.2f}" for share in shares]
        number = "0" if one is None else str(one.n)
        cells = "".join(f"<td>{escape(value)}</td>" for value in (*said, number))
        rows.append([f'<th scope="row">{escape(names[f"language-{each}"])}</th>', cells])
    heads = [say["language"], say["precision"], say["recall"], say["number"]]
    table = grid(say["measured"], heads, rows, language)
    return f"<p>{escape(say['measured-text'])}</p>{table}"


def _ignored(code: str, say: Any) -> str:
    written = f"ignore {code}: {say['ignore-reason']}"
    lines = (
        (say["ignore-docx"], written),
        (say["ignore-md"], f"<!-- {written} -->"),
        (say["ignore-all"], f"course report check draft.docx … --ignore {code}"),
    )
    return (
        "<ul>"
        + "".join(f'<li>{escape(where)} <code dir="ltr">{escape(line)}</code></li>' for where, line in lines)
        + "</ul>"
    )


def _link(code: str, language: str, up: str) -> str:
    return f'<a href="{up}{page_of(code, language)}"><bdi dir="ltr">{code}</bdi></a>'
