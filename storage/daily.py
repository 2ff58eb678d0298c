"""The question of a day: which it was, where it stands, who answered it."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from storage.rows import Instant, Row


class DailyCardRow(Row):
    """The card of a plan and a day: question ``number`` of ``of_all``; ``shuffled`` is the order of its options as JSON,
    ``body`` the plan as JSON."""

    id: int
    plan: str
    day: date
    item_id: int
    number: int
    of_all: int
    shuffled: str
    body: str
    shown_at: Instant
    closed_at: Instant | None


class DailyAnswerRow(Row):
    """What somebody did with a card: ``right``, ``wrong``, or ``seen`` (they looked at the answer first)."""

    card_id: int
    person_id: int
    outcome: str
    answer: str
    at: Instant


class DailyTally(Row):
    """How many cards somebody has answered, and how many of them right."""

    cards: int
    correct: int


class DailyRoom:
    """Every card of a day."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(
        self, plan: str, day: date, item_id: int, *, number: int, of_all: int, shuffled: str, body: str, now: datetime
    ) -> int | None:
        """Keep the card of a day; returns its id, or ``None`` if the day has one."""
        card_id: int | None = self._sql.daily_card_add(
            self._connection,
            plan=plan,
            day=day,
            item_id=item_id,
            number=number,
            of_all=of_all,
            shuffled=shuffled,
            body=body,
            now=now,
        )
        return card_id

    def get(self, card_id: int) -> DailyCardRow | None:
        """A card by its id."""
        return DailyCardRow.maybe(self._sql.daily_card_get(self._connection, id=card_id))

    def on(self, plan: str, day: date) -> DailyCardRow | None:
        """The card of a day."""
        return DailyCardRow.maybe(self._sql.daily_card_on(self._connection, plan=plan, day=day))

    def close(self, card_id: int, *, now: datetime) -> bool:
        """Note that the answer is shown; says whether that is new."""
        return bool(self._sql.daily_card_close(self._connection, id=card_id, now=now))

    def shown(self, plan: str) -> Mapping[int, int]:
        """How often each question was the question of a day."""
        return {row["item_id"]: row["times"] for row in self._sql.daily_shown(self._connection, plan=plan)}

    def place(self, card_id: int, chat_id: int) -> None:
        """Note that a card stands in a group."""
        self._sql.daily_place_add(self._connection, card_id=card_id, chat_id=chat_id)

    def places(self, card_id: int) -> Sequence[int]:
        """The groups in which a card stands."""
        return tuple(row["chat_id"] for row in self._sql.daily_places_of(self._connection, card_id=card_id))

    def move_chat(self, old: int, new: int) -> None:
        """A group of Telegram became a supergroup."""
        self._sql.daily_places_move_chat(self._connection, old=old, new=new)

    def answer(self, card_id: int, person_id: int, outcome: str, answer: str, *, now: datetime) -> bool:
        """Keep what somebody did with a card; says whether it is the first thing."""
        return bool(
            self._sql.daily_answer_add(
                self._connection, card_id=card_id, person_id=person_id, outcome=outcome, answer=answer, now=now
            )
        )

    def answer_of(self, card_id: int, person_id: int) -> DailyAnswerRow | None:
        """What somebody did with a card."""
        return DailyAnswerRow.maybe(self._sql.daily_answer_get(self._connection, card_id=card_id, person_id=person_id))

    def counts(self, card_id: int) -> Mapping[str, int]:
        """How many did what with a card."""
        return {row["outcome"]: row["people"] for row in self._sql.daily_counts(self._connection, card_id=card_id)}

    def tally(self, plan: str, person_id: int) -> DailyTally:
        """How somebody did with a plan's cards."""
        return DailyTally.of(self._sql.daily_tally(self._connection, plan=plan, person_id=person_id))
