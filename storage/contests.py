"""The event logs of contests; ``Tx.append_events`` writes them."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.rows import Instant, Row


class ContestState(StrEnum):
    """How far a contest has come, for finding those that go on; the events are the truth."""

    LOBBY = "lobby"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    ABORTED = "aborted"


class ContestRow(Row):
    """A contest; ``chat_id`` is its group, ``host_id`` the Telegram user who opened it."""

    id: int
    chat_id: int
    preset: str
    bank: str
    host_id: int
    state: ContestState
    opened_at: Instant
    ended_at: Instant | None


class ContestEventRow(Row):
    """One event; ``number`` counts from 0 within the contest, ``body`` is the engine's own JSON."""

    contest_id: int
    number: int
    at: Instant
    kind: str
    body: str


class Contests:
    """Contests and what happened in them, event by event."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(self, chat_id: int, *, preset: str, bank: str, host_id: int, now: datetime) -> int:
        """A new contest in a group; returns its id."""
        contest_id: int = self._sql.contest_add(
            self._connection, chat_id=chat_id, preset=preset, bank=bank, host_id=host_id, opened_at=now
        )
        return contest_id

    def get(self, contest_id: int) -> ContestRow | None:
        """A contest by its id."""
        return ContestRow.maybe(self._sql.contest_get(self._connection, id=contest_id))

    def newest(self) -> ContestRow | None:
        """The contest that was opened last."""
        return ContestRow.maybe(self._sql.contest_newest(self._connection))

    def live_in(self, chat_id: int) -> ContestRow | None:
        """The contest that is going on in a group."""
        return ContestRow.maybe(self._sql.contest_live_in(self._connection, chat_id=chat_id))

    def newest_in(self, chat_id: int) -> ContestRow | None:
        """The contest that was opened last in a group."""
        return ContestRow.maybe(self._sql.contest_newest_in(self._connection, chat_id=chat_id))

    def live(self) -> Sequence[ContestRow]:
        """Every contest that is going on."""
        return ContestRow.all(self._sql.contests_live(self._connection))

    def all(self) -> Sequence[ContestRow]:
        """Every contest, the oldest first."""
        return ContestRow.all(self._sql.contests_all(self._connection))

    def set_state(self, contest_id: int, state: ContestState, *, ended_at: datetime | None) -> None:
        """Note how far a contest has come."""
        self._sql.contest_state(self._connection, id=contest_id, state=state.value, ended_at=ended_at)

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup; its contests go along."""
        self._sql.contest_move_chat(self._connection, old=old, new=new)

    def count_events(self, contest_id: int) -> int:
        """How many events a contest has."""
        count: int = self._sql.contest_event_count(self._connection, contest_id=contest_id)
        return count

    def events(self, contest_id: int) -> Sequence[ContestEventRow]:
        """All that happened in a contest, in order."""
        return ContestEventRow.all(self._sql.contest_events(self._connection, contest_id=contest_id))

    def openings(self, bank: str) -> Sequence[str]:
        """The first event of every contest that is going on with this bank, as the engine's own JSON."""
        return [row["body"] for row in self._sql.contests_opening(self._connection, bank=bank)]
