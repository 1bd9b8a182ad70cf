"""The directives of the page of model reports: the models with their notes, and the fault hunt."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from docutils import nodes

from course.book.facts_directive import FactsDirective
from course.report import count_words, read_draft
from course.report.codes import codes
from course.report.draft import Draft
from course.report.models import FAULTY, MODELS, Fault, list_models, load_faults, load_model, model_pieces
from course.report.writing.html import as_fragment
from course.texts import direction, section, text

STYLE = """
.report-model { border: 1px solid var(--line); padding: .4rem 1rem; margin-block: 1rem; }
.report-model .number { display: inline-block; min-inline-size: 2.2em; font-variant-numeric: tabular-nums; }
.report-model .aside { margin: .3em 0 .9em 2.2em; margin-inline: 2.2em 0; padding: .2em .8em; font-size: .9em;
  border-inline-start: 3px solid currentColor; }
.report-model .point::before { content: "• "; }
"""


class ModelReports(FactsDirective):
    """`{model-reports}`: each model whole, in its own language, with the notes that explain it."""

    def parts(self) -> Iterable[nodes.Node]:
        """One section for each model."""
        say = section("models", self.language)
        yield self.html(f"<style>{STYLE}</style>")
        for name in list_models():
            for file in ("report.yml", "notes.yml"):
                self.env.note_dependency(str(MODELS / name / file))
            report = load_model(name)
            told = as_fragment(report, model_pieces(name, "annotated"), prefix=f"{name}-", top=3)
            turned = f'lang="{report.language}" dir="{direction(report.language)}"'
            language = escape(text("book.language-name", report.language))
            yield self.titled(
                f"model-{name}",
                f"{self.name_of(report.body)} ({report.body})",
                f'<p {turned}>{language}</p><details class="report-model"><summary>{escape(say["open"])}: '
                f"<bdi {turned}>{escape(report.title)}</bdi></summary><div {turned}>{told}</div></details>",
            )


class FaultHunt(FactsDirective):
    """`{fault-hunt}`: the faulty draft, and its ten faults behind a button."""

    def parts(self) -> Iterable[nodes.Node]:
        """The draft, then the answers."""
        say = section("models", self.language)
        for file in (FAULTY, FAULTY.with_suffix(".yml")):
            self.env.note_dependency(str(file))
        draft = read_draft(FAULTY)
        count = count_words(draft)
        words = say["words"].format(words=count.body, with_notes=count.with_notes)
        answers = "".join(self.answer(number, fault) for number, fault in enumerate(load_faults(), start=1))
        shown = f'<div class="report-model" lang="en" dir="ltr">{_shown(draft)}</div>'
        hidden = f"<summary>{escape(say['hunt'])}</summary><dl>{answers}</dl>"
        yield self.html(
            f"<style>{STYLE}</style><p>{escape(words)}</p>{shown}"
            f'<details class="report-model">{hidden}</details>'
        )

    def answer(self, number: int, fault: Fault) -> str:
        """One fault: its code and title, the words, what is wrong and what to write."""
        say = section("models", self.language)
        title = codes(self.language)[fault.code].title
        return (
            f"<dt>{escape(say['fault'].format(number=number))}: {fault.code}, {escape(title)}</dt>"
            f'<dd><p lang="en" dir="ltr"><q>{escape(fault.at)}</q></p>'
            f'<p><b>{escape(say["wrong"])}</b> <span lang="en">{escape(fault.wrong)}</span></p>'
            f'<p><b>{escape(say["write"])}</b> <span lang="en">{escape(fault.write)}</span></p></dd>'
        )


def _shown(draft: Draft) -> str:
    made = ""
    for block in draft.blocks:
        number = f'<span class="number">{escape(block.number)}</span> ' if block.number else ""
        if block.kind == "heading":
            made += f"<h{block.level + 2}>{escape(block.text)}</h{block.level + 2}>"
        else:
            made += f"<p>{number}{escape(block.text)}</p>"
    return made
