"""The menu: what is offered and wished for, votes, and whose turn it is to lecture."""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.rows import Instant, Row


class WishState(StrEnum):
    """What became of something on the menu."""

    OPEN = "open"
    PLANNED = "planned"
    CLOSED = "closed"


class Wish(Row):
    """Something on the menu: an offer of the programme (``offer`` is its key) or a member's own wish."""

    id: int
    offer: str | None
    title: str
    lecturer: str
    person_id: int | None
    state: WishState
    session_id: int | None
    created_at: Instant
    votes: int


class Turns(Row):
    """How often it was somebody's turn, and when last."""

    entry: str
    turns: int
    last_at: Instant


class MenuRoom:
    """Wishes, votes and turns."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(
        self, title: str, lecturer: str, *, offer: str | None = None, person_id: int | None = None, now: datetime
    ) -> int | None:
        """Put something on the menu; ``None`` if the offer is there already."""
        wish_id: int | None = self._sql.wish_ordered(
            self._connection, offer=offer, title=title, lecturer=lecturer, person_id=person_id, created_at=now
        )
        return wish_id

    def get(self, wish_id: int) -> Wish | None:
        """A wish by its id."""
        return Wish.maybe(self._sql.wish_one(self._connection, id=wish_id))

    def open(self) -> Sequence[Wish]:
        """What can be voted for, what has most votes first."""
        return Wish.all(self._sql.wishes_open(self._connection))

    def settle(self, wish_id: int, state: WishState, session_id: int | None = None) -> bool:
        """Let an open wish become a session or be closed; says whether it was open."""
        return bool(self._sql.wish_settle(self._connection, id=wish_id, state=state.value, session_id=session_id))

    def reopen(self, session_id: int) -> None:
        """The session that a wish became does not take place: it is on the menu again."""
        self._sql.wish_reopen(self._connection, session_id=session_id)

    def vote(self, wish_id: int, person_id: int, *, now: datetime) -> bool:
        """Vote; says whether that is new."""
        return bool(self._sql.wish_vote(self._connection, wish_id=wish_id, person_id=person_id, at=now))

    def unvote(self, wish_id: int, person_id: int) -> bool:
        """Take a vote back; says whether there was one."""
        return bool(self._sql.wish_unvote(self._connection, wish_id=wish_id, person_id=person_id))

    def voters(self, wish_id: int) -> Sequence[int]:
        """Who voted, the first first."""
        return tuple(row["person_id"] for row in self._sql.wish_voters(self._connection, wish_id=wish_id))

    def votes_of(self, person_id: int) -> frozenset[int]:
        """The open wishes for which somebody has voted."""
        return frozenset(row["wish_id"] for row in self._sql.wish_votes_of(self._connection, person_id=person_id))

    def take_turn(self, session_id: int, entry: str) -> None:
        """A session is somebody's turn."""
        self._sql.rota_turn_add(self._connection, session_id=session_id, entry=entry)

    def turns(self) -> Mapping[str, Turns]:
        """How often it was each one's turn, cancelled sessions aside."""
        return {one.entry: one for one in Turns.all(self._sql.rota_turns(self._connection))}
