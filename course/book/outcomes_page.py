"""The directives of the page of outcomes: what teaches and proves each, and what serves each promise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from docutils import nodes

from course.book.facts_directive import FactsDirective
from course.content.models.outcomes import EXIT_QUIZ
from course.content.outcomes import Outcome, load_clauses, load_outcomes
from course.content.reading import load_module

STATES = {"served": "Kept", "partly": "Kept in part", "not-yet": "Not yet"}


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are HTML already."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in heads)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>' + "".join(f"<td>{cell}</td>" for cell in row[1:]) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


class OutcomeTable(FactsDirective):
    """`{outcome-table}`: every outcome of every module with its lessons, items and graded task."""

    def parts(self) -> Iterable[nodes.Node]:
        """A section a module; two columns, which fit on a phone."""
        outcomes = load_outcomes(Path(self.env.srcdir))
        for name in dict.fromkeys(outcome.module.id for outcome in outcomes):
            mine = [outcome for outcome in outcomes if outcome.module.id == name]
            module = mine[0].module
            rows = [self._row(outcome) for outcome in mine]
            heads = ("The learner can", "What teaches and proves it")
            yield self.titled(f"outcomes-{name}", f"{module.code} {module.title}", _table(heads, rows))

    def _row(self, outcome: Outcome) -> tuple[str, ...]:
        up = "../" * self.env.docname.count("/")
        titles = {lesson.file: lesson.title for lesson in outcome.module.lessons}
        lessons = "<br>".join(
            f'<a href="{up}modules/{outcome.module.id}/{file}.html">{escape(titles[file])}</a>'
            for file in outcome.lessons
        )
        parts = ", ".join(part.replace("_", " ") for part in outcome.proof.parts)
        graded = "the exit quiz" if outcome.proof.task == EXIT_QUIZ else f"{outcome.proof.task}: {parts}"
        proof = f"{outcome.items} questions<br><strong>Graded:</strong> {escape(graded)}"
        return escape(outcome.objective.text), f"{lessons}<br>{proof}"


class ClauseTable(FactsDirective):
    """`{clause-table}`: every promise of the programme's announcement, and what keeps it."""

    def parts(self) -> Iterable[nodes.Node]:
        """One table."""
        rows = []
        root = Path(self.env.srcdir)
        up = "../" * self.env.docname.count("/")
        for clause in load_clauses():
            modules = [load_module(name, root) for name in clause.modules]
            serving = [
                *(f'<a href="{up}modules/{m.id}/index.html">{m.code} {escape(m.title)}</a>' for m in modules),
                *(
                    f'<a href="{up}{page}.html">{escape(page.removeprefix("pages/"))}</a>'
                    for page in clause.pages
                ),
                *(f"<code>{escape(command)}</code>" for command in clause.commands),
            ]
            state = f"<strong>{STATES[clause.state]}</strong>"
            missing = f"Missing: {escape(clause.missing)}" if clause.missing else ""
            rows.append((escape(clause.promise), "<br>".join(filter(None, (state, *serving, missing)))))
        yield self.html(_table(("The promise", "What keeps it"), rows))
