"""Checks the data: every fact dated and sourced, every interface text in every language."""

from __future__ import annotations

from pathlib import Path

from course.content.modules import collect
from course.errors import Problem
from course.facts.models import Body, Rule
from course.facts.reading import read_rows
from course.files import DATA, read_yaml
from course.texts import LANGUAGES


def check_facts() -> list[Problem]:
    """Every fact has a source, dates and a confidence, and every rule is of a known body."""
    bodies, problems = read_rows(DATA / "bodies.csv", Body)
    rules, found = read_rows(DATA / "rules.csv", Rule)
    problems += found
    codes = {body.code for body in bodies} | {"UPR"}
    seen: set[str] = set()
    for rule in rules:
        if rule.body not in codes:
            remedy = f"Write one of {', '.join(sorted(codes))}."
            problems.append(Problem("course/data/rules.csv", None, rule.id, f"no body {rule.body}.", remedy))
        if rule.id in seen:
            remedy = "Give each rule its own id."
            problems.append(Problem("course/data/rules.csv", None, rule.id, "this id stands twice.", remedy))
        seen.add(rule.id)
    return problems


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
