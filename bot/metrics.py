"""What happens in the process, counted where it happens; read by ``bot.web.metrics`` when somebody asks.

Nothing here knows people, chats or texts. Counting costs an addition: the way of a press runs through it.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from bot.clock import Clock
from bot.ingest import KINDS
from quizzes.engine.events import Event
from storage import Turn
from storage.contests import ContestRow
from storage.inbox import InboxRow

_QUICK: Final = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0)
"""Seconds: from a millisecond to what a player calls an outage."""
_SLOW: Final = (0.01, 0.1, 1.0, 10.0, 60.0, 600.0, 3600.0)
_SIZES: Final = (1, 2, 5, 10, 20, 50, 100, 200, 512)


class Histogram:
    """How often which size occurred; ``counts`` has one more than ``bounds``, for all that is larger."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = tuple(bounds)
        self.counts = [0] * (len(bounds) + 1)
        self.total = 0.0

    def note(self, value: float) -> None:
        """Count one; a value on a bound belongs below it."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


class Measures:
    """Counters and histograms of one process, all from its start on.

    Attributes:
        received: updates that were stored, by their kind (``other``: one that we did not ask for).
        dealt: how many updates were dealt with, also those that failed.
        rulings: seconds from a press's bytes to its ruling on disk.
        toasts: seconds from a press's bytes to Telegram's confirmation of the answer.
        timers: how many seconds late the timers of contests rang.
        alarms: the same of what falls due by the calendar; what fell due while the bot was down counts in full.
        commits, batches: how long the commits took, and how much shared one.
        failed_commits: how many were refused.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.received: Counter[str] = Counter(dict.fromkeys((*KINDS, "other"), 0))
        self.dealt = 0
        self.rulings = Histogram(_QUICK)
        self.toasts = Histogram(_QUICK)
        self.timers = Histogram(_QUICK)
        self.alarms = Histogram(_SLOW)
        self.commits = Histogram(_QUICK)
        self.batches = Histogram(_SIZES)
        self.failed_commits = 0

    def counted(self, deal: Callable[[InboxRow, Turn], Awaitable[None]]) -> Callable[[InboxRow, Turn], Awaitable[None]]:
        """Count the updates that ``deal`` deals with."""

        async def dealing(row: InboxRow, turn: Turn) -> None:
            try:
                await deal(row, turn)
            finally:
                self.dealt += 1

        return dealing

    def arrived(self, updates: Sequence[dict[str, Any]]) -> None:
        """Updates were stored."""
        for update in updates:
            self.received[next((kind for kind in KINDS if kind in update), "other")] += 1

    def played(self, _row: ContestRow, _first: int, events: tuple[Event, ...]) -> None:
        """Events of a contest are on disk; those that somebody's press made say when its bytes had arrived."""
        # A press that makes several events is one press.
        pressed = {received_at for event in events if (received_at := getattr(event, "received_at", None)) is not None}
        for received_at in pressed:
            self.rulings.note(self._since(received_at))

    def toasted(self, received_at: datetime) -> None:
        """Telegram has confirmed the answer to a press."""
        self.toasts.note(self._since(received_at))

    def timer_rang(self, late: timedelta) -> None:
        """A timer of a contest rang."""
        self.timers.note(late.total_seconds())

    def alarm_rang(self, late: timedelta) -> None:
        """Something fell due."""
        self.alarms.note(late.total_seconds())

    def committed(self, size: int, seconds: float, refusal: str | None) -> None:
        """A group of transactions was committed, or refused."""
        self.batches.note(size)
        self.commits.note(seconds)
        if refusal is not None:
            self.failed_commits += 1

    def _since(self, at: datetime) -> float:
        return max(0.0, (self._clock.now() - at).total_seconds())
