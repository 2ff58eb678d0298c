"""What became of a bout, and how teams of different bouts are compared."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from fractions import Fraction

from quizzes.engine.frozen import dataclass

EntrantId = int
"""Counted from 1 within a tournament, in the order of the list."""


class Source(StrEnum):
    """What a result rests on."""

    CONTEST = "contest"
    HAND = "hand"
    WALK_OVER = "walk_over"
    BYE = "bye"


@dataclass(frozen=True, slots=True)
class Line:
    """A team in a result; equal ones share a rank. ``score`` None: it did not play, or nothing was counted.

    ``gained`` is the score without the base that everybody begins with.
    """

    entrant: EntrantId
    rank: int
    score: int | None
    gained: int | None = None
    right: int = 0
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome of a bout, best first.

    ``asked`` questions counted, and ``attainable`` is what a team could gain with them (None: unknown, by hand).
    """

    source: Source
    lines: tuple[Line, ...]
    asked: int | None = None
    attainable: int | None = None
    contest: str | None = None
    seed: str = ""
    """Set if the order of tied teams was drawn."""

    def line(self, entrant: EntrantId) -> Line | None:
        """A team's line."""
        return next((line for line in self.lines if line.entrant == entrant), None)

    def is_tied_at(self, place: int, without: frozenset[EntrantId]) -> bool:
        """Whether a rank is shared across the cut between this place and the next, those who withdrew left out."""
        ranks = [line.rank for line in self.lines if line.entrant not in without]
        return len(ranks) > place and ranks[place - 1] == ranks[place]


Strength = tuple[bool, Fraction, int]
"""Greater is better."""


def strengths(results: Iterable[Result]) -> dict[EntrantId, Strength]:
    """How strong each team was, comparable across these bouts.

    By score if all bouts that were played asked equally many questions, else by the share of the attainable points; then
    by right answers. Teams without a score (walk-over, bye) come last.
    """
    results = tuple(results)
    alike = len({result.asked for result in results if result.asked is not None}) <= 1
    found: dict[EntrantId, Strength] = {}
    for result in results:
        for line in result.lines:
            measure: Fraction | None = None
            if line.score is not None and alike:
                measure = Fraction(line.score)
            elif line.gained is not None and result.attainable:
                measure = Fraction(line.gained, result.attainable)
            found[line.entrant] = (measure is not None, measure or Fraction(0), line.right)
    return found
