"""The ledger of points: entries are added, never changed."""

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from storage.rows import Instant, Row


class Entry(Row):
    """One line of the ledger.

    ``rule`` is the rule's key, ``evidence`` names the row that earned it (``session:12``), ``happening`` says what it
    showed, ``turn`` counts how often the same evidence was booked anew. ``points`` is what counts, ``worth`` what the rule gives before its caps. ``unit_id`` is the
    person's unit at that time, ``day`` the programme's day that it counts for. An entry that takes another back names it
    in ``reverses``.
    """

    id: int
    person_id: int
    unit_id: int
    rule: str
    points: int
    worth: int
    day: date
    at: Instant
    evidence: str
    happening: str
    turn: int
    reason: str
    author_id: int | None
    reverses: int | None


class Ledger:
    """Entries, and sums of them."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(
        self,
        *,
        person_id: int,
        unit_id: int,
        rule: str,
        points: int,
        worth: int,
        day: date,
        now: datetime,
        evidence: str,
        happening: str,
        turn: int,
        reason: str = "",
        author_id: int | None = None,
        reverses: int | None = None,
    ) -> int | None:
        """Add an entry; ``None`` if this turn of this evidence is booked already. Returns its id."""
        row = self._sql.ledger_add(
            self._connection,
            person_id=person_id,
            unit_id=unit_id,
            rule=rule,
            points=points,
            worth=worth,
            day=day,
            at=now,
            evidence=evidence,
            happening=happening,
            turn=turn,
            reason=reason,
            author_id=author_id,
            reverses=reverses,
        )
        return None if row is None else int(row["id"])

    def get(self, entry_id: int) -> Entry | None:
        """An entry by its number."""
        return Entry.maybe(self._sql.ledger_get(self._connection, id=entry_id))

    def on(self, person_id: int, evidence: str) -> Sequence[Entry]:
        """Everything that was booked for a person on a piece of evidence, reversals too, in order."""
        return Entry.all(self._sql.ledger_on(self._connection, person_id=person_id, evidence=evidence))

    def sum_of(self, person_id: int, first: date, last: date, rule: str | None = None) -> int:
        """A person's points of some days (both included), of one rule or of all."""
        name = "ledger_sum" if rule is None else "ledger_sum_of_rule"
        more = {} if rule is None else {"rule": rule}
        row = getattr(self._sql, name)(self._connection, person_id=person_id, first=first, last=last, **more)
        return int(row["points"])
