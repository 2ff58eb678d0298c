"""``python -m tests.cli.hasty SPEED SINCE AT …``: the bot's command line under a clock that runs SPEED times as fast.

A group takes 20 messages a minute, so a contest that is killed again and again would take many minutes of the real
clock. At the real time SINCE the hasty clock showed AT (both in seconds since 1970): whoever starts again goes on in the
same time.
"""

import asyncio
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import ClassVar

from bot import scheduler
from bot.clock import Cancellable
from bot.commands import running
from quizzes import running as contests


class HastyClock:
    """The machine's clock, some times as fast."""

    speed: ClassVar[float] = 1.0
    since: ClassVar[float] = 0.0
    at: ClassVar[float] = 0.0

    def now(self) -> datetime:
        """The present, aware, in UTC."""
        return datetime.fromtimestamp(self.monotonic(), UTC)

    def monotonic(self) -> float:
        """Seconds on the hasty scale."""
        return self.at + (time.time() - self.since) * self.speed

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


class HastyAlarms(scheduler.ApschedulerAlarms):
    """The same alarm clock, which knows the machine's time alone."""

    def set(self, row_id: int, at: datetime, ring: Callable[[int], None]) -> None:
        """Ring for a row at a time of the hasty scale."""
        real = HastyClock.since + (at.timestamp() - HastyClock.at) / HastyClock.speed
        super().set(row_id, datetime.fromtimestamp(real, UTC), ring)


def make_haste(speed: str, since: str, at: str) -> None:
    """Let the bot of this process live on the hasty clock."""
    HastyClock.speed, HastyClock.since, HastyClock.at = float(speed), float(since), float(at)
    running.SystemClock = HastyClock  # type: ignore[assignment,misc]
    # What is a moment on a busy machine is long on the hasty scale, and no sleep.
    contests.SLEPT *= HastyClock.speed
    # Where `run` takes it from, once it has read its configuration.
    scheduler.ApschedulerAlarms = HastyAlarms  # type: ignore[misc]


if __name__ == "__main__":
    make_haste(*sys.argv[1:4])
    sys.argv[1:4] = []
    from bot.cli import main

    main()
