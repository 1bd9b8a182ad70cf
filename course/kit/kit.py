"""One workshop with the course that it is made from: what every part of the kit asks of both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.content import load_forms, load_module
from course.content.cases import find_case, region_names
from course.content.models import Case
from course.content.models.workshop import Session, Workshop
from course.content.workshops import lesson_cells
from course.facts.milestones import milestones
from course.facts.reading import rule_notes, rules
from course.facts.shown import shown_date, shown_day, shown_value
from course.facts.words import word
from course.kit.blocks import Block, Heading, Para, Span, Table, Text, para, plain
from course.kit.lessons import cell_blocks, four_answers, lesson_title, objectives
from course.kit.questions import answer_blocks, find_question, form_blocks, question_blocks
from course.planner import Plan, plan_backward
from course.planner.rests import body_name, stage_name
from course.planner.table import plan_rows, plan_title, say_deadline
from course.texts import LANGUAGES, section

WRITTEN_IN = LANGUAGES[0]  # cases and forms are in English alone
PRINTED_RULES = (
    *("length", "length-joint", "length-thematic", "counted-parts", "languages", "deadline"),
    *("channel", "file-type", "publication", "ecosoc-status"),
)


@dataclass(frozen=True)
class Kit:
    """A workshop and the root of its course."""

    workshop: Workshop
    root: Path

    @property
    def lang(self) -> str:
        """The language of the workshop, and of every word of the kit itself."""
        return self.workshop.language

    @property
    def texts(self) -> Mapping[str, str]:
        """The words of the kit itself."""
        return section("kit", self.lang)

    def say(self, text: str, /, **values: object) -> str:
        """One text with its places filled."""
        return self.texts[text].format(**values)

    def number(self, session: Session) -> int:
        """The number that a session has on slides, handouts and answers alike."""
        return self.workshop.taught.index(session) + 1

    def heading(self, session: Session, level: int = 1) -> Heading:
        """The session with its number."""
        return Heading(f"{self.number(session)}. {session.title}", level)

    # The lesson ---------------------------------------------------------------------------------

    def cells(self, session: Session) -> dict[str, str]:
        """The parts of the session's lesson by id."""
        return lesson_cells(session.module, session.lesson, self.root, self.lang)

    def lesson_lang(self, session: Session) -> str:
        """The language in which the lesson is there."""
        lessons = load_module(session.module, self.root).lessons
        spoken = next(one.languages for one in lessons if one.file == session.lesson)
        return self.lang if self.lang in spoken else WRITTEN_IN

    def part(self, session: Session, name: str) -> list[Block]:
        """One part of the lesson as blocks."""
        return cell_blocks(self.cells(session)[name], self.lesson_lang(session))

    def goals(self, session: Session) -> list[Text]:
        """What one can do after the lesson."""
        return objectives(next(iter(self.cells(session).values())))

    def lesson_name(self, session: Session) -> str:
        """Module and lesson, as the book has them."""
        module = load_module(session.module, self.root)
        title = lesson_title(next(iter(self.cells(session).values())))
        return self.say("lesson", code=module.code, module=module.title, lesson=title)

    def answers_of_module(self, session: Session) -> Table | None:
        """The four answers of the session's module; None where the workshop has met it before."""
        earlier = self.workshop.taught[: self.number(session) - 1]
        if any(one.module == session.module for one in earlier):
            return None
        answers = four_answers(session.module, session.lesson, self.root, self.lang)
        module = load_module(session.module, self.root)
        rows = tuple((plain(label, bold=True), said) for label, said in answers)
        head = (plain(module.code), plain(module.title))
        return Table(head, rows, (0.28, 0.72), lang=self.lesson_lang(session)) if rows else None

    # Cases, questions, forms --------------------------------------------------------------------

    def cases(self, session: Session) -> list[tuple[str, Case]]:
        """The session's cases, each with its label (3 a, 3 b)."""
        return [
            (f"{self.number(session)} {letter}", find_case(name))
            for letter, name in zip("abcdefgh", session.cases, strict=False)
        ]

    def case_label(self, case: Case) -> str:
        """That it is invented, and where it is set."""
        return section("case", self.lang)["label"].format(region=region_names(self.lang)[case.region])

    def questions(self, session: Session) -> list[tuple[str, dict[str, Any]]]:
        """The session's questions, each with its label (3.1, 3.2)."""
        return [
            (f"{self.number(session)}.{place}", find_question(name, self.lang, self.root))
            for place, name in enumerate(session.items, start=1)
        ]

    def question(self, session: Session) -> Iterator[Block]:
        """The questions on paper."""
        for label, item in self.questions(session):
            yield from question_blocks(item, label)

    def answer(self, session: Session) -> Iterator[Block]:
        """The answers with the reason of every choice."""
        for label, item in self.questions(session):
            yield from answer_blocks(item, label)

    def forms(self, session: Session) -> Iterator[Block]:
        """The forms to fill in by hand."""
        for name in session.forms:
            module, _, form = name.partition("/")
            yield from form_blocks(load_forms(module, self.root)[form])

    # Rules and plans ----------------------------------------------------------------------------

    def plan(self, session: Session) -> Plan:
        """The plan of the session's exercise, made by the planner from today's rules."""
        task = session.plan
        return plan_backward(task.body, task.stage, task.session, task.today)

    def plan_name(self, session: Session) -> str:
        """The body, the stage and the day of the session's exercise."""
        return plan_title(self.plan(session), self.lang)

    def empty_plan(self, title: str) -> Iterator[Block]:
        """The steps of the planning advice, the first on top, with room for days."""
        steps = sorted(milestones(), key=lambda step: -step.days)
        head = ("plan-step", "plan-days", "plan-counted", "plan-day", "plan-who")
        rows = tuple(
            (plain(step.name(self.lang)), plain(str(step.days)), plain(""), plain(""), plain(""))
            for step in steps
        )
        last = (plain(self.texts["plan-last"], bold=True), plain("0"), plain(""), plain(""), plain(""))
        yield Heading(title, 3)
        yield para(self.texts["plan-how"])
        yield Table(self.heads(*head), (*rows, last), (0.36, 0.12, 0.18, 0.18, 0.16))

    def made_plan(self, session: Session) -> Iterator[Block]:
        """The same plan filled in by the planner, with what it moved and what it rests on."""
        plan = self.plan(session)
        yield Heading(plan_title(plan, self.lang), 3)
        yield para(say_deadline(plan, self.lang), bold=True)
        rows = tuple(
            (
                plain(row["step"]),
                plain(str((plan.last_day - row["intended"]).days)),
                plain(shown_day(row["intended"], self.lang)),
                plain(shown_day(row["day"], self.lang), bold=row["moved"]),
                plain(" ".join(row["remarks"])),
            )
            for row in plan_rows(plan, self.lang)
        )
        heads = self.heads("plan-step", "plan-days", "plan-counted", "plan-day", "plan-why")
        yield Table(heads, rows, (0.27, 0.1, 0.17, 0.17, 0.29))
        for note in plan.notes:
            yield para(note.said(self.lang), "bullet", "•")

    def heads(self, *names: str) -> tuple[Text, ...]:
        """The heads of a table."""
        return tuple(plain(self.texts[name]) for name in names)

    def rule_sheets(self) -> Iterator[Block]:
        """The rules of each body with value, how sure, source and dates."""
        sure = section("facts", self.lang)
        for sheet in self.workshop.rules:
            name, stage = body_name(sheet.body).name(self.lang), stage_name(sheet.stage).name(self.lang)
            yield Heading(f"{name}: {stage}", 3)
            rows = []
            for rule in rules(sheet.body, sheet.stage):
                if rule.rule not in PRINTED_RULES:
                    continue
                value = shown_value(rule, self.lang) if rule.value else self.texts["unknown"]
                note = rule_notes(self.lang).get(rule.id, rule.note)
                looked = shown_day(rule.checked, self.lang)
                dates = self.say("rule-dates", says=shown_date(rule.as_of, self.lang), looked=looked)
                rows.append(
                    (
                        plain(word("rule", rule.rule, self.lang)),
                        (Span(value, bold=True), Span(f" {note}" if note else "")),
                        plain(sure[f"confidence-{rule.confidence}"]),
                        plain(f"{rule.source} {dates}"),
                    )
                )
            heads = self.heads("rule-name", "rule-value", "rule-sure", "rule-source")
            yield Table(heads, tuple(rows), (0.16, 0.32, 0.2, 0.32), small=True)


def boxes(texts: Iterable[str], mark: str = "☐") -> Iterator[Para]:
    """Lines to tick."""
    for text in texts:
        yield para(text, "bullet", mark)
