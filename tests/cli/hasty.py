"""``python -m tests.cli.hasty SPEED SINCE …``: the bot's command line under a clock that runs SPEED times as fast.

A group takes 20 messages a minute, so a contest that is killed again and again would take many minutes of the real
clock. SINCE, a time in seconds, is when both clocks agreed: whoever starts again goes on in the same time.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import ClassVar

from bot.clock import Cancellable
from bot.commands import running
from quizzes import running as contests


class HastyClock:
    """The machine's clock, some times as fast."""

    speed: ClassVar[float] = 1.0
    since: ClassVar[float] = 0.0

    def now(self) -> datetime:
        """The present, aware, in UTC."""
        return datetime.fromtimestamp(self.monotonic(), UTC)

    def monotonic(self) -> float:
        """Seconds on the hasty scale."""
        return self.since + (time.time() - self.since) * self.speed

    def call_at(self, when: datetime, callback: Callable[[], None]) -> Cancellable:
        """Call back at ``when``, never earlier."""
        return self.call_at_monotonic(when.timestamp(), callback)

    def call_at_monotonic(self, when: float, callback: Callable[[], None]) -> Cancellable:
        """Call back at a time of the hasty scale, never earlier."""
        return _Alarm(self, when, callback)


class _Alarm:
    def __init__(self, clock: HastyClock, when: float, callback: Callable[[], None]) -> None:
        self._clock, self._when, self._callback = clock, when, callback
        self._plan()

    def _plan(self) -> None:
        left = max(0.0, self._when - self._clock.monotonic()) / self._clock.speed
        self._handle = asyncio.get_running_loop().call_later(left, self._ring)

    def _ring(self) -> None:
        if self._clock.monotonic() < self._when:
            self._plan()
        else:
            self._callback()

    def cancel(self) -> None:
        self._handle.cancel()


if __name__ == "__main__":
    HastyClock.speed, HastyClock.since = float(sys.argv[1]), float(sys.argv[2])
    sys.argv[1:3] = []
    running.SystemClock = HastyClock  # type: ignore[assignment,misc]
    # What is a moment on a busy machine is long on the hasty scale, and no sleep.
    contests.SLEPT *= HastyClock.speed
    from bot.cli import main

    main()
