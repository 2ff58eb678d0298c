"""Make-up lessons."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from storage.rows import Instant, Row

MakeUpState = Literal["open", "waiting", "cleared", "dropped"]


class MakeUp(Row):
    """What somebody makes up for. ``paper`` is the test under way (JSON, empty if none), ``tries`` counts the tests
    handed in, ``percent`` is what the last one came to, ``reason`` why it was sent back."""

    id: int
    session_id: int
    person_id: int
    state: MakeUpState
    opened_at: Instant
    due_at: Instant
    read_at: Instant | None
    paper: str
    tries: int
    percent: int | None
    handed_at: Instant | None
    reason: str
    signed_at: Instant | None
    signed_by: int | None
    signer: str


class MakeUpRoom:
    """Make-ups; one a person and session."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def open(self, session_id: int, person_id: int, *, due_at: datetime, now: datetime) -> int | None:
        """Somebody has to make up for a session; ``None`` if they have a make-up of it that counts."""
        make_up_id: int | None = self._sql.make_up_open(
            self._connection, session_id=session_id, person_id=person_id, opened_at=now, due_at=due_at
        )
        return make_up_id

    def get(self, make_up_id: int) -> MakeUp | None:
        """A make-up by its id."""
        return MakeUp.maybe(self._sql.make_up_get(self._connection, id=make_up_id))

    def of(self, session_id: int, person_id: int) -> MakeUp | None:
        """The make-up of a person and a session."""
        return MakeUp.maybe(self._sql.make_up_of(self._connection, session_id=session_id, person_id=person_id))

    def of_person(self, person_id: int) -> Sequence[MakeUp]:
        """A person's make-ups that were not dropped, the next to be due first."""
        return MakeUp.all(self._sql.make_ups_of_person(self._connection, person_id=person_id))

    def all_in(self, state: MakeUpState) -> Sequence[MakeUp]:
        """Every make-up in a state, the next to be due first."""
        return MakeUp.all(self._sql.make_ups_in(self._connection, state=state))

    def put(self, make_up: MakeUp) -> None:
        """Keep how far a make-up has come."""
        # As values of the columns: ``model_dump`` would write the times as numbers already.
        fields = {name: getattr(make_up, name) for name in MakeUp.model_fields}
        self._sql.make_up_put(self._connection, **fields)

    def notify(self, make_up: MakeUp, user_id: int) -> None:
        """Note that somebody was asked to sign this try off."""
        self._sql.make_up_notice_add(self._connection, make_up_id=make_up.id, round=make_up.tries, user_id=user_id)

    def notified(self, make_up: MakeUp) -> Sequence[int]:
        """Who was asked to sign this try off."""
        rows = self._sql.make_up_notices_of(self._connection, make_up_id=make_up.id, round=make_up.tries)
        return tuple(row["user_id"] for row in rows)
