"""Reading what organisers write about seasons."""

import re
from datetime import date

from handlers.texts import N_
from quizzes.engine.frozen import dataclass
from quizzes.engine.han import heard
from quizzes.season_rules import DEFAULT_PLACES
from quizzes.seasons import Wanted
from study.errors import Usage

ACTIONS = {
    "录入": "enter", "enter": "enter", "冲正": "reverse", "reverse": "reverse", "新建": "new", "新增": "new", "new": "new", "登录": "enter",
    "明细": "ledger", "ledger": "ledger", "不计": "omit", "omit": "omit", "计入": "count", "count": "count",
}  # fmt: skip
"""What can be said after ``/season``, in Chinese and English."""
USAGES = {
    "enter": N_("/season enter Tug-of-war Branch1 10 outdoor team event"),
    "reverse": N_("/season reverse 12 wrong unit"),
    "new": N_("/season new Spring-2026 2026-03-01 2026-06-30 10 7 5 3"),
    "omit": N_("/season omit contest 5 a trial"),
    "count": N_("/season count contest 5 added later"),
}
_KINDS = {"竞赛": "contest", "contest": "contest", "赛事": "tournament", "tournament": "tournament"}
_PLACE = re.compile(r"第?(\d{1,3})名|#(\d{1,3})")
_CHINESE = "一二三四五六七八九十"
_LINES_MOST = 50


@dataclass(frozen=True, slots=True)
class NewSeason:
    """A season to be opened."""

    name: str
    first_day: date
    last_day: date
    places: tuple[int, ...]


def read_action(words: str) -> tuple[str, str]:
    """The action and what follows it; ``("show", NAME)`` if there is none.

    A list of entries may begin on the line below.
    """
    found = re.match(r"(\S*)\s*(.*)", words.strip(), re.DOTALL)
    first, rest = (found[1], found[2]) if found is not None else ("", "")
    action = ACTIONS.get(heard(first))
    return (action, rest.strip()) if action is not None else ("show", words.strip())


def read_entries(text: str) -> tuple[Wanted, ...]:
    """Read ``EVENT NAME POINTS REASON``, one a line; instead of points a place: ``第1名``.

    Raises:
        Usage: a line does not fit.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if not lines or len(lines) > _LINES_MOST:
        raise Usage(usage=USAGES["enter"])
    return tuple(_entry(line) for line in lines)


def _entry(line: str) -> Wanted:
    words = line.split(maxsplit=3)
    if len(words) < 3:
        raise Usage(usage=USAGES["enter"])
    event, name, worth = words[:3]
    reason = words[3] if len(words) == 4 else ""
    if re.fullmatch(r"第[一二三四五六七八九十]名", worth):
        return Wanted(event, name, _CHINESE.index(worth[1]) + 1, None, reason)
    place = _PLACE.fullmatch(worth)
    if place is not None:
        return Wanted(event, name, int(place[1] or place[2]), None, reason)
    if not re.fullmatch(r"[+-]?\d{1,5}分?", worth):
        raise Usage(usage=USAGES["enter"])
    return Wanted(event, name, None, int(worth.removesuffix("分")), reason)


def read_number(text: str, action: str) -> tuple[int, str]:
    """Read ``NUMBER REASON``.

    Raises:
        Usage: no number comes first.
    """
    found = re.fullmatch(r"#?(\d{1,9})(?:\s+(.*))?", text.strip(), re.DOTALL)
    if found is None:
        raise Usage(usage=USAGES[action])
    return int(found[1]), (found[2] or "").strip()


def read_item(text: str, action: str) -> tuple[str, int, str]:
    """Read ``KIND NUMBER REASON``, the kind ``竞赛`` or ``赛事``.

    Raises:
        Usage: it does not fit.
    """
    first, _, rest = text.strip().partition(" ")
    kind = _KINDS.get(heard(first))
    if kind is None:
        raise Usage(usage=USAGES[action])
    number, reason = read_number(rest, action)
    return kind, number, reason


def read_new(text: str) -> NewSeason:
    """Read ``NAME FIRST LAST [POINTS …]``.

    Raises:
        Usage: it does not fit.
    """
    found = re.fullmatch(
        r"(\S.{0,39}?)\s+(\d{4}-\d\d?-\d\d?)\s+(\d{4}-\d\d?-\d\d?)((?:\s+\d{1,4}){0,50})", text.strip()
    )
    if found is None:
        raise Usage(usage=USAGES["new"])
    try:
        first, last = (date(*map(int, day.split("-"))) for day in (found[2], found[3]))
    except ValueError:
        raise Usage(usage=USAGES["new"]) from None
    places = tuple(int(points) for points in found[4].split())
    return NewSeason(found[1], first, last, places or DEFAULT_PLACES)
