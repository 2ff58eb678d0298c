"""Plain replies that change nothing but the outbox."""

from datetime import datetime

from storage import Database, Tx
from study.views import Rank, View


class Replies:
    """Say something in a chat and be done."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def say(
        self, chat_id: int, view: View, *, now: datetime, reply_to: int | None = None, rank: Rank = Rank.REPLY
    ) -> None:
        """Store a message for delivery."""

        def work(tx: Tx) -> None:
            tx.outbox.say(chat_id, view, now=now, reply_to=reply_to, rank=rank)

        await self._database.write(work)

    async def edit_pressed(self, chat_id: int, message_id: int, view: View, *, now: datetime) -> None:
        """Let the message whose button was pressed show something else."""
        ref = f"pressed:{chat_id}:{message_id}"

        def work(tx: Tx) -> None:
            tx.outbox.adopt(ref, chat_id, message_id, now=now)
            tx.outbox.edit(ref, view, now=now, rank=Rank.REPLY)

        await self._database.write(work)
