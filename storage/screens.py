"""The links of big screens."""

import sqlite3
from datetime import datetime
from typing import Any, Literal

from storage.rows import Instant, Row

Subject = Literal["group", "tournament"]


class ScreenRow(Row):
    """A link that opens a big screen: ``subject_id`` is the group's chat, or the tournament.

    ``token`` stands in the link, ``join_key`` in the picture code on the screen.
    """

    id: int
    token: str
    join_key: str
    subject: Subject
    subject_id: int
    made_by: int
    made_at: Instant


class Screens:
    """Links to screens; one in use for each group and each tournament."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(
        self, subject: Subject, subject_id: int, *, token: str, digest: str, join_key: str, by: int, now: datetime
    ) -> None:
        """A new link.

        Raises:
            sqlite3.IntegrityError: there is one in use already.
        """
        self._sql.screen_add(
            self._connection,
            digest=digest,
            token=token,
            join_key=join_key,
            subject=subject,
            subject_id=subject_id,
            made_by=by,
            made_at=now,
        )

    def of(self, subject: Subject, subject_id: int) -> ScreenRow | None:
        """The link in use."""
        return ScreenRow.maybe(self._sql.screen_in_use(self._connection, subject=subject, subject_id=subject_id))

    def by_digest(self, digest: str) -> ScreenRow | None:
        """What a token opens, by the token's digest."""
        return ScreenRow.maybe(self._sql.screen_by_digest(self._connection, digest=digest))

    def by_join_key(self, key: str) -> ScreenRow | None:
        """The screen that shows this code for joining."""
        return ScreenRow.maybe(self._sql.screen_by_join_key(self._connection, join_key=key))

    def revoke(self, subject: Subject, subject_id: int, *, now: datetime) -> None:
        """The link in use opens nothing any more."""
        self._sql.screen_revoke(self._connection, subject=subject, subject_id=subject_id, now=now)

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup; its screen goes along."""
        self._sql.screens_move_chat(self._connection, old=old, new=new)
