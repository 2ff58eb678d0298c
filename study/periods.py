"""Years, halves, quarters and months, named so that they sort: ``2026``, ``2026H1``, ``2026Q3``, ``2026-09``."""

import re
from datetime import date, timedelta
from typing import Literal

from quizzes.engine.frozen import dataclass

Every = Literal["year", "half", "quarter", "month"]

_MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}


@dataclass(frozen=True, slots=True)
class Period:
    """A period by its name, with its first and its last day."""

    key: str
    first: date
    last: date


def period_of(every: Every, day: date) -> Period:
    """The period that a day lies in."""
    months = _MONTHS[every]
    number = (day.month - 1) // months
    first = date(day.year, number * months + 1, 1)
    last = (first + timedelta(days=31 * months)).replace(day=1) - timedelta(days=1)
    key = {
        "year": f"{day.year}",
        "half": f"{day.year}H{number + 1}",
        "quarter": f"{day.year}Q{number + 1}",
        "month": f"{day.year}-{day.month:02}",
    }[every]
    return Period(key, first, last)


_KEYS: tuple[tuple[Every, str], ...] = (
    ("month", r"(\d{4})-(0[1-9]|1[0-2])"),
    ("quarter", r"(\d{4})Q([1-4])"),
    ("half", r"(\d{4})H([12])"),
    ("year", r"(\d{4})"),
)


def read_period(key: str) -> tuple[Every, Period] | None:
    """The period with a name such as ``2026-09``, ``2026Q3``, ``2026H1``, ``2026``; ``None`` if it is none."""
    for every, form in _KEYS:
        found = re.fullmatch(form, key)
        if found is not None and 1970 < int(found[1]) < 9000:
            number = int(found[2]) if every != "year" else 1
            return every, period_of(every, date(int(found[1]), (number - 1) * _MONTHS[every] + 1, 1))
    return None
