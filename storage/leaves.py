"""Leave: asked for, decided, called off."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from storage.rows import Instant, Row


class LeaveState(StrEnum):
    """What became of a request."""

    ASKED = "asked"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Leave(Row):
    """A request for leave from ``first_day`` to ``last_day``, both included; ``answer`` is the decider's reason."""

    id: int
    person_id: int
    first_day: date
    last_day: date
    reason: str
    state: LeaveState
    asked_at: Instant
    decided_at: Instant | None
    decided_by: int | None
    decider: str
    answer: str


class Leaves:
    """Requests for leave."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def ask(self, person_id: int, first: date, last: date, reason: str, *, now: datetime) -> int:
        """Keep a request; returns its id."""
        leave_id: int = self._sql.leave_add(
            self._connection, person_id=person_id, first_day=first, last_day=last, reason=reason, asked_at=now
        )
        return leave_id

    def get(self, leave_id: int) -> Leave | None:
        """A request by its id."""
        return Leave.maybe(self._sql.leave_get(self._connection, id=leave_id))

    def of(self, person_id: int, *, since: date) -> Sequence[Leave]:
        """A person's requests that end on ``since`` or later, by day."""
        return Leave.all(self._sql.leaves_of(self._connection, person_id=person_id, since=since))

    def approved_on(self, day: date) -> Sequence[Leave]:
        """The approved leaves of everybody that cover a day."""
        return Leave.all(self._sql.leaves_approved_on(self._connection, day=day))

    def decide(
        self, leave_id: int, state: LeaveState, *, by: int, decider: str, answer: str = "", now: datetime
    ) -> None:
        """Note what became of a request, and who said so."""
        self._sql.leave_decide(
            self._connection,
            id=leave_id,
            state=state.value,
            decided_at=now,
            decided_by=by,
            decider=decider,
            answer=answer,
        )

    def notify(self, leave_id: int, user_id: int) -> None:
        """Note that somebody was asked to decide."""
        self._sql.leave_notice_add(self._connection, leave_id=leave_id, user_id=user_id)

    def notified(self, leave_id: int) -> Sequence[int]:
        """The Telegram ids of those who were asked to decide."""
        return tuple(row["user_id"] for row in self._sql.leave_notices(self._connection, leave_id=leave_id))
