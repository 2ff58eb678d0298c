"""The rules of recurring rounds: on which days they fall, who is in which group, who speaks after whom.

Pure: days, people (by id) and lots come in as arguments. Whatever is drawn comes from a seed that is kept, so that anybody
can draw it again.
"""

import random
import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import ceil
from typing import Literal

from quizzes.engine.frozen import dataclass
from quizzes.engine.han import heard

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
Shift = Literal["none", "before", "after"]
"""Where a day goes on which nobody works: it stays, to the workday before, to the workday after."""

TOO_FEW = 3
"""A group that has shrunk below this has nobody to talk to; its people join the others where there is room."""
_LONGEST = 31
"""No run of free days is longer."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """Every so many weeks on a weekday (0 Monday), counted from the week of ``since``."""

    every: int
    weekday: int
    since: date


@dataclass(frozen=True, slots=True)
class Dated:
    """A day by the rule, and the day on which it takes place (another one if it was moved off a free day)."""

    nominal: date
    day: date


def is_day_rule(rule: str) -> bool:
    """Whether words name a day of each month: ``last day``, ``first workday``, ``second friday``, ``last friday`` …"""
    if rule == "last day":
        return True
    which, _, what = rule.partition(" ")
    return which in ORDINALS and (what == "workday" or what in WEEKDAYS)


def dates(
    days: Sequence[int | str],
    weeks: Weeks | None,
    shift: Shift,
    is_workday: Callable[[date], bool],
    first: date,
    last: date,
) -> tuple[Dated, ...]:
    """Every round that takes place from ``first`` to ``last`` (both included), by day; never two on one day.

    ``days`` are days of each month: numbers (a month that is shorter uses its last day) or words (see :func:`is_day_rule`).
    """
    margin = timedelta(days=_LONGEST)
    nominal = {day for rule in days for day in _monthly(rule, is_workday, first - margin, last + margin)}
    if weeks is not None:
        nominal |= set(_weekly(weeks, first - margin, last + margin))
    found: dict[date, Dated] = {}
    for day in sorted(nominal):
        moved = _moved(day, shift, is_workday)
        if first <= moved <= last:
            found.setdefault(moved, Dated(day, moved))
    return tuple(found[day] for day in sorted(found))


def _monthly(rule: int | str, is_workday: Callable[[date], bool], first: date, last: date) -> Iterator[date]:
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        found = _in_month(rule, is_workday, year, month)
        if found is not None:
            yield found
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def _in_month(rule: int | str, is_workday: Callable[[date], bool], year: int, month: int) -> date | None:
    length = monthrange(year, month)[1]
    if isinstance(rule, int):
        return date(year, month, min(rule, length))
    if rule == "last day":
        return date(year, month, length)
    which, _, what = rule.partition(" ")
    every = (date(year, month, day) for day in range(1, length + 1))
    fitting = [day for day in every if (is_workday(day) if what == "workday" else WEEKDAYS[day.weekday()] == what)]
    place = ORDINALS[which]
    return fitting[place] if len(fitting) > max(place, 0) else None


def _weekly(weeks: Weeks, first: date, last: date) -> Iterator[date]:
    monday = weeks.since - timedelta(days=weeks.since.weekday())
    day = monday + timedelta(days=weeks.weekday)
    step = timedelta(weeks=weeks.every)
    if first > day:
        day += step * ((first - day) // step)
    while day <= last:
        if day >= max(first, weeks.since):
            yield day
        day += step


def _moved(day: date, shift: Shift, is_workday: Callable[[date], bool]) -> date:
    if shift == "none":
        return day
    step = timedelta(days=-1 if shift == "before" else 1)
    candidates = (day + step * n for n in range(_LONGEST))
    return next((one for one in candidates if is_workday(one)), day)


def split(before: Mapping[int, int], people: Sequence[int], most: int) -> dict[int, int]:
    """Who is in which group (from 1): at most ``most`` in each, as few groups as that allows when they are first made.

    ``before`` is where people were; ``people`` are those there are now, in the order in which newcomers are placed.

    * Nobody who stays is moved because others leave; a group of fewer than :data:`TOO_FEW` joins the others if they have room.
    * Newcomers go where the fewest are.
    * Only if all groups are full there is one more, and then just as many move as make the sizes differ by one at most.
    """
    if not people:
        return {}
    groups: dict[int, list[int]] = {}
    for person in people:
        if person in before:
            groups.setdefault(before[person], []).append(person)
    new = [person for person in people if person not in before]
    if not groups:
        groups = {number: [] for number in range(1, ceil(len(people) / most) + 1)}
    homeless = _dissolve(groups, most)
    full = len(groups) * most < len(people)
    while len(groups) * most < len(people):
        groups[next(number for number in range(1, len(groups) + 2) if number not in groups)] = []
    for person in (*homeless, *new):
        groups[min(groups, key=lambda number: (len(groups[number]), number))].append(person)
    if full or any(len(members) > most for members in groups.values()):
        _even_out(groups)
    numbered = {number: place for place, number in enumerate(sorted(groups), start=1)}
    return {person: numbered[number] for number, members in groups.items() for person in members}


def _dissolve(groups: dict[int, list[int]], most: int) -> list[int]:
    """Take away the groups that have become too small, as long as the others can take their people in."""
    homeless: list[int] = []
    for number in sorted(groups, key=lambda one: (len(groups[one]), -one)):
        room = sum(most - len(members) for other, members in groups.items() if other != number)
        if len(groups) > 1 and 0 < len(groups[number]) < TOO_FEW and room >= len(homeless) + len(groups[number]):
            homeless += groups.pop(number)
    return homeless


def _even_out(groups: dict[int, list[int]]) -> None:
    """Let just as many move, from the fullest to the emptiest, as make the sizes differ by one at most."""
    while True:
        small = min(groups, key=lambda number: (len(groups[number]), number))
        large = max(groups, key=lambda number: (len(groups[number]), -number))
        if len(groups[large]) - len(groups[small]) <= 1:
            return
        groups[small].append(groups[large].pop())


def speaking_order(before: Sequence[int], people: Sequence[int], seed: str) -> tuple[int, ...]:
    """Who speaks after whom: the order of the last time with its first at the end, so that everybody is last in turn.

    In a group that stays the same, whoever was first is last the next time, and everybody is first once and last once in
    as many rounds as there are people. Newcomers (at first everybody) get places by lot, drawn from ``seed``.
    """
    lots = random.Random(seed)
    staying = [person for person in before if person in set(people)]
    order = staying[1:] + staying[:1]
    new = sorted(set(people) - set(before))
    lots.shuffle(new)
    if not order:
        return tuple(new)
    for person in new:
        order.insert(lots.randrange(len(order) + 1), person)
    return tuple(order)


def duty_period(every: Literal["day", "week", "month"], day: date) -> str:
    """The period of a duty that a day is in: ``2026-11-23``, ``2026-W48``, ``2026-11``."""
    if every == "day":
        return day.isoformat()
    if every == "month":
        return f"{day:%Y-%m}"
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def duty_due(every: Literal["day", "week", "month"], day: date, is_workday: Callable[[date], bool]) -> date | None:
    """The day by which a duty is to be done in the period of ``day``: its last workday; ``None`` if nobody works in it."""
    if every == "day":
        days = [day]
    elif every == "week":
        monday = day - timedelta(days=day.weekday())
        days = [monday + timedelta(days=n) for n in range(7)]
    else:
        days = [day.replace(day=n) for n in range(1, monthrange(day.year, day.month)[1] + 1)]
    return next((one for one in reversed(days) if is_workday(one)), None)


_CLOCK = re.compile(
    r"(?P<half>上午|下午|晚上|中午|早上)?\s*(?P<hour>\d{1,2}|十[一二]?|[一二两三四五六七八九])\s*(?:[:：点时]\s*(?P<minute>\d{1,2}|半)?\s*分?)?\s*(?P<pm>[ap]m)?",
    re.IGNORECASE,
)


_HOURS = {name: n for n, name in enumerate((*"一二三四五六七八九十", "十一", "十二"), start=1)} | {"两": 2}


def read_clock(words: str) -> tuple[int, int] | None:
    """Read a time of day (``15:00``, ``下午3点半``, ``九點``, ``3 pm``): hour and minute; ``None`` if that is none."""
    found = _CLOCK.fullmatch(heard(words))
    if found is None:
        return None
    hour = int(found["hour"]) if found["hour"].isdecimal() else _HOURS[found["hour"]]
    minute = 30 if found["minute"] == "半" else int(found["minute"] or 0)
    if (found["half"] in ("下午", "晚上") or (found["pm"] or "").lower() == "pm") and hour < 12:
        hour += 12
    return (hour, minute) if hour < 24 and minute < 60 else None


def reading_lines(text: str) -> tuple[tuple[str, str], ...]:
    """What is to be read, as an organiser writes it: a line each, an address (if there is one) at its end; titles and addresses."""
    found = []
    for line in text.splitlines():
        found_in = re.fullmatch(r"\s*(?P<title>.*?)\s*(?P<url>https?://\S+)?\s*", line)
        if found_in is not None and (found_in["title"] or found_in["url"]):
            found.append((found_in["title"] or found_in["url"], found_in["url"] or ""))
    return tuple(found)
