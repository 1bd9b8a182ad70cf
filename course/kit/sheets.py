"""What the facilitator holds: run sheets and answers; and what people fill in without a name."""

from __future__ import annotations

from collections.abc import Iterator

from course.content.models.workshop import Half, Pause, Session, Step, minutes_of, say_clock
from course.kit.blocks import Block, Heading, Lines, Span, Table, Text, para, plain
from course.kit.kit import Kit, boxes
from course.texts import section

MASTERY = ("not-yet", "with-help", "alone", "can-teach")


def run_sheets(kit: Kit) -> Iterator[Block]:
    """One table a half-day: hour, what happens, who, with what, what can go wrong."""
    workshop = kit.workshop
    yield para(workshop.title, bold=True)
    yield para(kit.say("run-intro", people=workshop.people, groups=workshop.groups), "box")
    for half in workshop.halves:
        yield Heading(half_name(kit, half), 2 if half is workshop.halves[0] else 1)
        rows, bands = _half_rows(kit, half)
        heads = kit.heads("run-time", "run-what", "run-who", "run-material", "run-wrong")
        yield Table(heads, tuple(rows), (0.1, 0.35, 0.13, 0.15, 0.27), frozenset(bands))
        total = kit.say("run-total", minutes=half.minutes, begins=half.begins, ends=half.ends)
        yield para(total, bold=True)


def half_name(kit: Kit, half: Half) -> str:
    """The day with its theme, and the half of it."""
    theme = kit.workshop.days[half.day - 1]
    return kit.say("half", day=half.day, theme=theme, name=half.name)


def _half_rows(kit: Kit, half: Half) -> tuple[list[tuple[Text, ...]], list[int]]:
    """The rows of a half-day, and which of them are bands above a session or a pause."""
    rows: list[tuple[Text, ...]] = []
    bands: list[int] = []
    for begins, ends, entry in kit.workshop.entries(half):
        bands.append(len(rows))
        if isinstance(entry, Pause):
            rows.append((plain(f"{begins}–{ends}  {entry.title}", bold=True),))
            who = kit.texts["everybody"]
            steps = (Step(minutes=entry.minutes, what=entry.what, who=who, wrong=entry.wrong),)
        else:
            rows.append((_session_band(kit, begins, ends, entry),))
            steps = entry.steps
        clock = minutes_of(begins)
        for step in steps:
            time = Span(say_clock(clock), bold=True), Span(f" {kit.say('run-minutes', minutes=step.minutes)}")
            rows.append((time, *map(plain, (step.what, step.who, step.material, step.wrong))))
            clock += step.minutes
    return rows, bands


def _session_band(kit: Kit, begins: str, ends: str, session: Session) -> Text:
    method = kit.say("run-method", method=session.method, lesson=kit.lesson_name(session))
    return (
        Span(f"{begins}–{ends}  {kit.number(session)}. {session.title}. ", bold=True),
        Span(f"{method} "),
        Span(f"{kit.texts['run-without']} {session.without}", italic=True),
    )


def answers(kit: Kit) -> Iterator[Block]:
    """For each session the good answer of every case, and the reasons of every choice of every question."""
    yield para(kit.texts["answers-intro"], "box")
    for session in kit.workshop.taught:
        if not (session.cases or session.items or session.plan):
            continue
        yield kit.heading(session, 2)
        for label, case in kit.cases(session):
            yield Heading(f"{label}. {case.title}", 3, "en")
            yield para(kit.case_label(case), "small")
            yield para(case.question, lang="en", bold=True)
            yield para(case.answer, "box", lang="en")
        yield from kit.answer(session)
        if session.plan:
            yield from kit.made_plan(session)


def evaluation(kit: Kit) -> Iterator[Block]:
    """What each session brought, in the four words of my work; then the questions of the workshop."""
    workshop, words = kit.workshop, section("progress", kit.lang)
    yield para(kit.texts["evaluation-no-name"], "box")
    yield para(kit.texts["evaluation-can"], bold=True)
    head = (plain(kit.texts["evaluation-session"]), *(plain(words[name]) for name in MASTERY))
    box = plain("☐   ☐")
    rows = tuple(
        (plain(f"{kit.number(session)}. {session.title}"), box, box, box, box) for session in workshop.taught
    )
    yield Table(head, rows, (0.48, 0.13, 0.13, 0.13, 0.13))
    for place, one in enumerate(workshop.evaluation, start=1):
        yield para(f"{place}. {one.ask}", "label", bold=True)
        if one.choices:
            yield para("        ".join(f"☐ {choice}" for choice in one.choices))
        else:
            yield Lines(2)
    yield from boxes((kit.texts["evaluation-box"],), "→")
