"""The programmes that were applied; the newest is in force."""

import sqlite3
from datetime import datetime
from typing import Any

from storage.rows import Instant, Row


class AppliedProgramme(Row):
    """A programme as it was applied: ``body`` is all of it as JSON, ``digest`` its SHA-256."""

    id: int
    name: str
    digest: str
    body: str
    applied_at: Instant


class Programmes:
    """What was applied when."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def newest(self) -> AppliedProgramme | None:
        """The programme in force."""
        return AppliedProgramme.maybe(self._sql.programme_newest(self._connection))

    def before(self, version: int) -> AppliedProgramme | None:
        """What was in force before a version."""
        return AppliedProgramme.maybe(self._sql.programme_before(self._connection, id=version))

    def add(self, *, name: str, digest: str, body: str, now: datetime) -> int:
        """Put a programme in force; returns the id of its version."""
        version: int = self._sql.programme_add(self._connection, name=name, digest=digest, body=body, applied_at=now)
        return version
