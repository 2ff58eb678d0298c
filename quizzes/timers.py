"""The clock that contests go by, and at most one timer for each of them."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final, Generic, Protocol, TypeVar

T = TypeVar("T")

_SWEEP_ABOVE: Final = 32


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


class Timers(Generic[T]):
    """Timers by contest, each for something: a new one takes the place of the old one.

    ``ring`` gets all that is due at once. The clock is asked for one alarm only, that of the earliest: with a timer of
    the clock for each contest, the last of a thousand due at one moment rang when all that the others set going had been
    begun. What was called off stays in the heap until it comes up, or is most of it.

    ``late`` hears how late each rang.
    """

    def __init__(self, clock: Clock, ring: Callable[[Sequence[T]], None]) -> None:
        self._clock = clock
        self._ring = ring
        self._timers: dict[int, tuple[datetime, int, T]] = {}
        self._heap: list[tuple[datetime, int, int]] = []
        self._versions = itertools.count()
        self._alarm: Cancellable | None = None
        self._alarm_at: datetime | None = None
        self.late: list[Callable[[timedelta], None]] = []

    def __contains__(self, contest_id: int) -> bool:
        """Whether a contest waits for something."""
        return contest_id in self._timers

    def __len__(self) -> int:
        """How many contests wait for something."""
        return len(self._timers)

    def set(self, contest_id: int, when: datetime, what: T) -> None:
        """Ring at ``when``; a timer that rings then already stays as it is, for a press seldom changes the moment."""
        known = self._timers.get(contest_id)
        if known is not None and known[0] == when:
            return
        version = next(self._versions)
        self._timers[contest_id] = (when, version, what)
        heapq.heappush(self._heap, (when, version, contest_id))
        self._sweep()
        self._rearm()

    def drop(self, contest_id: int) -> None:
        """Call a contest's timer off, if there is one."""
        if self._timers.pop(contest_id, None) is not None:
            self._rearm()

    def stop(self) -> None:
        """Call all timers off."""
        self._timers.clear()
        self._heap.clear()
        self._rearm()

    def _rung(self) -> None:
        self._alarm = self._alarm_at = None
        now = self._clock.now()
        due: list[tuple[datetime, T]] = []
        while (when := self._earliest()) is not None and when <= now:
            _, _, contest_id = heapq.heappop(self._heap)
            due.append((when, self._timers.pop(contest_id)[2]))
        try:
            if due:
                self._tell_late([when for when, _ in due])
                self._ring([what for _, what in due])
        finally:
            self._rearm()

    def _tell_late(self, moments: Sequence[datetime]) -> None:
        if self.late:
            now = self._clock.now()
            for when in moments:
                for hear in self.late:
                    hear(now - when)

    def _earliest(self) -> datetime | None:
        while self._heap and not self._is_current(*self._heap[0][1:]):
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def _is_current(self, version: int, contest_id: int) -> bool:
        known = self._timers.get(contest_id)
        return known is not None and known[1] == version

    def _sweep(self) -> None:
        if len(self._heap) > 2 * len(self._timers) + _SWEEP_ABOVE:
            self._heap = [entry for entry in self._heap if self._is_current(entry[1], entry[2])]
            heapq.heapify(self._heap)

    def _rearm(self) -> None:
        earliest = self._earliest()
        if earliest == self._alarm_at:
            return
        if self._alarm is not None:
            self._alarm.cancel()
        self._alarm_at = earliest
        self._alarm = None if earliest is None else self._clock.call_at(earliest, self._rung)
