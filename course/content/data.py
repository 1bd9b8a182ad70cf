"""Checks the data: every fact dated and sourced, every code known, every text in every language."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import get_args

from pydantic import BaseModel

from course.content.modules import collect
from course.errors import CourseError, Problem, shown
from course.facts.countries import ROWS
from course.facts.models import Body, Dated, Pack, Rule, Term, Value
from course.facts.reading import read_rows
from course.facts.symbols import parse_symbol
from course.facts.treaties import treaties
from course.files import DATA, PACKAGE_ROOT, read_yaml
from course.texts import LANGUAGES

LEAST_TERMS = 140
LEAST_RECOMMENDATIONS = 120  # over all countries
MECHANISMS = {"UPR", "SP", "HRC", "ECOSOC"}
# What a country's calendar and institutions may name besides bodies and mechanisms is an office of the
# State: its own letters, so it is checked in form alone.
OFFICE = re.compile(r"[A-Z]{2,8}")
ROLES = {
    *("coordinates", "reports", "monitors", "npm", "parliament", "regional"),
    *("data-protection", "mediator", "anti-corruption", "equality"),
}
ADDRESS = re.compile(r"https?://[^/\s]+/[^\s]+")
HOME_PAGE = re.compile(r"https?://[^/\s,;]+/?(?=[\s,;)]|$)")
SYMBOL = re.compile(r"\b(?:[A-Z]{1,7}|E/C\.12)/[\w.()-]+(?:/[\w.()-]+)*")
PLACE = re.compile(
    r"\b(?:arts?|articles?|paras?|paragraphs?)\.? ?\(?\w+|\btitle\b|\bresolution \d+|whole text|read whole",
    re.I,
)
REMEDY_SOURCE = (
    "Name the document's symbol with its paragraph, an article, or the address of the very page; "
    "or make it recalled and say where you looked."
)


def check_facts(data: Path = DATA) -> list[Problem]:
    """Every problem of the data below `data`: rows, sources, ids, codes, articles, symbols, numbers."""
    problems: list[Problem] = []
    bodies = _rows(data / "bodies.csv", Body, problems)
    codes = {body.code for body in bodies}
    problems += _repeated(data / "bodies.csv", [body.code for body in bodies])
    problems += _check_rules(data, codes)
    problems += _check_treaties(data, codes)
    terms = _rows(data / "glossary.csv", Term, problems)
    problems += _repeated(data / "glossary.csv", [term.id for term in terms])
    problems += _unsourced(data / "glossary.csv", ((term.id, term) for term in terms))
    if len(terms) < LEAST_TERMS:
        remedy = f"Add terms until there are {LEAST_TERMS}."
        problems.append(_problem(data / "glossary.csv", "", f"holds {len(terms)} terms only.", remedy))
    folders = sorted(path.parent for path in (data / "countries").glob("*/country.csv"))
    for folder in folders:
        problems += check_country(folder, codes)
    paths = [path for folder in folders if (path := folder / "recommendations.csv").is_file()]
    count = sum(len(read_rows(path, ROWS["recommendations"])[0]) for path in paths)
    if count < LEAST_RECOMMENDATIONS:
        remedy = f"Add real ones until there are {LEAST_RECOMMENDATIONS}."
        problems.append(_problem(data / "countries", "", f"{count} recommendations only.", remedy))
    return problems


def check_country(folder: Path, bodies: set[str]) -> list[Problem]:
    """Every problem of one country's files; `bodies` are the codes of the treaty bodies."""
    problems: list[Problem] = []
    for name in ("country", "treaties"):
        path = folder / f"{name}.csv"
        values = _rows(path, Value, problems)
        keys = [f"{value.subject} {value.field}" for value in values]
        problems += _repeated(path, keys)
        problems += _unsourced(path, zip(keys, values, strict=True))
        if name == "treaties":
            known = treaties()
            problems += [
                _problem(path, value.subject, "there is no such treaty.", f"Write one of {', '.join(known)}.")
                for value in values
                if value.subject not in known
            ]
    rows = {
        name: _rows(path, model, problems) if (path := folder / f"{name}.csv").is_file() else ()
        for name, model in ROWS.items()
    }
    for name, found in rows.items():
        path = folder / f"{name}.csv"
        ids = [getattr(row, "id", None) or row.symbol for row in found]
        problems += _repeated(path, ids)
        problems += _unsourced(
            path, ((i, row) for i, row in zip(ids, found, strict=True) if isinstance(row, Dated))
        )
        for identifier, row in zip(ids, found, strict=True):
            problems += _check_row(path, identifier, row, bodies)
    themes = {theme.id for theme in rows["themes"]}
    for row in rows["recommendations"]:
        if row.theme not in themes:
            remedy = f"Write one of {', '.join(sorted(themes))}, or add it to themes.csv."
            problems.append(
                _problem(folder / "recommendations.csv", row.id, f"no theme {row.theme!r}.", remedy)
            )
    return problems


def _check_rules(data: Path, codes: set[str]) -> list[Problem]:
    problems: list[Problem] = []
    seen: set[str] = set()
    for pack in get_args(Pack):
        path = data / "rules" / f"{pack}.csv"
        rules = _rows(path, Rule, problems, {"pack": pack})
        problems += _repeated(path, [rule.id for rule in rules])
        problems += [
            _problem(path, name, "another file has this id.", "Give each rule its own id.")
            for name in sorted(seen & {rule.id for rule in rules})
        ]
        seen |= {rule.id for rule in rules}
        known = codes if pack in ("treaty-bodies", "complaints") else MECHANISMS
        for rule in rules:
            if rule.body not in known:
                remedy = f"Write one of {', '.join(sorted(known))}."
                problems.append(_problem(path, rule.id, f"no body {rule.body}.", remedy))
        problems += _unsourced(path, ((rule.id, rule) for rule in rules))
        problems += _clashing(path, rules)
    return problems


def _clashing(path: Path, rules: Iterable[Rule]) -> Iterator[Problem]:
    """Two versions of one rule that both hold today: nobody could say which counts."""
    held = Counter((rule.body, rule.stage, rule.rule) for rule in rules if rule.holds(None))
    for (body, stage, name), count in held.items():
        if count > 1:
            remedy = "Give the older one `valid_until`, or its own name."
            yield _problem(path, f"{body} {stage} {name}", f"{count} versions hold at once.", remedy)


def _check_treaties(data: Path, codes: set[str]) -> list[Problem]:
    problems: list[Problem] = []
    path = data / "treaties.csv"
    values = _rows(path, Value, problems)
    keys = [f"{value.subject} {value.field}" for value in values]
    problems += _repeated(path, keys)
    problems += _unsourced(path, zip(keys, values, strict=True))
    last = {
        value.subject: value.number for value in values if value.field == "last_article" and value.decides
    }
    names = {value.subject for value in values}
    for value in values:
        what = f"{value.subject} {value.field}"
        if value.field == "body" and value.value not in codes:
            remedy = f"Write one of {', '.join(sorted(codes))}."
            problems.append(_problem(path, what, f"no body {value.value}.", remedy))
        if not value.field.endswith("_article") or value.value in ("none", "", *names):
            continue
        limit = last.get(value.subject)
        if value.number is None or (limit is not None and value.number > limit):
            remedy = "Write an article of the treaty, `none`, or the code of the protocol."
            problems.append(_problem(path, what, f"the treaty has no article {value.value}.", remedy))
    return problems


def _check_row(path: Path, identifier: str, row: BaseModel, bodies: set[str]) -> Iterator[Problem]:
    """What a row of a country says in codes: bodies, offices, roles, symbols."""
    code = getattr(row, "body", None)
    if (
        code is not None
        and code not in bodies | MECHANISMS
        and not (path.stem == "calendar" and OFFICE.fullmatch(code))
    ):
        remedy = f"Write one of {', '.join(sorted(bodies | MECHANISMS))}."
        yield _problem(path, identifier, f"no body {code!r}.", remedy)
    role = getattr(row, "role", None)
    if role is not None and role not in ROLES:
        yield _problem(path, identifier, f"no role {role!r}.", f"Write one of {', '.join(sorted(ROLES))}.")
    for symbol in getattr(row, "symbols", (getattr(row, "symbol", None),)):
        if symbol:
            try:
                parse_symbol(symbol)
            except CourseError as error:
                yield _problem(path, identifier, f"{error}", "Correct the symbol.")


def holds_the_fact(source: str) -> bool:
    """Whether a source holds a fact: a symbol, a place in a text, or an address below a home page."""
    return bool(ADDRESS.search(source) or SYMBOL.search(source) or PLACE.search(source))


def _unsourced(path: Path, rows: Iterable[tuple[str, Dated]]) -> Iterator[Problem]:
    for identifier, row in rows:
        if row.decides and not holds_the_fact(HOME_PAGE.sub(" ", row.source)):
            yield _problem(path, identifier, "it is verified, but its source holds no fact.", REMEDY_SOURCE)


def _repeated(path: Path, ids: Iterable[str]) -> Iterator[Problem]:
    for identifier, count in Counter(ids).items():
        if count > 1:
            yield _problem(path, identifier, f"this stands {count} times.", "Keep one row.")


def _rows(path: Path, model: type, problems: list[Problem], fixed: dict[str, str] | None = None) -> tuple:
    if not path.is_file():
        problems.append(_problem(path, "", "the file is missing.", "Take it back from git."))
        return ()
    rows, found = read_rows(path, model, fixed)
    problems += found
    return rows


def _problem(path: Path, item: str, problem: str, remedy: str) -> Problem:
    return Problem(shown(path, PACKAGE_ROOT), None, item, problem, remedy)


def check_texts(root: Path) -> list[Problem]:
    """Every language has the same ids of interface texts, and no empty one."""
    problems: list[Problem] = []
    documents = {}
    for language in LANGUAGES:
        path = DATA / f"ui.{language}.yml"
        document = collect(lambda path=path: read_yaml(path, root), problems)
        if document is not None:
            documents[language] = {
                f"{name}.{key}": str(value or "").strip()
                for name, texts in document.items()
                for key, value in texts.items()
            }
    for language, texts in documents.items():
        wanted = documents.get(LANGUAGES[0], {})
        name = f"course/data/ui.{language}.yml"
        for key in sorted(wanted.keys() - {k for k, v in texts.items() if v}):
            problems.append(Problem(name, None, key, "this text is missing.", "Write it."))
        for key in sorted(texts.keys() - wanted.keys()):
            problems.append(Problem(name, None, key, "English has no such text.", "Remove it."))
    return problems
