"""The rules of the daily check-in, without I/O.

* Whoever checks in until ``late`` is on time, until ``closes`` late; both moments themselves still count.
* The bot's own absence is nobody's fault. A sheet that was opened later than planned takes everybody as on time until
  half an hour after it was opened. A sheet whose close passed while the bot was away stays open for another quarter of an
  hour, so that what waited at Telegram still counts; if the bot came back on a later day, nobody is counted absent.
* Expected are members and organisers who had joined by the time at which people begin to be late.
* A streak counts the days on time or late back to the last day absent. Leave and days without check-in neither count nor
  break it.
* A card is edited a few times at once and then at most every few seconds (:class:`Pace`).
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from study.calendar import Days, moment

HERE = frozenset({"on_time", "late"})
EXPECTED_ROLES = frozenset({"member", "organiser"})
UNNEEDED_ROLES = frozenset({"observer", "judge"})

_PUNCTUAL = timedelta(minutes=1)
"""A sheet opened (or closed) within this time of its hour was opened as planned."""
_ALLOWANCE = timedelta(minutes=30)
_EXTENSION = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class CheckinPlan:
    """When check-in is held: ``[checkin]`` of the configuration with the programme's zone and country."""

    enabled: bool
    days: Days
    opens: time
    late: time
    closes: time
    announce_missing: bool
    zone: ZoneInfo
    country: str

    def window(self, day: date) -> "Window":
        """The planned hours of a day."""
        opens, late, closes = (moment(day, at, self.zone) for at in (self.opens, self.late, self.closes))
        return Window(opens, late, closes)


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when, and from when on late; aware, UTC."""

    opens_at: datetime
    late_at: datetime
    closes_at: datetime

    def opened(self, at: datetime) -> "Window":
        """The window as it is once the sheet was opened at a moment: nobody is late because the bot was."""
        if at <= self.opens_at + _PUNCTUAL:
            return self
        late_at = max(self.late_at, at + _ALLOWANCE)
        return Window(at, min(late_at, self.closes_at), self.closes_at)

    def judge(self, at: datetime) -> Literal["on_time", "late"] | None:
        """On time, late, or ``None``: too late altogether."""
        if at > self.closes_at:
            return None
        return "on_time" if at <= self.late_at else "late"


def is_missed_close(closes_at: datetime, now: datetime) -> bool:
    """Whether the bot was away when a sheet should have been closed."""
    return now > closes_at + _PUNCTUAL


def extended(now: datetime) -> datetime:
    """When a sheet closes whose close the bot missed earlier the same day."""
    return now + _EXTENSION


def is_expected(role: str, joined_at: datetime | None, late_at: datetime) -> bool:
    """Whether somebody can be missing on a day: one who joined after people began to be late is not."""
    return role in EXPECTED_ROLES and joined_at is not None and joined_at <= late_at


def streak(before: Iterable[str], today: str | None) -> int:
    """How many days in a row somebody was there; ``before`` are the statuses of earlier days, the newest first."""
    count = 1 if today in HERE else 0
    if today == "absent":
        return 0
    for status in before:
        if status == "absent":
            break
        count += status in HERE
    return count


@dataclass(frozen=True, slots=True)
class Pace:
    """So many at once, then one in ``every``: the account is one moment that runs ahead of the clock with each one."""

    every: timedelta
    burst: int

    def take(self, account: datetime, now: datetime) -> datetime | None:
        """The account after one more; ``None`` if it has to wait until :meth:`room_at`."""
        ahead = max(account, now) + self.every
        return ahead if ahead - now <= self.every * self.burst else None

    def room_at(self, account: datetime) -> datetime:
        """From when on there is room for one more; the same moment until one is taken. Rounded up to a millisecond."""
        at = account - self.every * (self.burst - 1)
        return at.astimezone(UTC) + timedelta(microseconds=-at.microsecond % 1000)


CARD_PACE = Pace(timedelta(seconds=5), 4)
REPLY_PACE = Pace(timedelta(seconds=10), 5)
"""Of the 20 messages and edits a minute that a group has, a rush takes 12 for the card and 6 for replies."""
