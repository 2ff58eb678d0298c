"""How full the queues are: what is counted when somebody watches the bot."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from storage.contests import ContestState
from storage.outbox import Rank, State
from storage.rows import Instant, Row
from storage.transaction import Tx, queries


class Backlog(Row):
    """How many wait, and since when the first of them."""

    rows: int
    oldest: Instant | None


class OpenRows(Row):
    """What is still to be delivered of one rank."""

    state: State
    rank: Rank
    rows: int
    oldest: Instant


class LiveContests(Row):
    """How many contests are in a state."""

    state: ContestState
    rows: int


class Operations:
    """Not one of the rooms that every transaction brings along: it is asked for when somebody looks."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    @classmethod
    def of(cls, tx: Tx) -> "Operations":
        """The room, in a transaction."""
        return cls(tx.connection, queries())

    def inbox(self) -> Backlog:
        """The updates that are not dealt with."""
        return Backlog.of(self._sql.operations_inbox_waiting(self._connection))

    def outbox(self) -> Sequence[OpenRows]:
        """What is not delivered, by state and rank."""
        return OpenRows.all(self._sql.operations_outbox_open(self._connection))

    def contests(self) -> Sequence[LiveContests]:
        """How many contests go on."""
        return LiveContests.all(self._sql.operations_contests_live(self._connection))


def age(since: datetime | None, now: datetime) -> float:
    """Seconds since a moment; nothing if there is none."""
    return 0.0 if since is None else max(0.0, (now - since).total_seconds())
