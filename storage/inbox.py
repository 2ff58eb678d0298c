"""Updates as Telegram gave them, stored before they are confirmed to it."""

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from storage.rows import Instant, Row


class InboxRow(Row):
    """One update: ``body`` is the raw JSON, ``received_at`` when its bytes arrived."""

    update_id: int
    chat_id: int
    received_at: Instant
    body: str


class Inbox:
    """Delivery by Telegram is at least once: an id seen in the last days is ignored, never "below the last seen"."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(self, rows: Iterable[InboxRow]) -> frozenset[int]:
        """Store updates and return the ids of those that were new."""
        new = set()
        for row in rows:
            values = row.model_dump()
            if self._sql.inbox_add(self._connection, **values):
                new.add(row.update_id)
        return frozenset(new)

    def waiting(self) -> Sequence[InboxRow]:
        """Every update not dealt with yet, oldest first."""
        return InboxRow.all(self._sql.inbox_waiting(self._connection))

    def done(self, update_id: int) -> None:
        """Note that an update has had its effect."""
        self._sql.inbox_done(self._connection, update_id=update_id)

    def failed(self, update_id: int, error: str) -> None:
        """Note that an update could not be dealt with, and why; it is not tried again."""
        self._sql.inbox_failed(self._connection, update_id=update_id, error=error)

    def forget(self, before: datetime) -> int:
        """Drop what was dealt with and received before ``before``; returns how many."""
        count: int = self._sql.inbox_forget(self._connection, before=before)
        return count
