"""What is being dealt with while something is written: an update or an alarm, and where it stands in line."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


class Arrival:
    """A batch of updates on its way into the inbox.

    Where it ``is_shared``, some of them are dealt with before it is there, so that both are one commit: these may only have
    an effect if they came in, and were not there already. ``came`` and ``failed`` are told within the transaction, ``ended``
    once it is over.
    """

    def __init__(self) -> None:
        self.is_shared = False
        self._new: frozenset[int] = frozenset()
        self._over = asyncio.Event()

    def came(self, new: frozenset[int]) -> None:
        """These are in the inbox, if the transaction is committed; others were there before."""
        self._new = new

    def failed(self) -> None:
        """The transaction was undone: whoever comes behind it finds none."""
        self._new = frozenset()

    def ended(self) -> None:
        """The transaction is over, and it is known which came in."""
        self._over.set()

    def brought(self, update_id: int) -> bool:
        """Whether this one came in; to be asked behind the transaction only."""
        return update_id in self._new

    @property
    def is_over(self) -> bool:
        """Whether it is known which came in."""
        return self._over.is_set()

    async def has_brought(self, update_id: int) -> bool:
        """Whether this one came in, once that is known."""
        await self._over.wait()
        return self.brought(update_id)


class Turn:
    """A place in the writer's line, behind that of another: what is written in it waits until the other is taken."""

    __slots__ = ("_behind", "_taken")

    def __init__(self, behind: Turn | None = None) -> None:
        self._behind = behind
        self._taken = asyncio.Event()

    @property
    def is_taken(self) -> bool:
        """Whether what is written in it stands in the line, or nothing will be."""
        return self._taken.is_set()

    def take(self) -> None:
        """Whoever comes behind it may stand in the line now."""
        self._taken.set()

    async def comes(self) -> None:
        """Wait until all before it are taken."""
        while (behind := self._behind) is not None:
            if not behind.is_taken:
                await behind._taken.wait()
            # Whoever had nothing to write did not wait: then that before it is the one to wait for.
            self._behind = behind._behind


@dataclass(slots=True)
class Origin:
    """What is being dealt with: the update or the alarm that a transaction completes.

    ``completed`` turns true once such a transaction is committed. ``settles``: which errors of a transaction are an answer
    with which it is done all the same (a refusal: nothing else of the transaction stays). ``turn``: where its transaction
    stands in the writer's line; what is written later is carried out later. ``arrival``: how its update comes into
    the inbox, if it may not be there yet.
    """

    update_id: int | None = None
    alarm_id: int | None = None
    completed: bool = False
    settles: Callable[[Exception], bool] | None = None
    turn: Turn | None = None
    arrival: Arrival | None = None

    @property
    def has_arrived(self) -> bool:
        """Whether its update is in the inbox; to be asked within a transaction, or after one, behind that which brings it."""
        return self.arrival is None or (self.update_id is not None and self.arrival.brought(self.update_id))


_origin: ContextVar[Origin | None] = ContextVar("origin", default=None)


def origin() -> Origin | None:
    """What is being dealt with here."""
    return _origin.get()


@contextmanager
def handling(origin: Origin) -> Iterator[None]:
    """Mark every transaction written inside as the one that completes ``origin``.

    State, outbox and "done" are then one transaction: after a crash either all of it is there or the update (or alarm)
    is dealt with again.
    """
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)
