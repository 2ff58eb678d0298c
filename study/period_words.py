"""Spans of days as people write them, in either script: ``2026年``, ``2026年11月``, ``11月``, ``三季度``, ``上半年``, ``本月``, ``11-01 至 11-30``."""

import re
from calendar import monthrange
from datetime import date, timedelta

from quizzes.engine.han import heard
from study.day_words import read_period

_YEAR = r"(?:(?P<year>\d{4})\s*年?)?"
_MONTH = re.compile(rf"{_YEAR}\s*[-/.]?\s*(?P<month>\d{{1,2}})\s*月?(?:份)?")
_QUARTER = re.compile(rf"{_YEAR}\s*(?:第?(?P<han>[一二三四1-4])季度|[Qq](?P<q>[1-4]))")
_HALF = re.compile(rf"{_YEAR}\s*(?P<half>上|下)半年")
_WHOLE = re.compile(r"(?P<year>\d{4})\s*(?:年|年度|全年)?")
_NEAR = {"本年": 0, "今年": 0, "this year": 0, "去年": -1, "last year": -1}
_THIS_MONTH, _LAST_MONTH = ("本月", "这个月", "this month"), ("上月", "上个月", "last month")


def read_span(text: str, today: date) -> tuple[date, date]:
    """The first and the last day that are meant; the year of ``today`` if the text is empty.

    Raises:
        DayUnreadable: it is no span.
    """
    words = heard(" ".join(text.split()))
    if not words or words in _NEAR:
        year = today.year + _NEAR.get(words, 0)
        return date(year, 1, 1), date(year, 12, 31)
    if words in _THIS_MONTH:
        return _months(today.year, today.month, 1)
    if words in _LAST_MONTH:
        last = today.replace(day=1) - timedelta(days=1)
        return _months(last.year, last.month, 1)
    if (found := _QUARTER.fullmatch(words)) is not None:
        number = int(found["q"]) if found["q"] else ("一二三四".find(found["han"]) + 1 or int(found["han"]))
        return _months(int(found["year"] or today.year), number * 3 - 2, 3)
    if (found := _HALF.fullmatch(words)) is not None:
        return _months(int(found["year"] or today.year), 1 if found["half"] == "上" else 7, 6)
    if (found := _WHOLE.fullmatch(words)) is not None and 1900 < int(found["year"]) < 2200:
        return date(int(found["year"]), 1, 1), date(int(found["year"]), 12, 31)
    if (found := _MONTH.fullmatch(words)) is not None and 1 <= int(found["month"]) <= 12:
        return _months(int(found["year"] or today.year), int(found["month"]), 1)
    period = read_period(text, today)
    return period.first, period.last


def _months(year: int, month: int, count: int) -> tuple[date, date]:
    end = month + count - 1
    return date(year, month, 1), date(year, end, monthrange(year, end)[1])
