"""Spaced review: cards, the answers of each day, what is on the screen."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from storage.banks import BankItemRow
from storage.contests import ContestRow
from storage.rows import Instant, Row, from_ms

_A_LOOK = 50


class CardRow(Row):
    """A person's card for a question; ``memory`` is the scheduler's own JSON, ``source`` what the card came from."""

    id: int
    user_id: int
    item_id: int
    source: str
    memory: str
    due_at: Instant
    reviewed_at: Instant | None
    added_at: Instant


class SittingRow(Row):
    """What is on a person's screen, as JSON; ``bank_id`` is the bank that new questions come from."""

    user_id: int
    bank_id: int | None
    body: str


class DayRow(Row):
    """How many answers somebody gave on a day: all, those to new questions, the right ones."""

    answers: int
    new: int
    correct: int


class PracticeRoom:
    """Everything that practice keeps; people are Telegram's users, as in contests."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def card(self, user_id: int, item_id: int) -> CardRow | None:
        """A person's card for a question."""
        return CardRow.maybe(self._sql.practice_card(self._connection, user_id=user_id, item_id=item_id))

    def put_card(
        self,
        user_id: int,
        item_id: int,
        *,
        source: str,
        memory: str,
        due_at: datetime,
        reviewed_at: datetime | None,
        now: datetime,
    ) -> None:
        """Keep a new card, or what is known of one now (it keeps its source)."""
        self._sql.practice_card_put(
            self._connection,
            user_id=user_id,
            item_id=item_id,
            source=source,
            memory=memory,
            due_at=due_at,
            reviewed_at=reviewed_at,
            now=now,
        )

    def due_item(self, user_id: int, now: datetime) -> BankItemRow | None:
        """The question that has been due longest."""
        return BankItemRow.maybe(self._sql.practice_due_item(self._connection, user_id=user_id, now=now))

    def due_count(self, user_id: int, at: datetime) -> int:
        """How many questions are due by a time."""
        count: int = self._sql.practice_due_count(self._connection, user_id=user_id, at=at)
        return count

    def next_due(self, user_id: int, after: datetime) -> datetime | None:
        """When the next question after a time is due."""
        found = self._sql.practice_next_due(self._connection, user_id=user_id, at=after)
        return None if found is None else from_ms(found)

    def new_items(self, user_id: int, bank_id: int) -> Iterator[BankItemRow]:
        """The questions of a bank that the person has no card for, in the bank's order, fetched as they are asked for."""
        position, after = -1, -1
        while True:
            rows = BankItemRow.all(
                self._sql.practice_new_items(
                    self._connection, user_id=user_id, bank_id=bank_id, position=position, after=after, most=_A_LOOK
                )
            )
            yield from rows
            if len(rows) < _A_LOOK:
                return
            position, after = rows[-1].position, rows[-1].id

    def answered(
        self, user_id: int, item_id: int, day: date, *, is_new: bool, is_right: bool, grade: str, now: datetime
    ) -> int:
        """Keep an answer; returns its id."""
        answer_id: int = self._sql.practice_answer_add(
            self._connection,
            user_id=user_id,
            item_id=item_id,
            day=day,
            at=now,
            is_new=is_new,
            is_right=is_right,
            grade=grade,
        )
        return answer_id

    def regrade(self, answer_id: int, grade: str) -> None:
        """Note how well a question was known after all."""
        self._sql.practice_answer_regrade(self._connection, id=answer_id, grade=grade)

    def day(self, user_id: int, day: date) -> DayRow:
        """What somebody has answered on a day."""
        return DayRow.of(self._sql.practice_day(self._connection, user_id=user_id, day=day))

    def sitting(self, user_id: int) -> SittingRow | None:
        """What is on somebody's screen."""
        return SittingRow.maybe(self._sql.practice_sitting(self._connection, user_id=user_id))

    def put_sitting(self, user_id: int, bank_id: int | None, body: str) -> None:
        """Put something else there."""
        self._sql.practice_sitting_put(self._connection, user_id=user_id, bank_id=bank_id, body=body)

    def harvest(self, contest_id: int, *, now: datetime) -> bool:
        """Note that a contest's mistakes are taken in; says whether they were not before."""
        return bool(self._sql.practice_harvest(self._connection, contest_id=contest_id, at=now))

    def unharvested(self) -> Sequence[ContestRow]:
        """Finished contests whose mistakes are not taken in."""
        return ContestRow.all(self._sql.practice_unharvested(self._connection))
