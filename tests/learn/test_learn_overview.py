"""What the start page knows, and what is opened where."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from course.files import find_root
from course.forms import form
from course.learn.copying import copy_course
from course.learn.overview import look_over, neighbours
from course.work import open_work
from course.work.database import written
from course.work.moments import stamp
from course.work.outline import load_outline
from course.work.records import Response
from course.work.transfer import insert
from tests.learn.garden import make_garden, write_lesson


@pytest.fixture
def root(tmp_path):
    """The invented course."""
    return make_garden(tmp_path / "course")


@pytest.fixture
def folder(root, tmp_path):
    """The learner's copy of it."""
    copy_course(root, tmp_path / "mine")
    return tmp_path / "mine"


def answer(folder, quiz, item):
    """One answer in my work."""
    open_work(folder / "my-work.db").record_response(
        quiz=f"01-garden/{quiz}",
        item=item,
        revision=1,
        objective="LO-01.1",
        language="en",
        response="any",
        score=0.0,
    )


def lessons(overview):
    """All lessons of the start page, by title."""
    return {lesson.title: lesson for module in overview.modules for lesson in module.lessons}


def test_looking_makes_no_file(root, folder):
    """Nothing answered: nothing begun, the first lesson is next, my work is not made."""
    overview = look_over(root, folder, "en")
    assert not overview.begun
    assert overview.next.title == "Sowing"
    assert not overview.work.exists()


def test_a_lesson_is_done_when_its_last_questions_are_answered(root, folder):
    """Right or wrong; another quiz with the same question does not count."""
    answer(folder, "every-kind", "garden-many")
    answer(folder, "check-02", "garden-day")
    watering = lessons(look_over(root, folder, "en"))["Watering"]
    assert (watering.answered, watering.total, watering.done) == (1, 2, False)
    answer(folder, "check-02", "garden-many")
    assert lessons(look_over(root, folder, "en"))["Watering"].done


def test_a_lesson_without_last_questions_is_never_done(root, folder):
    """There is nothing to tell it by."""
    frost = lessons(look_over(root, folder, "en"))["Frost"]
    assert (frost.total, frost.done) == (0, False)


def test_in_arabic_the_arabic_page_is_offered_first(root, folder):
    """With its own title; a lesson that is not translated is offered in English."""
    overview = look_over(root, folder, "ar")
    first = overview.modules[0].lessons[0]
    assert (first.title, first.language, first.path) == (
        "البذر",
        "ar",
        "modules/01-garden/01-sowing.ar.ipynb",
    )
    assert first.others == {"en": "modules/01-garden/01-sowing.ipynb"}
    assert overview.modules[0].lessons[1].language == "en"


def test_one_goes_on_in_the_same_language_as_far_as_there_is_one(root, folder):
    """From the Arabic page to the next in English, and back from there to the English one."""
    home = "modules/01-garden"
    assert neighbours(root, folder, f"{home}/01-sowing.ar.ipynb", "ar") == (None, f"{home}/02-watering.ipynb")
    assert neighbours(root, folder, f"{home}/02-watering.ipynb", "en")[0] == f"{home}/01-sowing.ipynb"
    assert neighbours(root, folder, "assignments/a91/a91.ipynb", "en") == (None, None)


def test_a_lesson_that_the_learner_deleted_is_not_offered(root, folder):
    """The ones around it are neighbours then."""
    (folder / "modules/01-garden/02-watering.ipynb").unlink()
    assert "Watering" not in lessons(look_over(root, folder, "en"))
    after = neighbours(root, folder, "modules/01-garden/01-sowing.ipynb", "en")[1]
    assert after == "modules/01-garden/03-frost.ipynb"


def test_damaged_work_is_said_and_hides_no_page(root, folder):
    """Every lesson is still there."""
    (folder / "my-work.db").write_bytes(b"not a file of work" * 100)
    overview = look_over(root, folder, "en")
    assert overview.trouble.kind == "work-foreign"
    assert len(lessons(overview)) == 3


def test_a_form_shows_how_much_of_it_is_written(root, folder):
    """Empty answers do not count; a damaged file is said."""
    answers = folder / "assignments" / "a91" / "answers.json"
    given = {"student_id": "ori-01", "plan": ""}
    document = {
        "format": "course-answers",
        "version": 1,
        "assignment": "a91",
        "student_id": "ori-01",
        "answers": given,
        "saved_at": dict.fromkeys(given, "2026-11-23T10:00:00.000000Z"),
    }
    answers.write_text(json.dumps(document))
    (form,) = look_over(root, folder, "en").assignments
    assert form.written == 1
    assert form.total > 1
    answers.write_text("{half")
    assert look_over(root, folder, "en").trouble.kind == "answers-damaged"


def test_pages_to_look_things_up_in_are_listed_by_their_title(root, tmp_path):
    """They come with the copy."""
    write_lesson(root / "pages" / "rules.ipynb", "# The rules")
    copy_course(root, tmp_path / "mine")
    assert look_over(root, tmp_path / "mine", "en").references == {"pages/rules.ipynb": "The rules"}


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_the_browser_is_not_given_the_key_on_its_command_line(root, folder, tmp_path):
    """It gets a file that only the learner can read, and that is gone afterwards."""
    browser = tmp_path / "browser"
    browser.write_text(
        f'#!/bin/sh\nprintf "%s" "$1" > "{tmp_path}/asked"\nls -l "{folder}" > "{tmp_path}/seen"\n'
    )
    browser.chmod(0o755)
    call = (
        "import sys; from pathlib import Path; from course.learn.opening import Opened\n"
        "opened = Opened(Path(sys.argv[1]), Path(sys.argv[2]), 'en', key='the-key')\n"
        "with opened.announced('http://x/?token=the-key', True):\n"
        "    page = Path(sys.argv[2], 'open-the-course.html')\n"
        "    print(oct(page.stat().st_mode), 'the-key' in page.read_text())\n"
    )
    said = subprocess.run(
        [sys.executable, "-c", call, root, folder],
        env={**os.environ, "BROWSER": str(browser)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert said.endswith(f"{oct(stat.S_IFREG | 0o600)} True\n")
    assert (tmp_path / "asked").read_text() == (folder / "open-the-course.html").as_uri()
    assert not (folder / "open-the-course.html").exists()


# Where the learner stands -----------------------------------------------------------------------


@pytest.fixture
def real_folder(tmp_path):
    """A folder beside the real course, with nothing in it yet."""
    (tmp_path / "real").mkdir()
    return tmp_path / "real"


def test_what_is_due_safe_planned_and_late_stands_on_the_start_page(real_folder):
    """A question of three days ago, one right answer of the safety check, a plan, a talk that is past."""
    course = find_root()
    work = open_work(real_folder / "my-work.db")
    check = load_outline(course).safety
    safe = next(iter(check.items))
    old = stamp(datetime.now(UTC) - timedelta(days=3))
    said = {"quiz": check.quiz, "item": safe, "revision": check.items[safe], "objective": "LO-00.3"}
    with written(work.path) as connection:
        insert(connection, Response(**said, language="en", response="a", score=1.0, at=old))
    work.save_field(form="00-start/study-plan", field="what-for", value="A report on midwives.")
    work.save_field(form="00-start/study-plan", field="talk", value="2026-01-05")
    overview = look_over(course, real_folder, "en")
    now = overview.standing
    assert ([review.item for review in now.plan.today], now.plan.moved) == ([safe], 0)
    assert (now.safety.done, now.safety.total, now.safety.passed) == (1, len(check.items), False)
    assert [answer for _, answer in now.study.written] == ["A report on midwives."]
    assert [reminder.day.isoformat() for reminder in now.late] == ["2026-01-05"]
    assert [word for _, word in overview.modules[0].objectives] == ["not-yet"] * 4


def test_an_old_answer_to_a_changed_question_does_not_pass_the_safety_check(real_folder):
    """Who passed it before a question was rewritten answers the new one."""
    work, check = open_work(real_folder / "my-work.db"), load_outline(find_root()).safety
    said = {"quiz": check.quiz, "objective": "LO-00.3", "language": "en", "response": "a", "score": 1.0}
    first, *others = check.items
    for item in others:
        work.record_response(**said, item=item, revision=check.items[item])
    work.record_response(**said, item=first, revision=check.items[first] + 1)
    assert not work.has_passed(check)
    work.record_response(**said, item=first, revision=check.items[first])
    assert work.has_passed(check)


def test_a_closed_form_takes_nothing_until_the_check_is_passed(real_folder, monkeypatch):
    """What a page shows is not the lock: an answer that is sent all the same is not kept."""
    monkeypatch.setenv("COURSE_WORK", str(real_folder / "my-work.db"))
    monkeypatch.setenv("COURSE_ROOT", str(find_root()))
    work, check = open_work(), load_outline(find_root()).safety
    message = {
        "type": "response",
        "id": "blank",
        "entry": {"response": "Words.", "at": "2026-01-01T00:00:00Z"},
    }
    answers = []
    page = form("00-start/safe-paragraph")
    assert page.live["closed"]["passed"] is False
    page.receive(message, answers.append)
    for item, revision in check.items.items():
        said = {"quiz": check.quiz, "item": item, "revision": revision, "objective": "LO-00.3"}
        work.record_response(**said, language="en", response="a", score=1.0)
    page.receive(message, answers.append)
    assert [answer["type"] for answer in answers] == ["not-saved", "saved"]
    assert form("00-start/safe-paragraph").live["closed"]["passed"] is True
    assert work.fields("00-start/safe-paragraph")["blank"]["response"] == "Words."
