"""What a happening is worth: the rule's points, cut where a cap is reached. Nothing here knows a database."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol

from quizzes.engine.frozen import dataclass


class Caps(Protocol):
    """The most points within a calendar day, week (from Monday), month and year; ``None``: no limit."""

    @property
    def day(self) -> int | None: ...
    @property
    def week(self) -> int | None: ...
    @property
    def month(self) -> int | None: ...
    @property
    def year(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Limit:
    """At most so many points from ``first`` to ``last``, both included."""

    most: int
    first: date
    last: date


def limits(caps: Caps, day: date) -> tuple[Limit, ...]:
    """The limits that hold on a day."""
    monday = day - timedelta(days=day.weekday())
    month = day.replace(day=1)
    month_end = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    periods = (
        (caps.day, day, day),
        (caps.week, monday, monday + timedelta(days=6)),
        (caps.month, month, month_end),
        (caps.year, date(day.year, 1, 1), date(day.year, 12, 31)),
    )
    return tuple(Limit(most, first, last) for most, first, last in periods if most is not None)


def allowed(worth: int, left: Iterable[int]) -> int:
    """What of ``worth`` counts if each limit leaves so much; a penalty is never cut."""
    return worth if worth <= 0 else max(0, min([worth, *left]))
