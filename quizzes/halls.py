"""The halls: for each group with a big screen the contest that is on it, kept up with what is committed.

:meth:`Halls.committed` is called on the event loop after each commit and only folds events into memory; viewers are woken
and fetch what they lack each in its own task, so nobody who looks can hold up the bot.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import structlog

from quizzes import lobby_scenes, screen, tournament_log, tournament_screen
from quizzes.engine.events import Event
from quizzes.feed import Feed, Viewer
from quizzes.live import events_of
from quizzes.presets import Preset, titles_of
from quizzes.screen_sections import State
from quizzes.timers import Cancellable
from quizzes.views import LobbyCard
from storage import Database, Tx
from storage.contests import ContestRow
from storage.places import Place

log = structlog.get_logger()

BEAT = 5.0
"""Seconds between two signs of life on a line that is quiet."""

Words = Mapping[str, tuple[str, ...]]
"""Lines of text by language."""


class Clock(Protocol):
    """Timers on the monotonic scale."""

    def monotonic(self) -> float:
        """Seconds since some fixed moment."""

    def call_at_monotonic(self, when: float, callback: Callable[[], None]) -> Cancellable:
        """Call back at ``when``, never earlier."""


@dataclass(slots=True)
class _Hall:
    """One group's screen: the contest on it and how many of its events are in the board."""

    chat_id: int
    feed: Feed = field(default_factory=Feed)
    row: ContestRow | None = None
    board: screen.Board | None = None
    count: int = 0
    group: str = ""
    language: str = ""
    rules: Words = field(default_factory=dict)
    bout: State | None = None
    join: str = ""
    loading: asyncio.Task[None] | None = None
    missed: list[tuple[ContestRow, int, tuple[Event, ...]]] = field(default_factory=list)
    stale: bool = True


class Halls:
    """All halls with a screen. ``rules`` words the rules of a contest in every language; a group that chose no language
    has ``language``.
    """

    def __init__(
        self,
        database: Database,
        presets: Mapping[str, Preset],
        clock: Clock,
        programme: str,
        rules: Callable[[LobbyCard], Words],
        *,
        language: str,
    ) -> None:
        self._database = database
        self._presets = presets
        self._clock = clock
        self._programme = programme
        self._rules = rules
        self._language = language
        self._halls: dict[int, _Hall] = {}
        self._timer: Cancellable | None = None

    async def view(self, chat_id: int, *, join: str, last: str = "") -> Viewer:
        """Look at a group's screen. ``join`` is the link for joining, ``last`` what a returning viewer has seen."""
        hall = self._halls.get(chat_id)
        if hall is None:
            hall = self._halls[chat_id] = _Hall(chat_id)
        if hall.stale:
            await self._load(hall)
        hall.join = join
        self._publish(hall)
        viewer = hall.feed.view(last)
        self._keep_beating()
        return viewer

    async def picture(self, chat_id: int, number: int) -> bytes | None:
        """A question's picture, as long as the hall may see it."""
        hall = self._halls.get(chat_id)
        if hall is None or hall.board is None or number not in screen.pictures(hall.board):
            return None
        return await self._database.read(lambda tx: tx.banks.media_content(number))

    def committed(self, row: ContestRow, first: int, events: tuple[Event, ...]) -> None:
        """Events of a contest were committed; ``first`` is the number of the first of them."""
        hall = self._halls.get(row.chat_id) or self._moved(row)
        if hall is None:
            return
        if hall.loading is not None:
            hall.missed.append((row, first, events))
            return
        try:
            self._take(hall, row, first, events)
        except Exception:
            # A screen that cannot show something must not look like a contest that failed.
            log.exception("the big screen could not follow", contest=row.id)
            hall.stale = True
            return
        if hall.stale and hall.feed.viewers:
            self._load(hall)
        elif hall.feed.viewers:
            self._publish(hall)

    def end(self, chat_id: int) -> None:
        """The link of a group was revoked: whoever looks is let go."""
        hall = self._halls.pop(chat_id, None)
        if hall is not None:
            hall.feed.end()

    def stop(self) -> None:
        """Let everybody go."""
        for chat_id in list(self._halls):
            self.end(chat_id)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _moved(self, row: ContestRow) -> _Hall | None:
        """The hall of a group that has another id now."""
        for chat_id, hall in self._halls.items():
            if hall.row is not None and hall.row.id == row.id:
                self._halls[row.chat_id] = self._halls.pop(chat_id)
                hall.chat_id = row.chat_id
                return hall
        return None

    def _take(self, hall: _Hall, row: ContestRow, first: int, events: tuple[Event, ...]) -> None:
        known = -1 if hall.row is None else hall.row.id
        if hall.stale or row.id < known:
            return  # loaded when somebody looks; or a ruling on a contest that is no longer on the screen
        if row.id > known and first == 0:
            hall.stale = True  # loaded anew: only the database knows whether it is a bout of a tournament
        elif row.id == known and first <= hall.count and hall.board is not None:
            new = events[hall.count - first :]
            for event in new:
                hall.board = hall.board.after(event)
            hall.row, hall.count = row, hall.count + len(new)
        else:
            hall.stale = True

    def _show(self, hall: _Hall, row: ContestRow | None, board: screen.Board | None, count: int) -> None:
        hall.row, hall.board, hall.count, hall.stale = row, board, count, False
        hall.rules = {}
        if row is not None and board is not None:
            card = lobby_scenes.lobby(row.id, board.contest, self._title(row))
            hall.rules = {language: tuple(lines) for language, lines in self._rules(card).items()}

    def _load(self, hall: _Hall) -> asyncio.Task[None]:
        if hall.loading is None:
            hall.loading = asyncio.ensure_future(self._read(hall))
        return hall.loading

    async def _read(self, hall: _Hall) -> None:
        """Replay what is stored, then what was committed meanwhile."""

        def work(tx: Tx) -> tuple[ContestRow | None, tuple[Event, ...], Place | None, State | None]:
            row = tx.contests.newest_in(hall.chat_id)
            events = () if row is None else events_of(tx, row.id)
            bout = None if row is None else _bout_of(tx, row.id)
            return row, events, tx.places.group(hall.chat_id), bout

        try:
            row, events, group, hall.bout = await self._database.read(work)
            hall.group = "" if group is None else group.title
            hall.language = (group and group.language) or self._language
            self._show(hall, row, screen.begin(events), len(events))
        finally:
            hall.loading = None
            missed, hall.missed = hall.missed, []
        for one in missed:
            self._take(hall, *one)
        if hall.stale and missed:
            self._load(hall)  # another contest was opened meanwhile
        else:
            self._publish(hall)

    def _publish(self, hall: _Hall) -> None:
        state: dict[str, Any] = {
            "programme": self._programme,
            "language": hall.language,
            "join": hall.join,
            "rules": hall.rules,
            "bout": hall.bout,
        }
        if hall.row is None or hall.board is None:
            state.update({"phase": {"name": "waiting"}, "contest": {"group": hall.group}})
        else:
            state.update(screen.project(hall.board, self._title(hall.row), hall.group))
        hall.feed.publish(state)

    def _title(self, row: ContestRow) -> dict[str, str]:
        return titles_of(self._presets, row.preset)

    def _keep_beating(self) -> None:
        if self._timer is None:
            self._timer = self._clock.call_at_monotonic(self._clock.monotonic() + BEAT, self._beat)

    def _beat(self) -> None:
        self._timer = None
        for chat_id, hall in list(self._halls.items()):
            if hall.feed.viewers:
                hall.feed.beat()
                self._keep_beating()
            elif hall.loading is None:
                # Nobody looks: whoever comes back loads it anew.
                del self._halls[chat_id]


def _bout_of(tx: Tx, contest_id: int) -> State | None:
    """Which bout of which tournament a contest decides, if it does."""
    link = tx.tournaments.of_contest(contest_id)
    row = None if link is None else tx.tournaments.get(link.tournament_id)
    if link is None or row is None:
        return None
    tournament = tournament_log.load(tx, row).tournament
    bout = tournament.bouts.get(link.bout)
    return None if bout is None else tournament_screen.bout_words(tournament, bout)
