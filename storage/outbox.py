"""Everything that has to arrive, stored in the transaction that decided it.

An outbox row carries a :class:`View` (what to show, as data); words and buttons are made when it is delivered, in the
language of whoever reads it. States: ``pending → sending → sent | unknown | refused``; a pending row whose content is
overtaken by a newer edit of the same message takes the newer content.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import IntEnum, StrEnum
from operator import attrgetter
from typing import Any, ClassVar, Protocol

from pydantic import BaseModel, ConfigDict

from storage.rows import Instant, Row, from_ms

FLEETING = "fleeting:"
"""How the ref of a message begins whose content is not kept once it was delivered (or could not be)."""


class View(BaseModel):
    """Something to show to a chat, as data without words. ``kind`` names it for the presenter; unique."""

    # Deferred: what checks and writes a view is built when the first one is shown, not for all 350 kinds at every start.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    kind: ClassVar[str]


class Rank(IntEnum):
    """Who goes first when Telegram's limits make them wait; the smaller goes first, and none is 0 ("none given")."""

    CONTEST = 1
    REPLY = 2
    PUSH = 3
    BROADCAST = 4


class Action(StrEnum):
    """What a row does in Telegram."""

    SEND = "send"
    EDIT = "edit"
    DELETE = "delete"


class State(StrEnum):
    """How far a row has come. ``UNKNOWN``: sent, but no answer came back, so it may or may not have arrived."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    REFUSED = "refused"


class OutboxHead(Row):
    """As much of a waiting row as is needed to put it in a lane."""

    id: int
    chat_id: int
    rank: Rank
    action: Action


class OutboxRow(Row):
    """One thing to deliver. ``kind`` and ``body`` are the view; ``listener`` is told how it ended."""

    id: int
    chat_id: int
    rank: Rank
    action: Action
    kind: str
    body: str
    ref: str | None
    reply_to: int | None
    listener: str | None
    batch: str | None
    state: State
    created_at: Instant
    sent_at: Instant | None
    message_id: int | None
    error: str | None


class SentMessage(Row):
    """A delivered message that can be found again by its ``ref``."""

    ref: str
    chat_id: int
    message_id: int
    sent_at: Instant


class _Aftermath(Protocol):
    outbox: bool


class Outbox:
    """Rows to deliver, and the messages that came of them."""

    def __init__(self, connection: sqlite3.Connection, sql: Any, aftermath: _Aftermath) -> None:
        self._connection, self._sql, self._aftermath = connection, sql, aftermath

    def say(
        self,
        chat_id: int,
        view: View,
        *,
        now: datetime,
        rank: Rank = Rank.REPLY,
        ref: str | None = None,
        reply_to: int | None = None,
        listener: str | None = None,
        batch: str | None = None,
    ) -> int:
        """Send a new message to a chat (a person's private chat has the person's id); returns the row's id.

        ``ref`` is a name of your own under which the message can be edited later; ``listener`` names whoever is told how
        the delivery ended; ``batch`` gathers the rows of one broadcast.
        """
        self._aftermath.outbox = True
        row_id: int = self._sql.outbox_add(
            self._connection,
            chat_id=chat_id,
            rank=int(rank),
            action=Action.SEND.value,
            kind=view.kind,
            body=view.model_dump_json(),
            ref=ref,
            reply_to=reply_to,
            listener=listener,
            batch=batch,
            created_at=now,
        )
        return row_id

    def edit(self, ref: str, view: View, *, now: datetime, rank: Rank = Rank.PUSH, listener: str | None = None) -> bool:
        """Let the message called ``ref`` show ``view``; says whether there is, or will be, such a message.

        What still waits for the same message takes the newer content instead of costing a call of its own.
        """
        body = view.model_dump_json()
        if self._sql.outbox_overtake(
            self._connection, ref=ref, kind=view.kind, body=body, listener=listener, rank=int(rank)
        ):
            self._aftermath.outbox = True
            return True
        return self._follow_up(
            Action.EDIT, ref=ref, kind=view.kind, body=body, listener=listener, rank=int(rank), now=now
        )

    def delete(self, ref: str, *, now: datetime, rank: Rank = Rank.PUSH) -> bool:
        """Remove the message called ``ref``; says whether there is such a message."""
        return self._follow_up(Action.DELETE, ref=ref, kind="", body="{}", listener=None, rank=int(rank), now=now)

    def _follow_up(
        self, action: Action, *, ref: str, kind: str, body: str, listener: str | None, rank: int, now: datetime
    ) -> bool:
        chat_id = self._sql.outbox_chat_of(self._connection, ref=ref)
        if chat_id is None:
            return False
        self._sql.outbox_add(
            self._connection,
            chat_id=chat_id,
            rank=rank,
            action=action.value,
            kind=kind,
            body=body,
            ref=ref,
            reply_to=None,
            listener=listener,
            batch=None,
            created_at=now,
        )
        self._aftermath.outbox = True
        return True

    def waiting(self, *, after: int, ranks: Sequence[Rank], limit: int) -> Sequence[OutboxHead]:
        """Pending rows with an id above ``after`` in the given ranks, oldest first."""
        heads = [
            head
            for rank in ranks
            for head in OutboxHead.all(
                self._sql.outbox_waiting(self._connection, rank=int(rank), after=after, limit=limit)
            )
        ]
        return sorted(heads, key=attrgetter("id"))[:limit]

    def claim(self, row_id: int) -> OutboxRow | None:
        """Take a pending row for sending; ``None`` if somebody else has dealt with it."""
        return OutboxRow.maybe(self._sql.outbox_claim(self._connection, id=row_id))

    def interrupted(self) -> Sequence[OutboxRow]:
        """Rows that were being sent when the process ended."""
        return OutboxRow.all(self._sql.outbox_interrupted(self._connection))

    def give_back(self, row_id: int) -> None:
        """Let a claimed row wait again: it surely has not arrived."""
        self._sql.outbox_give_back(self._connection, id=row_id)
        self._aftermath.outbox = True

    def finish(
        self, row: OutboxRow, state: State, *, now: datetime, message_id: int | None = None, error: str | None = None
    ) -> None:
        """Note how a delivery ended; a sent message becomes findable by its ref."""
        self._sql.outbox_finish(
            self._connection, id=row.id, state=state.value, sent_at=now, message_id=message_id, error=error
        )
        if row.ref is None:
            return
        if row.ref.startswith(FLEETING):
            self._sql.outbox_blank(self._connection, id=row.id)
        if row.action is Action.DELETE and state is State.SENT:
            self._sql.message_forget(self._connection, ref=row.ref)
        elif row.action is Action.SEND and message_id is not None:
            self._sql.message_put(
                self._connection, ref=row.ref, chat_id=row.chat_id, message_id=message_id, sent_at=now
            )

    def message(self, ref: str) -> SentMessage | None:
        """The delivered message called ``ref``."""
        return SentMessage.maybe(self._sql.message_get(self._connection, ref=ref))

    def sent_since(self, at: datetime) -> Sequence[tuple[int, datetime]]:
        """The chat and the time of everything that Telegram was asked to do since ``at``."""
        rows = self._sql.outbox_sent_since(self._connection, at=at)
        return [(row["chat_id"], from_ms(row["sent_at"])) for row in rows]

    def adopt(self, ref: str, chat_id: int, message_id: int, *, now: datetime) -> None:
        """Let a message whose button was pressed be found (and edited) by ``ref``."""
        self._sql.message_put(self._connection, ref=ref, chat_id=chat_id, message_id=message_id, sent_at=now)

    def move_chat(self, old: int, new: int) -> None:
        """A group became a supergroup: what waits goes to the new id; messages in the old one cannot be edited.

        A ``ref`` that ends in the id, as one for each group does, ends in the new one from now on.
        """
        self._sql.outbox_move_chat(self._connection, old=old, new=new)
        self._sql.outbox_rename(self._connection, chat_id=new, old=str(old), new=str(new))
        self._sql.messages_of_chat_forget(self._connection, chat_id=old)

    def batch_states(self, batch: str) -> Mapping[tuple[State, str | None], int]:
        """How many rows of a batch are in which state, told apart by their error code."""
        return {
            (State(row["state"]), row["error"]): row["rows"]
            for row in self._sql.outbox_batch_states(self._connection, batch=batch)
        }

    def pending(self) -> int:
        """How many rows wait or are being sent."""
        count: int = self._sql.outbox_pending(self._connection)
        return count
