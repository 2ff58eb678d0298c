"""The clock that contests go by, and at most one timer for each of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol


class Cancellable(Protocol):
    """A timer that can be called off."""

    def cancel(self) -> None:
        """Call it off."""


class Clock(Protocol):
    """The time and its timers."""

    def now(self) -> datetime:
        """The present, aware, in UTC."""

    def call_at(self, when: datetime, callback: Callable[[], None]) -> Cancellable:
        """Call back at ``when``, never earlier."""


class Timers:
    """Timers by contest: a new one takes the place of the old one. ``late`` hears how late each rang."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._timers: dict[int, Cancellable] = {}
        self.late: list[Callable[[timedelta], None]] = []

    def __contains__(self, contest_id: int) -> bool:
        """Whether a contest waits for something."""
        return contest_id in self._timers

    def __len__(self) -> int:
        """How many contests wait for something."""
        return len(self._timers)

    def set(self, contest_id: int, when: datetime, ring: Callable[[], None]) -> None:
        """Ring at ``when``."""
        self.drop(contest_id)

        def rung() -> None:
            self._timers.pop(contest_id, None)
            for hear in self.late:
                hear(self._clock.now() - when)
            ring()

        self._timers[contest_id] = self._clock.call_at(when, rung)

    def drop(self, contest_id: int) -> None:
        """Call a contest's timer off, if there is one."""
        timer = self._timers.pop(contest_id, None)
        if timer is not None:
            timer.cancel()

    def stop(self) -> None:
        """Call all timers off."""
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
