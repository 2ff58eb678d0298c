"""The rules of the panel, of protests and of speeches; part of ``rules``."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from quizzes.engine.frozen import dataclass
from quizzes.engine.questions import Kind


class SpeechOrder(StrEnum):
    """In which order speakers come."""

    DRAWN = "drawn"
    """By lot, drawn at the start and recorded."""
    SEAT = "seat"
    """As the teams stand in the lobby."""


@dataclass(frozen=True, slots=True)
class SpeechSegment:
    """Every team (or individual) speaks once, and every judge gives a score.

    ``start`` bounds the way to the stage, ``talk`` the speech (``warning`` before its end the speaker is told), and
    ``scoring`` the judges. Scores run from ``least`` to ``most`` with at most ``places`` decimals. ``drop`` so many of
    the highest and of the lowest do not count, if at least ``drop_from`` judges gave one. ``questions`` is always 0.
    """

    questions: int = 0
    start: timedelta = timedelta(seconds=60)
    talk: timedelta = timedelta(minutes=5)
    warning: timedelta = timedelta(seconds=30)
    scoring: timedelta = timedelta(minutes=2)
    order: SpeechOrder = SpeechOrder.DRAWN
    least: int = 0
    most: int = 100
    places: int = 1
    drop: int = 1
    drop_from: int = 5


@dataclass(frozen=True, slots=True)
class JudgeRules:
    """How the panel works.

    ``quorum`` equal ballots decide (0: a majority of those not recused); ``seconds`` is how long the panel has, ``chief``
    how long the chief judge has afterwards; answers to questions of ``kinds`` are ruled on by the judges; ``named`` are
    the names of judges who are on every panel, the chief first.
    """

    quorum: int = 0
    seconds: timedelta = timedelta(seconds=60)
    chief: timedelta = timedelta(seconds=30)
    kinds: tuple[Kind, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProtestRules:
    """How captains protest: ``each`` team so often (one that is upheld is given back); the last ruling can be protested
    for ``window`` after it."""

    each: int = 2
    window: timedelta = timedelta(seconds=60)
