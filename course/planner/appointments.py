"""A plan as appointments with alarms, for any calendar program (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from icalendar import Alarm, Calendar, Event

from course.planner.models import Plan, Step
from course.planner.rests import body_name
from course.planner.table import plan_title, say_remarks
from course.texts import section

# Alarms at nine in the morning of the reader's own day: all-day appointments begin at midnight.
WEEK_BEFORE, DAY_BEFORE, THAT_MORNING = timedelta(days=-7, hours=9), timedelta(hours=-15), timedelta(hours=9)
BEFORE_THE_HOUR = (timedelta(days=-2), timedelta(hours=-12))
SHOWN_MINUTES = timedelta(minutes=30)


def make_calendar(plan: Plan, lang: str = "en") -> bytes:
    """The steps, the last day and the session as an `.ics` file; the same plan gives the same bytes.

    Steps and the session are whole days, wherever the reader lives; the last moment to send is in
    Geneva time, with its time zone. A step keeps its UID when its day changes, so that a calendar
    program replaces it. Every appointment is private: calendars are shared more often than one thinks.
    """
    texts = section("planner", lang)
    calendar = Calendar()
    calendar.add("prodid", "-//Shadow Report Course//Planner//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", plan_title(plan, lang))
    for step in plan.steps:
        calendar.add_component(_step_event(plan, step, lang))
    calendar.add_component(_deadline_event(plan, lang))
    if plan.session >= plan.today:
        opening = texts["opens"].format(body=body_name(plan.body).name(lang))
        event = _event(plan, "opening", opening, plan_title(plan, lang), (DAY_BEFORE,))
        calendar.add_component(_whole_day(event, plan.session))
    calendar.add_missing_timezones(
        first_date=date(plan.today.year, 1, 1), last_date=date(plan.deadline.year + 1, 1, 1)
    )
    return calendar.to_ical()


def _step_event(plan: Plan, step: Step, lang: str) -> Event:
    said = [step.milestone.reason(lang), *say_remarks(step, plan.today, lang)]
    alarms = (WEEK_BEFORE, DAY_BEFORE, THAT_MORNING) if step.id != "send" else (DAY_BEFORE, THAT_MORNING)
    event = _event(plan, step.id, step.milestone.name(lang), "\n".join(said), alarms)
    return _whole_day(event, step.day)


def _whole_day(event: Event, day: date) -> Event:
    """The appointment on this day, wherever the reader lives; the day stays free for others."""
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(1))
    event.add("transp", "TRANSPARENT")
    return event


def _deadline_event(plan: Plan, lang: str) -> Event:
    """The last half hour, so that the appointment ends when Geneva's clock does."""
    texts = section("planner", lang)
    basis = plan.basis_of("deadline")
    end = plan.deadline.replace(second=0)
    summary = texts["last-day-summary"].format(body=body_name(plan.body).name(lang))
    event = _event(plan, "deadline", summary, f"{basis.value(lang)}\n{basis.source}", BEFORE_THE_HOUR)
    event.add("dtstart", end - SHOWN_MINUTES)
    event.add("dtend", end)
    return event


def _event(plan: Plan, name: str, summary: str, description: str, alarms: tuple[timedelta, ...]) -> Event:
    event = Event()
    event.add("uid", f"{plan.body}-{plan.stage}-{plan.session:%Y%m%d}-{name}@shadow-report-course".lower())
    event.add("dtstamp", datetime.combine(plan.today, time(), UTC))
    event.add("summary", summary)
    event.add("description", description)
    event.add("class", "PRIVATE")
    for trigger in alarms:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", trigger)
        event.add_component(alarm)
    return event
