"""Visits: what observers saw in units."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from storage.rows import Instant, Row


class Visit(Row):
    """Who was where and what was seen. ``duty`` is the programme's key of the regular duty that it was, or ""."""

    id: int
    person_id: int
    name: str
    user_id: int | None
    unit_id: int
    unit: str
    unit_path: str
    day: date
    duty: str
    text: str
    photo: str
    made_at: Instant


class Visits:
    """The log of visits."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(
        self, update_id: int, *, person_id: int, unit_id: int, day: date, text: str, photo: str, now: datetime
    ) -> int | None:
        """Note a visit; ``None`` if this very message noted it before."""
        row = self._sql.visit_add(
            self._connection,
            update_id=update_id,
            person_id=person_id,
            unit_id=unit_id,
            day=day,
            text=text,
            photo=photo,
            made_at=now,
        )
        return None if row is None else int(row["id"])

    def get(self, visit_id: int) -> Visit | None:
        """A visit by its number."""
        return Visit.maybe(self._sql.visit_get(self._connection, id=visit_id))

    def set_duty(self, visit_id: int, duty: str) -> None:
        """Say which regular duty a visit was."""
        self._sql.visit_duty(self._connection, id=visit_id, duty=duty)

    def between(self, first: date, last: date) -> Sequence[Visit]:
        """The visits of some days (both included), the newest first."""
        return Visit.all(self._sql.visits_between(self._connection, first=first, last=last))
