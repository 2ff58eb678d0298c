"""Everything that falls due at a time: the rows are the truth, the scheduler only an alarm clock."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from storage.rows import Instant, Row


class _Aftermath(Protocol):
    alarms: bool


class Alarm(Row):
    """``kind`` and ``key`` name what is due and are unique together, so that planning it twice changes nothing.

    ``useful_until``: later than this the alarm is reported as missed rather than acted on.
    """

    id: int
    kind: str
    key: str
    body: str
    due_at: Instant
    useful_until: Instant | None


class Alarms:
    """Alarms that wait, were done, were missed or called off."""

    def __init__(self, connection: sqlite3.Connection, sql: Any, aftermath: _Aftermath) -> None:
        self._connection, self._sql, self._aftermath = connection, sql, aftermath

    def set(
        self, kind: str, key: str, due_at: datetime, *, body: str = "{}", useful_until: datetime | None = None
    ) -> bool:
        """Plan an alarm unless the same ``kind`` and ``key`` was ever planned; says whether it is new."""
        new = bool(
            self._sql.alarm_set(
                self._connection, kind=kind, key=key, body=body, due_at=due_at, useful_until=useful_until
            )
        )
        self._aftermath.alarms |= new
        return new

    def move(self, kind: str, key: str, due_at: datetime) -> bool:
        """Let a waiting alarm fall due at another time; says whether it was waiting."""
        moved = bool(self._sql.alarm_move(self._connection, kind=kind, key=key, due_at=due_at))
        self._aftermath.alarms |= moved
        return moved

    def cancel(self, kind: str, key: str) -> bool:
        """Call off a waiting alarm; says whether it was waiting."""
        cancelled = bool(self._sql.alarm_cancel(self._connection, kind=kind, key=key))
        self._aftermath.alarms |= cancelled
        return cancelled

    def forget(self, kind: str) -> None:
        """Let those of a kind that wait be planned anew, as if they had never been planned."""
        self._sql.alarms_forget(self._connection, kind=kind)
        self._aftermath.alarms = True

    def waiting(self) -> Sequence[Alarm]:
        """Every alarm not dealt with yet, the next first."""
        return Alarm.all(self._sql.alarms_waiting(self._connection))

    def get(self, alarm_id: int) -> Alarm | None:
        """A waiting alarm by its id; ``None`` once it was dealt with."""
        return Alarm.maybe(self._sql.alarm_get(self._connection, id=alarm_id))

    def done(self, alarm_id: int) -> None:
        """Note that an alarm was acted on."""
        self._sql.alarm_end(self._connection, id=alarm_id, state="done")

    def missed(self, alarm_id: int) -> None:
        """Note that an alarm came too late to be of use (whoever was told so has completed it already)."""
        self._sql.alarm_missed(self._connection, id=alarm_id)
