"""Working days of a country, with its public holidays; what the moon decides is marked as estimated."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from inspect import signature

from holidays import HolidayBase, countries
from holidays.registry import COUNTRIES

from course.planner.models import Holiday, PlanError
from course.texts import LANGUAGES, section

FIRST_YEAR, LAST_YEAR = 1950, 2099  # the package knows 1901 to 2100; a plan reaches beyond the session's year
ONE_DAY = timedelta(1)
# The package's third column is the ISO 3166 alpha-3 code but for Morocco, where it says MOR. Its
# own name MAR is the month of March, so that `country_holidays("MAR")` fails: only classes are used.
_CLASSES = {entry[2]: entry[0] for entry in COUNTRIES.values() if entry[2] != "MOR"} | {"MAR": "Morocco"}
_PACKAGE_LANGUAGES = {"en": ("en_US", "en_GB", "en"), "fr": ("fr",), "ar": ("ar",)}
_SHOWS_ESTIMATED = "islamic_show_estimated"


class WorkingDays:
    """Which days a country works; raises PlanError for a country that is no ISO 3166 alpha-3 code."""

    def __init__(self, country: str, subdivision: str | None = None) -> None:
        if country not in _CLASSES:
            raise PlanError("refused-country", country=country)
        entity = getattr(countries, _CLASSES[country])
        moon = _SHOWS_ESTIMATED in signature(entity.__init__).parameters
        self._named = [
            entity(
                subdiv=subdivision,
                language=next((name for name in _PACKAGE_LANGUAGES[lang] if name in _offered(entity)), None),
                **({_SHOWS_ESTIMATED: False} if moon else {}),
            )
            for lang in LANGUAGES
        ]
        self._days = self._named[0]
        # The same names with the package's mark: where the two differ, the moon decides.
        self._marked = (
            entity(subdiv=subdivision, language=self._days.language, **{_SHOWS_ESTIMATED: True})
            if moon
            else self._days
        )

    def is_weekend(self, day: date) -> bool:
        """Whether the country rests on this day every week."""
        return day.weekday() in self._days.weekend

    def holiday(self, day: date) -> Holiday | None:
        """The public holiday on this day."""
        if day not in self._days:
            return None
        sure = set(self._days.get_list(day)) & set(self._marked.get_list(day))
        names = [
            section("facts", lang)["join"].join(named.get_list(day))
            for lang, named in zip(LANGUAGES, self._named, strict=True)
        ]
        return Holiday(day, (names[0], names[1], names[2]), estimated=not sure)

    def is_working(self, day: date) -> bool:
        """Whether people work on this day."""
        return not self.is_weekend(day) and day not in self._days

    def back(self, day: date, count: int) -> date:
        """The day from which `count` working days fit before `day`, which is not counted."""
        while count:
            day -= ONE_DAY
            count -= self.is_working(day)
        return day

    def count(self, start: date, end: date) -> int:
        """Working days from `start` up to the day before `end`; 0 where `end` is not later."""
        return sum(self.is_working(start + timedelta(n)) for n in range((end - start).days))

    def estimated_beside(self, day: date) -> Holiday | None:
        """An estimated holiday on the day before or after, which may turn out to be this day."""
        beside = (self.holiday(day + ONE_DAY), self.holiday(day - ONE_DAY))
        return next((found for found in beside if found and found.estimated), None)


def _offered(entity: type[HolidayBase]) -> tuple[str, ...]:
    return getattr(entity, "supported_languages", ())


@cache
def working_days(country: str) -> WorkingDays:
    """The working days of one country."""
    return WorkingDays(country)


@cache
def geneva_days() -> WorkingDays:
    """The working days of Geneva, where the secretariats are."""
    return WorkingDays("CHE", "GE")
