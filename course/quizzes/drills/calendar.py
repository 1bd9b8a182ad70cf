"""Days that drills draw, and days that they count."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

# The worked twins in the hints stand in 2028; no drawn session may be one of them.
YEARS = range(2029, 2037)
# Without August and the turn of the year, so that no invented session opens on a holiday of both.
MONTHS = (2, 3, 4, 5, 6, 7, 9, 10, 11)


def draw_monday(chance: Random) -> date:
    """The Monday on which an invented session opens."""
    return chance.choice(mondays(chance.choice(YEARS), chance.choice(MONTHS)))


def mondays(year: int, month: int) -> list[date]:
    """The Mondays of a month."""
    first = date(year, month, 1)
    days = [first + timedelta((-first.weekday()) % 7 + 7 * week) for week in range(5)]
    return [day for day in days if day.month == month]


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier, or the last day of a shorter month."""
    count = day.year * 12 + day.month - 1 - months
    first = date(count // 12, count % 12 + 1, 1)
    return max(first + timedelta(n) for n in range(day.day) if (first + timedelta(n)).month == first.month)
