"""The words by which somebody says which questions of a bank are meant: ``分类:公文格式 难度:1-3 标签:必考 题型:单选``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quizzes.bank.words import difficulty, kinds_of
from quizzes.draws import EASIEST, HARDEST, Wanted
from quizzes.engine.han import heard
from quizzes.errors import UnknownWish

_WISH = re.compile(r"(?P<what>\w+)[:：](?P<which>.+)")
_CATEGORY = frozenset({"分类", "类别", "章节", "category"})
_TAG = frozenset({"标签", "知识点", "考点", "tag", "tags"})
_DIFFICULTY = frozenset({"难度", "难易度", "difficulty"})
_KIND = frozenset({"题型", "类型", "kind", "type"})
_RANGE = re.compile(r"[-–—~～至到]")
_LIST = re.compile(r"[,，、;；|]")


def read_wishes(words: Iterable[str]) -> tuple[list[str], Wanted]:
    """Take the wishes out of what somebody wrote: the other words in order, and which questions are wanted.

    Several values of one wish are parted by commas; a difficulty is a number from 1 to 5, a word (``易``), or a range.

    Raises:
        UnknownWish: a wish that cannot be read (``word``).
    """
    others: list[str] = []
    categories: list[str] = []
    tags: list[str] = []
    kinds: list[str] = []
    easiest, hardest = EASIEST, HARDEST
    for word in words:
        found = _WISH.fullmatch(word)
        what = heard(found["what"]) if found else ""
        if found is None or what not in _CATEGORY | _TAG | _DIFFICULTY | _KIND:
            others.append(word)
            continue
        values = [value for value in _LIST.split(found["which"]) if value]
        if what in _CATEGORY:
            categories += values
        elif what in _TAG:
            tags += values
        elif what in _DIFFICULTY:
            easiest, hardest = _levels(found["which"], word)
        else:
            kinds += _kinds(values, word)
    return others, Wanted(tuple(categories), tuple(tags), tuple(dict.fromkeys(kinds)), easiest, hardest)


def _levels(written: str, word: str) -> tuple[int, int]:
    try:
        levels = sorted(level for part in _RANGE.split(written) if (level := difficulty(part)) is not None)
    except ValueError:
        raise UnknownWish(word=word) from None
    if not 1 <= len(levels) <= 2:
        raise UnknownWish(word=word)
    return levels[0], levels[-1]


def _kinds(values: list[str], word: str) -> list[str]:
    found = [kind.value for value in values for kind in kinds_of(value)]
    if not found:
        raise UnknownWish(word=word)
    return found


def written(wanted: Wanted) -> tuple[str, ...]:
    """A wish, without the kinds of questions, in signs that need no translation: ``公文格式``, ``#必考``, ``★1–3``."""
    parts = [*wanted.categories, *(f"#{tag}" for tag in wanted.tags)]
    if (wanted.easiest, wanted.hardest) != (EASIEST, HARDEST):
        levels = sorted({wanted.easiest, wanted.hardest})
        parts.append("★" + "–".join(str(level) for level in levels))
    return tuple(parts)
