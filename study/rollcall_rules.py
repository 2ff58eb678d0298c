"""The rules of roll calls, without I/O.

* Whoever is there until ``late_at`` is present, until ``closes_at`` late; both moments themselves still count.
* A code comes from the roll call's secret and the number of the interval in which it is shown. It counts while it is
  shown and for :data:`CODE_GRACE` after, which is for the way through the network; a forwarded one is stale by then.
* Expected is whoever the session is meant for and had joined before people began to be late.
* 应到 counts every line of the register, 实到 those who were there themselves (present or late); what was made up for
  stays an absence in both.
* For a warning by rate leave does not count at all; whatever was made up for counts as not having been there.
"""

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from quizzes.engine.frozen import dataclass

CODE_GRACE = timedelta(seconds=6)
DIGITS = 6
MISSES = 5
MISSES_WITHIN = timedelta(minutes=10)
"""So many wrong codes are heard within this time; then the person has to wait."""

EXPECTED_ROLES = frozenset({"member", "organiser"})
CAME = frozenset({"present", "late"})
MISSED = frozenset({"absent", "make_up"})


def interval_of(at: datetime, opened_at: datetime, seconds: int) -> int:
    """The number of the interval of a code, from 0, that a moment falls into."""
    return max(0, int((at - opened_at).total_seconds() // seconds))


def begins(interval: int, opened_at: datetime, seconds: int) -> datetime:
    """When the code of an interval is first shown."""
    return opened_at + timedelta(seconds=interval * seconds)


def code_of(secret: str, interval: int) -> str:
    """The code of an interval: six digits that nobody can foretell without the secret."""
    digest = hmac.digest(secret.encode(), str(interval).encode(), hashlib.sha256)
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}}"


def accepted(code: str, secret: str, *, at: datetime, opened_at: datetime, seconds: int) -> bool:
    """Whether a code that was received at a moment is the one on show, or was until just now."""
    now = interval_of(at, opened_at, seconds)
    intervals = [now]
    if now > 0 and at - begins(now, opened_at, seconds) <= CODE_GRACE:
        intervals.append(now - 1)
    return any(hmac.compare_digest(code, code_of(secret, one)) for one in intervals)


def judge(at: datetime, late_at: datetime, closes_at: datetime) -> Literal["present", "late"] | None:
    """Present, late, or ``None``: the roll call is over."""
    if at > closes_at:
        return None
    return "present" if at <= late_at else "late"


def is_expected(role: str, joined_at: datetime | None, late_at: datetime) -> bool:
    """Whether somebody whom a session is meant for can be absent from it: not one who joined later."""
    return role in EXPECTED_ROLES and joined_at is not None and joined_at <= late_at


@dataclass(frozen=True, slots=True)
class Sums:
    """Some lines of a register in figures; ``expected`` 应到, ``came`` 实到 (``late`` among them)."""

    expected: int
    came: int
    late: int
    leave: int
    absent: int
    made_up: int

    @property
    def percent(self) -> float | None:
        """实到 of 应到, in percent with one decimal; ``None`` if nobody was expected."""
        return round(100 * self.came / self.expected, 1) if self.expected else None


def sums(statuses: Iterable[str]) -> Sums:
    """Count the lines of a person or of a session."""
    found = list(statuses)
    count = {status: found.count(status) for status in ("present", "late", "leave", "absent", "make_up")}
    return Sums(
        expected=len(found),
        came=count["present"] + count["late"],
        late=count["late"],
        leave=count["leave"],
        absent=count["absent"],
        made_up=count["make_up"],
    )


def absent_in_a_row(statuses: Sequence[str]) -> int:
    """How often somebody has been absent in a row up to the last session; leave neither counts nor breaks the row."""
    row = 0
    for status in reversed(statuses):
        if status in CAME:
            break
        row += status in MISSED
    return row


def rate(statuses: Iterable[str]) -> tuple[int, int]:
    """To how many of how many sessions somebody came, leave aside."""
    counted = [status for status in statuses if status != "leave"]
    return sum(status in CAME for status in counted), len(counted)


def period_of(day: date, period: str) -> tuple[str, date, date]:
    """The calendar month, quarter or year of a day: its name, its first day and the first day after it."""
    if period == "year":
        return f"{day.year}", date(day.year, 1, 1), date(day.year + 1, 1, 1)
    months = 1 if period == "month" else 3
    first_month = (day.month - 1) // months * months + 1
    after = first_month + months
    first = date(day.year, first_month, 1)
    end = date(day.year + (after > 12), (after - 1) % 12 + 1, 1)
    name = f"{day.year}-{first_month:02}" if period == "month" else f"{day.year}-Q{(first_month + 2) // 3}"
    return name, first, end
