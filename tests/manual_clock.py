"""A clock that is moved by hand."""

import heapq
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

_HALF_A_MICROSECOND = 5e-7


class _Timer:
    def __init__(self, callback: Callable[[], None]) -> None:
        self.callback: Callable[[], None] | None = callback

    def cancel(self) -> None:
        self.callback = None


class ManualClock:
    """The bot's clock in tests. Timers ring in order when :meth:`ring_next` passes them; nothing rings by itself."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._elapsed = 0.0
        self._set = timedelta(0)
        self._timers: list[tuple[float, int, _Timer]] = []
        self._numbers = itertools.count()

    def now(self) -> datetime:
        return self.true_now() + self._set

    def true_now(self) -> datetime:
        """The time that Telegram has, whatever the bot's machine thinks."""
        return self._start + timedelta(seconds=self._elapsed)

    def is_set(self, by: timedelta) -> None:
        """Somebody sets the clock of the bot's machine; timers go on evenly."""
        self._set += by

    def monotonic(self) -> float:
        return self._elapsed

    def call_at(self, when: datetime, callback: Callable[[], None]) -> _Timer:
        return self._plan((when - self._set - self._start).total_seconds(), callback)

    def call_at_monotonic(self, when: float, callback: Callable[[], None]) -> _Timer:
        return self._plan(when, callback)

    def _plan(self, elapsed: float, callback: Callable[[], None]) -> _Timer:
        timer = _Timer(callback)
        heapq.heappush(self._timers, (elapsed, next(self._numbers), timer))
        return timer

    def due(self, within: float) -> float | None:
        """Seconds until the next timer, if it rings within so many seconds."""
        while self._timers and self._timers[0][2].callback is None:
            heapq.heappop(self._timers)
        # Whoever reads the time reads whole microseconds, so what is due within half of one is due.
        if not self._timers or self._timers[0][0] > self._elapsed + within + _HALF_A_MICROSECOND:
            return None
        return max(0.0, self._timers[0][0] - self._elapsed)

    def ring_next(self) -> None:
        """Move to the next timer and let it ring."""
        elapsed, _, timer = heapq.heappop(self._timers)
        self._elapsed = max(self._elapsed, elapsed)
        callback, timer.callback = timer.callback, None
        if callback is not None:
            callback()

    def skip(self, seconds: float) -> None:
        """Move on without ringing anything (there must be nothing due in between)."""
        self._elapsed += max(0.0, seconds)


class SandboxClock:
    """The same time as the sandbox reads it."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock.true_now().astimezone(UTC).timestamp()
