"""Who was reminded on which day."""

import sqlite3
from datetime import date
from typing import Any


class Reminders:
    """The days' reminders, one a person and day."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def note(self, person_id: int, day: date) -> bool:
        """Note that somebody is reminded on a day; says whether it is the first time."""
        return bool(self._sql.reminder_note(self._connection, person_id=person_id, day=day))

    def was(self, person_id: int, day: date) -> bool:
        """Whether somebody was reminded on a day."""
        return self._sql.reminder_was(self._connection, person_id=person_id, day=day) is not None
