"""Attendance at sessions: roll calls, the register with its log, leave from one session, warnings."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from storage.rows import Instant, Row, from_ms

Way = Literal["button", "code"]


class Presence(StrEnum):
    """What the register says of a person and a session; ``MAKE_UP``: absent, and made up for since."""

    PRESENT = "present"
    LATE = "late"
    LEAVE = "leave"
    ABSENT = "absent"
    MAKE_UP = "make_up"


class Source(StrEnum):
    """Where a line comes from: the person, approved leave, the close, an organiser's mark, a make-up."""

    SELF = "self"
    LEAVE = "leave"
    CLOSE = "close"
    MARK = "mark"
    MAKE_UP = "make_up"


class RollCall(Row):
    """A roll call of a session for the people of a unit and those below (``None``: of the programme).

    ``secret`` is what its codes come from, ``page`` opens the hall's screen, ``paced_at`` is an account of edits.
    """

    id: int
    key: str
    session_id: int
    unit_id: int | None
    way: Way
    secret: str
    page: str
    code_seconds: int
    opened_at: Instant
    late_at: Instant
    closes_at: Instant
    state: Literal["open", "closed"]
    opened_by: int
    paced_at: Instant


class Panel(Row):
    """Somebody who has the panel of a roll call in private."""

    user_id: int
    shows_code: bool


class Line(Row):
    """A person's line; ``at`` is when they came, if that is known."""

    session_id: int
    person_id: int
    unit_id: int
    status: Presence
    at: Instant | None


class Entry(Row):
    """One change of a line; ``author_id`` is ``None`` and ``author`` empty if nobody made it by hand."""

    id: int
    session_id: int
    person_id: int
    status: Presence
    at: Instant | None
    cause: Source
    author_id: int | None
    author: str
    reason: str
    made_at: Instant


class Attended(Row):
    """What the register says of a person and one of several sessions."""

    session_id: int
    status: Presence
    starts_at: Instant


class Registered(Row):
    """A line with names; ``unit`` is the path of the unit that the person belonged to then."""

    session_id: int
    title: str
    starts_at: Instant
    person_id: int
    name: str
    unit_id: int
    unit: str
    status: Presence
    at: Instant | None


class SessionLeave(Row):
    """A request for leave from one session."""

    id: int
    session_id: int
    person_id: int
    reason: str
    state: Literal["asked", "approved", "declined"]
    asked_at: Instant
    decided_at: Instant | None
    decided_by: int | None
    decider: str


class AttendanceRoom:
    """Roll calls and the register of sessions."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def write(
        self,
        line: Line,
        *,
        cause: Source,
        now: datetime,
        author_id: int | None = None,
        author: str = "",
        reason: str = "",
    ) -> None:
        """Put a line in the register, in place of the one that stood there, and note how it came about."""
        facts = {"session_id": line.session_id, "person_id": line.person_id, "status": line.status.value, "at": line.at}
        self._sql.attendance_put(self._connection, unit_id=line.unit_id, **facts)
        self._sql.attendance_entry_add(
            self._connection,
            cause=cause.value,
            author_id=author_id,
            author=author,
            reason=reason,
            made_at=now,
            **facts,
        )

    def line(self, session_id: int, person_id: int) -> Line | None:
        """A person's line."""
        return Line.maybe(self._sql.attendance_get(self._connection, session_id=session_id, person_id=person_id))

    def lines(self, session_id: int) -> Sequence[Line]:
        """The register of a session."""
        return Line.all(self._sql.attendance_of_session(self._connection, session_id=session_id))

    def entries(self, session_id: int, person_id: int) -> Sequence[Entry]:
        """How a line came about, oldest first."""
        rows = self._sql.attendance_entries_of(self._connection, session_id=session_id, person_id=person_id)
        return Entry.all(rows)

    def history(self, person_id: int, first: datetime, last: datetime) -> Sequence[Attended]:
        """A person's lines of the sessions that began from ``first`` on and before ``last``, in order."""
        rows = self._sql.attendance_history(self._connection, person_id=person_id, first=first, last=last)
        return Attended.all(rows)

    def period(self, first: datetime, last: datetime) -> Sequence[Registered]:
        """Every line of the sessions that began from ``first`` on and before ``last``, by session, unit and name."""
        return Registered.all(self._sql.attendance_period(self._connection, first=first, last=last))

    def next_start(self, first: datetime, last: datetime) -> datetime | None:
        """When the first session began that was held from ``first`` on and before ``last``."""
        found = self._sql.attendance_next_start(self._connection, first=first, last=last)
        return None if found is None else from_ms(found)

    def open(
        self,
        *,
        key: str,
        session_id: int,
        unit_id: int | None,
        way: Way,
        secret: str,
        page: str,
        code_seconds: int,
        late_at: datetime,
        closes_at: datetime,
        by: int,
        now: datetime,
    ) -> int | None:
        """Open a roll call; returns its id, or ``None`` if there is one of the kind already."""
        roll_call_id: int | None = self._sql.roll_call_add(
            self._connection,
            key=key,
            session_id=session_id,
            unit_id=unit_id,
            way=way,
            secret=secret,
            page=page,
            code_seconds=code_seconds,
            opened_at=now,
            late_at=late_at,
            closes_at=closes_at,
            opened_by=by,
        )
        return roll_call_id

    def roll_call(self, roll_call_id: int) -> RollCall | None:
        """A roll call by its id."""
        return RollCall.maybe(self._sql.roll_call_get(self._connection, id=roll_call_id))

    def keyed(self, key: str) -> RollCall | None:
        """The roll call of a session and a unit."""
        return RollCall.maybe(self._sql.roll_call_keyed(self._connection, key=key))

    def paged(self, page: str) -> RollCall | None:
        """The roll call that a page shows."""
        return RollCall.maybe(self._sql.roll_call_paged(self._connection, page=page))

    def open_ones(self) -> Sequence[RollCall]:
        """Every open roll call, the oldest first."""
        return RollCall.all(self._sql.roll_calls_open(self._connection))

    def of_session(self, session_id: int) -> Sequence[RollCall]:
        """Every roll call of a session, open or closed."""
        return RollCall.all(self._sql.roll_calls_of(self._connection, session_id=session_id))

    def set_way(self, roll_call_id: int, way: Way) -> None:
        """From now on by button, or by code."""
        self._sql.roll_call_way(self._connection, id=roll_call_id, way=way)

    def close(self, roll_call_id: int, *, at: datetime) -> bool:
        """It is over; says whether it was open."""
        return bool(self._sql.roll_call_close(self._connection, id=roll_call_id, closes_at=at))

    def extend(self, roll_call_id: int, until: datetime) -> None:
        """It stays open until a moment, and whoever comes until then is in time."""
        self._sql.roll_call_extend(self._connection, id=roll_call_id, until=until)

    def pace(self, roll_call_id: int, paced_at: datetime) -> None:
        """Note how much its cards were edited lately."""
        self._sql.roll_call_pace(self._connection, id=roll_call_id, paced_at=paced_at)

    def put_card(self, roll_call_id: int, chat_id: int) -> None:
        """It has a card in a group."""
        self._sql.roll_call_card_add(self._connection, roll_call_id=roll_call_id, chat_id=chat_id)

    def cards(self, roll_call_id: int) -> Sequence[int]:
        """The groups in which it has a card."""
        return tuple(
            row["chat_id"] for row in self._sql.roll_call_cards_of(self._connection, roll_call_id=roll_call_id)
        )

    def put_panel(self, roll_call_id: int, user_id: int, *, shows_code: bool) -> None:
        """Somebody has its panel, with the code or without."""
        self._sql.roll_call_panel_put(
            self._connection, roll_call_id=roll_call_id, user_id=user_id, shows_code=shows_code
        )

    def panels(self, roll_call_id: int) -> Sequence[Panel]:
        """Who has its panel."""
        return Panel.all(self._sql.roll_call_panels_of(self._connection, roll_call_id=roll_call_id))

    def miss(self, user_id: int, *, now: datetime, forget: datetime) -> None:
        """Note a wrong code, and forget everybody's of ``forget`` and before."""
        self._sql.roll_call_misses_forget(self._connection, before=forget)
        self._sql.roll_call_miss_add(self._connection, user_id=user_id, at=now)

    def misses(self, user_id: int, since: datetime) -> int:
        """How many wrong codes somebody has sent since a moment."""
        count: int = self._sql.roll_call_misses_since(self._connection, user_id=user_id, since=since)["misses"]
        return count

    def ask_leave(self, session_id: int, person_id: int, reason: str, *, now: datetime) -> int | None:
        """Ask for leave from a session; ``None`` if that waits or is approved already."""
        leave_id: int | None = self._sql.session_leave_put(
            self._connection, session_id=session_id, person_id=person_id, reason=reason, asked_at=now
        )
        return leave_id

    def leave(self, leave_id: int) -> SessionLeave | None:
        """A request by its id."""
        return SessionLeave.maybe(self._sql.session_leave_get(self._connection, id=leave_id))

    def leaves(self, session_id: int) -> Sequence[SessionLeave]:
        """The requests for a session."""
        return SessionLeave.all(self._sql.session_leaves_of(self._connection, session_id=session_id))

    def decide_leave(
        self, leave_id: int, state: Literal["approved", "declined"], *, by: int, decider: str, now: datetime
    ) -> bool:
        """Note what became of a request; says whether it was waiting."""
        return bool(
            self._sql.session_leave_decide(
                self._connection, id=leave_id, state=state, decided_at=now, decided_by=by, decider=decider
            )
        )

    def notify_leave(self, leave_id: int, user_id: int) -> None:
        """Note that somebody was asked to decide."""
        self._sql.session_leave_notice_add(self._connection, leave_id=leave_id, user_id=user_id)

    def notified_of_leave(self, leave_id: int) -> Sequence[int]:
        """Who was asked to decide."""
        return tuple(row["user_id"] for row in self._sql.session_leave_notices_of(self._connection, leave_id=leave_id))

    def warn(self, person_id: int, threshold: str, period: str, *, now: datetime) -> bool:
        """Note a warning; says whether it is the first of this threshold and period."""
        return bool(
            self._sql.attendance_warn(self._connection, person_id=person_id, threshold=threshold, period=period, at=now)
        )

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup; the cards in it go along."""
        self._sql.roll_call_cards_drop(self._connection, old=old, new=new)
        self._sql.roll_call_cards_move(self._connection, old=old, new=new)
