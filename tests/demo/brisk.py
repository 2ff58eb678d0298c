"""The players' time in the test of the demo: faster than the clock, and it can be halted."""

from __future__ import annotations

import asyncio
import time


class BriskPace:
    """Players do everything ``speed`` times as fast; while halted, none of them does anything."""

    def __init__(self, speed: float) -> None:
        self._speed = speed
        self._lived = 0.0
        self._since = time.monotonic()
        self._going = asyncio.Event()
        self._going.set()

    def now(self) -> float:
        """Seconds that the players have lived."""
        return self._lived + (self._speed * (time.monotonic() - self._since) if self._going.is_set() else 0.0)

    async def sleep(self, seconds: float) -> None:
        """Wait until the players have lived that much longer."""
        until = self.now() + seconds
        while (left := until - self.now()) > 0:
            await self._going.wait()
            await asyncio.sleep(left / self._speed)

    def halt(self) -> None:
        """Let the players stand still."""
        self._lived = self.now()
        self._going.clear()

    def go_on(self) -> None:
        """Let them play."""
        self._since = time.monotonic()
        self._going.set()
