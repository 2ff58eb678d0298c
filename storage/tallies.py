"""What became of each question of each contest: counted when a contest ends, summed up for statistics."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from storage.rows import Instant, Row


@dataclass(frozen=True, slots=True)
class Tally:
    """A question in one contest; ``state`` is the engine's (``ruled``, ``nobody``, ``void``).

    ``took_ms`` sums the time that the given answers took.
    """

    question_id: str
    bank: str
    kind: str
    text: str
    state: str
    answered: int
    right_answers: int
    wrong_answers: int
    took_ms: int
    closed_at: datetime


class TallySum(Row):
    """A question over ``contests`` contests; ``nobody`` and ``voided`` count those in which it earned nobody anything."""

    bank: str
    question_id: str
    kind: str
    text: str
    contests: int
    voided: int
    nobody: int
    answered: int
    right_answers: int
    wrong_answers: int
    took_ms: int
    closed_at: Instant


class Tallies:
    """Tallies by contest, and their sums."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def put(self, contest_id: int, tallies: Iterable[Tally]) -> None:
        """Note what became of questions; telling it anew is a correction."""
        self._connection.executemany(
            self._sql.tally_put.sql, [{"contest_id": contest_id, **asdict(tally)} for tally in tallies]
        )

    def sums(self, bank: str | None = None) -> Sequence[TallySum]:
        """Every question that was ever asked, or those of a bank (whatever the case of its name)."""
        if bank is None:
            return TallySum.all(self._sql.tallies_sums(self._connection))
        return TallySum.all(self._sql.tallies_sums_of_bank(self._connection, bank=bank))

    def of_contest(self, contest_id: int) -> Sequence[TallySum]:
        """The questions of one contest."""
        return TallySum.all(self._sql.tallies_of_contest(self._connection, contest_id=contest_id))

    def missing(self) -> Sequence[int]:
        """Contests that are over and not counted yet."""
        return [row["id"] for row in self._sql.tallies_missing(self._connection)]

    def asked(self, since: datetime) -> Mapping[str, int]:
        """When each question was asked last, in milliseconds, by the question's id; only those asked since then."""
        rows = self._sql.tallies_asked(self._connection, since=since)
        return {row["question_id"]: row["asked_at"] for row in rows}

    def played(self, contest_id: int, users: Iterable[int]) -> None:
        """Note who took part in a contest."""
        self._connection.executemany(
            self._sql.contest_player_put.sql, [{"contest_id": contest_id, "user_id": user} for user in users]
        )

    def contests_of(self, user_id: int, most: int) -> Sequence[int]:
        """The contests that are over and that somebody took part in, the newest first."""
        rows = self._sql.contests_of_player(self._connection, user_id=user_id, most=most)
        return [row["contest_id"] for row in rows]
