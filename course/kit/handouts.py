"""What participants receive: a sheet a session, and the rules with their sources at the end. No answers."""

from __future__ import annotations

from collections.abc import Iterator

from course.content.models.workshop import Session
from course.kit.blocks import Block, Heading, Lines, Table, para, plain
from course.kit.kit import WRITTEN_IN, Kit
from course.kit.lessons import page_blocks
from course.kit.sheets import half_name


def handouts(kit: Kit) -> Iterator[Block]:
    """Every sheet of the workshop."""
    yield para(kit.workshop.title, bold=True)
    yield para(kit.texts["handouts-intro"], "box")
    for half in kit.workshop.halves:
        rows = tuple(
            (plain(begins), plain(entry.title if entry.kind == "pause" else kit.heading(entry).text))
            for begins, _, entry in kit.workshop.entries(half)
        )
        yield Table((plain(kit.texts["run-time"]), plain(half_name(kit, half))), rows, (0.12, 0.88))
    for session in kit.workshop.taught:
        yield kit.heading(session)
        yield from _sheet(kit, session)
    yield Heading(kit.texts["rules"], 1)
    yield para(kit.texts["rules-intro"], "box")
    yield from kit.rule_sheets()
    for page in kit.workshop.pages:
        yield from page_blocks(kit.root / page)


def _sheet(kit: Kit, session: Session) -> Iterator[Block]:
    yield para(kit.lesson_name(session), "small")
    if answers := kit.answers_of_module(session):
        yield answers
    for name in session.print:
        yield from kit.part(session, name)
    for label, case in kit.cases(session):
        yield Heading(f"{label}. {case.title}", 3, WRITTEN_IN)
        yield para(kit.case_label(case), "small")
        yield para(case.text, "box", lang=WRITTEN_IN)
        yield para(case.question, "label", lang=WRITTEN_IN, bold=True)
        yield Lines(4)
    if session.items:
        yield Heading(kit.texts["questions"], 3)
        yield from kit.question(session)
    if session.plan:
        yield from kit.empty_plan(kit.plan_name(session))
        yield para(kit.texts["plan-task"], "box")
    if session.plan_sheet:
        yield from kit.empty_plan(kit.texts["plan-own"])
    yield from kit.forms(session)
