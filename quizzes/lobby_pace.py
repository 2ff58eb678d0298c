"""How often a lobby's card is edited: at once if it rests, else once for all who came meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial

from quizzes.announce import closes_lobby, touches_lobby
from quizzes.ears import Queue
from quizzes.engine import events as e
from quizzes.live import Live
from quizzes.timers import Clock, Timers
from storage import Tx

PACE = timedelta(seconds=4)
"""The card is edited no more often, or a rush of players would use up what the group may be sent a minute."""


class LobbyPace:
    """When each lobby's card was edited last, and the timer for what it does not show yet."""

    def __init__(self, clock: Clock, show: Callable[[int], Awaitable[None]]) -> None:
        self._show = show
        self._timers = Timers[Live](clock, self._ring)
        self._shown: dict[int, datetime] = {}
        self._queue: Queue | None = None

    def attach(self, queue: Queue) -> None:
        """Say where edits have to stand in line."""
        self._queue = queue

    def is_due(self, tx: Tx, live: Live, events: tuple[e.Event, ...], now: datetime) -> bool:
        """Whether the lobby's card is edited at once; if not, it will be when its time has come."""
        if not touches_lobby(events):
            return False
        shown = self._shown.get(live.id)
        if closes_lobby(events) or shown is None or now - shown >= PACE:
            self._shown[live.id] = now
            return True
        tx.on_commit(lambda: self._plan(live, shown + PACE))
        return False

    def note(self, contest_id: int, now: datetime) -> None:
        """The card was edited."""
        self._shown[contest_id] = now

    def forget(self, contest_id: int) -> None:
        """The contest is over."""
        self._shown.pop(contest_id, None)

    def stop(self) -> None:
        """Let no timer ring any more."""
        self._timers.stop()

    def _plan(self, live: Live, at: datetime) -> None:
        if live.id in self._timers or self._queue is None:
            return
        self._timers.set(live.id, at, live)

    def _ring(self, due: Sequence[Live]) -> None:
        assert self._queue is not None
        for live in due:
            self._queue(live.row.chat_id, partial(self._show, live.id))
