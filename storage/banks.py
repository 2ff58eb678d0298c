"""Question banks."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.rows import Instant, Row


class BankRow(Row):
    """A bank; ``items`` counts its questions."""

    id: int
    name: str
    added_at: Instant
    changed_at: Instant
    items: int


class BankItemRow(Row):
    """One question; ``body`` is the JSON of ``quizzes.bank.items.Item``."""

    id: int
    bank_id: int
    position: int
    kind: str
    text: str
    body: str


class BankItemLabels(Row):
    """What a question is about, for drawing; ``tags`` one a line."""

    id: int
    kind: str
    category: str
    difficulty: int | None
    tags: str


@dataclass(frozen=True, slots=True)
class NewItem:
    """A question to keep; ``body`` is the JSON of ``quizzes.bank.items.Item``, the labels stand in it too."""

    kind: str
    text: str
    body: str
    category: str = ""
    difficulty: int | None = None
    tags: tuple[str, ...] = ()


class Banks:
    """Banks by name, questions by their text: the same text again is a newer version of the question."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def put(self, name: str, *, now: datetime) -> int:
        """The id of the bank with this name, made if it is new."""
        bank_id: int = self._sql.bank_put(self._connection, name=name, now=now)
        return bank_id

    def named(self, name: str) -> BankRow | None:
        """The bank with this name, whatever the case."""
        return BankRow.maybe(self._sql.bank_named(self._connection, name=name))

    def get(self, bank_id: int) -> BankRow | None:
        """A bank by its id."""
        return BankRow.maybe(self._sql.bank_get(self._connection, id=bank_id))

    def all(self) -> Sequence[BankRow]:
        """Every bank, by name."""
        return BankRow.all(self._sql.banks_all(self._connection))

    def add(self, bank_id: int, items: Iterable[NewItem]) -> tuple[int, int]:
        """Put questions at the end of a bank; returns how many were new and how many newer versions."""
        before = self._size(bank_id)
        position: int = self._sql.bank_last_position(self._connection, bank_id=bank_id)
        given = 0
        for item in items:
            given += 1
            self._sql.bank_item_put(
                self._connection,
                bank_id=bank_id,
                position=position + given,
                kind=item.kind,
                text=item.text,
                body=item.body,
                category=item.category,
                difficulty=item.difficulty,
                tags="\n".join(item.tags),
            )
        new = self._size(bank_id) - before
        return new, given - new

    def items(self, bank_id: int) -> Sequence[BankItemRow]:
        """The questions of a bank, in order."""
        return BankItemRow.all(self._sql.bank_items(self._connection, bank_id=bank_id))

    def labels(self, bank_id: int) -> Sequence[BankItemLabels]:
        """What the questions of a bank are about, in order."""
        return BankItemLabels.all(self._sql.bank_labels(self._connection, bank_id=bank_id))

    def item(self, item_id: int) -> BankItemRow | None:
        """One question by its id, also one that is no longer in its bank."""
        return BankItemRow.maybe(self._sql.bank_item(self._connection, id=item_id))

    def _size(self, bank_id: int) -> int:
        size: int = self._sql.bank_size_before(self._connection, bank_id=bank_id)
        return size
