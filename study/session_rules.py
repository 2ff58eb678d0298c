"""When sessions take place and when people are told of them. Pure: days, times and a calendar go in, moments come out."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from study.calendar import WEEKDAYS, days_between, moment

IsWorkday = Callable[[date], bool]
_FARTHEST = 31
"""How many days back a workday is looked for; no holiday is longer."""


def meeting_days(
    days: tuple[str, ...],
    first: date,
    last: date,
    *,
    holidays: str,
    is_workday: IsWorkday,
    since: date | None = None,
    until: date | None = None,
    every_weeks: int = 1,
) -> Iterator[tuple[date, date]]:
    """The days of a recurring meeting from ``first`` to ``last`` (both included): its day by the rule, and the day on which
    it takes place.

    ``since`` and ``until`` bound the days by the rule; weeks are counted from the week of ``since``. A meeting that falls on
    a day off is left out (``skip``), moved to the last workday before it (``move``; if that is another day of the meeting,
    it is left out: nobody meets twice on one day), or kept.
    """
    for day in days_between(first, last):
        if not _is_by_rule(day, days, since, until, every_weeks):
            continue
        if holidays == "keep" or is_workday(day):
            yield day, day
        elif holidays == "move":
            before = workday_before(day, is_workday)
            if before is not None and not _is_by_rule(before, days, since, until, every_weeks):
                yield day, before


def _is_by_rule(day: date, days: tuple[str, ...], since: date | None, until: date | None, every: int) -> bool:
    if WEEKDAYS[day.weekday()] not in days or (since and day < since) or (until and day > until):
        return False
    return since is None or (_monday(day) - _monday(since)).days // 7 % every == 0


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def workday_before(day: date, is_workday: IsWorkday) -> date | None:
    """The last workday before a day."""
    earlier = (day - timedelta(days=n) for n in range(1, _FARTHEST + 1))
    return next((one for one in earlier if is_workday(one)), None)


def eve_of(starts_at: datetime, at: time, zone: ZoneInfo, is_workday: IsWorkday) -> datetime | None:
    """When people are told that a session comes: at ``at`` on the last workday before it."""
    before = workday_before(starts_at.astimezone(zone).date(), is_workday)
    return None if before is None else moment(before, at, zone)


NEWS_WAIT = timedelta(minutes=5)
"""What is planned within this time is told in one message."""
_MORNING = time(9, 0)


def news_at(now: datetime, first_start: datetime, zone: ZoneInfo, is_workday: IsWorkday) -> datetime:
    """When people are told of what was planned just now: soon on a workday, else on the morning of the next one, in any case
    before the first of it begins."""
    soon = now + NEWS_WAIT
    day = soon.astimezone(zone).date()
    if not is_workday(day):
        later = (day + timedelta(days=n) for n in range(1, _FARTHEST + 1))
        workday = next((one for one in later if is_workday(one)), day)
        soon = moment(workday, _MORNING, zone)
    return max(now, min(soon, first_start - timedelta(hours=2)))


def names_in(text: str) -> tuple[str, ...]:
    """The names in a list such as ``张三、李四``."""
    for mark in "、,，;；/\n":
        text = text.replace(mark, "\n")
    return tuple(dict.fromkeys(name.strip() for name in text.split("\n") if name.strip()))
