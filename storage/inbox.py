"""Updates as Telegram gave them, stored before they are confirmed to it."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from storage.many import run_many
from storage.origin import Arrival
from storage.rows import from_ms, to_ms


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One update: ``body`` is the raw JSON, ``received_at`` when its bytes arrived (UTC).

    ``update`` is the body as it was read already, if it has just come in, and ``arrival`` then says whether it did.
    """

    update_id: int
    chat_id: int
    received_at: datetime
    body: str
    update: dict[str, Any] | None = field(default=None, compare=False, repr=False)
    arrival: Arrival | None = field(default=None, compare=False, repr=False)


class Inbox:
    """Delivery by Telegram is at least once: an id seen in the last days is ignored, never "below the last seen"."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(self, rows: Iterable[InboxRow]) -> frozenset[int]:
        """Store updates and return the ids of those that were new."""
        values = [(row.update_id, row.chat_id, to_ms(row.received_at), row.body) for row in rows]
        return frozenset(row["update_id"] for row in run_many(self._connection, self._sql.inbox_add.sql, values))

    def waiting(self) -> Sequence[InboxRow]:
        """Every update not dealt with yet, oldest first."""
        return tuple(
            InboxRow(row["update_id"], row["chat_id"], from_ms(row["received_at"]), row["body"])
            for row in list(self._sql.inbox_waiting(self._connection))
        )

    def done(self, update_id: int) -> None:
        """Note that an update has had its effect (one whose transaction was its only one: see ``Tx.settle``)."""
        for _ in run_many(self._connection, self._sql.inbox_done.sql, [(update_id,)]):
            pass

    def failed(self, update_id: int, error: str) -> None:
        """Note that an update could not be dealt with, and why; it is not tried again."""
        self._sql.inbox_failed(self._connection, update_id=update_id, error=error)

    def forget(self, before: datetime) -> int:
        """Drop what was dealt with and received before ``before``; returns how many."""
        count: int = self._sql.inbox_forget(self._connection, before=before)
        return count
