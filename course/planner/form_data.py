"""All that the planner's form counts with, as plain JSON data: rules, steps, holidays, texts of one language.

Nothing here depends on the day on which it is made: the calendar reaches over fixed years around the
day of the last look at the rules, and every other day is the reader's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from icalendar import Calendar, Timezone

from course.facts import STALE_DAYS, all_rules, bodies
from course.facts.deadlines import NEAREST_FIXED_DAY
from course.facts.milestones import milestones
from course.planner.appointments import make_calendar
from course.planner.backward import MOST_WORDS, PACE, plan_backward
from course.planner.days import WorkingDays, geneva_days, working_days
from course.planner.models import (
    END_OF_DAY,
    GENEVA,
    UPR,
    Basis,
    Note,
    Plan,
    PlanError,
    SessionNote,
    say_value,
)
from course.planner.rests import (
    STAGES,
    body_name,
    check_stage,
    find_bases,
    find_deadline,
    stage_name,
)
from course.texts import direction, section

# Years before the last look at the rules (a follow-up begins with a session that has passed), and after it.
YEARS_BACK, YEARS_AHEAD = 4, 4
# A plan reaches back beyond the year of its session: a fixed day of the year before, then the translation.
YEARS_OF_A_PLAN = 2
SAYS_DAYS = ("date", "first-day", "weekday-", "month-")
# Texts of the section that only other faces of a plan say, or that stand in the page itself.
NOT_SENT = ("form-", "move-", "moves", "break", "unchanged", "body-", "stage-", "timeline", "refused-")
SENT = (
    *("form-missing", "form-cleared", "form-note-optional"),
    *("refused-year", "refused-past", "refused-dated", "refused-amount", "refused-much"),
    *("refused-note-empty", "refused-link", "refused-after-session", "refused-before-follow-up"),
)
UNREAD = "https://example.org/note"  # stands for any information note while the rules are asked about


def window() -> tuple[int, int]:
    """The first and the last year that the form plans for; they move when somebody looks at the rules."""
    looked = max(rule.checked for rule in all_rules()).year
    return looked - YEARS_BACK, looked + YEARS_AHEAD


def form_data(lang: str = "en", country: str = "MAR") -> dict[str, Any]:
    """What assets/planner.js reads. Raises PlanError for a country without a calendar."""
    first, last = window()
    years = range(first - YEARS_OF_A_PLAN, last + 2)
    return {
        "lang": lang,
        "dir": direction(lang),
        "window": [first, last],
        "texts": _texts(lang),
        "bodies": {code: _body_data(code, lang, country) for code in (*bodies(), UPR)},
        "stages": {stage: stage_name(stage).name(lang) for stages in STAGES.values() for stage in stages},
        "milestones": [
            {"id": step.id, "days": step.days, "name": step.name(lang), "reason": step.reason(lang)}
            for step in milestones()
        ],
        "home": _rest_days(working_days(country), years, lang),
        "geneva": _rest_days(geneva_days(), years, lang),
        "pace": PACE,
        "most": MOST_WORDS,
        "stale": STALE_DAYS,
        "nearest": NEAREST_FIXED_DAY.days,
        "calendar": _calendar_data(country),
    }


def _texts(lang: str) -> dict[str, str]:
    said = {
        name: text
        for name, text in section("planner", lang).items()
        if name in SENT or not name.startswith(NOT_SENT)
    }
    return said | {name: text for name, text in section("quiz", lang).items() if name.startswith(SAYS_DAYS)}


def _body_data(code: str, lang: str, country: str) -> dict[str, Any]:
    return {
        "name": body_name(code).name(lang),
        "stages": {stage: _cases(code, stage, lang, country) for stage in STAGES[code == UPR]},
    }


def _cases(code: str, stage: str, lang: str, country: str) -> list[dict[str, Any]]:
    """What the rules say for sessions from a day on, the first day first: rules change by date."""
    found: list[dict[str, Any]] = []
    for day in _days_of_change(code):
        case = _case(code, stage, day, lang, country)
        if not found or case != {**found[-1], "from": case["from"]}:
            found.append(case)
    return found


def _days_of_change(code: str) -> Iterator[date]:
    """The first day of the form's years, and each day in them on which a rule begins or has ended."""
    first, last = window()
    begin, end = date(first, 1, 1), date(last, 12, 31)
    days = {begin}
    for rule in all_rules():
        if rule.body == code:
            days |= {_first_day(rule.valid_from)} if rule.valid_from else set()
            days |= {_day_after(rule.valid_until)} if rule.valid_until else set()
    return iter(sorted(day for day in days if begin <= day <= end))


def _first_day(part: str) -> date:
    """The first day of `2014`, `2014-03` or `2014-03-31`."""
    return date.fromisoformat(part + "-01-01"[len(part) - 4 :] if len(part) < 10 else part)


def _day_after(part: str) -> date:
    """The day after a day, a month or a year has ended."""
    day = _first_day(part)
    while day.isoformat()[: len(part)] == part:
        day += timedelta(1)
    return day


def _case(code: str, stage: str, day: date, lang: str, country: str) -> dict[str, Any]:
    """What holds for a session on `day`; every sentence in it names no day."""
    case: dict[str, Any] = {"from": day.isoformat()}
    try:
        check_stage(code, stage, day)
    except PlanError as error:
        return {**case, "refused": error.note.said(lang)}
    bases = find_bases(code, stage, day, None)
    case["bases"] = [_basis_data(basis, lang) for basis in bases]
    try:
        deadline, said = find_deadline(code, stage, day, bases[0], None)
    except PlanError as error:
        case["ask"] = error.note.said(lang)
    else:
        rule = bases[0].rule
        if rule.unit == "month-days":
            fixed = dict(_note(said, "fixed-days").values)
            case["fixed"] = {
                "days": rule.value.split(";"),
                "rule": say_value(fixed["rule"], lang),
                "why": say_value(fixed["why"], lang),
            }
        else:
            case["before"] = (day - deadline.date()).days
    plan = _plan_of_any_note(code, stage, day, country)
    if plan.deadline.time() != END_OF_DAY:
        case["hour"] = {"at": f"{plan.deadline:%H:%M}", "note": _note(plan.notes, "hour").said(lang)}
    for name in ("state-report", "state-report-recalled"):
        if told := next((note for note in plan.notes if note.id == name), None):
            case["report"] = {"id": name, "rule": say_value(dict(told.values)["rule"], lang)}
    return case


def _note(notes: tuple[Note, ...], name: str) -> Note:
    return next(note for note in notes if note.id == name)


def _plan_of_any_note(code: str, stage: str, day: date, country: str) -> Plan:
    """The plan where an information note gives the last day: it holds what is said besides."""
    given = SessionNote(link=UNREAD, dated=day, deadline=day)
    return plan_backward(code, stage, day, day, country=country, entered=given)


def _basis_data(basis: Basis, lang: str) -> dict[str, Any]:
    rule = basis.rule
    return {
        "name": basis.name,
        "value": basis.value(lang),
        "confidence": basis.confidence,
        "source": basis.source,
        "known": bool(rule and rule.value),
        "checked": rule.checked.isoformat() if rule else None,
    }


def _rest_days(days: WorkingDays, years: range, lang: str) -> dict[str, Any]:
    """The weekdays of rest (1 is Monday), and the holidays: day -> [place of its name, 1 if estimated].

    Two holidays have one place where their names agree in every language, as the planner compares them.
    """
    places: dict[tuple[str, ...], int] = {}
    holidays: dict[str, list[int]] = {}
    names: list[str] = []
    for year in years:
        day = date(year, 1, 1)
        while day.year == year:
            if found := days.holiday(day):
                if found.names not in places:
                    places[found.names] = len(places)
                    names.append(found.name(lang))
                holidays[day.isoformat()] = [places[found.names], int(found.estimated)]
            day += timedelta(1)
    monday = date(2024, 1, 1)
    week = [monday + timedelta(n) for n in range(7)]
    return {
        "rest": [day.isoweekday() for day in week if days.is_weekend(day)],
        "names": names,
        "days": holidays,
    }


def _calendar_data(country: str) -> dict[str, Any]:
    """What the file of appointments has besides the plan: its head, Geneva's time zone, the alarms."""
    first, last = window()
    day = date(first, 1, 1)
    sample = Calendar.from_ical(
        make_calendar(_plan_of_any_note(next(iter(bodies())), "session", day, country))
    )
    zone = Timezone.from_tzid(GENEVA.key, first_date=day, last_date=date(last + 2, 1, 1))
    head = [f"{name.upper()}:{sample[name]}" for name in ("version", "prodid", "calscale")]
    return {
        "head": head,
        "zone": zone.to_ical().decode("utf-8"),
        "zone_name": GENEVA.key,
        "alarms": {
            str(event["uid"]).partition("@")[0].split("-", 3)[3]: [
                alarm["trigger"].to_ical().decode("ascii") for alarm in event.walk("VALARM")
            ]
            for event in sample.walk("VEVENT")
        },
    }
