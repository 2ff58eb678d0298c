"""Broadcasts: drafts, to whom they go, and who has acknowledged them."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from storage.rows import Instant, Row


class BroadcastState(StrEnum):
    """``SENDING`` until nothing is on its way any more; ``STOPPED`` when its sender called off what still waited."""

    DRAFT = "draft"
    CANCELLED = "cancelled"
    SENDING = "sending"
    STOPPED = "stopped"
    DONE = "done"


class BroadcastRow(Row):
    """One broadcast. ``content``, ``audience`` and ``card`` (what its card shows) are JSON.

    ``version`` counts its previews, ``previewed`` is a digest of the recipients that the last one named; ``reminds`` is
    the broadcast that this one reminds of, ``reminders`` how many have gone out.
    """

    id: int
    sender_id: int
    sender: str
    unit: str
    content: str
    audience: str
    wants_ack: bool
    reminds: int | None
    state: BroadcastState
    version: int
    previewed: str | None
    unjoined: int
    card: str | None
    reminders: int
    created_at: Instant
    sent_at: Instant | None
    finished_at: Instant | None


class Recipient(Row):
    """A chat that waits for its copy."""

    position: int
    chat_id: int


class Tally(Row):
    """How many recipients are in one state; ``acknowledged`` of them have said so."""

    state: str
    is_group: bool
    count: int
    acknowledged: int


class Delivery(Row):
    """How many copies ended in one state with one error."""

    state: str
    error: str | None
    is_group: bool
    count: int


class Missed(Row):
    """Somebody whom a broadcast did not reach, and the code of the reason."""

    name: str
    unit: str
    error: str


class Silent(Row):
    """Somebody who has not acknowledged a broadcast."""

    person_id: int
    name: str
    unit: str
    unit_id: int
    chat_id: int


def batch_of(broadcast_id: int) -> str:
    """The name under which the outbox gathers the copies of a broadcast."""
    return f"broadcast:{broadcast_id}"


class BroadcastRoom:
    """Queries about broadcasts."""

    def __init__(self, connection: sqlite3.Connection, sql: Any) -> None:
        self._connection, self._sql = connection, sql

    def add(
        self,
        *,
        sender_id: int,
        sender: str,
        unit: str,
        content: str,
        audience: str,
        wants_ack: bool,
        now: datetime,
        reminds: int | None = None,
    ) -> int:
        """A new draft; returns its id."""
        broadcast_id: int = self._sql.broadcast_add(
            self._connection,
            sender_id=sender_id,
            sender=sender,
            unit=unit,
            content=content,
            audience=audience,
            wants_ack=wants_ack,
            reminds=reminds,
            created_at=now,
        )
        return broadcast_id

    def get(self, broadcast_id: int) -> BroadcastRow | None:
        """A broadcast by its id."""
        return BroadcastRow.maybe(self._sql.broadcast_get(self._connection, id=broadcast_id))

    def of(self, sender_id: int, *, limit: int) -> Sequence[BroadcastRow]:
        """What somebody has sent, the newest first, without reminders."""
        return BroadcastRow.all(self._sql.broadcasts_of(self._connection, sender_id=sender_id, limit=limit))

    def sending(self) -> Sequence[BroadcastRow]:
        """Those of which something may still be on its way."""
        return BroadcastRow.all(self._sql.broadcasts_sending(self._connection))

    def save_draft(self, row: BroadcastRow) -> None:
        """Keep what was changed in a draft."""
        self._sql.broadcast_draft(
            self._connection,
            id=row.id,
            content=row.content,
            audience=row.audience,
            wants_ack=row.wants_ack,
            version=row.version,
            previewed=row.previewed,
        )

    def send(self, broadcast_id: int, *, sender: str, unit: str, unjoined: int, now: datetime) -> bool:
        """Let a draft go out; false if it is none any more."""
        return bool(
            self._sql.broadcast_send(
                self._connection, id=broadcast_id, sender=sender, unit=unit, unjoined=unjoined, sent_at=now
            )
        )

    def change(self, broadcast_id: int, was: BroadcastState, state: BroadcastState) -> bool:
        """Put a broadcast from one state into another; false if it was not in the first."""
        return bool(self._sql.broadcast_state(self._connection, id=broadcast_id, was=was.value, state=state.value))

    def finish(self, broadcast_id: int, *, now: datetime) -> None:
        """Nothing of it is on its way any more."""
        self._sql.broadcast_finish(self._connection, id=broadcast_id, finished_at=now)

    def set_card(self, broadcast_id: int, card: str) -> None:
        """Remember what the card shows, so that it is edited only for something new."""
        self._sql.broadcast_card(self._connection, id=broadcast_id, card=card)

    def count_reminder(self, broadcast_id: int, reminders: int) -> bool:
        """One more than ``reminders``; false if there was another one meanwhile."""
        return bool(self._sql.broadcast_remind(self._connection, id=broadcast_id, reminders=reminders))

    def add_recipients(
        self, broadcast_id: int, people: Sequence[tuple[int, int]], groups: Sequence[int], *, private: bool
    ) -> None:
        """Fix whom it goes to: people as (person's id, chat) and groups. Without ``private`` people are listed only."""
        rows: list[dict[str, int | str | None]] = [
            {"chat_id": chat_id, "person_id": person_id, "state": "waiting" if private else "listed"}
            for person_id, chat_id in people
        ]
        rows += [{"chat_id": chat_id, "person_id": None, "state": "waiting"} for chat_id in groups]
        self._sql.recipients_add(
            self._connection,
            [{**row, "broadcast_id": broadcast_id, "position": position} for position, row in enumerate(rows)],
        )

    def waiting(self, broadcast_id: int, *, limit: int) -> Sequence[Recipient]:
        """The next recipients that are not in the outbox yet."""
        return Recipient.all(self._sql.recipients_waiting(self._connection, broadcast_id=broadcast_id, limit=limit))

    def queued(self, broadcast_id: int, position: int) -> None:
        """Everybody up to a position is in the outbox."""
        self._sql.recipients_queued(self._connection, broadcast_id=broadcast_id, position=position)

    def call_off(self, broadcast_id: int) -> None:
        """Send to nobody else: neither those who still wait here nor what still waits in the outbox."""
        self._sql.recipients_call_off(self._connection, broadcast_id=broadcast_id)
        self._sql.outbox_call_off(self._connection, batch=batch_of(broadcast_id))

    def acknowledge(self, broadcast_id: int, user_id: int, *, now: datetime) -> bool:
        """Somebody has acknowledged it; false if they had before, or were not meant."""
        return bool(
            self._sql.recipient_acknowledge(self._connection, broadcast_id=broadcast_id, chat_id=user_id, at=now)
        )

    def is_meant(self, broadcast_id: int, chat_id: int) -> bool:
        """Whether a chat is among the recipients."""
        found = self._sql.recipient_get(self._connection, broadcast_id=broadcast_id, chat_id=chat_id)
        return found is not None

    def tally(self, broadcast_id: int) -> Sequence[Tally]:
        """The recipients by state."""
        return Tally.all(self._sql.recipients_tally(self._connection, broadcast_id=broadcast_id))

    def deliveries(self, broadcast_id: int) -> Sequence[Delivery]:
        """The copies by how they ended."""
        return Delivery.all(self._sql.broadcast_deliveries(self._connection, batch=batch_of(broadcast_id)))

    def missed(self, broadcast_id: int) -> Sequence[Missed]:
        """The people whom it could not reach, by unit and name."""
        return Missed.all(
            self._sql.broadcast_refused(self._connection, broadcast_id=broadcast_id, batch=batch_of(broadcast_id))
        )

    def silent(self, broadcast_id: int) -> Sequence[Silent]:
        """Those who have not acknowledged it, by unit and name."""
        return Silent.all(self._sql.recipients_silent(self._connection, broadcast_id=broadcast_id))
