"""Single facts about the programme itself, by name."""

import sqlite3
from typing import Any


class Meta:
    """A small table of names and values."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def get(self, name: str) -> str | None:
        """The value stored under ``name``, or ``None``."""
        value: str | None = self._sql.meta_get(self._connection, name=name)
        return value

    def put(self, name: str, value: str) -> None:
        """Store ``value`` under ``name``, in place of what was there."""
        self._sql.meta_put(self._connection, name=name, value=value)

    def forget(self, name: str) -> None:
        """Drop what is stored under ``name``."""
        self._sql.meta_forget(self._connection, name=name)
