"""Reading what organisers write about tournaments."""

import re

from handlers.texts import N_
from quizzes.engine.frozen import dataclass
from quizzes.engine.han import heard
from study.errors import Usage

ACTIONS = {
    "参赛": "enter", "enter": "enter", "除名": "strike", "strike": "strike",
    "抽签": "draw", "draw": "draw", "重抽": "redraw", "redraw": "redraw",
    "开赛": "open", "open": "open", "对阵": "bracket", "对阵图": "bracket", "bracket": "bracket",
    "成绩": "result", "result": "result", "定名次": "lots", "lots": "lots",
    "重赛": "replay", "replay": "replay", "采纳": "accept", "accept": "accept",
    "弃权": "withdraw", "退赛": "withdraw", "withdraw": "withdraw", "终止": "stop", "stop": "stop",
    "新建": "new", "新增": "new", "new": "new",
}  # fmt: skip
"""What can be said after ``/tournament``, in Chinese and English."""
TOURNAMENT = frozenset({"赛事", "tournament"})
"""After ``/contest``: the number of a bout follows."""
USAGES = {
    "enter": N_("/tournament enter Branch 1: Red, Blue; Branch 2: Green"),
    "strike": N_("/tournament strike Green"),
    "redraw": N_("/tournament redraw a team was forgotten"),
    "open": N_("/tournament open 3"),
    "result": N_("/tournament result 3 Red=120 Green=90 played on paper after a power cut"),
    "lots": N_("/tournament lots 3"),
    "replay": N_("/tournament replay 3 questions had leaked"),
    "accept": N_("/tournament accept 3 protest upheld"),
    "withdraw": N_("/tournament withdraw Green did not appear"),
    "stop": N_("/tournament stop postponed"),
    "new": N_("/tournament groups BANK Spring quiz"),
}
_GROUPS = re.compile(r"[；;\n]+")
_NAMES = re.compile(r"[、，,]+")
_SHORT = 2
"""A name of so few characters ("一队") says little without its unit."""


@dataclass(frozen=True, slots=True)
class Wish:
    """``number`` of the tournament if one was named, the action ("" for none), the words after it."""

    number: int | None
    action: str
    rest: str


def read_wish(words: str) -> Wish:
    """Read ``[NUMBER] [ACTION …]``; what is no action is the beginning of a new tournament."""
    first, _, rest = words.strip().partition(" ")
    number: int | None = None
    if first.isascii() and first.isdigit() and len(first) <= 9:
        number = int(first)
        first, _, rest = rest.strip().partition(" ")
    # A list of teams may begin on the next line.
    head, newline, tail = first.partition("\n")
    if newline:
        first, rest = head, f"{tail} {rest}".strip()
    if not first:
        return Wish(number, "", "")
    action = ACTIONS.get(heard(first))
    if action is None:
        return Wish(number, "new", f"{first} {rest}".strip())
    return Wish(number, action, rest.strip())


def read_entrants(text: str) -> tuple[tuple[str, str], ...]:
    """Read ``UNIT：TEAM、TEAM；UNIT：TEAM`` or only ``TEAM、TEAM`` into (team, unit).

    Raises:
        Usage: there is nothing.
    """
    found: list[tuple[str, str]] = []
    for part in _GROUPS.split(text):
        unit, colon, names = part.replace("：", ":").partition(":")
        if not colon:
            unit, names = "", part
        for name in _NAMES.split(names):
            name, unit = name.strip(), unit.strip()
            if name:
                whole = f"{unit}{name}" if unit and len(name) <= _SHORT else name
                found.append((whole, unit or name))
    if not found:
        raise Usage(usage=USAGES["enter"])
    return tuple(found)


def read_bout(text: str, action: str) -> tuple[int, str]:
    """Read ``BOUT REASON``.

    Raises:
        Usage: no number comes first.
    """
    first, _, rest = text.strip().partition(" ")
    first = first.removeprefix("第").removesuffix("场").removesuffix("場")
    if not (first.isascii() and first.isdigit() and len(first) <= 6):
        raise Usage(usage=USAGES[action])
    return int(first), rest.strip()


def read_bout_of(words: list[str]) -> tuple[int | None, int]:
    """Read ``3`` (a bout) or ``2-3`` (tournament 2, bout 3).

    Raises:
        Usage: it is neither.
    """
    found = re.fullmatch(r"(?:(\d{1,6})-)?第?(\d{1,6})[场場]?", words[0]) if len(words) == 1 else None
    if found is None:
        raise Usage(usage=N_("/contest tournament 3"))
    return (int(found[1]) if found[1] else None), int(found[2])


def read_result(text: str) -> tuple[int, tuple[tuple[str, int], ...], str]:
    """Read ``BOUT TEAM=POINTS … REASON``.

    Raises:
        Usage: no number, or no points.
    """
    bout, rest = read_bout(text, "result")
    rest = rest.replace("＝", "=")
    scores = tuple(
        (name.strip(), int(points)) for name, points in re.findall(r"([^=\s][^=\n]*?)\s*=\s*(-?\d{1,6})", rest)
    )
    reason = re.split(r"=\s*-?\d{1,6}", rest)[-1].strip()
    if not scores:
        raise Usage(usage=USAGES["result"])
    return bout, scores, reason


def read_name(text: str, known: tuple[str, ...], action: str) -> tuple[str, str]:
    """Read ``TEAM REASON``; a team's name may contain spaces, so the longest known one is taken.

    Raises:
        Usage: there is nothing.
    """
    text = text.strip()
    if not text:
        raise Usage(usage=USAGES[action])
    for name in sorted(known, key=len, reverse=True):
        if text.casefold().startswith(name.casefold()):
            return name, text[len(name) :].strip()
    first, _, rest = text.partition(" ")
    return first, rest.strip()


def read_new(text: str) -> tuple[str, str, str]:
    """Read ``PRESET BANK [TITLE]``.

    Raises:
        Usage: the bank is missing.
    """
    words = text.split(maxsplit=2)
    if len(words) < 2:
        raise Usage(usage=USAGES["new"])
    return words[0], words[1], words[2] if len(words) == 3 else ""
