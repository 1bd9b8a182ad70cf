"""What stands in the kit: minutes that add up, and answers apart from what participants see."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from docx import Document

from course.content import load_bank
from course.content.cases import find_case
from course.content.workshops import PATH, load_workshop
from course.facts import rules
from course.files import find_root
from course.kit import FILES
from course.planner import plan_backward
from course.texts import say_day
from tests.kit.shared import plain

BANK = load_bank(find_root())
WORKSHOP = load_workshop(PATH, find_root())
FOR_PARTICIPANTS = ("slides", "handouts", "evaluation")
WRITTEN_BY_HAND = ("numeric", "date", "short-text")


def reasons_of(item) -> list[str]:
    """The reasons of all choices of an item, those of gaps and parts too."""
    places = [item, *getattr(item, "gaps", {}).values(), *getattr(item, "parts", {}).values()]
    return [choice.feedback for place in places for choice in getattr(place, "choices", {}).values()]


def used_items():
    """Every item that the workshop uses."""
    return [BANK[name][1] for session in WORKSHOP.taught for name in session.items]


def used_cases():
    """Every case that the workshop uses."""
    return [find_case(name) for session in WORKSHOP.taught for name in session.cases]


# Minutes ----------------------------------------------------------------------------------------


def test_the_minutes_of_each_run_sheet_add_up(folder):
    """Each line begins when the one before it ends, the first and the last on the hour of the half-day."""
    tables = Document(folder / FILES["run-sheets"]).tables

    assert len(tables) == len(WORKSHOP.halves) == 4
    for table, half in zip(tables, WORKSHOP.halves, strict=True):
        cells = [row.cells[0].text for row in table.rows]
        lines = [re.fullmatch(r"(\d\d:\d\d) (\d+) min", cell) for cell in cells]
        clock = datetime.strptime(half.begins, "%H:%M")
        for line in filter(None, lines):
            assert f"{clock:%H:%M}" == line[1]
            clock += timedelta(minutes=int(line[2]))
        assert f"{clock:%H:%M}" == half.ends


def test_every_day_has_a_meal_a_prayer_and_pauses(words):
    """They stand in the run sheets, with what can go wrong."""
    for day in (1, 2):
        own = {half.id for half in WORKSHOP.halves if half.day == day}
        pauses = [one for one in WORKSHOP.sessions if one.kind == "pause" and one.half in own]
        assert any(pause.meal and pause.prayer and pause.minutes >= 60 for pause in pauses)
        assert len(pauses) >= 3
        assert all(f"{pause.title}" in words["run-sheets"] and pause.wrong for pause in pauses)


def test_every_session_says_how_it_goes_without_electricity(words):
    """One line of each."""
    assert all(plain(session.without) in words["run-sheets"] for session in WORKSHOP.taught)


# Answers ----------------------------------------------------------------------------------------


def test_the_answer_sheets_have_every_case_and_the_reason_of_every_choice(words):
    """Whoever trains reads aloud why, and not only what."""
    reasons = [reason for item in used_items() for reason in reasons_of(item)]
    answers = [case.answer for case in used_cases()]

    assert len(reasons) > 100
    assert len(answers) >= 12
    assert [text for text in (*reasons, *answers) if plain(text) not in words["answers"]] == []


def test_the_answer_sheets_have_the_plan_of_today(words):
    """The planner's own days, from the rule pack."""
    [task] = [session.plan for session in WORKSHOP.taught if session.plan]
    plan = plan_backward(task.body, task.stage, task.session, task.today)

    assert say_day(plan.last_day, "en") in words["answers"]
    assert all(step.milestone.name("en") in words["answers"] for step in plan.steps)


@pytest.mark.parametrize("part", FOR_PARTICIPANTS)
def test_no_answer_stands_in_what_participants_see(words, part):
    """No reason of a choice, no good answer of a case, no mark of what is right; not in the notes either."""
    told = [reason for item in used_items() for reason in reasons_of(item)]
    told += [case.answer for case in used_cases()]

    assert [text for text in told if plain(text) in words[part]] == []
    assert "✓" not in words[part]


@pytest.mark.parametrize("part", FOR_PARTICIPANTS)
def test_what_is_to_be_counted_or_planned_is_not_printed(words, part):
    """The right number, day or word of a question that is answered by hand, and the last day of the plan."""
    right = []
    for item in used_items():
        if item.kind in WRITTEN_BY_HAND:
            value = getattr(item.choices[item.key], "value", None)
            right.append(say_day(value, "en") if isinstance(value, date) else str(value))
    task = next(session.plan for session in WORKSHOP.taught if session.plan)
    right.append(say_day(plan_backward(task.body, task.stage, task.session, task.today).last_day, "en"))

    assert len(right) >= 3
    assert [text for text in right if text in words[part]] == []


# Handouts ---------------------------------------------------------------------------------------


def test_the_handouts_have_every_question_and_case(words):
    """What is worked on is on paper, choices included."""
    texts = [item.stem for item in used_items()]
    texts += [
        choice.text
        for item in used_items()
        for choice in getattr(item, "choices", {}).values()
        if hasattr(choice, "text")
    ]
    texts += [text for case in used_cases() for text in (case.text, case.question)]

    assert [text for text in texts if plain(text) not in words["handouts"]] == []


def test_the_handouts_print_each_rule_with_source_dates_and_confidence(words):
    """The value of a deadline never travels alone."""
    for sheet in WORKSHOP.rules:
        [deadline] = [rule for rule in rules(sheet.body, sheet.stage) if rule.rule == "deadline"]
        assert plain(deadline.source) in words["handouts"]
    assert "NOT CHECKED" in words["handouts"]
    assert "looked at:" in words["handouts"]


def test_the_four_answers_of_each_module_are_on_the_first_of_its_sheets(words):
    """Once a module, from the page that opens it."""
    modules = {session.module for session in WORKSHOP.taught}

    assert words["handouts"].count("What an association can do here.") == len(modules)
    assert words["handouts"].count("What needs no ECOSOC status:") == len(modules) - 1  # M0 says one of four


def test_the_evaluation_asks_for_no_name(words):
    """No line for a name, a signature or an association."""
    assert "No name, no association." in words["evaluation"]
    assert not re.search(r"\b(name|signature|association|e-mail|telephone)\s*:", words["evaluation"], re.I)


def test_the_readme_goes_from_the_week_before_to_after(words):
    """In the order of time, with how many to print, and each file by its name."""
    heads = ["A week before", "The day before", "On the day", "After"]
    places = [words["readme"].index(head) for head in heads]

    assert places == sorted(places)
    assert f"Print {WORKSHOP.people}." in words["readme"]
    assert all(file in words["readme"] for file in FILES.values())
