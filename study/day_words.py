"""Days as people write them: ``11月25日``, ``11-25``, ``2026-11-25``, ``25 Nov``, ``明天``, ``tomorrow``, and from one to another.

A day without a year is the nearest such day, half a year back to half a year ahead: so in December ``1-5`` is next
January, and on the 23rd ``11-20`` is last Friday (and refused by whoever wants a day to come) rather than next year's.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from quizzes.engine.frozen import dataclass
from quizzes.engine.han import simplified
from study.errors import StudyError


class DayUnreadable(StudyError):
    """No day can be read from this, or there is no such day."""

    code = "day_unreadable"


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both included, and the words that follow."""

    first: date
    last: date
    rest: str


_NEAR = {"今天": 0, "今日": 0, "today": 0, "明天": 1, "明日": 1, "tomorrow": 1, "后天": 2, "大后天": 3}
_NEAR |= {"昨天": -1, "yesterday": -1, "the day after tomorrow": 2, "day after tomorrow": 2}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})(?!\d)\s?[日号]?",
        r"(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})(?!\d)\s?[日号]?",
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+{_MONTH}(?![a-z])(?:,?\s+(?P<year>\d{{4}})(?!\d))?",
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{{4}})(?!\d))?",
        rf"(?P<near>{'|'.join(sorted(_NEAR, key=len, reverse=True))})",
    )
)
_SAME_MONTH = re.compile(r"(?P<day>\d{1,2})(?:[日号]|(?!\d))(?=$|[\s,，、。:：])")
_UNTIL = re.compile(r"\s*(?:至|到|~|～|—+|–|-|to\b|until\b|till\b)\s*", re.IGNORECASE)
_BETWEEN = " \t\n,，、:：;；。"


def read_day(words: str, today: date) -> tuple[date, str]:
    """Read the day with which ``words`` begin, and what follows it.

    Raises:
        DayUnreadable: they begin with none, or with one that does not exist.
    """
    found = _match(words.lstrip(_BETWEEN), today, near=today)
    if found is None:
        raise DayUnreadable()
    day, rest = found
    return day, rest.lstrip(_BETWEEN).rstrip()


def read_period(words: str, today: date) -> Period:
    """Read the day, or the first and the last day, with which ``words`` begin.

    Raises:
        DayUnreadable: they begin with none, with one that does not exist, or end before they begin.
    """
    first, rest = read_day(words, today)
    until = _UNTIL.match(rest)
    if until is None:
        return Period(first, first, rest)
    end = _end(rest[until.end() :], first, today)
    if end is None:
        return Period(first, first, rest)
    last, rest = end
    if last < first:
        raise DayUnreadable()
    return Period(first, last, rest.strip(_BETWEEN))


def _end(words: str, first: date, today: date) -> tuple[date, str] | None:
    found = _match(words, today, near=first)
    if found is not None:
        return found
    short = _SAME_MONTH.match(simplified(words))
    if short is None:
        return None
    return _date(first.year, first.month, int(short["day"])), words[short.end() :]


def _match(words: str, today: date, *, near: date) -> tuple[date, str] | None:
    for form in _FORMS:
        found = form.match(simplified(words))
        if found is not None:
            return _day(found.groupdict(), today, near), words[found.end() :]
    return None


def _day(parts: dict[str, str | None], today: date, near: date) -> date:
    word, year, name = parts.get("near"), parts.get("year"), parts.get("name")
    if word is not None:
        return today + timedelta(days=_NEAR[word.lower()])
    month = _MONTHS.index(name[:3].lower()) + 1 if name is not None else int(parts["month"] or 0)
    day = int(parts["day"] or 0)
    return _nearest(month, day, near) if year is None else _date(int(year), month, day)


def _nearest(month: int, day: int, near: date) -> date:
    candidates = (near.year - 1, near.year, near.year + 1)
    found = [date(year, month, day) for year in candidates if _exists(year, month, day)]
    if not found:
        raise DayUnreadable()
    return min(found, key=lambda one: abs((one - near).days))


def _exists(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise DayUnreadable() from error
