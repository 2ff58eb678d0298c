"""Seasons and the ledger of points entered by hand."""

import json
import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic import Json

from storage.rows import Instant, Row


class SeasonRow(Row):
    """A season from its first to its last day, both counted; ``places``: points for the first, second … place."""

    id: int
    name: str
    first_day: date
    last_day: date
    unit_id: int | None
    places: Json[tuple[int, ...]]
    opened_by: int
    opened_at: Instant


class SeasonEntry(Row):
    """A line of the ledger. ``reverses``: the line that it takes back."""

    id: int
    season_id: int
    at: Instant
    author_id: int
    event: str
    subject: str
    name: str
    place: int | None
    points: int
    reason: str
    reverses: int | None


class SeasonDraft(Row):
    """Points that wait for a confirmation; ``body`` is JSON."""

    id: int
    season_id: int
    author_id: int
    body: str
    at: Instant


class SeasonOmission(Row):
    """Somebody said that a contest or a tournament does not count (or, ``omitted`` 0, that it does)."""

    id: int
    season_id: int
    at: Instant
    author_id: int
    kind: str
    item_id: int
    omitted: bool
    reason: str


class Seasons:
    """Seasons; their ledger only grows."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(
        self,
        *,
        name: str,
        first_day: date,
        last_day: date,
        unit_id: int | None,
        places: Sequence[int],
        by: int,
        now: datetime,
    ) -> int:
        """A new season; returns its id."""
        season_id: int = self._sql.season_add(
            self._connection,
            name=name,
            first_day=first_day,
            last_day=last_day,
            unit_id=unit_id,
            places=json.dumps(list(places)),
            opened_by=by,
            opened_at=now,
        )
        return season_id

    def get(self, season_id: int) -> SeasonRow | None:
        """A season by its id."""
        return SeasonRow.maybe(self._sql.season_get(self._connection, id=season_id))

    def named(self, name: str) -> SeasonRow | None:
        """A season by its name, whatever the case."""
        return SeasonRow.maybe(self._sql.season_named(self._connection, name=name))

    def all(self) -> Sequence[SeasonRow]:
        """Every season, the oldest first."""
        return SeasonRow.all(self._sql.seasons_all(self._connection))

    def enter(
        self,
        season_id: int,
        *,
        author_id: int,
        event: str,
        subject: str,
        name: str,
        place: int | None,
        points: int,
        reason: str,
        reverses: int | None,
        now: datetime,
    ) -> int:
        """One more line of the ledger; returns its number.

        Raises:
            sqlite3.IntegrityError: the line that it reverses has been reversed.
        """
        entry_id: int = self._sql.season_entry_add(
            self._connection,
            season_id=season_id,
            at=now,
            author_id=author_id,
            event=event,
            subject=subject,
            name=name,
            place=place,
            points=points,
            reason=reason,
            reverses=reverses,
        )
        return entry_id

    def entry(self, entry_id: int) -> SeasonEntry | None:
        """A line of the ledger."""
        return SeasonEntry.maybe(self._sql.season_entry_get(self._connection, id=entry_id))

    def entries(self, season_id: int) -> Sequence[SeasonEntry]:
        """The ledger, in order."""
        return SeasonEntry.all(self._sql.season_entries(self._connection, season_id=season_id))

    def draft(self, season_id: int, author_id: int, body: str, *, now: datetime) -> int:
        """Keep what waits for a confirmation; returns its number."""
        draft_id: int = self._sql.season_draft_add(
            self._connection, season_id=season_id, author_id=author_id, body=body, at=now
        )
        return draft_id

    def take_draft(self, draft_id: int, author_id: int) -> SeasonDraft | None:
        """What its author confirms or drops; it can be taken once."""
        return SeasonDraft.maybe(self._sql.season_draft_take(self._connection, id=draft_id, author_id=author_id))

    def omit(
        self, season_id: int, *, author_id: int, kind: str, item_id: int, omitted: bool, reason: str, now: datetime
    ) -> None:
        """Say whether a contest or a tournament counts."""
        self._sql.season_omit(
            self._connection,
            season_id=season_id,
            at=now,
            author_id=author_id,
            kind=kind,
            item_id=item_id,
            omitted=int(omitted),
            reason=reason,
        )

    def omissions(self, season_id: int) -> Sequence[SeasonOmission]:
        """What was said about counting, in order: the last word on an item holds."""
        return SeasonOmission.all(self._sql.season_omissions(self._connection, season_id=season_id))

    def standings_of(self, contest_id: int) -> str | None:
        """The event with the standings that a contest announced last, as JSON."""
        body: str | None = self._sql.contest_standings(self._connection, contest_id=contest_id)
        return body

    def bouts(self) -> frozenset[int]:
        """The contests that decide bouts of tournaments, which count by their tournament."""
        return frozenset(row["contest_id"] for row in self._sql.contests_in_tournaments(self._connection))
