"""A plan on paper, on a page, in a calendar and in a terminal."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from course.cli import app
from course.errors import CourseError
from course.planner.appointments import make_calendar
from course.planner.page import PlanTable
from course.planner.table import plan_data, plan_lines, plan_rows
from course.planner.timeline import draw_timeline
from course.texts import LANGUAGES, direction, section
from tests.planner.shared import SESSION, TODAY, entered, plan_for

ASKED = ["plan", "CEDAW", "--stage", "session", "--session", "2027-10-11", "--today", "2026-11-23"]
SVG = "{http://www.w3.org/2000/svg}"


def command(*words):
    """The command as typer calls it."""
    return CliRunner().invoke(app, list(words))


def events_of(plan, lang="en"):
    """The appointments by the last word of their UID, read back from the bytes."""
    calendar = Calendar.from_ical(make_calendar(plan, lang))
    return {
        str(event["uid"]).split("@")[0].rsplit("-2027", 1)[1][5:]: event for event in calendar.walk("VEVENT")
    }


def test_the_calendar_holds_every_step_the_last_day_and_the_session():
    """Eleven appointments, each on the plan's own day."""
    plan = plan_for()
    events = events_of(plan)

    assert len(events) == 11
    assert {name: events[name].decoded("dtstart") for name in events if name != "deadline"} == {
        **{step.id: step.day for step in plan.steps},
        "opening": SESSION,
    }


def test_the_last_moment_is_in_geneva_time_with_its_zone():
    """A calendar in Rabat shows it an hour earlier in summer, by the zone in the file."""
    data = make_calendar(plan_for()).decode()
    end = events_of(plan_for())["deadline"].decoded("dtend")

    assert "BEGIN:VTIMEZONE" in data
    assert "DTEND;TZID=Europe/Zurich:20270913T235900" in data
    assert end.utcoffset() == timedelta(hours=2)


def test_every_appointment_has_alarms_before_it():
    """The sending rings the day before and in the morning, far steps a week before too."""
    events = events_of(plan_for())
    triggers = {
        name: [alarm.decoded("trigger") for alarm in event.walk("VALARM")] for name, event in events.items()
    }

    assert all(triggers.values())
    assert triggers["send"] == [timedelta(hours=-15), timedelta(hours=9)]
    assert min(triggers["draft"]) == timedelta(days=-7, hours=9)


def test_the_calendar_is_the_same_each_time_and_its_uids_are_unique():
    """The same plan, the same bytes: no random UID, no clock."""
    uids = [str(event["uid"]) for event in Calendar.from_ical(make_calendar(plan_for())).walk("VEVENT")]

    assert make_calendar(plan_for()) == make_calendar(plan_for())
    assert len(uids) == len(set(uids))


def test_a_moved_day_keeps_its_uid():
    """So that a calendar program replaces the appointment and does not double it."""
    old, new = events_of(plan_for()), events_of(plan_for(entered=entered(deadline=date(2027, 9, 1))))

    assert old["draft"]["uid"] == new["draft"]["uid"]
    assert old["draft"].decoded("dtstart") != new["draft"].decoded("dtstart")


def test_appointments_are_private_and_cannot_be_broken_by_what_is_entered():
    """A channel with line breaks and commas stays inside its field."""
    plan = plan_for(entered=entered(deadline=date(2027, 9, 1), channel="a\r\nEND:VEVENT\r\nb, c;"))
    events = events_of(plan)

    assert len(events) == 11
    assert {str(event["class"]) for event in events.values()} == {"PRIVATE"}


def test_a_follow_up_after_a_past_session_has_no_opening():
    """What is over is no appointment."""
    plan = plan_for(date(2025, 6, 16), stage="follow-up", entered=entered(deadline=date(2027, 6, 30)))

    assert len(Calendar.from_ical(make_calendar(plan)).walk("VEVENT")) == 10


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_timeline_holds_its_text_as_text(language):
    """Every step's name can be read out and searched, in its own letters."""
    plan = plan_for()
    drawn = ElementTree.fromstring(draw_timeline(plan, language))
    texts = {"".join(text.itertext()).strip() for text in drawn.iter(f"{SVG}text")}

    assert {step.milestone.name(language) for step in plan.steps} <= texts
    assert (drawn.get("role"), drawn.get("lang")) == ("img", language)


def test_the_timeline_is_the_same_each_time_and_bears_no_date():
    """Two processes with other salts for their hashes draw the same bytes."""
    script = (
        "import sys; from datetime import date; from course.planner import plan_backward;"
        "from course.planner.timeline import draw_timeline;"
        "sys.stdout.buffer.write(draw_timeline(plan_backward('CEDAW', 'session', date(2027, 10, 11),"
        " date(2026, 11, 23)), 'fr').encode())"
    )
    other = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout.decode()

    assert other == draw_timeline(plan_for(), "fr")
    assert "<dc:date>" not in other


def test_time_runs_from_the_right_where_the_language_does():
    """In Arabic the first meeting stands to the right of the session."""

    def places(language):
        drawn = ElementTree.fromstring(draw_timeline(plan_for(), language))
        return [float(mark.get("x")) for mark in drawn.iter(f"{SVG}use") if mark.get("x")]

    english, arabic = places("en"), places("ar")
    assert english[0] < english[10]
    assert arabic[0] > arabic[10]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_knows_its_language_and_direction(language):
    """`lang` and `dir` stand on the block, a row for every step, and no place stays open."""
    html = PlanTable(plan_for(today=date(2027, 7, 20), pages=30), language)._repr_html_()

    assert f'lang="{language}" dir="{direction(language)}"' in html
    assert html.count('<th scope="row">') == 9
    assert "{" not in re.sub(r"<style>.*?</style>", "", html, flags=re.S)
    assert html == PlanTable(plan_for(today=date(2027, 7, 20), pages=30), language)._repr_html_()


def test_what_was_entered_cannot_become_markup():
    """A channel is text, on the page too."""
    plan = plan_for(entered=entered(deadline=date(2027, 9, 1), channel="<script>alert(1)</script>"))

    assert "<script" not in PlanTable(plan)._repr_html_()


def test_rows_say_why_a_day_moved():
    """The sending's row: moved, and the remark in words."""
    send = plan_rows(plan_for())[-1]

    assert (send["id"], send["moved"], send["days_before"], send["working_days_before"]) == (
        "send",
        True,
        3,
        1,
    )
    assert send["remarks"] == ["Moved to an earlier working day: weekend."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lines_name_what_the_plan_rests_on(language):
    """The source stands in the plan, whatever the language."""
    plan = plan_for()

    assert plan.basis_of("deadline").source in "\n".join(plan_lines(plan, language))


def test_data_is_plain_json_with_source_and_confidence():
    """A program gets days, offset, sources and notes."""
    data = json.loads(json.dumps(plan_data(plan_for())))

    assert data["deadline"] == "2027-09-13T23:59:59+02:00"
    assert {"value", "source", "as_of", "checked", "confidence"} <= set(data["basis"][0])


def test_the_three_languages_have_the_same_texts():
    """The same ids, and the same places to fill in, so that no language breaks at a rare note."""
    found = {
        language: {
            key: set(re.findall(r"\{(\w+)", text)) for key, text in section("planner", language).items()
        }
        for language in LANGUAGES
    }

    assert found["en"] == found["fr"] == found["ar"]


def test_the_command_of_the_issue_writes_its_calendar(tmp_path):
    """Exit 0, at least seven appointments, and a line that says where."""
    done = command(*ASKED, "--ics", str(tmp_path / "plan.ics"), "--svg", str(tmp_path / "plan.svg"))

    assert done.exit_code == 0
    assert len(Calendar.from_ical((tmp_path / "plan.ics").read_bytes()).walk("VEVENT")) >= 7
    assert (tmp_path / "plan.svg").read_text(encoding="utf-8") == draw_timeline(plan_for())
    assert "Written:" in done.stdout


def test_the_command_speaks_json_alone():
    """Notes and comparison are inside the JSON."""
    data = json.loads(command(*ASKED, "--was", "2027-10-18", "--format", "json").stdout)

    assert data["latest_safe_start"] == "2027-06-21"
    assert len(data["comparison"]["moves"]) == 9


def test_a_stale_or_late_plan_is_still_a_plan():
    """What is late or old is a note, and the command ends with 0."""
    done = command("plan", "CEDAW", "--session", "2027-10-11", "--today", "2027-09-20")

    assert done.exit_code == 0
    assert "nobody has looked at this rule" in done.stdout


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["plan", "SPT", "--session", "2027-10-11"], "it visits"),
        (["plan", "CESCR", "--session", "2027-10-11"], "NOT CHECKED"),
        (["plan", "CEDAW", "--session", "11 October 2027"], "write it as 2027-10-11"),
        (["plan", "CEDAW", "--session", "2027-02-30"], "no day of the calendar"),
        (["plan", "CEDAW", "--session", "20271011"], "write it as 2027-10-11"),
        ([*ASKED, "--deadline", "2027-09-01"], "--link"),
        ([*ASKED, "--pace", "0"], "whole numbers from 1"),
        ([*ASKED, "--hour", "25:00", "--link", "https://example.org", "--dated", "2026-11-01"], "18:00"),
    ],
)
def test_a_wrong_call_is_one_sentence(words, sentence):
    """Named and refused, with the remedy."""
    failed = command(*words)

    assert isinstance(failed.exception, CourseError)
    assert sentence in str(failed.exception)


def test_a_refusal_writes_no_file(tmp_path):
    """Nothing is half-written."""
    command("plan", "SPT", "--session", "2027-10-11", "--ics", str(tmp_path / "plan.ics"))

    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_is_named_before_anything_is_written(tmp_path):
    """The calendar is not written either, where the picture's folder is missing."""
    calendar, picture = tmp_path / "plan.ics", tmp_path / "nowhere" / "plan.svg"
    failed = command(*ASKED, "--ics", str(calendar), "--svg", str(picture))

    assert isinstance(failed.exception, CourseError)
    assert f"{picture}: there is no folder" in str(failed.exception)
    assert not calendar.exists()


def test_a_refusal_comes_in_the_readers_language_with_exit_status_2():
    """The real command: one sentence on stderr, nothing on stdout."""
    course = Path(sys.executable).with_name("course")
    done = subprocess.run(
        [course, "plan", "SPT", "--session", "2027-10-11", "--lang", "fr"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert "Écrivez à son secrétariat" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_plan_from_the_note_of_the_session_by_command():
    """Day, limit and channel with their source make a plan for a body without a rule."""
    done = command(
        *("plan", "HRCttee", "--session", "2027-10-11", "--today", TODAY.isoformat()),
        *("--deadline", "2027-09-06", "--hour", "18:00", "--limit", "9", "--limit-unit", "pages"),
        *("--channel", "portal"),
        *("--link", "https://example.org/note", "--dated", "2026-11-01"),
    )

    assert done.exit_code == 0
    assert "Monday 6 September 2027, 18:00 in Geneva" in done.stdout
    assert "pages at most: 9. Entered by you from the session's information note." in done.stdout
