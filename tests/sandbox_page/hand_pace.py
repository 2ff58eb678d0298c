"""The players' time, moved by hand."""

from __future__ import annotations

import asyncio
import heapq
from itertools import count


class HandPace:
    """Nothing passes by itself; :meth:`on` goes to the moment for which somebody waits next."""

    def __init__(self) -> None:
        self._now = 0.0
        self._numbers = count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def now(self) -> float:
        """Seconds since the beginning."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Wait until the hand has come that far."""
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + seconds, next(self._numbers), woken))
        await woken

    @property
    def next_at(self) -> float | None:
        """The moment for which somebody waits next."""
        while self._sleepers and self._sleepers[0][2].done():
            heapq.heappop(self._sleepers)
        return self._sleepers[0][0] if self._sleepers else None

    def is_awaited(self, at: float) -> bool:
        """Whether somebody waits for this very moment."""
        return any(abs(one - at) < 1e-6 and not woken.done() for one, _, woken in self._sleepers)

    def on(self) -> None:
        """Go there, and wake whoever waited for it."""
        at = self.next_at
        assert at is not None, "nobody waits for anything"
        self._now = max(self._now, at)
        while self.next_at is not None and self._sleepers[0][0] <= self._now:
            heapq.heappop(self._sleepers)[2].set_result(None)
