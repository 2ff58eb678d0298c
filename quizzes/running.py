"""Contests in memory: what a command makes of one, who hears of it, and the timers that wake it.

A contest lives in memory as :class:`quizzes.live.Live`, always as it was committed: a transaction that comes to nothing
drops it, and the next one replays it from its events. Only the writer's thread reads and changes that memory.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from quizzes.announce import Announcer, Titles
from quizzes.ears import Ears, Queue, behind_all
from quizzes.engine import commands as c
from quizzes.engine import commands_bench as cb
from quizzes.engine import events as e
from quizzes.engine import events_bench as eb
from quizzes.engine.decide import decide
from quizzes.engine.frozen import dataclass
from quizzes.engine.phases import Aborted, Contest, Finished, Lobby
from quizzes.engine.wake import wake_at
from quizzes.errors import ContestGone
from quizzes.live import Live, append, is_quiet, load, state_of
from quizzes.lobby_pace import LobbyPace
from quizzes.panels import recused
from quizzes.practice.mistakes import harvest
from quizzes.presets import Preset, titles_of
from quizzes.statistics import tally
from quizzes.timers import Clock, Timers
from storage import Database, Tx
from storage.contests import ContestRow, ContestState

_LISTEN_AGAIN = timedelta(milliseconds=500)
_WAKES = 16
"""So many contests at the most go on at once because their time has come. When a thousand windows close at one moment their
messages take half a minute at Telegram's pace anyhow: the presses of others must not wait for a transaction of them all."""
_LISTEN_AT_LAST = timedelta(seconds=5)
SLEPT = timedelta(seconds=2)
"""A timer that rings so late was slept through, with the whole process: whoever pressed meanwhile was not heard in time."""
_ENDINGS = (e.ContestFinished, e.StandingsRevised, e.AbortedBy)
_MAY_RECUSE = (e.Joined, e.Left, e.Started, eb.JudgeNamed)
"""After these it may be another unit that plays, or another judge whose unit it is."""

Follower = Callable[[Tx, int, Contest, datetime], None]
Watcher = Callable[[ContestRow, int, tuple[e.Event, ...]], None]
"""Told after each commit what happened: the contest, the number of the first event, the events."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command made happen, and the contest after it; ``home``: the unit of whoever joined, below the group's."""

    id: int
    events: tuple[e.Event, ...]
    contest: Contest
    home: str | None = None


@dataclass(frozen=True, slots=True)
class _Alarm:
    """A contest that wants to be woken at ``when``; while nobody can be heard it is looked at again after ``pause``."""

    live: Live
    when: datetime
    pause: timedelta


class Running:
    """The contests that are played at present. ``picture``: the final standings come as a picture too."""

    def __init__(self, database: Database, presets: Mapping[str, Preset], clock: Clock, *, picture: bool) -> None:
        self._database = database
        database.movers.append(self._moved)
        self._presets = presets
        self._clock = clock
        self._picture = picture
        self._live: dict[int, Live] = {}
        self._timers = Timers[_Alarm](clock, self._ring)
        self._wakes = asyncio.Semaphore(_WAKES)
        self.ears = Ears()
        self._lobbies = LobbyPace(clock, self._show_lobby)
        self._queue: Queue | None = None
        self._is_cut_off: Callable[[], bool] = lambda: False
        self.watchers: list[Watcher] = []
        self.bot = ""
        """Our own user name, for links into the private chat."""
        self.followers: list[Follower] = []
        """Told of every transaction that ended a contest or changed its standings afterwards, inside of it."""

    def attach(self, queue: Queue, is_cut_off: Callable[[], bool]) -> None:
        """Say where wake-ups have to stand in line, and how to know that nothing can be received at present."""
        self._queue = queue
        self._lobbies.attach(queue)
        self._is_cut_off = is_cut_off

    @property
    def late(self) -> list[Callable[[timedelta], None]]:
        """Whoever hears how late each timer of a contest rang."""
        return self._timers.late

    @property
    def is_timing(self) -> bool:
        """Whether a window of some contest is being timed."""
        return bool(self._timers)

    def stop(self) -> None:
        """Let no timer ring any more."""
        self._timers.stop()
        self._lobbies.stop()

    def find(self, tx: Tx, contest_id: int) -> Live | None:
        """A contest as it was committed last; None: there is no such contest."""
        live = self._live.get(contest_id)
        if live is not None:
            return live
        row = tx.contests.get(contest_id)
        return None if row is None else load(tx, row)

    def carry_out(self, tx: Tx, live: Live, command: c.Command) -> Done:
        """Let the engine decide; keep the events, say what they show, and plan what comes next once it is committed."""
        now = self._clock.now()
        events = decide(live.contest, command, now=now)
        after = live.after(events)
        if any(isinstance(event, _MAY_RECUSE) for event in events):
            unable = recused(tx, after.contest, live.row.chat_id)
            events += decide(after.contest, cb.Recuse(unable), now=now)
            after = live.after(events)
        if events:
            append(tx, live.id, live.count, events)
            if not is_quiet(events):
                after = replace(after, row=self._noted(tx, live, after, now))
                self._show(tx, live, after, events, now)
        self._live[live.id] = after
        tx.on_abort(lambda: self._forget(live.id))
        tx.on_commit(lambda: self._arm(after))
        if events:
            tx.on_commit(lambda: self.tell(live.row, live.count, events))
        return Done(live.id, events, after.contest)

    def _show(self, tx: Tx, live: Live, after: Live, events: tuple[e.Event, ...], now: datetime) -> None:
        """What events change beside the contest itself: its records, the messages, whoever follows it."""
        if isinstance(after.contest.phase, Finished | Aborted):
            tally(tx, live.id, after.contest, now)
        Announcer(tx, live, self._titles(tx, live), now, picture=self._picture).announce(
            events, lobby=self._lobbies.is_due(tx, live, events, now)
        )
        if any(isinstance(event, _ENDINGS) for event in events):
            for follow in self.followers:
                follow(tx, after.id, after.contest, now)

    def tell(self, row: ContestRow, first: int, events: tuple[e.Event, ...]) -> None:
        """Tell the watchers what was committed."""
        for watch in self.watchers:
            watch(row, first, events)

    def players(self, contest_id: int) -> int:
        """How many are seated in a contest that is being played; 0 if none is."""
        live = self._live.get(contest_id)
        return 0 if live is None else len(live.contest.seats.players)

    def post_lobby(self, tx: Tx, live: Live, now: datetime) -> None:
        """Let the lobby's card come as a new message, as the lobby stands now."""
        Announcer(tx, live, self._titles(tx, live), now).post_lobby(live)
        tx.on_commit(lambda: self._lobbies.note(live.id, now))

    async def _show_lobby(self, contest_id: int) -> None:
        now = self._clock.now()

        def work(tx: Tx) -> None:
            live = self.find(tx, contest_id)
            if live is not None and isinstance(live.contest.phase, Lobby):
                Announcer(tx, live, self._titles(tx, live), now).show_lobby(live)
                self._lobbies.note(contest_id, now)

        await self._database.write(work)

    def _titles(self, tx: Tx, live: Live) -> Titles:
        group = tx.places.group(live.row.chat_id)
        title = titles_of(self._presets, live.row.preset)
        return Titles(group.title if group is not None else "", title, self.bot)

    def _noted(self, tx: Tx, before: Live, after: Live, now: datetime) -> ContestRow:
        """The contest's row, which says how far it is."""
        was, state = state_of(before.contest), state_of(after.contest)
        if was is state:
            return before.row
        ended = now if state in (ContestState.FINISHED, ContestState.ABORTED) else None
        tx.contests.set_state(before.id, state, ended_at=ended)
        if state is ContestState.FINISHED:
            harvest(tx, before.id, after.contest, at=now)
        return before.row.model_copy(update={"state": state, "ended_at": ended})

    def _moved(self, old: int, _new: int) -> None:
        for contest_id in [live.id for live in self._live.values() if live.row.chat_id == old]:
            self._forget(contest_id)

    def _forget(self, contest_id: int) -> None:
        self._live.pop(contest_id, None)

    def _arm(self, live: Live) -> None:
        self.ears.note(live.id, live.row.chat_id, live.contest)
        when = wake_at(live.contest)
        if when is not None:
            self._timers.set(live.id, when, _Alarm(live, when, _LISTEN_AGAIN))
            return
        self._timers.drop(live.id)
        if isinstance(live.contest.phase, Finished | Aborted):
            self._live.pop(live.id, None)
            self._lobbies.forget(live.id)

    def _ring(self, due: Sequence[_Alarm]) -> None:
        now = self._clock.now()
        if self._is_cut_off():
            # Whoever pressed cannot be heard: no window closes before it is known how long the outage was.
            for alarm in due:
                again = now + alarm.pause
                self._timers.set(alarm.live.id, again, _Alarm(alarm.live, again, min(_LISTEN_AT_LAST, 2 * alarm.pause)))
            return
        for alarm in due:
            slept = c.LoseConnection(alarm.when, now) if now - alarm.when > SLEPT else None
            self._wake_in_turn(alarm.live, slept)

    def _wake_in_turn(self, live: Live, slept: c.LoseConnection | None) -> None:
        assert self._queue is not None, "contests were not attached to the queue of their chats"

        async def wake() -> None:
            async with self._wakes:
                await self._database.write(lambda tx: self._wake(tx, live.id, slept))

        behind_all(self._queue, self.ears.elsewhere(live.id), live.row.chat_id, wake)

    def _wake(self, tx: Tx, contest_id: int, before: c.LoseConnection | None) -> Done:
        live = self.find(tx, contest_id)
        if live is None:
            raise ContestGone()
        done = self.carry_out(tx, live, c.Wake() if before is None else before)
        return done if before is None or done.events else self.carry_out(tx, live, c.Wake())
