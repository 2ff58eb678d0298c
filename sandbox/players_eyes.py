"""What a message asks of a player, read as a person reads it: by the labels of its buttons, in Chinese or English."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

JOIN = ("加入", "Join")
READY = ("准备", "準備", "Ready")
START = ("开始", "開始", "Start")
BUZZ = ("抢答", "搶答", "Buzz")
PASS = ("放弃", "放棄", "Pass")
TYPE_HERE = ("发到本群", "發到本群", "into this group")
"""Words that ask for an answer that is written into the group."""
IN_TURN = ("👉", "💰")
"""A line that begins so says whose turn it is."""
HAND_IN = ("提交", "Hand in")
OVER = ("最终成绩", "最終成績", "Final standings", "竞赛已终止", "競賽已終止", "called off")
"""Words that only the last message of a contest has."""

_OPTION = re.compile(r"^\s*[A-H]\s*[.．、:：]\s*")
_STAKE = re.compile(r"^\s*\d+\s*(?:分|points)\s*$")
_NUMBER = re.compile(r"(?<!加[赛賽])第\s*(\d+)\s*(?:/\s*\d+\s*)?[题題]|(?<!Extra )[Qq]uestion\s+(\d+)")
_SAME = ({"正确", "正確", "对", "對", "true", "right", "√"}, {"错误", "錯誤", "错", "錯", "false", "wrong", "×"})
"""What a true-or-false question calls its two options."""

Knowledge = Mapping[str, str | Sequence[str]]
"""The text of a question, and the text of its right option, or of all that are right."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A message of the bot as it stands on the screen.

    Args:
        labels: those of its buttons, row by row.
    """

    id: int
    text: str
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lobby:
    """A contest takes players; the labels that join a team, say that one is ready, and start."""

    joins: tuple[str, ...]
    ready: str | None
    start: str | None


@dataclass(frozen=True, slots=True)
class Buzz:
    """Whoever presses first may answer."""

    label: str


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer is wanted; the labels of the options, and of the button that hands in where several may be right."""

    options: tuple[str, ...]
    hand_in: str | None = None


@dataclass(frozen=True, slots=True)
class Stakes:
    """A team chooses what its question is to be worth; the labels of the stakes, the lowest first, and to pass."""

    stakes: tuple[str, ...]
    decline: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """An answer is wanted that is written into the group."""


@dataclass(frozen=True, slots=True)
class Standings:
    """The contest is over."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing for a player to do."""


Ask = Lobby | Buzz | Choice | Stakes | Written | Standings | Nothing


def read(seen: Seen) -> Ask:
    """What this message wants."""
    if buzz := _first(seen.labels, BUZZ):
        return Buzz(buzz)
    options = tuple(label for label in seen.labels if _OPTION.match(label))
    if len(options) >= 2:
        return Choice(options, _first(seen.labels, HAND_IN))
    stakes = tuple(label for label in seen.labels if _STAKE.match(label))
    if stakes:
        return Stakes(stakes, _first(seen.labels, PASS))
    joins = tuple(label for label in seen.labels if _begins(label, JOIN))
    start = _first(seen.labels, START)
    if joins or start:
        return Lobby(joins, _first(seen.labels, READY), start)
    if any(words in seen.text for words in OVER):
        return Standings()
    if any(words in seen.text for words in TYPE_HERE):
        return Written()
    return Nothing()


def question_number(text: str) -> int | None:
    """The number that a question bears, if it bears one; an extra question is counted apart and bears none."""
    found = _NUMBER.search(text)
    return int(found[1] or found[2]) if found else None


def team_called(text: str, teams: Sequence[str]) -> str | None:
    """The team whose turn it is, by the last line that says so; None if nobody in particular is called."""
    for line in reversed(text.splitlines()):
        if line.lstrip().startswith(IN_TURN):
            named = [team for team in teams if team in line]
            # A short name may be a part of another's.
            return max(named, key=len, default=None)
    return None


def right_text(text: str, knowledge: Knowledge) -> str | None:
    """What the knowledge says is to be written for the question in ``text``."""
    page = _bare(text)
    for question in sorted(knowledge, key=len, reverse=True):
        if _bare(question) in page:
            known = knowledge[question]
            return known if isinstance(known, str) else known[0]
    return None


def right_labels(text: str, options: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """The options that the knowledge calls right for the question in ``text``; empty if it says nothing of them.

    A long option may be cut short on its button (``…``), and line breaks or spaces may differ.
    """
    page = _bare(text)
    # The longest question first: a short one may be a part of another's text.
    for question in sorted(knowledge, key=len, reverse=True):
        if _bare(question) in page:
            known = knowledge[question]
            answers = [_bare(answer) for answer in ([known] if isinstance(known, str) else known)]
            found = tuple(label for label in options if any(_says(label, answer) for answer in answers))
            if len(found) == len(answers):
                return found
    return ()


def _says(label: str, answer: str) -> bool:
    shown = _bare(_OPTION.sub("", label))
    if shown.endswith("…") and len(shown) > 1:
        return answer.startswith(shown[:-1])
    return shown == answer or any({shown.lower(), answer.lower()} <= same for same in _SAME)


def join_label(lobby: Lobby, team: str, place: int) -> str | None:
    """The button that joins this team: the one that names it, else the one in its place."""
    for label in lobby.joins:
        if team and team in label:
            return label
    return lobby.joins[place % len(lobby.joins)] if lobby.joins else None


def _begins(label: str, words: tuple[str, ...]) -> bool:
    # A sign or a picture may stand before the word: "⚡ 抢答".
    return re.sub(r"^[^\w]+", "", label).startswith(words)


def _first(labels: tuple[str, ...], words: tuple[str, ...]) -> str | None:
    return next((label for label in labels if _begins(label, words)), None)


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)
