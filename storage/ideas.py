"""Ideas and the votes for them."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from storage.rows import Instant, Row


class IdeaRow(Row):
    """An idea with its author and how many vote for it. ``state``: submitted, shortlisted, adopted, not_adopted."""

    id: int
    campaign: str
    person_id: int
    name: str
    user_id: int | None
    unit_id: int
    unit: str
    unit_path: str
    text: str
    category: str
    state: str
    reason: str
    item_id: int | None
    made_at: Instant
    ruled_at: Instant | None
    votes: int


class IdeaRoom:
    """The ideas of all campaigns."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(self, source: str, *, campaign: str, person_id: int, unit_id: int, text: str, now: datetime) -> int | None:
        """Keep an idea; ``None`` if the same ``source`` brought it before."""
        row = self._sql.idea_add(
            self._connection,
            source=source,
            campaign=campaign,
            person_id=person_id,
            unit_id=unit_id,
            text=text,
            made_at=now,
        )
        return None if row is None else int(row["id"])

    def get(self, idea_id: int) -> IdeaRow | None:
        """An idea by its number."""
        return IdeaRow.maybe(self._sql.idea_get(self._connection, id=idea_id))

    def all(self) -> Sequence[IdeaRow]:
        """Every idea, the newest first."""
        return IdeaRow.all(self._sql.ideas_all(self._connection))

    def set_category(self, idea_id: int, category: str) -> None:
        """Say what an idea is about."""
        self._sql.idea_category(self._connection, id=idea_id, category=category)

    def rule(self, idea_id: int, state: str, reason: str, *, now: datetime) -> None:
        """Say what becomes of an idea."""
        self._sql.idea_rule(self._connection, id=idea_id, state=state, reason=reason, ruled_at=now)

    def set_item(self, idea_id: int, item_id: int) -> bool:
        """An idea has become an item; false if it had become one before."""
        changed: int = self._sql.idea_item(self._connection, id=idea_id, item_id=item_id)
        return changed > 0

    def vote(self, idea_id: int, person_id: int, *, now: datetime) -> bool:
        """Vote for an idea; false if they do already."""
        row = self._sql.idea_vote(self._connection, idea_id=idea_id, person_id=person_id, at=now)
        return row is not None

    def unvote(self, idea_id: int, person_id: int) -> None:
        """Withdraw a vote."""
        self._sql.idea_unvote(self._connection, idea_id=idea_id, person_id=person_id)

    def votes_of(self, person_id: int, campaign: str) -> frozenset[int]:
        """The ideas of a campaign that somebody votes for."""
        rows = self._sql.idea_votes_of(self._connection, person_id=person_id, campaign=campaign)
        return frozenset(row["idea_id"] for row in list(rows))

    def log(self, idea_id: int, event: str, reason: str, *, author: int, now: datetime) -> None:
        """Add a step to an idea's log."""
        self._sql.idea_step_add(self._connection, idea_id=idea_id, event=event, reason=reason, author=author, at=now)

    def was(self, idea_id: int, event: str) -> bool:
        """Whether something was done with an idea."""
        return bool(self._sql.idea_step_count(self._connection, idea_id=idea_id, event=event))
