"""Sessions: lectures, classes, seminars, discussions, as they are planned, held or cancelled; and who spoke in them."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.rows import Instant, Row


class SessionState(StrEnum):
    """What became of a session."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class Session(Row):
    """A session; ``series``, ``topic`` and ``form`` are keys of the programme, empty if it has none.

    ``key`` names what there may be only one of. ``unit_id`` is the unit that it belongs to (``None``: the whole programme),
    ``audience`` whom of that unit and those below it concerns, as JSON of :class:`study.programme.words.Who`. ``material`` is
    the name of a material, a link or plain words. ``reason`` says why it was cancelled, ``capacity`` is the number of seats
    of one for which people sign up.
    """

    id: int
    key: str | None
    series: str
    topic: str
    title: str
    form: str
    lecturer: str
    place: str
    unit_id: int | None
    audience: str
    starts_at: Instant
    ends_at: Instant
    state: SessionState
    material: str
    reason: str
    capacity: int | None
    created_by: int | None
    created_at: Instant


class SessionRoom:
    """Every session of the programme."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(
        self,
        *,
        key: str | None,
        title: str,
        starts_at: datetime,
        ends_at: datetime,
        now: datetime,
        series: str = "",
        topic: str = "",
        form: str = "",
        lecturer: str = "",
        place: str = "",
        unit_id: int | None = None,
        audience: str = "{}",
        material: str = "",
        capacity: int | None = None,
        created_by: int | None = None,
    ) -> int | None:
        """Plan a session; returns its id, or ``None`` if there is one with the ``key`` already."""
        session_id: int | None = self._sql.session_add(
            self._connection,
            key=key,
            series=series,
            topic=topic,
            title=title,
            form=form,
            lecturer=lecturer,
            place=place,
            unit_id=unit_id,
            audience=audience,
            starts_at=starts_at,
            ends_at=ends_at,
            material=material,
            capacity=capacity,
            created_by=created_by,
            created_at=now,
        )
        return session_id

    def get(self, session_id: int) -> Session | None:
        """A session by its id."""
        return Session.maybe(self._sql.session_get(self._connection, id=session_id))

    def keyed(self, key: str) -> Session | None:
        """The session that there may be only one of."""
        return Session.maybe(self._sql.session_keyed(self._connection, key=key))

    def between(self, first: datetime, last: datetime) -> Sequence[Session]:
        """Every session that begins from ``first`` on and before ``last``, in whatever state, in order."""
        return Session.all(self._sql.sessions_between(self._connection, first=first, last=last))

    def set_state(self, session_id: int, state: SessionState, reason: str = "") -> None:
        """Note what became of a session, and why."""
        self._sql.session_state(self._connection, id=session_id, state=state.value, reason=reason)

    def change(self, session: Session) -> None:
        """Keep a session as it is planned now (its state, key and unit stay)."""
        self._sql.session_change(self._connection, **session.model_dump())
