"""The screens of tournaments: the bracket and the bouts that are being played, kept up with what is committed.

A bout's events are folded in memory as they come. When a bout opens or ends, or anything else happens to the tournament,
all of it is read anew: that is seldom, and the database knows best.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import field, replace

import structlog

from quizzes import screen, tournament_screen
from quizzes.engine.events import Event
from quizzes.engine.frozen import dataclass
from quizzes.engine.phases import Aborted, Finished
from quizzes.feed import Feed, Viewer
from quizzes.halls import BEAT, Clock
from quizzes.live import events_of
from quizzes.timers import Cancellable
from quizzes.tournament.state import Tournament
from quizzes.tournament_log import load
from storage import Database, Tx
from storage.contests import ContestRow

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Running:
    """A contest that decides a bout: how many of its events are in the board."""

    bout: int
    board: screen.Board
    count: int
    group: str


@dataclass(frozen=True, slots=True)
class _Read:
    """What the database knows of a tournament; ``played``: every contest that was ever opened for it."""

    tournament: Tournament | None
    running: Mapping[int, _Running]
    played: frozenset[int]
    language: str


@dataclass(slots=True)
class _Arena:
    """One tournament's screen."""

    id: int
    feed: Feed = field(default_factory=Feed)
    tournament: Tournament | None = None
    running: dict[int, _Running] = field(default_factory=dict)
    played: frozenset[int] = frozenset()
    language: str = ""
    loading: asyncio.Task[None] | None = None
    stale: bool = True


class TournamentHalls:
    """All tournaments that somebody looks at; ``language`` for one whose group chose none."""

    def __init__(self, database: Database, clock: Clock, programme: str, *, language: str) -> None:
        self._database = database
        self._clock = clock
        self._programme = programme
        self._language = language
        self._arenas: dict[int, _Arena] = {}
        self._timer: Cancellable | None = None

    async def view(self, tournament_id: int, *, last: str = "") -> Viewer:
        """Look at a tournament's screen; ``last`` is what a returning viewer has seen."""
        arena = self._arenas.get(tournament_id)
        if arena is None:
            arena = self._arenas[tournament_id] = _Arena(tournament_id)
        while arena.stale:
            await self._load(arena)
        self._publish(arena)  # what happened while nobody looked was folded, and not shown
        viewer = arena.feed.view(last)
        self._keep_beating()
        return viewer

    def committed(self, row: ContestRow, first: int, events: tuple[Event, ...]) -> None:
        """Events of a contest were committed; ``first`` is the number of the first of them."""
        for arena in self._arenas.values():
            running = arena.running.get(row.id)
            if first == 0 or (running is None and row.id in arena.played):
                self._read_anew(arena)
            elif running is not None:
                self._fold(arena, row.id, running, first, events)

    def changed(self, tournament_id: int) -> None:
        """Something was committed to a tournament by hand: an entry, a draw, a result."""
        arena = self._arenas.get(tournament_id)
        if arena is not None:
            self._read_anew(arena)

    def end(self, tournament_id: int) -> None:
        """The link of a tournament was revoked: whoever looks is let go."""
        arena = self._arenas.pop(tournament_id, None)
        if arena is not None:
            arena.feed.end()

    def stop(self) -> None:
        """Let everybody go."""
        for tournament_id in list(self._arenas):
            self.end(tournament_id)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _fold(self, arena: _Arena, contest_id: int, running: _Running, first: int, events: tuple[Event, ...]) -> None:
        if arena.loading is not None or first > running.count:
            self._read_anew(arena)
            return
        board, new = running.board, events[running.count - first :]
        try:
            for event in new:
                board = board.after(event)
        except Exception:
            # A screen that cannot show something must not look like a contest that failed.
            log.exception("the big screen could not follow", contest=contest_id)
            self._read_anew(arena)
            return
        arena.running[contest_id] = replace(running, board=board, count=running.count + len(new))
        if isinstance(board.contest.phase, Finished | Aborted):
            self._read_anew(arena)
        elif arena.feed.viewers:
            self._publish(arena)

    def _read_anew(self, arena: _Arena) -> None:
        """Read it for whoever looks, else when somebody does; what is being read now is read once more."""
        arena.stale = True
        if arena.feed.viewers and arena.loading is None:
            self._load(arena)

    def _load(self, arena: _Arena) -> asyncio.Task[None]:
        if arena.loading is None:
            arena.loading = asyncio.ensure_future(self._read(arena))
        return arena.loading

    async def _read(self, arena: _Arena) -> None:
        try:
            while arena.stale:
                arena.stale = False
                found = await self._database.read(lambda tx: _stored(tx, arena.id))
                arena.tournament, arena.played = found.tournament, found.played
                arena.running = dict(found.running)
                arena.language = found.language or self._language
        except BaseException:
            arena.stale = True
            raise
        finally:
            arena.loading = None
        self._publish(arena)

    def _publish(self, arena: _Arena) -> None:
        state: dict[str, object] = {"programme": self._programme, "language": arena.language}
        if arena.tournament is None:
            state["phase"] = {"name": "waiting"}
        else:
            boards = {one.bout: one.board for one in arena.running.values()}
            groups = {one.bout: one.group for one in arena.running.values()}
            state.update(tournament_screen.project(arena.tournament, boards, groups))
        arena.feed.publish(state)

    def _keep_beating(self) -> None:
        if self._timer is None:
            self._timer = self._clock.call_at_monotonic(self._clock.monotonic() + BEAT, self._beat)

    def _beat(self) -> None:
        self._timer = None
        for tournament_id, arena in list(self._arenas.items()):
            if arena.feed.viewers:
                arena.feed.beat()
                self._keep_beating()
            elif arena.loading is None:
                # Nobody looks: whoever comes back loads it anew.
                del self._arenas[tournament_id]


def _stored(tx: Tx, tournament_id: int) -> _Read:
    row = tx.tournaments.get(tournament_id)
    if row is None:
        return _Read(None, {}, frozenset(), "")
    tournament = load(tx, row).tournament
    running: dict[int, _Running] = {}
    for bout, contest_id in tournament_screen.open_bouts(tournament).items():
        contest = tx.contests.get(contest_id)
        if contest is None:
            continue
        events = events_of(tx, contest_id)
        board = screen.begin(events)
        if board is not None:
            group = tx.places.group(contest.chat_id)
            running[contest_id] = _Running(bout, board, len(events), "" if group is None else group.title)
    played = frozenset(link.contest_id for link in tx.tournaments.contests(tournament_id))
    home = tx.places.group(row.chat_id)
    return _Read(tournament, running, played, (home and home.language) or "")
