"""What is going to be done, and when."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count

from sandbox.players_cast import Act


@dataclass(frozen=True, slots=True, order=True)
class Planned:
    """An act to come.

    Args:
        at: when, in seconds.
        number: which of several at the same moment is first.
        purpose: what it is for (``buzz``, ``join`` …); with ``message_id`` it says when the act has lost its reason.
    """

    at: float
    number: int
    purpose: str = field(compare=False)
    message_id: int = field(compare=False)
    act: Act = field(compare=False)


class Agenda:
    """Acts to come, the soonest first."""

    def __init__(self) -> None:
        self._numbers = count()
        self._planned: list[Planned] = []

    def __iter__(self) -> Iterator[Planned]:
        return iter(self._planned)

    @property
    def next_at(self) -> float:
        """When the next one is due; never, if there is none."""
        return self._planned[0].at if self._planned else float("inf")

    def plan(self, at: float, purpose: str, message_id: int, act: Act) -> None:
        """Do this then."""
        heapq.heappush(self._planned, Planned(at, next(self._numbers), purpose, message_id, act))

    def pop(self) -> Planned:
        """The next one, which is then no longer planned."""
        return heapq.heappop(self._planned)

    def drop(self, unwanted: Callable[[Planned], bool]) -> None:
        """Do not do those."""
        self._planned = [one for one in self._planned if not unwanted(one)]
        heapq.heapify(self._planned)
