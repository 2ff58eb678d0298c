"""The daily check-in: sheets, the register, how each line of it came about."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from storage.people import Role
from storage.rows import Instant, Row


class Status(StrEnum):
    """What the register says of a person and a day."""

    ON_TIME = "on_time"
    LATE = "late"
    LEAVE = "leave"
    ABSENT = "absent"
    EXCUSED = "excused"


class SheetState(StrEnum):
    """``INTERRUPTED``: the bot was away at the close, so nobody was counted absent."""

    OPEN = "open"
    CLOSED = "closed"
    INTERRUPTED = "interrupted"


class Cause(StrEnum):
    """Where a line of the register comes from."""

    SELF = "self"
    LEAVE = "leave"
    CLOSE = "close"
    MARK = "mark"


class Sheet(Row):
    """A unit's check-in of one day; ``paced_at`` and ``replied_at`` are accounts of how much was said lately."""

    day: date
    unit_id: int
    opened_at: Instant
    late_at: Instant
    closes_at: Instant
    state: SheetState
    paced_at: Instant
    replied_at: Instant


class Line(Row):
    """A person's entry of a day; ``at`` is when they checked in, if they did it themselves."""

    day: date
    person_id: int
    unit_id: int
    status: Status
    at: Instant | None


class Listed(Row):
    """Somebody who belongs to a sheet; ``status`` is ``None`` as long as the register says nothing of them."""

    person_id: int
    name: str
    role: Role
    unit_id: int
    joined_at: Instant | None
    status: Status | None
    at: Instant | None


class Entry(Row):
    """One change of a line; ``author_id`` is ``None`` and ``author`` empty if the bot made it."""

    id: int
    day: date
    person_id: int
    status: Status
    at: Instant | None
    cause: Cause
    author_id: int | None
    author: str
    reason: str
    made_at: Instant


class Registered(Row):
    """A line of the register with names instead of ids; ``unit`` is the path."""

    day: date
    unit: str
    unit_id: int
    name: str
    status: Status
    at: Instant | None


class Outage(Row):
    """A day on which the bot was away: all through the check-in (``missed``) or at its close (``interrupted``)."""

    day: date
    kind: str
    noted_at: Instant


class DayStatus(Row):
    """A status without the rest."""

    day: date
    status: Status


class Checkins:
    """Sheets and the register."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def open_sheet(
        self, day: date, unit_id: int, *, opened_at: datetime, late_at: datetime, closes_at: datetime
    ) -> bool:
        """Note that check-in is held in a unit on a day; says whether that is new."""
        return bool(
            self._sql.checkin_sheet_add(
                self._connection, day=day, unit_id=unit_id, opened_at=opened_at, late_at=late_at, closes_at=closes_at
            )
        )

    def sheet(self, day: date, unit_id: int) -> Sheet | None:
        """The sheet of exactly this unit."""
        return Sheet.maybe(self._sql.checkin_sheet_get(self._connection, day=day, unit_id=unit_id))

    def sheet_over(self, day: date, unit_id: int) -> Sheet | None:
        """The sheet to which the people of a unit belong on a day."""
        return Sheet.maybe(self._sql.checkin_sheet_over(self._connection, day=day, unit_id=unit_id))

    def sheets(self, day: date) -> Sequence[Sheet]:
        """All sheets of a day, by the unit's path."""
        return Sheet.all(self._sql.checkin_sheets_of_day(self._connection, day=day))

    def to_close(self, now: datetime) -> Sequence[Sheet]:
        """Open sheets whose time is over, the oldest first."""
        return Sheet.all(self._sql.checkin_sheets_to_close(self._connection, now=now))

    def extend(self, sheet: Sheet, closes_at: datetime) -> None:
        """Let a sheet close later."""
        self._sql.checkin_sheet_extend(self._connection, day=sheet.day, unit_id=sheet.unit_id, closes_at=closes_at)

    def end(self, sheet: Sheet, state: SheetState) -> None:
        """Close a sheet."""
        self._sql.checkin_sheet_end(self._connection, day=sheet.day, unit_id=sheet.unit_id, state=state.value)

    def pace(self, sheet: Sheet, paced_at: datetime) -> None:
        """Note how much the card was edited lately."""
        self._sql.checkin_sheet_pace(self._connection, day=sheet.day, unit_id=sheet.unit_id, paced_at=paced_at)

    def replied(self, sheet: Sheet, replied_at: datetime) -> None:
        """Note how much was replied in the groups lately."""
        self._sql.checkin_sheet_replied(self._connection, day=sheet.day, unit_id=sheet.unit_id, replied_at=replied_at)

    def unit_with_group(self, unit_id: int) -> int | None:
        """The nearest unit, from this one upwards, that has a group."""
        found: int | None = self._sql.checkin_unit_with_group(self._connection, unit_id=unit_id)
        return found

    def units_with_group(self) -> Sequence[int]:
        """Every unit that has a group."""
        return tuple(row["unit_id"] for row in self._sql.checkin_units_with_group(self._connection))

    def register(self, sheet: Sheet) -> Sequence[Listed]:
        """Everybody who belongs to a sheet and has not left, by unit and name."""
        return Listed.all(self._sql.checkin_register(self._connection, day=sheet.day, unit_id=sheet.unit_id))

    def line(self, day: date, person_id: int) -> Line | None:
        """A person's line of a day."""
        return Line.maybe(self._sql.checkin_get(self._connection, day=day, person_id=person_id))

    def write(
        self,
        line: Line,
        *,
        cause: Cause,
        now: datetime,
        author_id: int | None = None,
        author: str = "",
        reason: str = "",
    ) -> None:
        """Put a line in the register, in place of the one that stood there, and note how it came about."""
        self._sql.checkin_put(
            self._connection,
            day=line.day,
            person_id=line.person_id,
            unit_id=line.unit_id,
            status=line.status.value,
            at=line.at,
        )
        self._sql.checkin_entry_add(
            self._connection,
            day=line.day,
            person_id=line.person_id,
            status=line.status.value,
            at=line.at,
            cause=cause.value,
            author_id=author_id,
            author=author,
            reason=reason,
            made_at=now,
        )

    def entries(self, day: date, person_id: int) -> Sequence[Entry]:
        """How a line came about, oldest first."""
        return Entry.all(self._sql.checkin_entries(self._connection, day=day, person_id=person_id))

    def statuses(self, person_id: int, *, before: date, limit: int) -> Sequence[DayStatus]:
        """A person's statuses on the days before a day, the newest first."""
        return DayStatus.all(
            self._sql.checkin_statuses(self._connection, person_id=person_id, before=before, limit=limit)
        )

    def statuses_since(self, person_id: int, since: date) -> Sequence[DayStatus]:
        """A person's statuses from a day on, the oldest first."""
        return DayStatus.all(self._sql.checkin_statuses_since(self._connection, person_id=person_id, since=since))

    def period(self, first: date, last: date) -> Sequence[Registered]:
        """The register from a day to another, both included."""
        return Registered.all(self._sql.checkin_period(self._connection, first=first, last=last))

    def next_day(self, first: date, last: date) -> date | None:
        """The first day of a period (both ends included) of which the register has a line."""
        found = self._sql.checkin_next_day(self._connection, first=first, last=last)
        return None if found is None else date.fromisoformat(found)

    def note_outage(self, day: date, kind: str, *, now: datetime) -> None:
        """Note that the bot was away; what was noted of the day before stays."""
        self._sql.checkin_outage_note(self._connection, day=day, kind=kind, noted_at=now)

    def outages_since(self, since: datetime) -> Sequence[Outage]:
        """The outages noted since a moment, by day."""
        return Outage.all(self._sql.checkin_outages_since(self._connection, since=since))
