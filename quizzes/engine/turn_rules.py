"""Segments in which teams take turns: required questions, and risk questions with a stake."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from quizzes.engine.frozen import dataclass


class Answerer(StrEnum):
    """Who may answer for a team."""

    PRESSER = "presser"
    MEMBER = "member"
    CAPTAIN = "captain"


class NotStarted(StrEnum):
    """What it costs a team that was called and did nothing at all: no mark, no word."""

    WRONG = "wrong"
    VOID = "void"
    """Nothing; the question is void."""


class TurnOrder(StrEnum):
    """Who comes first in a segment of required questions."""

    SEATS = "seats"
    """The teams as they stood in the lobby."""
    DRAWN = "drawn"
    SCORE = "score"
    """The highest score first, equal ones by lot."""


class ScoreOrder(StrEnum):
    """Who chooses first in a round of risk questions; equal scores draw lots."""

    HIGHEST = "highest"
    LOWEST = "lowest"


class NotChosen(StrEnum):
    """What happens if a team chooses no stake in time."""

    LOWEST = "lowest"
    """The lowest stake is at risk."""
    PASS = "pass"
    """The team passes."""


class Loses(StrEnum):
    """How much of the stake a wrong answer costs."""

    FULL = "full"
    HALF = "half"
    """Rounded down."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class RequiredSegment:
    """Each team in turn, called by its name; ``questions`` is the total for all teams.

    After a wrong answer the next ``passes_on`` teams in turn may make it up: right earns them ``make_up`` (None: as much
    as the question was worth), wrong adds ``make_up_wrong``.
    """

    questions: int = 12
    right: int = 10
    wrong: int = 0
    reading: timedelta = timedelta(0)
    start: timedelta = timedelta(seconds=5)
    answer: timedelta = timedelta(seconds=15)
    answerer: Answerer = Answerer.MEMBER
    order: TurnOrder = TurnOrder.SEATS
    passes_on: int = 0
    make_up: int | None = None
    make_up_wrong: int = 0
    not_started: NotStarted = NotStarted.WRONG
    own_points: bool = False


@dataclass(frozen=True, slots=True)
class RiskSegment:
    """Each team once a round, in order of score, with a stake that it wins or loses; ``questions`` for all teams.

    ``choose`` is the time to name the stake. ``pools``: each stake has questions of its own (those that are worth as
    much in the bank, else the easier ones for the lower stakes). ``beyond_score``: more may be at stake than the team
    has; without it the lowest stake is still open to everybody.
    """

    questions: int = 6
    stakes: tuple[int, ...] = (10, 30, 50)
    may_pass: bool = True
    not_chosen: NotChosen = NotChosen.LOWEST
    order: ScoreOrder = ScoreOrder.HIGHEST
    loses: Loses = Loses.FULL
    beyond_score: bool = True
    pools: bool = False
    choose: timedelta = timedelta(seconds=20)
    reading: timedelta = timedelta(0)
    start: timedelta = timedelta(seconds=5)
    answer: timedelta = timedelta(seconds=20)
    answerer: Answerer = Answerer.MEMBER
    not_started: NotStarted = NotStarted.WRONG

    def lost(self, stake: int) -> int:
        """What a wrong answer adds: a negative number, or 0."""
        match self.loses:
            case Loses.FULL:
                return -stake
            case Loses.HALF:
                return -(stake // 2)
            case Loses.NOTHING:
                return 0


TurnSegment = RequiredSegment | RiskSegment
"""No buzzer: it is known whose question it is."""
