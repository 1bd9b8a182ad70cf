"""The last day to send that a rule gives for one opening: the same for a plan and for a drill."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from course.facts.models import Rule

# A day of the year this near to the opening cannot be meant for it: the days of the Committee on the
# Rights of the Child lie two months before their pre-session, and nothing is received between the
# pre-session and the dialogue. A nearer day belongs to a later one; the earlier day is never too late.
NEAREST_FIXED_DAY = timedelta(50)


def last_day_before(rule: Rule, opening: date) -> date:
    """The last day to send: whole weeks before the opening, or the fixed day that is meant for it.

    `rule` is a deadline in `weeks-before-session` or `month-days`. It is a day of the calendar:
    whether anybody works on it, the plan says beside it.
    """
    if rule.unit == "weeks-before-session":
        return opening - timedelta(round(float(rule.value) * 7))
    return max(day for day in fixed_days(rule, opening.year) if opening - day >= NEAREST_FIXED_DAY)


def fixed_days(rule: Rule, year: int) -> tuple[date, ...]:
    """The days of a rule in `month-days`, from two years before to the year after, in their order."""
    return _days_around(rule.value, year)


@cache
def _days_around(value: str, year: int) -> tuple[date, ...]:
    days = (
        date(near, int(part[:2]), int(part[3:]))
        for near in range(year - 2, year + 2)
        for part in value.split(";")
    )
    return tuple(sorted(days))
