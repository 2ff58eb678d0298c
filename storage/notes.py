"""Study notes on sessions."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from storage.rows import Instant, Row

NoteConsent = Literal["none", "asked", "named", "anonymous", "refused"]


class NoteRow(Row):
    """A person's note on a session; ``body`` is JSON (the template's fields and their texts), ``day`` when it was made."""

    id: int
    session_id: int
    person_id: int
    unit_id: int
    body: str
    file_id: str | None
    day: date
    made_at: Instant
    changed_at: Instant
    picked_at: Instant | None
    picked_by: int | None
    picker: str
    consent: NoteConsent
    posted_at: Instant | None


class NoteRoom:
    """Notes; one a person and session."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def put(
        self, *, session_id: int, person_id: int, unit_id: int, body: str, file_id: str | None, day: date, now: datetime
    ) -> int | None:
        """Keep a note, in place of an earlier version; ``None`` if that was picked already and stays as it is."""
        note_id: int | None = self._sql.note_put(
            self._connection,
            session_id=session_id,
            person_id=person_id,
            unit_id=unit_id,
            body=body,
            file_id=file_id,
            day=day,
            now=now,
        )
        return note_id

    def get(self, note_id: int) -> NoteRow | None:
        """A note by its id."""
        return NoteRow.maybe(self._sql.note_get(self._connection, id=note_id))

    def of(self, session_id: int, person_id: int) -> NoteRow | None:
        """The note of a person on a session."""
        return NoteRow.maybe(self._sql.note_of(self._connection, session_id=session_id, person_id=person_id))

    def between(self, first: date, last: date) -> Sequence[NoteRow]:
        """Every note made from a day to another, both included, the newest first."""
        return NoteRow.all(self._sql.notes_between(self._connection, first=first, last=last))

    def pick(self, note_id: int, *, by: int, picker: str, now: datetime) -> bool:
        """Pick a good one; says whether it was not picked before."""
        return bool(self._sql.note_pick(self._connection, id=note_id, by=by, picker=picker, now=now))

    def answer(self, note_id: int, consent: NoteConsent, *, posted_at: datetime | None) -> bool:
        """The author's answer; says whether they were still asked."""
        return bool(self._sql.note_consent(self._connection, id=note_id, consent=consent, posted_at=posted_at))
