"""The order in which people expect names: 第二支部 before 第三支部 before 第十支部, Team 2 before Team 10."""

import re
from functools import lru_cache

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_PLACES = {"十": 10, "百": 100, "千": 1000}
_RUNS = re.compile(r"(\d+|[零〇一二两兩三四五六七八九十百千]+)")

Key = tuple[tuple[tuple[int, int, str], ...], ...]


@lru_cache(maxsize=4096)
def as_people_count(path: str) -> Key:
    """A sort key for a name, or for a path of names joined by ``/``: what lies above comes before what lies below."""
    return tuple(
        tuple((0, _number(run), run) if _RUNS.fullmatch(run) else (1, 0, run) for run in _RUNS.split(name) if run)
        for name in path.split("/")
    )


def _number(run: str) -> int:
    """十二 is 12, 二〇二六 is 2026, 12 is 12."""
    if run.isdecimal():
        return int(run)
    if not _PLACES.keys() & set(run):
        return int("".join(str(_DIGITS[character]) for character in run))
    total, digit = 0, None
    for character in run:
        if character in _PLACES:
            total += (1 if digit is None else digit) * _PLACES[character]
            digit = None
        else:
            digit = _DIGITS[character]
    return total + (digit or 0)
