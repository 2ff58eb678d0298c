"""What players know of one question, and who of a team acts when the team is called."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from random import Random

from sandbox.players_cast import Seat
from sandbox.players_eyes import Stakes

_PASSES = 0.08


@dataclass(slots=True)
class Question:
    """What is known of one question's message.

    Args:
        knowing: who knows the answer.
        buzzer: whoever is first may answer; otherwise everyone may, or the team whose turn it is.
        pressed: who pressed the buzzer, in order.
        called: what the teams were called for, and which.
        open: the buzzer can be pressed now.
    """

    knowing: frozenset[int]
    buzzer: bool = False
    pressed: list[int] = field(default_factory=list)
    answered: set[int] = field(default_factory=set)
    called: set[tuple[str, str]] = field(default_factory=set)
    open: bool = False

    def call(self, what: str, team: str | None, seats: Iterable[Seat], visitors: Collection[int]) -> list[int]:
        """Who acts for the team that is called, once for each thing that it is called for.

        The first of a team is its captain, who may always act; where a visitor plays for the team, only the visitor does.
        """
        members = [seat.user_id for seat in seats if seat.team == team]
        if team is None or (what, team) in self.called:
            return []
        self.called.add((what, team))
        return [] if any(one in visitors for one in members) else members[:1]


def stake_of(ask: Stakes, dice: Random, *, knows: bool) -> str:
    """The button that somebody presses: a high stake if they think they know; rarely they pass."""
    if ask.decline and dice.random() < _PASSES:
        return ask.decline
    return dice.choice(ask.stakes[1:] or ask.stakes) if knows else ask.stakes[0]
