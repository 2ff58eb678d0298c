"""The time, as the whole process sees it."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog

log = structlog.get_logger()


class Cancellable(Protocol):
    """Something planned that can be called off."""

    def cancel(self) -> None:
        """Call it off; a no-op once it has happened."""


class Clock(Protocol):
    """Where the time comes from; tests move one by hand."""

    def now(self) -> datetime:
        """The present, aware, in UTC."""

    def monotonic(self) -> float:
        """Seconds since some fixed moment, never going back."""

    def call_at(self, when: datetime, callback: Callable[[], None]) -> Cancellable:
        """Call back at ``when`` or a little later, never earlier; at once if it is past."""

    def call_at_monotonic(self, when: float, callback: Callable[[], None]) -> Cancellable:
        """The same for a time on the monotonic scale."""


class _Alarm:
    """One timer of the loop, checked again when it rings: the loop may ring up to its resolution early."""

    __slots__ = ("_callback", "_handle", "_loop", "_when")

    def __init__(self, loop: asyncio.AbstractEventLoop, when: float, callback: Callable[[], None]) -> None:
        self._loop, self._when, self._callback = loop, when, callback
        self._handle: asyncio.Handle = loop.call_at(when, self._ring)

    def _ring(self) -> None:
        if time.monotonic() < self._when:
            self._handle = self._loop.call_at(self._when, self._ring)
        else:
            self._callback()

    def cancel(self) -> None:
        self._handle.cancel()


class SystemClock:
    """The machine's clock, anchored once: it goes on evenly even if somebody sets the machine's clock meanwhile.

    A jump of the wall clock (somebody set it, the machine slept) is taken over when :meth:`anchor` is called:
    :func:`keep_time` does so every minute in which no window is being timed, so that none is bent by it.
    """

    def __init__(self) -> None:
        self._offset = 0.0
        self.anchor()

    def anchor(self) -> timedelta:
        """Take the machine's wall clock over; returns by how much it had moved against ours."""
        before = self._offset
        self._offset = time.time() - time.monotonic()
        return timedelta(seconds=self._offset - before)

    def now(self) -> datetime:
        """The present, aware, in UTC."""
        return datetime.fromtimestamp(time.monotonic() + self._offset, UTC)

    def monotonic(self) -> float:
        """Seconds on the scale of the event loop."""
        return time.monotonic()

    def call_at(self, when: datetime, callback: Callable[[], None]) -> Cancellable:
        """Call back at ``when``, never earlier."""
        return self.call_at_monotonic(when.timestamp() - self._offset, callback)

    def call_at_monotonic(self, when: float, callback: Callable[[], None]) -> Cancellable:
        """Call back at a time of the monotonic scale, never earlier."""
        return _Alarm(asyncio.get_running_loop(), when, callback)


_EVERY = 60.0
_WORTH_TELLING = timedelta(seconds=1)


async def keep_time(
    clock: SystemClock,
    is_timing: Callable[[], bool],
    jumped: Callable[[], None] = lambda: None,
    *,
    every: float = _EVERY,
) -> None:
    """Follow the machine's clock until cancelled, but never while ``is_timing`` says that a window is open.

    ``jumped`` is called when the clock had been set, or the machine had slept.
    """
    while True:
        await asyncio.sleep(every)
        if is_timing():
            continue
        moved = clock.anchor()
        if abs(moved) > _WORTH_TELLING:
            log.warning("the machine's clock was set, or it slept", by=str(moved))
            jumped()
