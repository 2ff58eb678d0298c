"""Which days are on: workdays by the official calendars, weekdays by name; and the moment a clock shows a time.

For China the State Council's own announcement decides, swapped weekends included (``chinesecalendar``; the years that it
knows end with the last announcement). Outside of those years and for all other countries a workday is a day that is
neither weekend nor public holiday (``holidays``), so a swap that has not been announced yet is not known either.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import holidays

Days = Literal["workdays", "every day"] | tuple[str, ...]
"""``workdays``, ``every day``, or English weekday names in lower case (``()``: never)."""

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_LONGEST = 366
"""How far a day that is on is looked for; no holiday is longer, so past it there is none."""


def is_country(code: str) -> bool:
    """Whether the holidays of a country (two letters, ISO 3166) are known."""
    if code == "CN":
        return True
    import holidays  # as in _holidays

    return code in holidays.list_supported_countries(include_aliases=False)


def is_workday(day: date, country: str) -> bool:
    """Whether people work on a day in a country (two letters, ISO 3166).

    Raises:
        ValueError: the country is not known.
    """
    if country == "CN":
        import chinese_calendar

        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            pass  # a year without an announcement: the general rule below
    return bool(_holidays(country).is_working_day(day))


def is_on(days: Days, day: date, country: str) -> bool:
    """Whether something that takes place on ``days`` takes place on this day.

    Raises:
        ValueError: the country is not known.
    """
    if days == "every day":
        return True
    if days == "workdays":
        return is_workday(day, country)
    return WEEKDAYS[day.weekday()] in days


def next_on(days: Days, after: date, country: str) -> date | None:
    """The first day after ``after`` that is on; ``None`` if none is within a year."""
    return _first(days, after, country, step=1)


def previous_on(days: Days, before: date, country: str) -> date | None:
    """The last day before ``before`` that is on; ``None`` if none is within a year."""
    return _first(days, before, country, step=-1)


def days_between(first: date, last: date) -> tuple[date, ...]:
    """Every day from ``first`` to ``last``, both included."""
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which the clocks of a zone show ``at`` on ``day``.

    A time that the change to summer time leaves out is as much later as the change is long; of a time that comes twice
    the first is meant.
    """
    return datetime.combine(day, at, zone).astimezone(UTC)


def day_of(at: datetime, zone: ZoneInfo) -> date:
    """The day that it is in a zone at a moment (aware)."""
    return at.astimezone(zone).date()


def _first(days: Days, start: date, country: str, *, step: int) -> date | None:
    candidates = (start + timedelta(days=step * n) for n in range(1, _LONGEST + 1))
    return next((day for day in candidates if is_on(days, day, country)), None)


@cache
def _holidays(country: str) -> "holidays.HolidayBase":
    if not is_country(country):
        raise ValueError(f"no holidays are known for the country {country!r}")
    # Loaded when first asked: it is as slow as a twentieth of the start, and China before the last announcement needs none.
    import holidays

    return holidays.country_holidays(country)
