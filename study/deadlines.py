"""Deadlines as people write them: ``11-30 18:00``, ``周五 17:00``, ``明天``, ``3天``, ``Fri 5:00``, ``in 2 days``.

A day without a time ends at 18:00. Days that are no weekday and no number of days are read by ``study.day_words``.
"""

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from quizzes.engine.frozen import dataclass
from quizzes.engine.han import simplified
from study.day_words import DayUnreadable, read_day
from study.errors import StudyError

EVENING = time(18, 0)
_FARTHEST = timedelta(days=366)


class DeadlineUnreadable(StudyError):
    """No deadline can be read from this."""

    code = "deadline_unreadable"


class DeadlinePast(StudyError):
    """The deadline is not in the future."""

    code = "deadline_past"


class DeadlineFar(StudyError):
    """The deadline is more than a year away."""

    code = "deadline_far"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The moment (aware, in the programme's zone) and the words that follow it."""

    at: datetime
    rest: str


_TIME = re.compile(
    r"[ T,，]*(?P<part>上午|中午|下午|晚上)?[ ]*"
    r"(?:(?P<hour>\d{1,2})[:：](?P<minute>\d{2})|(?P<oclock>\d{1,2})点(?P<half>半)?)(?P<end>$|[\s,，:：]+)?"
)
_WEEKDAY = {name: n for n, names in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7")) for name in names}
_ENGLISH = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS = tuple(
    re.compile(rf"\s*{form}(?=$|[\s,，:：上中下晚\d])", re.IGNORECASE)
    for form in (
        r"(?P<ahead>下下|下|本|这)?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天1-7])",
        r"(?:by |on )?(?P<next>next )?(?P<english>mon|tue|wed|thu|fri|sat|sun)[a-z]*",
        r"(?:in )?(?P<days>\d{1,3}) ?(?:天后?|days?|d)",
    )
)


def read_moment(text: str, now: datetime, zone: ZoneInfo) -> Deadline:
    """Read the moment with which ``text`` begins, past or future; a day without a time ends at 18:00.

    Raises:
        DeadlineUnreadable: it begins with none, or with a day or time that does not exist.
    """
    try:
        day, rest = _day(text, now.astimezone(zone).date())
        clock, rest = _time(rest)
        return Deadline(datetime.combine(day, clock, zone), rest.strip())
    except (DayUnreadable, ValueError, OverflowError) as error:
        raise DeadlineUnreadable() from error


def read_deadline(text: str, now: datetime, zone: ZoneInfo) -> Deadline:
    """Read the deadline with which ``text`` begins.

    Raises:
        DeadlineUnreadable: it begins with none, or with a day or time that does not exist.
        DeadlinePast: it is over.
        DeadlineFar: it is more than a year away.
    """
    deadline = read_moment(text, now, zone)
    at = deadline.at
    if at <= now:
        raise DeadlinePast()
    if at - now > _FARTHEST:
        raise DeadlineFar()
    return deadline


def _time(text: str) -> tuple[time, str]:
    found = _TIME.match(simplified(text))
    if found is None:
        return EVENING, text
    if found["end"] is None:
        raise DeadlineUnreadable()
    if found["oclock"] is not None:
        hour, minute = int(found["oclock"]), 30 if found["half"] else 0
    else:
        hour, minute = int(found["hour"]), int(found["minute"])
    afternoon = found["part"] in ("下午", "晚上") and hour < 12
    return time(hour + 12 if afternoon else hour, minute), text[found.end() :]


def _day(text: str, today: date) -> tuple[date, str]:
    for form in _DAYS:
        found = form.match(simplified(text))
        if found is not None:
            parts = {name: value for name, value in found.groupdict().items() if value}
            ahead = parts.get("days")
            day = _weekday(parts, today) if ahead is None else today + timedelta(days=int(ahead))
            return day, text[found.end() :]
    return read_day(text, today)


def _weekday(parts: dict[str, str], today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    if "english" in parts:
        wanted = _ENGLISH.index(parts["english"].lower())
        weeks = 1 if "next" in parts else 0
        bare = "next" not in parts
    else:
        wanted = _WEEKDAY[parts["weekday"]]
        ahead = parts.get("ahead", "")
        weeks = ahead.count("下")
        bare = not ahead
    day = monday + timedelta(weeks=weeks, days=wanted)
    # "周三" said on a Friday is the one to come.
    return day + timedelta(weeks=1) if bare and day < today else day
